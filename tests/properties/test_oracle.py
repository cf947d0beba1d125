"""The engine against a naive oracle, on every day of small random worlds."""

from hypothesis import event, given

from analytics.propagation.engine import Derivation, derive
from graph.snapshot import day_of
from graph.vocabulary import EffectStatus
from tests.journal import Journal
from tests.properties.cases import Case, cases
from tests.properties.oracle import EffectKey, Oracle, horizon
from tests.strategies import FIRST_DAY, LAST


def told(derivation: Derivation, oracle: Oracle) -> dict[EffectKey, dict[int, str]]:
    """Return the engine's standings on every day of the oracle's horizon."""
    shift = FIRST_DAY.toordinal() - day_of(FIRST_DAY)
    found: dict[EffectKey, dict[int, str]] = {}
    for effect in derivation.effects.values():
        name = effect.bearer, effect.measure, effect.scope, effect.jurisdiction
        for number in sorted(oracle.all):
            status = effect.status_on(number - shift)
            if status not in (None, EffectStatus.ENDED):
                found.setdefault(name, {})[number] = status
    return found


@given(cases)
def test_the_engine_agrees_with_the_oracle_on_every_day(case: Case) -> None:
    derivation = derive(Journal(*case.facts).now(), case.law)
    oracle = Oracle(case.facts, case.law, *horizon(FIRST_DAY, LAST))
    expected = {key: days for key, days in oracle.statuses().items() if days}
    for status in {s for days in expected.values() for s in days.values()}:
        event(f"some effect is {status}")
    chained = any(
        g.cause_kind == "effect" for e in derivation.effects.values() for g in e.grounds
    )
    event(f"effects chained: {chained}")
    assert told(derivation, oracle) == expected
