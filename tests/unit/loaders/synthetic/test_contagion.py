"""Trouble that was passed on, and to whom: through people and nothing else."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.errors import BadInput
from loaders.synthetic import Rates, synthesize
from loaders.synthetic.contagion import LATEST, SOONEST
from tests.unit.loaders.synthetic.conftest import DAY, read


@pytest.fixture(scope="module")
def infected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("infected")
    synthesize(out, organizations=3_000, seed=3, reference=DAY, rates=Rates(spread=0.8))
    return out


@pytest.fixture(scope="module")
def passed(infected: Path) -> list[dict[str, Any]]:
    lines = (infected / "key" / "spread.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_the_key_names_a_penalty_on_both_sides(
    infected: Path, passed: list[dict[str, Any]]
) -> None:
    rows = read(infected / "penalties.xlsx").to_pylist()
    known = {(r["行政相对人代码_1(统一社会信用代码)"], r["处罚决定日期"]) for r in rows}
    assert len(passed) > 50
    for one in passed:
        assert (one["from"], one["began"]) in known
        assert (one["to"], one["decided"]) in known


def test_it_comes_within_a_year_and_to_somebody_else(
    passed: list[dict[str, Any]],
) -> None:
    for one in passed:
        began, decided = map(date.fromisoformat, (one["began"], one["decided"]))
        assert SOONEST <= (decided - began).days < LATEST
        assert one["from"] != one["to"]


def test_both_have_a_person_in_office_on_the_day(
    infected: Path, passed: list[dict[str, Any]]
) -> None:
    posts: dict[str, set[str]] = {}
    for row in read(infected / "posts.csv").to_pylist():
        if row["证件号码"]:
            posts.setdefault(row["统一社会信用代码"], set()).add(row["证件号码"])
    assert all(posts[one["from"]] & posts[one["to"]] for one in passed)


def test_without_it_the_city_is_the_same_as_ever(tmp_path: Path) -> None:
    synthesize(tmp_path, organizations=300, seed=5, reference=DAY)
    assert not (tmp_path / "key" / "spread.jsonl").exists()


def test_a_share_beyond_one_is_refused() -> None:
    with pytest.raises(BadInput, match="spread"):
        Rates(spread=1.5)
