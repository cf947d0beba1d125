"""Rows in quarantine leave as a file, are edited, and come back."""

import csv
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import BadInput, Conflict, NotFound
from graph.vocabulary import FactKind
from loaders.correcting import write_rows
from loaders.masking import Masking
from loaders.redriving import Redriving
from loaders.registry import sources
from loaders.report import LoadReport
from tests.unit.loaders.conftest import KEYS, LAW, NOW, P1, P2, Desk

Posts = Callable[..., Path]
POSTS = sources()["posts"]
MASKED = Masking(POSTS)
BAD = {"职务": "顾问", "证件类型": "身份证", "证件号码": P1}
HEADINGS = ("姓名", "证件类型", "证件号码", "任职单位", "统一社会信用代码", "职务")


def export(desk: Desk, digest: str, *, masking: Masking | None = MASKED) -> Path:
    path = desk.folder / f"out{len(list(desk.folder.iterdir()))}.csv"
    rows = list(desk.quarantine.rows(digest))
    write_rows(path, rows, masking=masking, language="zh")
    return path


def edit(path: Path, line: int, **cells: str) -> Path:
    """Write cells into the exported row of a line, as a spreadsheet would."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        headings, *rows = csv.reader(file)
    for row in rows:
        if row[0] == str(line):
            for heading, cell in cells.items():
                row[headings.index(heading)] = cell
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows([headings, *rows])
    return path


def back(desk: Desk, digest: str, path: Path) -> list[LoadReport]:
    return Redriving(desk.quarantine, desk.store, KEYS, LAW, NOW).corrected(
        digest, path
    )


def waiting(desk: Desk, digest: str) -> list[int]:
    return [row.line for row in desk.quarantine.rows(digest)]


def totals(reports: Sequence[LoadReport]) -> tuple[int, int, int, int]:
    for one in reports:
        one.reconcile()
    counts = [(r.read, r.new, r.known, r.quarantined) for r in reports]
    columns = zip(*counts, strict=True)
    read, new, known, quarantined = (sum(c) for c in columns)
    return read, new, known, quarantined


def test_an_export_has_line_reason_and_the_headings_of_the_source(
    desk: Desk, posts: Posts
) -> None:
    report = desk.load(posts({}, BAD))
    path = export(desk, report.digest)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert path.stat().st_mode & 0o777 == 0o600
    with path.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert list(row)[:4] == ["行号", "原因", "姓名", "证件类型"]
    assert row["行号"] == "3"
    assert "顾问" in row["原因"] or "职务" in row["原因"]
    assert row["职务"] == "顾问"
    assert P1 not in path.read_text("utf-8")
    assert P1 in export(desk, report.digest, masking=None).read_text("utf-8")


def test_nothing_that_is_there_is_overwritten(desk: Desk, posts: Posts) -> None:
    report = desk.load(posts({}, BAD))
    path = export(desk, report.digest)
    rows = list(desk.quarantine.rows(report.digest))
    with pytest.raises(Conflict, match="there already"):
        write_rows(path, rows, masking=None, language="zh")
    with pytest.raises(BadInput, match="cannot be written"):
        write_rows(path / "x.csv", rows, masking=None, language="zh")


def test_a_corrected_row_is_taken_and_resolved_once(desk: Desk, posts: Posts) -> None:
    report = desk.load(posts({}, BAD, {"姓名": ""}))
    path = edit(export(desk, report.digest), 3, 职务="监事")
    assert totals(back(desk, report.digest, path)) == (2, 1, 0, 1)
    assert waiting(desk, report.digest) == [4]
    tie = desk.store.all(FactKind.TIE)[-1]
    assert tie.person == KEYS.person_id("resident_id", P1), "the number was masked"
    batches = len([b for b in desk.store.batches if b.tables])
    assert totals(back(desk, report.digest, path)) == (1, 0, 0, 1)
    assert len([b for b in desk.store.batches if b.tables]) == batches
    assert desk.quarantine.resolved(report.digest) == {3}


def test_a_corrected_row_waits_no_more_when_its_file_comes_again(
    desk: Desk, posts: Posts
) -> None:
    file = posts({}, BAD, {"姓名": ""})
    report = desk.load(file)
    back(desk, report.digest, edit(export(desk, report.digest), 3, 职务="监事"))
    again = desk.load(file)
    assert (again.read, again.new, again.known, again.quarantined) == (3, 0, 2, 1)
    assert {issue.line for issue in again.issues} == {4}
    assert waiting(desk, report.digest) == [4]


def test_a_corrected_row_comes_from_the_file_in_which_it_came_back(
    desk: Desk, posts: Posts
) -> None:
    report = desk.load(posts({"姓名": ""}, {}, BAD))
    path = edit(export(desk, report.digest), 4, 职务="监事")
    back(desk, report.digest, path)
    batch = [b for b in desk.store.batches if b.tables][-1]
    assert (batch.file, batch.source) == (path.name, "posts")
    assert batch.digest != report.digest
    assert desk.store.all(FactKind.TIE)[-1].line == 3


def test_a_row_corrected_wrongly_waits_on_as_it_was(desk: Desk, posts: Posts) -> None:
    report = desk.load(posts({}, BAD))
    path = edit(export(desk, report.digest), 3, 职务="大顾问", 证件号码=P2)
    assert totals(back(desk, report.digest, path)) == (1, 0, 0, 1)
    (row,) = desk.quarantine.rows(report.digest)
    assert (row.row["职务"], row.row["证件号码"]) == ("顾问", P1)
    assert [f.digest for f in desk.quarantine.waiting()] == [report.digest]


def test_a_row_without_cells_is_corrected_by_filling_them_in(desk: Desk) -> None:
    text = f"姓名,任职单位,统一社会信用代码,职务\n林甲,示例公司,,监事\n林乙,{P1},监事\n"
    report = desk.load(desk.write("p.csv", text))
    path = export(desk, report.digest)
    assert "林乙" in path.read_text("utf-8-sig")
    assert P1 not in path.read_text("utf-8-sig")
    before = list(desk.quarantine.rows(report.digest))
    assert totals(back(desk, report.digest, path)) == (1, 0, 0, 1)
    assert list(desk.quarantine.rows(report.digest)) == before
    cells = {"姓名": "林乙", "任职单位": "示例公司", "职务": "监事"}
    assert totals(back(desk, report.digest, edit(path, 3, **cells))) == (1, 1, 0, 0)
    assert waiting(desk, report.digest) == []
    with pytest.raises(NotFound):
        back(desk, report.digest, path)


def test_a_file_that_is_no_export_of_these_rows_is_refused(
    desk: Desk, posts: Posts
) -> None:
    report = desk.load(posts({}, BAD))
    before = len(desk.store.batches)
    text = export(desk, report.digest).read_text("utf-8-sig")
    headings, row = text.splitlines()
    refused: dict[str, str] = {
        "never in quarantine": f"{headings}\n9{row[1:]}\n",
        "not the number of a line": f"{headings}\n三{row[1:]}\n",
        "stands there twice": f"{headings}\n{row}\n{row}\n",
        "first column": "姓名,职务\n林甲,监事\n",
        "cells": f"{headings}\n3,x\n",
    }
    for what, content in refused.items():
        with pytest.raises(BadInput, match=what):
            back(desk, report.digest, desk.write("bad.csv", content))
    assert len(desk.store.batches) == before
    assert waiting(desk, report.digest) == [3]


def test_what_a_spreadsheet_takes_for_a_formula_is_written_as_text(
    desk: Desk, posts: Posts
) -> None:
    report = desk.load(posts({}, {**BAD, "任职单位": "=1+1", "姓名": "@林"}))
    path = export(desk, report.digest)
    with path.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["任职单位"], row["姓名"]) == ("'=1+1", "'@林")
    assert totals(back(desk, report.digest, path)) == (1, 0, 0, 1)
    assert desk.store.batches[-1].file == "posts.csv", "nothing of it was edited"


def test_the_loader_passes_over_the_two_columns_in_front(
    desk: Desk, posts: Posts
) -> None:
    report = desk.load(posts({}, BAD))
    path = edit(export(desk, report.digest), 3, 职务="监事", 证件号码=P1)
    assert desk.load(path).reasons == {}


def test_masking_follows_the_description() -> None:
    row = {"姓名": "林甲乙", "证件号码": P1, "备注": "A1234567", "职务": f"见{P2}"}
    shown = MASKED.row(row)
    assert shown["姓名"] == "林甲乙"
    assert shown["证件号码"] == "2307**********0016"
    assert shown["备注"] == "A*****67", "nobody said what stands there"
    assert P2 not in shown["职务"]
    assert Masking(POSTS, hide_names=LAW).row(row)["姓名"] == "林*乙"
    gone = Masking(None).row(row)
    assert not set(row.values()) & set(gone.values())


def test_a_name_is_masked_where_the_row_speaks_of_a_person() -> None:
    masking = Masking(sources()["penalties"], hide_names=LAW)
    name, kind = "行政相对人名称", "行政相对人类别"
    firm = {name: "伊春甲公司", kind: "法人及非法人组织"}
    assert masking.row(firm)[name] == "伊春甲公司"
    assert masking.row({name: "林甲乙", kind: "自然人"})[name] == "林*乙"
    assert masking.row({name: "林甲乙", kind: "?"})[name] == "林*乙"
    assert masking.text({"": "林甲乙,12"}) == "***,**"


def cells() -> st.SearchStrategy[str]:
    """Return what stands in cells, and what should not but does."""
    odd = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
    return st.one_of(odd, st.sampled_from(["", P1, " '=1", "-", "-3", "=x", "a\r\nb"]))


@settings(deadline=None, max_examples=60)
@given(
    rows=st.lists(
        st.fixed_dictionaries({h: cells() for h in HEADINGS[:-1]}), min_size=1
    ),
    masking=st.sampled_from([None, MASKED, Masking(POSTS, hide_names=LAW)]),
    chosen=st.integers(min_value=0),
)
def test_unedited_rows_wait_on_and_an_edited_one_is_taken_once(
    rows: list[dict[str, str]], masking: Masking | None, chosen: int
) -> None:
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        sound = {"姓名": "林甲", "任职单位": "示例公司", "职务": "监事"}
        wrong: list[dict[str, str]] = [{**row, "职务": "顾问"} for row in rows]
        many: list[dict[str, str]] = [sound] * (len(rows) + 20)
        report = desk.load(desk.csv("posts.csv", HEADINGS, [*many, *wrong]))
        before = list(desk.quarantine.rows(report.digest))
        assert len(before) == len(rows)
        path = export(desk, report.digest, masking=masking)
        assert totals(back(desk, report.digest, path))[1:] == (0, 0, len(rows))
        assert list(desk.quarantine.rows(report.digest)) == before
        line = before[chosen % len(before)].line
        mended: dict[str, Any] = dict.fromkeys(HEADINGS, "") | sound
        edit(path, line, **mended)
        taken = totals(back(desk, report.digest, path))
        assert taken[1] + taken[2] == 1
        rest = [row for row in before if row.line != line]
        assert list(desk.quarantine.rows(report.digest)) == rest
        assert desk.quarantine.resolved(report.digest) == {line}
