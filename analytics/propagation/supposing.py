"""One effect derived again under suppositions: had a fact not been, did it end now.

Only what the effect rests on is carried out again: the triggers of its grounds, seen
with the eyes of its own bearers, down to the facts. The rules themselves are carried
out by the same code as ever, so a supposition cannot mean anything else here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from analytics.propagation.chains import Web
from analytics.propagation.effects import Effect, Ground
from analytics.propagation.engine import Derivation
from analytics.propagation.layered import Layered
from analytics.propagation.provisions import Provisions, provisions_of
from analytics.propagation.reading import Lookup, Reader
from analytics.propagation.triggers import RECORD_KINDS, Cause, Causes, key_of_text
from graph.law.model import TriggerOn
from graph.snapshot import Snapshot
from graph.vocabulary import EndReason, FactKind, RecordKind

Fact = tuple[FactKind, int]
"""Kind and row of a fact in the snapshot."""


CARRYING: Final = (
    FactKind.SANCTION,
    FactKind.RECORD,
    FactKind.FINDING,
    FactKind.TIE,
    FactKind.IDENTITY_LINK,
)
"""Kinds of facts that carry an effect, the most often disputed first."""


class Supposed(NamedTuple):
    """A fact taken as never entered, or as ended on a day.

    Args:
        ends: the first day on which it no longer holds; None: it never was.
        reason: why a sanction ends.
    """

    fact: Fact
    ends: int | None = None
    reason: EndReason | None = None


@dataclass(frozen=True, slots=True)
class _Roots:
    """What one effect goes back to, also through the effects it follows from.

    Args:
        bearers: who bears the effect or one of those from which it follows, by every
            identifier: without an identity link each may be a subject of its own.
        measures: of effects from which it may follow.
        triggers: sanctions and records on subjects for which a bearer may answer.
    """

    bearers: frozenset[str]
    measures: frozenset[str]
    subjects: frozenset[str]
    """Every identifier of the subjects that stand anywhere in its grounds."""
    triggers: tuple[Fact, ...]


class _Edited(Lookup[Any]):
    """A lookup with suppositions laid over what was read, for chosen subjects only."""

    def __init__(self, plain: Lookup[Any], kind: FactKind, world: "_World") -> None:
        self._plain, self._kind, self._world = plain, kind, world

    def of(self, subject: str) -> list[Any]:
        """Return the tuples as they would be."""
        return [
            edited
            for one in self._plain.of(subject)
            if (edited := self._world.edit(self._kind, one)) is not None
        ]


class _World:
    """The facts under some suppositions."""

    def __init__(self, stage: "Stage", supposed: Iterable[Supposed]) -> None:
        self.stage = stage
        all_of = {s.fact: s for s in supposed}
        self.ended = {f: s for f, s in all_of.items() if s.ends is not None}
        gone = [f for f, s in all_of.items() if s.ends is None]
        self.snapshot = stage.snapshot.without(gone) if gone else stage.snapshot
        links = frozenset(f for f in gone if f[0] is FactKind.IDENTITY_LINK)
        self._plain = stage.plain_lookups(links)

    def reader(self) -> Reader:
        """Return a reader that sees the facts so."""
        return Reader(self.snapshot, self._look)

    def _look(
        self, snapshot: Snapshot, kind: FactKind, column: str, *rest: Any
    ) -> Lookup[Any]:
        of = self._plain.get((kind, column))
        if of is None:
            of = self._plain[kind, column] = Lookup(
                self.stage.without_links(snapshot), kind, column, *rest
            )
        return _Edited(of, kind, self)

    def edit(self, kind: FactKind, one: Any) -> Any:
        """Return a tuple as it would be; None where it would not, or is not asked."""
        if one.row in self.snapshot.hidden.get(kind, ()):
            return None
        if kind is FactKind.TIE and not self.stage.concerns(one):
            return None
        self.stage.seen.add((kind, one.row))
        end = self.ended.get((kind, one.row))
        if end is None or end.ends is None or one.valid_to <= end.ends:
            return one
        # A fact that would have begun later never comes about.
        return None if one.valid_from >= end.ends else one._replace(valid_to=end.ends)

    def causes(self) -> list[Cause]:
        """Return the triggers as they would be."""
        causes = Causes(self.snapshot, self.stage.law)
        found: list[Cause] = []
        for kind, row in self.stage.roots.triggers:
            cause = causes.at(kind, self.stage.snapshot.key(kind, row))
            if cause is not None:
                end = self.ended.get((kind, row))
                found.append(_cut(cause, end) if end else cause)
        return found


def _cut(cause: Cause, end: Supposed) -> Cause:
    assert end.ends is not None  # noqa: S101  # only endings come here
    if cause.ends <= end.ends:
        return cause
    return cause._replace(ends=end.ends, end_reason=end.reason)


class Stage:
    """One effect, what it goes back to, and how it would stand if things were not.

    Args:
        effect: of the derivation.
        derivation: where the effects lie from which it follows.
        snapshot: the facts as they were derived from.
    """

    def __init__(self, effect: Effect, derivation: Derivation) -> None:
        self.effect = effect
        self.snapshot, self.law = derivation.snapshot, derivation.law
        self.roots = _roots_of(effect, derivation)
        self.seen: set[Fact] = set(self.roots.triggers)
        """Facts looked at so far."""
        self._provisions = provisions_of(derivation.law)
        self.reader = Reader(self.snapshot)
        self._lookups: dict[frozenset[Fact], dict[Any, Lookup[Any]]] = {}
        self._linked: dict[frozenset[Fact], Snapshot] = {frozenset(): self.snapshot}

    def plain_lookups(self, links: frozenset[Fact]) -> dict[Any, Lookup[Any]]:
        """Return what was read so far where these identity links are gone."""
        return self._lookups.setdefault(links, {})

    def without_links(self, snapshot: Snapshot) -> Snapshot:
        """Return the view to read from: only its links may be gone, not its facts."""
        kind = FactKind.IDENTITY_LINK
        gone = frozenset((kind, row) for row in snapshot.hidden.get(kind, ()))
        if gone not in self._linked:
            self._linked[gone] = self.snapshot.without(gone)
        return self._linked[gone]

    def concerns(self, tie: Any) -> bool:
        """Return whether a tie may matter: who else holds a role never does."""
        subjects = self.roots.subjects
        return tie.person in subjects and tie.organization in subjects

    def grounds(self, supposed: Iterable[Supposed] = ()) -> Effect | None:
        """Return the effect as it would be; None where nothing would support it."""
        world = _World(self, supposed)
        reader = world.reader()
        web = Web(Layered({}), Layered({}), reader, self._provisions)
        web.begin([(world.causes(), reader)])
        web.grow([e.id for e in web.effects.values() if e and self._leads(e)])
        return web.effect(self.effect.id)

    def _leads(self, effect: Effect) -> bool:
        return (
            effect.measure in self.roots.measures
            and effect.bearer in self.roots.bearers
        )

    def facts(self) -> list[Fact]:
        """Return every fact that it may rest on, links between identities included.

        What a register describes (kind and place of an organization) is taken as
        given, and what only frees or rests can carry nothing.
        """
        self.grounds()
        link = FactKind.IDENTITY_LINK
        links = {
            (link, row)
            for subject in self.roots.subjects
            for column in ("left", "right")
            for row in self.snapshot.rows(link, column, subject)
        }
        every = self.seen | links | self._records()
        return sorted((f for f in every if self._carries(f)), key=_order)

    def _carries(self, fact: Fact) -> bool:
        """Return whether a fact may carry the effect; a state that frees cannot."""
        kind, row = fact
        if kind is FactKind.RECORD and fact not in self.roots.triggers:
            word = self.snapshot.text(kind, row, "kind")
            return word != RecordKind.PERSON_STATE
        return kind in CARRYING

    def states(self) -> set[Fact]:
        """Return what was found of the life and capacity of the persons in it."""
        return {
            (FactKind.RECORD, entry.row)
            for subject in self.roots.bearers
            for entry in self.reader.states(subject)
        }

    def _records(self) -> set[Fact]:
        """Return the records on which the sanctions say that they rest."""
        found = set[Fact]()
        for kind, row in self.roots.triggers:
            if kind is FactKind.SANCTION:
                key = key_of_text(self.snapshot.text(kind, row, "record_key"))
                record = self.snapshot.row_of(FactKind.RECORD, key) if key else None
                found |= {(FactKind.RECORD, record)} if record is not None else set()
        return found


def _order(fact: Fact) -> tuple[str, int]:
    return fact[0].value, fact[1]


def _roots_of(effect: Effect, derivation: Derivation) -> _Roots:
    """Return everything the effect goes back to, or would if something else fell."""
    snapshot, provisions = derivation.snapshot, provisions_of(derivation.law)
    measures = _leading_to(effect.measure, provisions)
    bearers = _bearers(effect, derivation)
    if len(measures) > 1:
        bearers |= _in_office(bearers, snapshot)
    about = _answered_for(bearers, snapshot)
    causes = Causes(snapshot, derivation.law)
    triggers = tuple(
        (kind, row)
        for kind in (FactKind.RECORD, FactKind.SANCTION)
        for subject in sorted(about)
        for row in snapshot.rows(kind, "subject", subject)
        if _may_lead(causes, kind, row, snapshot, provisions, measures)
    )
    grounds = {g.organization for g in effect.grounds} - {""}
    of = {snapshot.text(kind, row, "subject") for kind, row in triggers}
    members = snapshot.identities.members
    borne = frozenset(m for s in bearers for m in members(s))
    others = frozenset(m for s in grounds | of for m in members(s))
    return _Roots(borne, measures, borne | others, triggers)


def _bearers(effect: Effect, derivation: Derivation) -> set[str]:
    """Return who bears the effect and those from which it follows."""
    queue, seen = [effect], {effect.id}
    while queue:
        for ground in queue.pop().grounds:
            before = _before(ground, derivation.effects)
            if before is not None and before.id not in seen:
                seen.add(before.id)
                queue.append(before)
    return {derivation.effects[name].bearer for name in seen}


def _before(ground: Ground, effects: Mapping[str, Effect]) -> Effect | None:
    return effects.get(ground.cause) if ground.cause_kind == "effect" else None


def _leading_to(measure: str, provisions: Provisions) -> frozenset[str]:
    """Return the measure and those whose effects may bring it about in the end."""
    found = {measure}
    while True:
        more = {
            word
            for p in provisions.all
            if p.version.trigger.on is TriggerOn.EFFECT
            and p.version.effect.measure in found
            for word in p.version.trigger.measures
        }
        if more <= found:
            return frozenset(found)
        found |= more


def _in_office(organizations: set[str], snapshot: Snapshot) -> set[str]:
    """Return who holds any role in one of the organizations."""
    kind, canonical = FactKind.TIE, snapshot.identities.canonical
    return {
        canonical(snapshot.text(kind, row, "person"))
        for organization in organizations
        for row in snapshot.rows(kind, "organization", organization)
    }


def _answered_for(bearers: set[str], snapshot: Snapshot) -> set[str]:
    """Return the bearers and everybody for whom one of them may have to answer.

    A person answers for organizations, an organization for those in its offices.
    """
    about = bearers | _in_office(bearers, snapshot)
    for bearer in bearers:
        for kind in (FactKind.TIE, FactKind.FINDING):
            rows = snapshot.rows(kind, "person", bearer)
            about |= {snapshot.text(kind, row, "organization") for row in rows}
    canonical = snapshot.identities.canonical
    return {canonical(subject) for subject in about if subject}


def _may_lead(
    causes: Causes,
    kind: FactKind,
    row: int,
    snapshot: Snapshot,
    provisions: Provisions,
    measures: frozenset[str],
) -> bool:
    """Return whether a sanction or record may set off a rule with such an effect.

    A record of a trial may come forward when the sanction goes that states its
    outcome, so it counts even where it does not stand as a trigger now.
    """
    if kind is FactKind.RECORD:
        word = snapshot.text(kind, row, "kind")
        if word != RecordKind.PERSON_STATE:
            return word in RECORD_KINDS
    cause = causes.at(kind, snapshot.key(kind, row))
    return cause is not None and any(
        p.version.effect.measure in measures for p in provisions.matching(cause)
    )
