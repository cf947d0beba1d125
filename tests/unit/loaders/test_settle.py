"""Repeats, contradictions and voided facts, within a file, over pieces and loads."""

import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from graph.batch import DECISION, Batch, fact_keys, versions
from graph.errors import BadInput
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


@settings(deadline=None)
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


# --- as a slow and plain reader would settle it ------------------------------------

CELLS = st.fixed_dictionaries(
    {
        "姓名": st.sampled_from(["林甲", "林乙"]),
        "证件号码": st.sampled_from(["", P1]),
        "职务": st.sampled_from(["监事", "监事", "顾问"]),
        "任职单位": st.sampled_from(["示例公司", "样例公司"]),
        END: st.sampled_from(["", "2021-01-01"]),
    }
)
Told = dict[tuple[FactKind, bytes], bytes]


@lru_cache
def facts_of(row: tuple[tuple[str, str], ...]) -> list[tuple[FactKind, bytes, bytes]]:
    """Return kind, key and version of what one row alone says; none of a bad one."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        sound = {**SOUND, **dict(row)}
        try:
            desk.load(desk.csv("one.csv", tuple(sound), [sound]))
        except BadInput:
            return []
        (batch,) = desk.store.batches
        return [
            (kind, key, version)
            for kind, table in batch.tables.items()
            for key, version in zip(
                fact_keys(kind, table).to_pylist(),
                versions(kind, table).to_pylist(),
                strict=True,
            )
        ]


def settled_plainly(rows: list[dict[str, str]]) -> tuple[list[str], Told]:
    """Return what becomes of each row, and every fact that is told."""
    told: Told = {}
    fates = []
    for row in rows:
        facts = facts_of(tuple(row.items()))
        clash = [f for f in facts if told.get((f[0], f[1]), f[2]) != f[2]]
        if not facts or any(kind is FactKind.TIE for kind, _, _ in clash):
            fates.append("quarantined")
            continue
        fresh = {(k, key): v for k, key, v in facts if (k, key) not in told}
        told |= fresh
        fates.append("new" if fresh else "known")
    return fates, told


SOUND = {"任职起始日期": "2020-01-01", "统一社会信用代码": A}


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    rows=st.lists(CELLS, min_size=1, max_size=12),
    size=st.sampled_from([1, 2, 3, 20_000]),
)
def test_any_rows_are_settled_as_one_after_another(
    monkeypatch: pytest.MonkeyPatch, rows: list[dict[str, str]], size: int
) -> None:
    monkeypatch.setattr(piece, "CHUNK_ROWS", size)
    fates, told = settled_plainly(rows)
    assume(set(fates) != {"quarantined"})
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        path = desk.csv(
            "rows.csv", tuple({**SOUND, **rows[0]}), [{**SOUND, **r} for r in rows]
        )
        report = desk.load(path, refuse_above=1.0)
        written: Told = {}
        for batch in desk.store.batches:
            for kind, table in batch.tables.items():
                keys = fact_keys(kind, table).to_pylist()
                contents = versions(kind, table).to_pylist()
                written |= {(kind, k): v for k, v in zip(keys, contents, strict=True)}
    counts = (report.new, report.known, report.quarantined)
    assert counts == tuple(fates.count(f) for f in ("new", "known", "quarantined"))
    assert written == told
