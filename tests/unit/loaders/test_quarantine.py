"""What is set aside is kept, sealed, complete, and comes back."""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import BadInput, NotFound
from loaders.issues import Issue, Reason
from loaders.quarantine import Quarantine, QuarantineSealed, loader_version
from tests.unit.loaders.conftest import NOW, P1, Desk

Posts = Callable[..., Path]
DIGEST = "ab" * 32
ISSUE = Issue(
    "f.csv", 3, "职务", "顾问", Reason.WORD, "没有这个词", "no word", "改正", "mend it"
)


@pytest.fixture
def box(tmp_path: Path) -> Quarantine:
    return Quarantine(tmp_path / "box", bytes(32))


def add(box: Quarantine, *lines: int, digest: str = DIGEST) -> None:
    rows = [(line, {"职务": f"第{line}行\u2028\x85", "证件号码": P1}) for line in lines]
    more = {"issues": {3: [ISSUE]}, "at": NOW}
    box.add(file_digest=digest, file="f.csv", source="posts", rows=rows, **more)


def entries(folder: Path, digest: str = DIGEST) -> list[dict[str, Any]]:
    text = (folder / "box" / f"{digest}.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def lines(box: Quarantine) -> list[int]:
    return [r.line for r in box.rows(DIGEST)]


def test_a_row_comes_back_whole_with_its_reasons(box: Quarantine) -> None:
    add(box, 3)
    (row,) = box.rows(DIGEST)
    assert (row.line, row.source, row.file_digest) == (3, "posts", DIGEST)
    assert row.row == {"职务": "第3行\u2028\x85", "证件号码": P1}
    assert row.issues[0]["reason"] == "word"
    assert row.issues[0]["message_zh"] == "没有这个词"


def test_nothing_of_the_row_is_readable_without_the_key(
    box: Quarantine, tmp_path: Path
) -> None:
    add(box, 3)
    text = (tmp_path / "box" / f"{DIGEST}.jsonl").read_text("utf-8")
    assert P1 not in text
    assert "第3行" not in text
    with pytest.raises(QuarantineSealed, match="cannot be opened"):
        list(Quarantine(tmp_path / "box", b"\1" * 32).rows(DIGEST))


def test_a_row_moved_to_another_line_is_noticed(
    box: Quarantine, tmp_path: Path
) -> None:
    add(box, 3)
    path = tmp_path / "box" / f"{DIGEST}.jsonl"
    entry = json.loads(path.read_text("utf-8"))
    entry["line"] = 4
    path.write_text(json.dumps(entry) + "\n", "utf-8")
    with pytest.raises(QuarantineSealed):
        list(Quarantine(tmp_path / "box", bytes(32)).rows(DIGEST))


def test_only_the_owner_may_read_the_files(box: Quarantine, tmp_path: Path) -> None:
    add(box, 3)
    assert (tmp_path / "box").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "box" / f"{DIGEST}.jsonl").stat().st_mode & 0o777 == 0o600


def test_a_line_is_set_aside_once(box: Quarantine, tmp_path: Path) -> None:
    add(box, 3, 5)
    add(box, 5, 7)
    again = Quarantine(tmp_path / "box", bytes(32))
    add(again, 3, 9)
    assert lines(again) == [3, 5, 7, 9]


def test_a_line_torn_by_a_crash_costs_that_line_only(
    box: Quarantine, tmp_path: Path
) -> None:
    add(box, 3, 5)
    path = tmp_path / "box" / f"{DIGEST}.jsonl"
    os.truncate(path, path.stat().st_size - 20)
    after = Quarantine(tmp_path / "box", bytes(32))
    assert lines(after) == [3]
    add(after, 5, 7)
    assert lines(Quarantine(tmp_path / "box", bytes(32))) == [3, 5, 7]


def test_a_resolved_row_is_told_no_more_and_may_come_again(
    box: Quarantine, tmp_path: Path
) -> None:
    add(box, 3, 5)
    box.resolve(DIGEST, [3, 99])
    assert lines(box) == [5]
    assert lines(Quarantine(tmp_path / "box", bytes(32))) == [5]
    add(box, 3)
    assert lines(Quarantine(tmp_path / "box", bytes(32))) == [5, 3]


def test_only_files_with_waiting_rows_are_listed(box: Quarantine) -> None:
    assert box.files() == []
    add(box, 3)
    add(box, 4, digest="cd" * 32)
    box.resolve(DIGEST, [3])
    assert box.files() == ["cd" * 32]


def test_nothing_is_made_for_a_file_without_bad_rows(desk: Desk, posts: Posts) -> None:
    report = desk.load(posts({}))
    assert not (desk.folder / "quarantine").exists()
    assert list(desk.quarantine.rows(report.digest)) == []


def test_a_row_says_from_which_file_by_which_loader_and_since_when(
    box: Quarantine,
) -> None:
    add(box, 3)
    (row,) = box.rows(DIGEST)
    assert (row.file, row.loader, row.since) == ("f.csv", loader_version(), NOW)
    assert loader_version()
    (told,) = box.waiting()
    assert (told.digest, told.file, told.source) == (DIGEST, "f.csv", "posts")
    assert (told.waiting, told.reasons, told.since) == (1, {"word": 1}, NOW)


def test_entries_of_an_older_program_are_read(box: Quarantine, tmp_path: Path) -> None:
    add(box, 3, 5)
    old = entries(tmp_path)
    for entry in old:
        for name in ("file", "loader", "since"):
            del entry[name]
    path = tmp_path / "box" / f"{DIGEST}.jsonl"
    path.write_text("".join(json.dumps(e) + "\n" for e in old), "utf-8")
    box = Quarantine(tmp_path / "box", bytes(32))
    found = [(r.line, r.file, r.loader, r.since) for r in box.rows(DIGEST)]
    assert found == [(3, "f.csv", "", None), (5, "", "", None)]
    (told,) = box.waiting()
    assert (told.file, told.waiting, told.since) == ("f.csv", 2, None)


def test_a_row_waits_for_what_is_wrong_with_it_now_and_since_it_first_did(
    box: Quarantine, tmp_path: Path
) -> None:
    add(box, 3)
    now_missing = replace(ISSUE, reason=Reason.MISSING)
    again = {"file_digest": DIGEST, "source": "posts", "rows": [(3, {"职务": ""})]}
    later = NOW + timedelta(days=9)
    box.add(file="f.csv", issues={3: [now_missing]}, at=later, **again)
    other_name = replace(now_missing, file="g.csv")
    box.add(file="g.csv", issues={3: [other_name]}, at=later, **again)
    assert len(entries(tmp_path)) == 2
    (row,) = Quarantine(tmp_path / "box", bytes(32)).rows(DIGEST)
    assert [i["reason"] for i in row.issues] == ["missing"]
    assert row.since == NOW
    assert box.summary(DIGEST).reasons == {"missing": 1}


def test_what_another_process_did_is_seen(box: Quarantine, tmp_path: Path) -> None:
    add(box, 3, 5)
    other = Quarantine(tmp_path / "box", bytes(32))
    assert other.summary(DIGEST).waiting == 2
    box.resolve(DIGEST, [3, 5], at=NOW, corrected_in="cd" * 32)
    assert other.files() == []
    assert other.resolved(DIGEST) == {3, 5}
    told = entries(tmp_path)[-1]
    assert told == {"resolved": 5, "at": NOW.isoformat(), "corrected_in": "cd" * 32}


def test_a_file_is_found_by_name_or_the_beginning_of_its_digest(
    box: Quarantine,
) -> None:
    add(box, 3)
    add(box, 3, digest="abcd" * 16)
    assert box.find("ABAB") == DIGEST
    assert box.find("abcd" * 16) == "abcd" * 16
    with pytest.raises(BadInput, match="several files"):
        box.find("f.csv")
    for unknown in ("aba", "ffff", "", "g.csv"):
        with pytest.raises(NotFound, match="in quarantine"):
            box.find(unknown)
    box.resolve("abcd" * 16, [3])
    assert box.find("f.csv") == DIGEST


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.text(), st.text()))
def test_any_row_comes_back_as_it_was(tmp_path: Path, row: dict[str, str]) -> None:
    path = tmp_path / "box" / f"{DIGEST}.jsonl"
    path.unlink(missing_ok=True)
    box = Quarantine(tmp_path / "box", bytes(32))
    more = {"file": "f", "source": "s", "issues": {}, "at": NOW}
    box.add(file_digest=DIGEST, rows=[(2, row)], **more)
    (found,) = Quarantine(tmp_path / "box", bytes(32)).rows(DIGEST)
    assert found.row == row


def test_every_row_ever_set_aside_is_told_with_when_it_was_taken(
    box: Quarantine,
) -> None:
    add(box, 3, 4, 5)
    box.resolve(DIGEST, [4], at=NOW + timedelta(days=1))
    box.resolve(DIGEST, [5])
    before = box.sizes()
    assert [(r.line, at) for r, at in box.ever(DIGEST)] == [
        (3, None),
        (4, NOW + timedelta(days=1)),
    ]
    add(box, 4)
    assert [(r.line, at) for r, at in box.ever(DIGEST)] == [(3, None), (4, None)]
    assert box.sizes()[DIGEST] > before[DIGEST]
