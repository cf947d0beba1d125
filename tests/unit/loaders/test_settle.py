"""Repeats, contradictions and voided facts, within a file, over pieces and loads."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.batch import DECISION, Batch, fact_keys
from graph.vocabulary import FactKind
from loaders import piece
from loaders.issues import Reason
from loaders.seen import Seen
from tests.unit.loaders.conftest import NOW, P1, A, Desk

Posts = Callable[..., Path]
END = "任职终止日期"


@pytest.fixture(params=[1, 2, 20_000])
def chunk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """Cut files into pieces of this size: the answers must not depend on it."""
    size: int = request.param
    monkeypatch.setattr(piece, "CHUNK_ROWS", size)
    return size


@pytest.mark.usefixtures("chunk")
def test_a_row_that_stands_twice_is_known_the_second_time(
    desk: Desk, posts: Posts
) -> None:
    report = desk.load(posts({}, {}, {"姓名": "林乙"}, {}))
    assert (report.read, report.new, report.known, report.quarantined) == (4, 2, 2, 0)
    assert len(desk.store.all(FactKind.TIE)) == 2


@pytest.mark.usefixtures("chunk")
def test_the_second_of_two_rows_that_contradict_is_set_aside(
    desk: Desk, posts: Posts
) -> None:
    report = desk.load(
        posts({END: "2021-01-01"}, {END: "2022-01-01"}, {END: "2021-01-01"})
    )
    assert (report.new, report.known, report.quarantined) == (1, 1, 1)
    (issue,) = report.issues
    assert (issue.line, issue.reason) == (3, Reason.CONTRADICTION)
    assert "第 2 行" in issue.message_zh
    assert "line 2" in issue.message_en


@pytest.mark.usefixtures("chunk")
def test_what_a_bad_row_says_is_not_said(desk: Desk, posts: Posts) -> None:
    """Line 3 contradicts line 2; its person is then first told by line 4."""
    rows = [
        {"姓名": "林甲", "证件号码": P1, END: "2021-01-01"},
        {"姓名": "别名", "证件号码": P1, END: "2022-01-01"},
        {"姓名": "林甲", "证件号码": P1, "职务": "董事"},
    ]
    report = desk.load(posts(*rows))
    assert (report.new, report.quarantined) == (2, 1)
    names = {p.name for p in desk.store.all(FactKind.PROFILE)}
    assert names == {"林甲", "示例公司"}


@pytest.mark.usefixtures("chunk")
def test_a_name_told_otherwise_is_reported_and_the_post_is_taken(
    desk: Desk, posts: Posts
) -> None:
    rows = [
        {"姓名": "林甲", "证件号码": P1},
        {"姓名": "林假", "证件号码": P1, "职务": "董事"},
    ]
    report = desk.load(posts(*rows))
    assert (report.new, report.quarantined) == (2, 0)
    assert report.reasons == {"contradiction": 1}
    assert len(desk.store.all(FactKind.TIE)) == 2


@pytest.mark.usefixtures("chunk")
def test_the_same_file_again_adds_nothing(desk: Desk, posts: Posts) -> None:
    rows = [
        {},
        {"姓名": "林乙"},
        {},
        {"职务": "顾问"},
        {"姓名": "林丙", END: "2021-01-01"},
    ]
    first = desk.load(posts(*rows))
    written = len(desk.store.batches)
    again = desk.load(posts(*rows))
    assert (first.new, again.new) == (3, 0)
    assert (again.known, again.quarantined) == (4, 1)
    assert len(desk.store.batches) == written


def test_an_earlier_content_sent_again_counts_again(desk: Desk, posts: Posts) -> None:
    """A, B, A ends as A."""
    for end in ("2021-01-01", "2022-01-01", "2021-01-01"):
        report = desk.load(posts({END: end}))
        assert report.new == 1
    ties = desk.store.all(FactKind.TIE)
    assert [str(t.valid_to) for t in ties] == ["2021-01-02", "2022-01-02", "2021-01-02"]


def void(desk: Desk, kind: FactKind) -> None:
    table = desk.store.batches[0].tables[kind]
    keys = fact_keys(kind, table).to_pylist()
    desk.store.append(
        Batch(
            batch="void",
            source=DECISION,
            recorded_at=datetime(2026, 11, 23, tzinfo=UTC),
            voids={kind: keys[:1]},
        )
    )


def test_a_voided_fact_is_set_aside_and_never_revived(desk: Desk, posts: Posts) -> None:
    desk.load(posts({}))
    void(desk, FactKind.TIE)
    report = desk.load(posts({}, {"姓名": "林乙"}))
    assert (report.new, report.quarantined) == (1, 1)
    assert report.reasons == {"voided": 1}


def test_even_a_file_of_voided_facts_only_is_counted(desk: Desk, posts: Posts) -> None:
    desk.load(posts({}))
    void(desk, FactKind.TIE)
    report = desk.load(posts({END: "2025-01-01"}))
    assert (report.read, report.quarantined) == (1, 1)
    assert [r.line for r in desk.quarantine.rows(report.digest)] == [2]


def test_a_voided_name_does_not_hold_up_the_post(desk: Desk, posts: Posts) -> None:
    desk.load(posts({}))
    void(desk, FactKind.PROFILE)
    report = desk.load(posts({}, {"姓名": "林乙"}))
    assert report.quarantined == 0
    assert report.reasons["voided"] >= 1


# --- lines seen ------------------------------------------------------------------

PAIR = st.tuples(st.integers(0, 3), st.integers(0, 3))


@given(st.lists(st.lists(PAIR, unique=True, max_size=6), max_size=12))
def test_seen_remembers_as_a_dictionary_does(
    batches: list[list[tuple[int, int]]],
) -> None:
    seen, known, line = Seen(), dict[tuple[int, int], int](), 1
    for batch in batches:
        keys = np.array(batch, np.uint64).reshape(-1, 2)
        found = seen.lines(keys).tolist()
        assert found == [known.get(pair, 0) for pair in batch]
        fresh = [pair for pair in batch if pair not in known]
        lines = np.arange(line, line + len(fresh), dtype=np.int32)
        seen.add(np.array(fresh, np.uint64).reshape(-1, 2), lines)
        known.update(zip(fresh, lines.tolist(), strict=True))
        line += len(fresh)
    assert len(seen) == len(known)


def test_the_key_of_a_tie_is_person_place_role_and_start(
    desk: Desk, posts: Posts
) -> None:
    rows = [
        {},
        {"任职起始日期": "2021-01-01"},
        {"职务": "董事"},
        {"统一社会信用代码": A},
    ]
    report = desk.load(posts(*rows))
    assert (report.new, report.known) == (3, 1)
    assert NOW.tzinfo is UTC
