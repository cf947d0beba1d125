"""What is said to lift an effect does, nothing less does, and nothing is missing."""

from dataclasses import replace
from itertools import combinations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.propagation.counterfactual import Counterfactual, counterfactual
from analytics.propagation.effects import STRENGTH, Effect
from analytics.propagation.engine import Derivation, derive
from analytics.propagation.supposing import CARRYING, Fact, Stage
from graph.snapshot import date_of
from graph.vocabulary import EffectStatus, FactKind
from tests.journal import Journal
from tests.properties.cases import Case, cases

RANK = {status: place for place, status in enumerate(STRENGTH)}


def stands_without(
    effect: Effect, derivation: Derivation, facts: tuple[Fact, ...], day: int
) -> bool:
    """Return whether the whole engine still finds the effect as strong."""
    snapshot = derivation.snapshot.without(facts)
    found = derive(snapshot, derivation.law).effects.get(effect.id)
    status = found.status_on(day) if found else None
    before = effect.status_on(day)
    assert before is not None
    if status in (None, EffectStatus.ENDED):
        return False
    assert status is not None
    return RANK[status] <= RANK[before]


def chosen(case: Case, data: st.DataObject) -> tuple[Derivation, Counterfactual] | None:
    """Return one effect of the world and what would lift it."""
    derivation = derive(Journal(*case.facts).now(), case.law)
    standing = [
        (e, g.valid_from)
        for e in derivation.effects.values()
        for g in e.grounds
        if e.status_on(g.valid_from) is not EffectStatus.ENDED
    ]
    if not standing:
        return None
    effect, day = data.draw(st.sampled_from(standing))
    found = counterfactual(effect, derivation, day=day)
    assert found is not None
    return derivation, found


def carrying(derivation: Derivation) -> list[Fact]:
    """Return every fact of the world that may be supposed away."""
    snapshot = derivation.snapshot
    return [(k, row) for k in CARRYING for row in snapshot.all_rows(k).tolist()]


def sets_of(found: Counterfactual) -> set[frozenset[Fact]]:
    return {frozenset(c.fact for c in lifting.changes) for lifting in found.voiding}


@given(cases, st.data())
def test_each_set_lifts_the_effect_and_no_part_of_it_does(
    case: Case, data: st.DataObject
) -> None:
    both = chosen(case, data)
    if both is None:
        return
    derivation, found = both
    for facts in sets_of(found):
        assert not stands_without(found.effect, derivation, tuple(facts), found.day)
        for part in combinations(facts, len(facts) - 1):
            assert stands_without(found.effect, derivation, part, found.day)


@given(cases, st.data())
def test_no_single_fact_outside_lifts_it_and_no_pair_is_missing(
    case: Case, data: st.DataObject
) -> None:
    both = chosen(case, data)
    if both is None:
        return
    derivation, found = both
    known, every = sets_of(found), carrying(derivation)
    for fact in every:
        stays = stands_without(found.effect, derivation, (fact,), found.day)
        assert stays == (frozenset({fact}) not in known)
    singles = {fact for one in known if len(one) == 1 for fact in one}
    others = sorted(set(every) - singles)
    for pair in data.draw(_some(list(combinations(others, 2)))):
        stays = stands_without(found.effect, derivation, pair, found.day)
        assert stays == (frozenset(pair) not in known)


def _some(pairs: list[tuple[Fact, Fact]]) -> st.SearchStrategy[list[tuple[Fact, Fact]]]:
    if not pairs:
        return st.just([])
    return st.lists(st.sampled_from(pairs), max_size=6)


@given(cases, st.data())
def test_under_no_supposition_the_effect_is_what_it_is(
    case: Case, data: st.DataObject
) -> None:
    derivation = derive(Journal(*case.facts).now(), case.law)
    if derivation.effects:
        effect = data.draw(st.sampled_from(list(derivation.effects.values())))
        assert Stage(effect, derivation).grounds() == effect


@settings(max_examples=30)
@given(cases, st.data())
def test_what_suffices_suffices(case: Case, data: st.DataObject) -> None:
    both = chosen(case, data)
    if both is None:
        return
    derivation, found = both
    others = tuple(set(carrying(derivation)) - set(found.supports[0]))
    assert stands_without(found.effect, derivation, others, found.day)


@given(cases, st.data())
def test_what_is_said_to_lift_it_by_ending_does(
    case: Case, data: st.DataObject
) -> None:
    both = chosen(case, data)
    if both is None:
        return
    derivation, found = both
    for lifting in found.ending:
        journal = Journal(*case.facts)
        for change in lifting.changes:
            fact: Any = derivation.snapshot.fact(*change.fact)
            ended: dict[str, Any] = {"valid_to": date_of(found.day)}
            if change.fact[0] is FactKind.SANCTION:
                ended["end_reason"] = change.reason
            journal.add(replace(fact, **ended))
        after = derive(journal.now(), case.law).effects.get(found.effect.id)
        status = after.status_on(found.day) if after else None
        before = found.effect.status_on(found.day)
        assert before is not None
        weaker = status is None or RANK[status] > RANK[before]
        assert weaker, lifting
