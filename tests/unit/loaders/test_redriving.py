"""Rows in quarantine once more, after what stopped them has changed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.errors import NotFound
from graph.vocabulary import FactKind
from loaders.redriving import Redriving
from loaders.registry import sources
from loaders.report import LoadReport
from tests.unit.loaders.conftest import KEYS, LAW, NOW, P1, Desk

Posts = Callable[..., Path]


def again(desk: Desk, digest: str, **more: Any) -> LoadReport:
    given: dict[str, Any] = {
        "quarantine": desk.quarantine,
        "store": desk.store,
        "keys": KEYS,
        "law": LAW,
        "recorded_at": NOW,
    }
    return Redriving(**{**given, **more}).again(digest)


def with_adviser() -> dict[str, Any]:
    """Return the sources, in which somebody has added a word to the posts."""
    posts = sources()["posts"]
    role = posts.columns["职务"].model_copy(
        update={"type": "word", "words": {"顾问": "senior_manager"}}
    )
    columns = {**posts.columns, "职务": role}
    return {**sources(), "posts": posts.model_copy(update={"columns": columns})}


def test_a_row_is_taken_once_its_word_is_known(desk: Desk, posts: Posts) -> None:
    first = desk.load(posts({}, {"职务": "顾问", "证件号码": P1}, {"姓名": ""}))
    assert first.quarantined == 2
    report = again(desk, first.digest, known_sources=with_adviser())
    assert (report.read, report.new, report.quarantined) == (2, 1, 1)
    assert report.file == "posts.csv"
    tie = desk.store.all(FactKind.TIE)[-1]
    assert (tie.role, tie.line) == ("senior_manager", 3)
    assert tie.person == KEYS.person_id("resident_id", P1)
    assert desk.store.batches[-1].digest == first.digest
    assert [r.line for r in desk.quarantine.rows(first.digest)] == [4]


def test_driving_again_without_a_change_changes_nothing(
    desk: Desk, posts: Posts
) -> None:
    first = desk.load(posts({}, {"职务": "顾问"}))
    report = again(desk, first.digest)
    assert (report.read, report.quarantined) == (1, 1)
    assert len(desk.store.batches) == 1
    assert [r.line for r in desk.quarantine.rows(first.digest)] == [3]


def test_a_row_without_cells_stays_where_it_is(desk: Desk) -> None:
    text = "姓名,任职单位,职务\n林甲,示例公司,监事\n林乙,监事\n"
    first = desk.load(desk.write("p.csv", text))
    report = again(desk, first.digest)
    assert report.reasons == {"cells": 1}
    (row,) = desk.quarantine.rows(first.digest)
    assert row.row[""] == "林乙\t监事"


def test_a_file_without_rows_in_quarantine_is_told(desk: Desk) -> None:
    with pytest.raises(NotFound, match="No row"):
        again(desk, "00" * 32)


def test_a_source_that_is_gone_is_told(desk: Desk, posts: Posts) -> None:
    first = desk.load(posts({}, {"职务": "顾问"}))
    others = {k: s for k, s in sources().items() if k != "posts"}
    with pytest.raises(NotFound, match="no source 'posts'"):
        again(desk, first.digest, known_sources=others)
