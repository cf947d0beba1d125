"""What was wrong leaves nothing; what ended ends where the rule lets it."""

from dataclasses import replace
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analytics.propagation.effects import Ground
from analytics.propagation.engine import derive
from graph.law.book import LawBook
from graph.law.model import RuleVersion, TermStart
from graph.records import Fact, Sanction
from graph.snapshot import day_of
from graph.vocabulary import EndedBy, EndReason
from tests.journal import Journal, key_of
from tests.properties.cases import Case, cases
from tests.properties.worlds import everything
from tests.strategies import days
from tests.strategies_law import book_of

FEWER = settings.default.max_examples // 2  # type: ignore[union-attr]
ENDING = {
    EndReason.REPAIR: EndedBy.COMPANY_REPAIR,
    EndReason.LIST_EXIT: EndedBy.LIST_EXIT,
    EndReason.EXPIRY: EndedBy.LIST_EXIT,
    EndReason.PERFORMANCE: EndedBy.PERFORMANCE,
    EndReason.COURT_RELEASE: EndedBy.COURT_RELEASE,
}


@settings(max_examples=FEWER)
@given(cases, st.data())
def test_applied_and_voided_is_as_if_it_had_never_been(
    case: Case, data: st.DataObject
) -> None:
    wrong: Fact = data.draw(st.sampled_from(case.facts))
    journal = Journal(*case.facts)
    journal.void(wrong)
    never = Journal(*(f for f in case.facts if f is not wrong))
    voided, clean = (derive(j.now(), case.law) for j in (journal, never))
    assert everything(voided) == everything(clean)


@settings(max_examples=FEWER)
@given(cases, st.data())
def test_what_its_only_source_withdraws_is_as_if_it_had_never_been(
    case: Case, data: st.DataObject
) -> None:
    gone: Fact = data.draw(st.sampled_from(case.facts))
    journal = Journal(*case.facts)
    journal.withdraw(gone)
    never = Journal(*(f for f in case.facts if f is not gone))
    withdrawn, clean = (derive(j.now(), case.law) for j in (journal, never))
    assert everything(withdrawn) == everything(clean)


@settings(max_examples=FEWER)
@given(cases, st.data())
def test_what_another_source_asserts_stands_when_one_withdraws_it(
    case: Case, data: st.DataObject
) -> None:
    some: list[Fact] = data.draw(st.lists(st.sampled_from(case.facts), min_size=1))
    journal = Journal(*case.facts)
    before = derive(journal.now(), case.law)
    journal.add(*some, source="t")
    journal.withdraw(*some)
    assert everything(derive(journal.now(), case.law)) == everything(before)
    journal.withdraw(*some, source="t")
    left = Journal(*(f for f in case.facts if f not in some))
    assert everything(derive(journal.now(), case.law)) == everything(
        derive(left.now(), case.law)
    )


def pieces(grounds: tuple[Ground, ...]) -> dict[Any, set[int]]:
    """Return the days of each standing, by version, bearer and role."""
    found: dict[Any, set[int]] = {}
    for g in grounds:
        name = (g.rule, g.version), g.bearer, g.role, g.organization, g.status
        horizon = min(g.valid_to, day_of(None) if g.valid_to == 0 else 20_000)
        found.setdefault(name, set()).update(range(g.valid_from, horizon))
    return found


def ends_by(version: RuleVersion, reason: EndReason) -> bool:
    """Return whether the ending of the sanction ends what the version gives."""
    if version.term.length == "as_trigger":
        return True
    counted_from_the_end = (
        TermStart.SENTENCE_COMPLETED,
        TermStart.LIQUIDATION_COMPLETED,
    )
    assume(version.term.starts not in counted_from_the_end)
    return ENDING[reason] in version.ended_by


def apart(law: LawBook) -> LawBook:
    """Return the book with no two rules on one matter."""
    every = enumerate(law.rules.values())
    return book_of([r.model_copy(update={"topic": f"t{n}"}) for n, r in every])


@settings(max_examples=FEWER)
@given(cases, days, st.sampled_from(EndReason))
def test_applied_and_ended_is_the_effect_until_that_day_where_the_rule_ends_by_it(
    case: Case, on: Any, reason: EndReason
) -> None:
    law = apart(case.law)
    first = next(f for f in case.facts if isinstance(f, Sanction))
    standing = replace(first, valid_to=None, end_reason=None)
    begun = first.valid_from or first.listed_on or first.decided_on
    assume(begun is not None and begun < on)
    rest = [f for f in case.facts if f is not first]
    journal = Journal(*rest, standing)
    key = key_of(standing).hex()
    before = pieces(derive(journal.now(), law).causes.get(key, ()))
    journal.add(replace(standing, valid_to=on, end_reason=reason))
    after = pieces(derive(journal.now(), law).causes.get(key, ()))
    expected = {}
    for name, held in before.items():
        rule, begins = name[0]
        version = next(v for v in law.rules[rule].versions if v.in_force_from == begins)
        kept = {d for d in held if d < day_of(on)} if ends_by(version, reason) else held
        if kept:
            expected[name] = kept
    assert after == expected
