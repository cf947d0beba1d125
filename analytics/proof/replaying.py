"""Facts and law alone, without a store: what follows from just these.

The rules are carried out by the engine that carries them out everywhere; what a
proof guards against is another fact, another day or another text.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from analytics.propagation.effects import Effect, Ground, ground_order
from analytics.propagation.engine import Derivation, derive
from graph.batch import Batch
from graph.law.book import LawBook
from graph.records import Fact, tables_of
from graph.snapshot import Facts
from graph.snapshot.intake import Trial
from graph.vocabulary import EffectStatus, FactKind, OrganizationKind, RecordKind


@dataclass(frozen=True, slots=True)
class Replay:
    """What follows from some facts, as far as it leads to one effect.

    Args:
        grounds: those that cover the day, each after what it rests on.
        status: how the effect stands on the day; None: not at all.
        lists: keys of lists named by the sanctions.
        kinds: kinds of organization that the facts name.
        has_states: whether a fact tells of the life or capacity of a person.
    """

    derivation: Derivation
    effect: Effect | None
    grounds: tuple[Ground, ...]
    status: EffectStatus | None
    lists: frozenset[str]
    kinds: frozenset[OrganizationKind]
    has_states: bool


def replayed(facts: Sequence[Fact], law: LawBook, effect: str, day: int) -> Replay:
    """Return what follows from these facts alone under this book."""
    trial = Trial(Facts())
    if facts:
        trial.append(
            Batch(
                batch="proof",
                source="proof",
                recorded_at=datetime(2000, 1, 1, tzinfo=UTC),
                tables=tables_of(facts),
            )
        )
    derivation = derive(trial.facts.snapshot(), law)
    found = derivation.effects.get(effect)
    return Replay(
        derivation=derivation,
        effect=found,
        grounds=tuple(_chain(found, derivation, day, set())) if found else (),
        status=found.status_on(day) if found else None,
        lists=frozenset(_texts(facts, FactKind.SANCTION, "list")),
        kinds=frozenset({*_kinds(facts), OrganizationKind.UNKNOWN}),
        has_states=RecordKind.PERSON_STATE in _texts(facts, FactKind.RECORD, "kind"),
    )


def _chain(
    effect: Effect, derivation: Derivation, day: int, told: set[str]
) -> Iterable[Ground]:
    """Yield the grounds of a day after those of the effects that they rest on."""
    if effect.id in told:
        return
    told.add(effect.id)
    grounds = sorted(effect.grounds_on(day), key=ground_order)
    for ground in grounds:
        before = derivation.effects.get(ground.cause)
        if ground.cause_kind == "effect" and before is not None:
            yield from _chain(before, derivation, day, told)
    yield from grounds


def _texts(facts: Iterable[Fact], kind: FactKind, column: str) -> Iterable[str]:
    for fact in facts:
        if fact.kind_of_fact is kind and (value := getattr(fact, column)):
            yield value


def _kinds(facts: Iterable[Fact]) -> Iterable[OrganizationKind]:
    for fact in facts:
        if fact.kind_of_fact is FactKind.PROFILE:
            kind = getattr(fact, "organization_kind", None)
            if kind is not None:
                yield kind
