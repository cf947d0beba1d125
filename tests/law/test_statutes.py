"""Every clause extracted from the statutes is a rule, or is said not to be one and why.

tests/law/statutes.csv holds one line a clause, in our own words: the law, its text
and article, the term, and either the rules that carry it or the reason for none.
"""

import csv
from functools import cache
from pathlib import Path

import pytest

from graph.law.book import LawBook
from graph.vocabulary import Evidence

ROOT = Path(__file__).parents[2]
TABLE = Path(__file__).with_name("statutes.csv")
NOT_ENCODED = ROOT / "docs" / "law" / "not_encoded.md"
CLAUSES = list(csv.DictReader(TABLE.read_text("utf-8").splitlines()))


@cache
def law() -> LawBook:
    return LawBook.load()


each_clause = pytest.mark.parametrize(
    "clause", CLAUSES, ids=[f"{c['行']}-{c['法规']}{c['条']}" for c in CLAUSES]
)


def bases(rule: str) -> set[tuple[str, str]]:
    """Return the law (short title) and article of every basis of a rule."""
    return {
        (
            law().instruments[b.instrument].title.removeprefix("中华人民共和国"),
            b.article,
        )
        for version in law().rules[rule].versions
        for b in version.basis
        if law().instruments[b.instrument].evidence is Evidence.READ
    }


def test_no_extracted_clause_is_forgotten() -> None:
    assert [int(c["行"]) for c in CLAUSES] == list(range(1, 116))


@each_clause
def test_a_clause_has_rules_or_a_reason(clause: dict[str, str]) -> None:
    assert bool(clause["规则"]) is not bool(clause["理由"])


@each_clause
def test_the_rules_of_a_clause_rest_on_its_article(clause: dict[str, str]) -> None:
    for rule in filter(None, clause["规则"].split(";")):
        assert rule in law().rules
        assert any(
            title == clause["法规"] and article.startswith(clause["条"])
            for title, article in bases(rule)
        ), f"{rule} 的依据里没有{clause['法规']}{clause['条']}"


def test_what_is_not_encoded_is_told_with_its_reason() -> None:
    told = NOT_ENCODED.read_text("utf-8")
    for clause in CLAUSES:
        line = " | ".join(
            clause[name] for name in ("法规", "文本", "条", "期限", "理由")
        )
        assert not clause["理由"] or f"| {line} |" in told
