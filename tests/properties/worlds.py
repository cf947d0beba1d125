"""What is done to a world: loaded in parts, changed, voided; and read off again."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from analytics.propagation.effects import Effect, Ground
from analytics.propagation.engine import Derivation
from graph.batch import DECISION
from graph.records import Fact
from graph.schema import SCHEMAS
from graph.vocabulary import FactKind
from tests import strategies
from tests.journal import Journal, key_of

KINDS: dict[FactKind, st.SearchStrategy[Any]] = {
    FactKind.PROFILE: strategies.profiles(),
    FactKind.TIE: strategies.ties(),
    FactKind.SANCTION: strategies.sanctions(),
    FactKind.RECORD: strategies.records(),
    FactKind.FINDING: strategies.findings(),
    FactKind.RELEASE: strategies.releases(),
    FactKind.SUSPENSION: strategies.suspensions(),
    FactKind.IDENTITY_LINK: strategies.links(),
    FactKind.HOLDING: strategies.holdings(),
}
SOURCES = strategies.often("s", "t", DECISION)


def varied(draw: st.DrawFn, fact: Fact) -> Fact:
    """Return another version of the fact: the same key, other content."""
    other = draw(KINDS[fact.kind_of_fact])
    key = {
        c.name: getattr(fact, c.name) for c in SCHEMAS[fact.kind_of_fact].key_columns
    }
    return replace(other, **key)


def everything(derivation: Derivation) -> dict[str, Any]:
    """Return all that a derivation tells, to be compared."""
    effects = dict(derivation.effects)
    organizations = {g.organization for e in effects.values() for g in e.grounds}
    return {
        "effects": effects,
        "causes": dict(derivation.causes),
        "sizes": (len(derivation.effects), len(derivation.causes)),
        "bearers": {e.bearer: derivation.of_bearer(e.bearer) for e in effects.values()},
        "places": {o: derivation.of_organization(o) for o in organizations},
    }


def named(effect: Effect) -> tuple[Any, ...]:
    """Return the four things that make an effect the same one."""
    return effect.bearer, effect.measure, effect.scope, effect.jurisdiction


def told(ground: Ground) -> dict[str, Any]:
    """Return a ground without the key of its cause."""
    return {name: value for name, value in ground._asdict().items() if name != "cause"}


@st.composite
def steps(draw: st.DrawFn, facts: list[Fact]) -> list[tuple[str, str, list[Fact]]]:
    """Return what happens in order: (source, "add", "void" or "withdraw", facts).

    All of the world comes in sooner or later; on the way versions change, facts are
    voided or withdrawn, and things come that no rule looks at.
    """
    order = draw(st.permutations(facts))
    pieces = draw(st.integers(1, 3))
    size = -(-len(order) // pieces)
    happening: list[tuple[str, str, list[Fact]]] = []
    gone: set[bytes] = set()
    # A store refuses to void what nobody asserts any more.
    dropped: set[bytes] = set()
    for start in range(0, len(order), size):
        coming = order[start : start + size]
        happening.append((draw(SOURCES), "add", coming))
        known = order[: start + size]
        for _ in range(draw(st.integers(0, 2))):
            fact = draw(st.sampled_from(known))
            if key_of(fact) in gone:
                continue
            what = draw(st.sampled_from(("add", "void", "withdraw")))
            if what == "add":
                happening.append((draw(SOURCES), what, [varied(draw, fact)]))
            elif what == "void":
                if key_of(fact) not in dropped:
                    gone.add(key_of(fact))
                    happening.append((DECISION, what, [fact]))
            else:
                dropped.add(key_of(fact))
                happening.append((draw(SOURCES), what, [fact]))
    if draw(st.booleans()):
        happening.append(("s", "add", [draw(strategies.holdings())]))
    return happening


def perform(journal: Journal, step: tuple[str, str, list[Fact]]) -> None:
    """Let one step happen."""
    source, what, facts = step
    if what == "void":
        journal.void(*facts)
    elif what == "withdraw":
        journal.withdraw(*facts, source=source)
    else:
        journal.add(*facts, source=source)
