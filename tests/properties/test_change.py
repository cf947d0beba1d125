"""What must hold when facts come, end, are voided, are shuffled or renamed."""

from dataclasses import fields, replace
from datetime import timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from analytics.propagation.effects import Effect
from analytics.propagation.engine import Derivation, derive
from graph.records import Fact, Profile, Sanction, Tie
from graph.schema import SCHEMAS
from graph.scope import Scope
from graph.snapshot import day_of
from graph.vocabulary import EndReason, FactKind, Role
from tests.journal import Journal
from tests.properties.cases import Case, cases
from tests.strategies import FIRST_DAY, LAST

DAYS = range(day_of(FIRST_DAY) - 1, day_of(FIRST_DAY) + LAST + 5)
Told = dict[tuple[object, ...], tuple[object, ...]]


def told(derivation: Derivation) -> dict[str, Effect]:
    return dict(derivation.effects.items())


def standings(derivation: Derivation) -> Told:
    """Return how every effect stands on every day, by what names it."""
    return {
        (e.bearer, e.measure, e.scope, e.jurisdiction): tuple(
            e.status_on(day) for day in DAYS
        )
        for e in derivation.effects.values()
    }


def sanctions(case: Case) -> list[Sanction]:
    return [f for f in case.facts if isinstance(f, Sanction)]


@given(cases, st.data())
def test_applied_then_voided_is_as_if_never_applied(
    case: Case, data: st.DataObject
) -> None:
    assume(sanctions(case))
    wrong = data.draw(st.sampled_from(sanctions(case)))
    voided = Journal(*case.facts)
    voided.void(wrong)
    never = Journal(*(f for f in case.facts if f is not wrong))
    assert told(derive(voided.now(), case.law)) == told(derive(never.now(), case.law))


@given(cases, st.data())
def test_an_ending_changes_no_day_before_it(case: Case, data: st.DataObject) -> None:
    ending = [s for s in sanctions(case) if s.valid_from and not s.valid_to]
    assume(ending)
    sanction = data.draw(st.sampled_from(ending))
    assert sanction.valid_from is not None
    later = data.draw(st.integers(0, LAST))
    on = sanction.valid_from + timedelta(days=later)
    reason = data.draw(st.sampled_from(EndReason))
    journal = Journal(*case.facts)
    before = standings(derive(journal.now(), case.law))
    journal.decide(replace(sanction, valid_to=on, end_reason=reason))
    after = standings(derive(journal.now(), case.law))
    waiting = {v.term.starts.binds_before for _, _, v in case.law.active_versions()}
    assume(True not in waiting)
    cut = day_of(on) - DAYS[0]
    assert {k: v[:cut] for k, v in before.items() if any(v[:cut])} == {
        k: v[:cut] for k, v in after.items() if any(v[:cut])
    }


@given(cases, st.data())
def test_the_order_of_facts_does_not_matter(case: Case, data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(case.facts))
    split = data.draw(st.integers(0, len(shuffled)))
    one = derive(Journal(*case.facts).now(), case.law)
    two = Journal()
    for part in (shuffled[:split], shuffled[split:]):
        if part:
            two.add(*part)
    assert told(one) == told(derive(two.now(), case.law))


def renamed(fact: Fact) -> Fact:
    columns = {c.name for c in SCHEMAS[fact.kind_of_fact].subject_columns}
    changes = {
        f.name: other(getattr(fact, f.name)) for f in fields(fact) if f.name in columns
    }
    return replace(fact, **changes)


def other(subject: str) -> str:
    return f"{subject}9" if subject else subject


@given(cases)
def test_renaming_subjects_renames_the_answers(case: Case) -> None:
    plain = standings(derive(Journal(*case.facts).now(), case.law))
    anew = standings(derive(Journal(*map(renamed, case.facts)).now(), case.law))
    assert {(other(str(k[0])), *k[1:]): v for k, v in plain.items()} == anew


@given(cases, st.data())
def test_what_was_known_then_never_changes(case: Case, data: st.DataObject) -> None:
    split = data.draw(st.integers(1, max(1, len(case.facts))))
    journal = Journal(*case.facts[:split])
    pinned = journal.now()
    first = told(derive(pinned, case.law))
    if case.facts[split:]:
        journal.add(*case.facts[split:])
    for sanction in sanctions(case)[:1]:
        journal.void(sanction)
    assert told(derive(pinned, case.law)) == first
    assert told(derive(journal.now().pinned(pinned.seq), case.law)) == first


@given(cases, st.data())
def test_advancing_gives_what_deriving_anew_gives(
    case: Case, data: st.DataObject
) -> None:
    split = data.draw(st.integers(0, len(case.facts)))
    journal = Journal()
    if case.facts[:split]:
        journal.add(*case.facts[:split])
    derivation = derive(journal.now(), case.law)
    steps = [
        case.facts[split:][i : i + 2] for i in range(0, len(case.facts) - split, 2)
    ]
    for step in filter(None, steps):
        before = derivation.snapshot
        journal.add(*step)
        derivation = derivation.advance(journal.now(), journal.changes(before))
    for sanction in sanctions(case)[:2]:
        before = derivation.snapshot
        journal.void(sanction)
        derivation = derivation.advance(journal.now(), journal.changes(before))
    assert told(derivation) == told(derive(journal.now(), case.law))


@given(cases)
def test_facts_that_do_not_reach_me_do_not_change_me(case: Case) -> None:
    alone = derive(Journal(*case.facts).now(), case.law)
    together = derive(Journal(*case.facts, *map(renamed, case.facts)).now(), case.law)
    mine = {e.bearer for e in alone.effects.values()}
    assert {k: v for k, v in standings(together).items() if k[0] in mine} == standings(
        alone
    )


@given(cases)
def test_what_a_reader_may_not_see_changes_no_read_of_his(case: Case) -> None:
    scope = Scope(departments=frozenset({"mine"}))
    hidden = [replace(f, public=False, department="theirs") for f in case.facts]
    seen: list[Fact] = [
        Profile(subject="org:x", name="甲"),
        Tie(person="per:a", organization="org:x", role=Role.DIRECTOR),
    ]
    plain = Journal(*seen).now().under(scope)
    extra = [
        f for f in hidden if f.kind_of_fact not in (FactKind.PROFILE, FactKind.TIE)
    ]
    full = Journal(*seen, *extra).now().under(scope)
    for kind in FactKind:
        if kind is FactKind.IDENTITY_LINK:
            continue
        assert [full.fact(kind, int(r)) for r in full.all_rows(kind)] == [
            plain.fact(kind, int(r)) for r in plain.all_rows(kind)
        ]
