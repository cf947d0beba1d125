"""Circles of companies, people named otherwise, and who the unnumbered are."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from graph.errors import BadInput
from loaders.synthetic import Rates, synthesize
from tests.unit.loaders.synthetic.conftest import DAY, read


def city(out: Path, circles: float, *, other_names: bool = False) -> Path:
    rates = Rates(circles=circles)
    synthesize(
        out,
        organizations=2_000,
        seed=9,
        reference=DAY,
        rates=rates,
        other_names=other_names,
    )
    return out


@pytest.fixture(scope="module")
def near(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return city(tmp_path_factory.mktemp("near"), 0.95)


@pytest.fixture(scope="module")
def far(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return city(tmp_path_factory.mktemp("far"), 0.0)


def numbered(folder: Path) -> dict[str, set[str]]:
    """Return in which companies each number holds a post or a share."""
    found: dict[str, set[str]] = defaultdict(set)
    for name in ("posts.csv", "holdings.csv"):
        for row in read(folder / name).to_pylist():
            if row["证件号码"]:
                found[row["证件号码"]].add(row["统一社会信用代码"])
    return found


def companions(folder: Path) -> float:
    """Return the share of pairs of companies with one person that have two."""
    pairs: Counter[tuple[str, str]] = Counter()
    for companies in numbered(folder).values():
        ordered = sorted(companies)
        pairs.update((a, b) for i, a in enumerate(ordered) for b in ordered[:i])
    return sum(n > 1 for n in pairs.values()) / len(pairs)


def test_who_serves_again_meets_the_same_people(near: Path, far: Path) -> None:
    assert companions(near) > 3 * companions(far) > 0


def test_nobody_holds_a_company_twice(near: Path) -> None:
    rows = read(near / "holdings.csv").to_pylist()
    keys = [
        (r["证件号码"] or r["股东统一社会信用代码"], r["统一社会信用代码"])
        for r in rows
    ]
    assert len(set(keys)) == len(keys)


def people(folder: Path) -> Iterator[dict[str, Any]]:
    with (folder / "key" / "people.jsonl").open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def test_the_key_names_everybody_without_a_number(near: Path) -> None:
    stated = {
        (r["姓名"], r["统一社会信用代码"], r["职务"], bool(r["证件号码"]))
        for r in read(near / "posts.csv").to_pylist()
    }
    told = [
        (one["name"], post["code"], post["role"], post["numbered"])
        for one in people(near)
        for post in one["posts"]
    ]
    assert len(told) > 500
    assert stated.issuperset(told)
    planted = {row for row in stated if not row[3]} - set(told)
    assert len(planted) < 40, "only people of planted stories are not in it"


def test_other_names_are_nowhere_among_the_first(tmp_path: Path, far: Path) -> None:
    def drawn(folder: Path) -> set[str]:
        return {one["name"] for one in people(folder)}

    others = drawn(city(tmp_path, 0.0, other_names=True))
    assert len(others) > 300
    assert len(others & drawn(far)) < len(others) / 50


def test_the_seed_decides_the_circles_too(near: Path, tmp_path: Path) -> None:
    again = city(tmp_path, 0.95)
    for name in ("posts.csv", "holdings.csv", "contacts.csv", "registrations.csv"):
        assert (near / name).read_bytes() == (again / name).read_bytes()


def test_a_share_of_more_than_all_is_refused() -> None:
    with pytest.raises(BadInput, match="circles"):
        Rates(circles=1.2)


def test_registrations_stay_one_to_an_organization(near: Path) -> None:
    table: pa.Table = read(near / "registrations.csv")
    codes = table["统一社会信用代码"].to_pylist()
    assert len(set(codes)) == len(codes) == 2_000
