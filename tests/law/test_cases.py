"""Every law case: what must follow on which day, and what must not.

The cases stand in tests/law/cases, their format in tests/law/README.md. What no case
shows of the law book is a fault too: `creditgraph law cover` names it.
"""

from functools import cache
from pathlib import Path

import pytest

from analytics.lawcases.coverage import uncovered
from analytics.lawcases.reading import read_cases
from analytics.lawcases.trial import Tried, key_of, tried
from analytics.propagation.explain import examine, explain
from graph.law.book import LawBook
from graph.snapshot import day_of

FOLDER = Path(__file__).parent / "cases"


@cache
def law() -> LawBook:
    return LawBook.load()


@cache
def trials() -> tuple[Tried, ...]:
    return tuple(tried(case, law()) for case in read_cases(FOLDER, law()))


each_case = pytest.mark.parametrize(
    "number",
    range(len(trials())),
    ids=[f"{t.case.file.removesuffix('.yaml')}：{t.case.name}" for t in trials()],
)


@each_case
def test_everybody_stands_as_the_case_says(number: int) -> None:
    assert [d.said().en for d in trials()[number].differences()] == []


@each_case
def test_a_case_asks_something(number: int) -> None:
    assert trials()[number].case.expected


@each_case
def test_every_effect_and_every_sanction_of_a_case_can_be_told(number: int) -> None:
    case, derivation = trials()[number].case, trials()[number].derivation
    snapshot = derivation.snapshot
    for on in case.expected:
        for effect in derivation.effects.values():
            tree = explain(effect, derivation, snapshot, law(), day=day_of(on))
            assert "不予披露" not in tree.text()
        for fact in case.facts:
            if fact.kind_of_fact == "sanction" and fact not in case.voided:
                key = key_of(fact).hex()
                tree = examine(key, snapshot, law(), day=day_of(on))
                assert tree.children, case.name


def test_no_branch_of_the_law_book_is_without_a_case() -> None:
    missing = uncovered(law(), trials())
    assert [f"{b.owner} {b.kind.value} {b.detail}" for b in missing] == []
