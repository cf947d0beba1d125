"""Every row of the table of liabilities is a rule, or is said not to be one and why.

tests/law/person_liability.csv holds one line a situation, in our own words: the
provisions (law:beginning of the article), and the rules or the reason for none.
"""

import csv
from functools import cache
from pathlib import Path

import pytest

from graph.law.book import LawBook

ROOT = Path(__file__).parents[2]
TABLE = Path(__file__).with_name("person_liability.csv")
NOT_ENCODED = ROOT / "docs" / "law" / "not_encoded.md"
ROWS = list(csv.DictReader(TABLE.read_text("utf-8").splitlines()))

each_row = pytest.mark.parametrize("row", ROWS, ids=[r["触发"] for r in ROWS])


@cache
def law() -> LawBook:
    return LawBook.load()


def bases(rules: list[str]) -> set[tuple[str, str]]:
    """Return short title and article of every basis of the rules."""
    return {
        (
            law().instruments[b.instrument].title.removeprefix("中华人民共和国"),
            b.article,
        )
        for rule in rules
        for version in law().rules[rule].versions
        for b in version.basis
    }


def test_no_row_is_forgotten() -> None:
    assert [int(r["行"]) for r in ROWS] == list(range(1, 38))


@each_row
def test_a_row_has_rules_or_a_reason(row: dict[str, str]) -> None:
    assert bool(row["规则"]) is not bool(row["理由"])
    assert bool(row["规则"]) is bool(row["依据"])


@each_row
def test_the_rules_of_a_row_rest_on_its_provisions(row: dict[str, str]) -> None:
    rules = list(filter(None, row["规则"].split(";")))
    assert set(rules) <= set(law().rules)
    for provision in filter(None, row["依据"].split(";")):
        title, article = provision.split(":")
        assert any(
            known.startswith(title) and of.startswith(article)
            for known, of in bases(rules)
        ), provision


def test_a_row_without_rules_is_told_with_its_reason() -> None:
    told = NOT_ENCODED.read_text("utf-8")
    for row in ROWS:
        line = f"| {row['触发']} | {row['理由']} |"
        assert not row["理由"] or line in told
