"""What follows by law from the facts: in full, and after a change.

Everything is computed as intervals over valid time, so a day only selects and the
day may roll on without a recomputation. `advance` gives exactly what `derive` would.
Effects follow from all facts, whatever the reader of the snapshot may see.
"""

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

from analytics.propagation.cases import Verdict
from analytics.propagation.chains import Web
from analytics.propagation.effects import Effect, EffectChange, EffectChanges, Ground
from analytics.propagation.evaluation import grounds_of
from analytics.propagation.layered import Layered
from analytics.propagation.provisions import provisions_of
from analytics.propagation.reading import Reader
from analytics.propagation.touched import rows_changed, touched
from analytics.propagation.triggers import Cause, Causes
from graph.law.book import LawBook
from graph.scope import ALL
from graph.snapshot import Changes, Snapshot
from graph.vocabulary import EffectStatus, FactKind

_BULK = 5_000
"""From so many changed rows on, deriving everything again is the shorter way."""

_PART = 20_000
"""So many triggers are looked at before what was read for them is given back."""

Index = Layered[tuple[str, ...]]


@dataclass(frozen=True, eq=False)
class Derivation:
    """All effects that follow from one snapshot under one law book."""

    snapshot: Snapshot
    law: LawBook
    effects: Layered[Effect]
    causes: Layered[tuple[Ground, ...]]
    """Grounds by the key of the trigger, or by the id of the effect, that is their
    cause."""
    _bearers: Index
    _organizations: Index

    @property
    def seq(self) -> int:
        """Return the load up to which facts are taken in."""
        return self.snapshot.seq

    @property
    def snapshot_digest(self) -> str:
        """Return the digest of the facts."""
        return self.snapshot.digest

    @property
    def law_digest(self) -> str:
        """Return the digest of the law book."""
        return self.law.digest

    def of_bearer(self, subject: str) -> tuple[Effect, ...]:
        """Return the effects that the subject bears."""
        return self._indexed(self._bearers, subject)

    def of_organization(self, subject: str) -> tuple[Effect, ...]:
        """Return the effects that rest on a role in the organization."""
        return self._indexed(self._organizations, subject)

    def _indexed(self, index: Index, subject: str) -> tuple[Effect, ...]:
        names = index.get(self.snapshot.identities.canonical(subject), ())
        return tuple(self.effects[name] for name in names)

    def of_cause(self, key: str) -> tuple[Effect, ...]:
        """Return the effects that rest directly on a sanction, record or effect."""
        names = sorted({g.effect_id for g in self.causes.get(key, ())})
        return tuple(self.effects[name] for name in names)

    def examine(self, key: str) -> tuple[tuple[Ground, ...], tuple[Verdict, ...]]:
        """Return the grounds that a sanction or record gives, and who was left out.

        Args:
            key: key of the sanction or record, 32 hexadecimal digits.
        """
        cause = self.cause(key)
        notes: list[Verdict] = []
        if cause is None:
            return (), ()
        grounds = grounds_of(cause, self._reader, provisions_of(self.law), notes)
        return grounds, tuple(dict.fromkeys(notes))

    def cause(self, key: str) -> Cause | None:
        """Return the sanction or record with this key as a trigger, if it stands."""
        causes, raw = Causes(self.snapshot, self.law), bytes.fromhex(key)
        return causes.at(FactKind.SANCTION, raw) or causes.at(FactKind.RECORD, raw)

    @cached_property
    def _reader(self) -> Reader:
        return Reader(self.snapshot)

    def advance(self, snapshot: Snapshot, changes: Changes) -> "Derivation":
        """Return what follows after a change: the same as `derive(snapshot, law)`.

        Args:
            snapshot: a later view of the same facts.
            changes: the rows that came or went since this derivation's load.
        """
        after = snapshot.under(ALL)
        if rows_changed(changes) > _BULK or changes.since > self.seq:
            return derive(after, self.law)
        law, reader = provisions_of(self.law), Reader(after)
        reach = touched(self.snapshot, after, changes)
        web = Web(self.causes, self.effects, reader, law)
        causes, moved = Causes(after, self.law), set[str]()
        for kind, key in reach.triggers:
            cause = causes.at(kind, key)
            grounds = grounds_of(cause, reader, law) if cause else ()
            moved |= web.replace(key.hex(), grounds)
        for bearer in reach.bearers:
            moved.update(self._bearers.get(bearer, ()))
        web.regrow(moved)
        return self._moved(after, web)

    def under(self, law: LawBook) -> "Derivation":
        """Return what follows from the same facts under another law book.

        The same as `derive(snapshot, law)`; only triggers to which a version
        applies that is not in both books are carried out again.
        """
        was, now = provisions_of(self.law), provisions_of(law)
        if not now.differs_in_rules_only(was):
            return derive(self.snapshot, law)
        snapshot, reader = self.snapshot.under(ALL), Reader(self.snapshot)
        web = Web(self.causes, self.effects, reader, now)
        moved = set[str]()
        causes = [c for c in Causes(snapshot, law).all() if now.differs_for(c, was)]
        for part, part_reader in _in_parts(causes, snapshot):
            for cause in part:
                moved |= web.replace(cause.key, grounds_of(cause, part_reader, now))
        chained = now.chaining_otherwise(was)
        moved |= {e.id for e in self.effects.values() if e.measure in chained}
        web.regrow(moved)
        return self._moved(snapshot, web, law)

    def _moved(
        self, snapshot: Snapshot, web: Web, law: LawBook | None = None
    ) -> "Derivation":
        bearers: dict[str, tuple[str, ...] | None] = {}
        organizations: dict[str, tuple[str, ...] | None] = {}
        for name, effect in web.effects.items():
            before = self.effects.get(name)
            _reindex(self._bearers, bearers, name, _bearer(before), _bearer(effect))
            _reindex(
                self._organizations, organizations, name, _places(before),
                _places(effect),
            )  # fmt: skip
        return Derivation(
            snapshot,
            law or self.law,
            self.effects.with_changes(web.effects),
            self.causes.with_changes(web.causes),
            self._bearers.with_changes(bearers),
            self._organizations.with_changes(organizations),
        )


def derive(snapshot: Snapshot, law: LawBook) -> Derivation:
    """Return everything that follows from the facts under the law book."""
    with _collector_resting():
        return _derived(snapshot.under(ALL), law)


@contextmanager
def _collector_resting() -> Iterator[None]:
    """Let the garbage collector rest: much is made at once and nothing in cycles.

    It would walk hundreds of thousands of live tuples again and again, for a third
    of the whole time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _derived(facts: Snapshot, law: LawBook) -> Derivation:
    provisions, reader = provisions_of(law), Reader(facts)
    causes = [c for c in Causes(facts, law).all() if provisions.matching(c)]
    web = Web(Layered({}), Layered({}), reader, provisions)
    web.begin(_in_parts(causes, facts))
    chaining = [
        e for e in web.effects.values() if e and e.measure in provisions.chaining
    ]
    reader.preload_offices({e.bearer for e in chaining})
    web.grow([e.id for e in chaining])
    effects = {name: e for name, e in web.effects.items() if e}
    return Derivation(
        facts,
        law,
        Layered(effects),
        Layered({key: grounds for key, grounds in web.causes.items() if grounds}),
        *_indexes(effects),
    )


def _in_parts(
    causes: Sequence[Cause], facts: Snapshot
) -> Iterator[tuple[Sequence[Cause], Reader]]:
    """Yield the causes by parts, each with a reader of what its subjects are about.

    What was read for one part is given back before the next: it stays in the caches
    of the processor, and memory does not grow with the number of sanctions.
    """
    for start in range(0, len(causes), _PART):
        part, reader = causes[start : start + _PART], Reader(facts)
        reader.preload({cause.subject for cause in part})
        yield part, reader


def _bearer(effect: Effect | None) -> set[str]:
    return {effect.bearer} if effect else set()


def _places(effect: Effect | None) -> set[str]:
    places = {g.organization for g in effect.grounds} if effect else set()
    return places - {""}


def _indexes(effects: Mapping[str, Effect]) -> tuple[Index, Index]:
    """Return the sorted names of effects by bearer, and by organization."""
    bearers: dict[str, list[str]] = {}
    organizations: dict[str, list[str]] = {}
    for name in sorted(effects):
        effect = effects[name]
        bearers.setdefault(effect.bearer, []).append(name)
        for place in _places(effect):
            organizations.setdefault(place, []).append(name)
    return _frozen(bearers), _frozen(organizations)


def _frozen(index: Mapping[str, list[str]]) -> Index:
    return Layered({word: tuple(names) for word, names in index.items()})


def _reindex(
    index: Index,
    changes: dict[str, tuple[str, ...] | None],
    name: str,
    before: set[str],
    after: set[str],
) -> None:
    """Note where an effect is now found and where it no longer is."""
    for word in before ^ after:
        held = changes[word] if word in changes else index.get(word)
        names = {*(held or ()), name} if word in after else {*(held or ())} - {name}
        changes[word] = tuple(sorted(names)) or None


def compare(
    before: Derivation, after: Derivation, *, day_before: int, day_after: int
) -> EffectChanges:
    """Return which effects stand otherwise on a day than before.

    An effect that has ended counts as gone.
    """
    names: Iterable[str] = before.effects.keys() | after.effects.keys()
    if day_before == day_after:
        names = before.effects.changed_keys(after.effects)
    gained, lost, changed = [], [], []
    for name in sorted(names):
        was, now = before.effects.get(name), after.effects.get(name)
        status = was.status_on(day_before) if was else None
        standing = now.status_on(day_after) if now else None
        change = EffectChange(was, now, status, standing)
        if _stands(change.before) and not _stands(change.after):
            lost.append(change)
        elif _stands(change.after) and not _stands(change.before):
            gained.append(change)
        elif change.before is not change.after and _stands(change.after):
            changed.append(change)
    return EffectChanges(tuple(gained), tuple(lost), tuple(changed))


def _stands(status: EffectStatus | None) -> bool:
    return status is not None and status is not EffectStatus.ENDED
