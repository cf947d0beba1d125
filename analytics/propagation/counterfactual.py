"""What would lift an effect: the smallest sets of facts to be voided or ended.

Facts that suffice for the effect are found by division (QuickXplain, Junker 2004);
sets that break every way of sufficing by Reiter's hitting-set tree (1987), breadth
first, so the smallest come first. Each step derives the effect again under its
suppositions, so chains, rings, several grounds, findings, terms and precedence are
treated as the law treats them and not by a formula.
"""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from analytics.propagation.effects import STRENGTH, Effect
from analytics.propagation.engine import Derivation
from analytics.propagation.provisions import provisions_of
from analytics.propagation.supposing import CARRYING, Fact, Stage, Supposed
from analytics.propagation.terms import RELEASES
from graph.law.book import LawBook
from graph.snapshot import OPEN
from graph.vocabulary import EffectStatus, EndReason, FactKind, ReleaseReason

LIMIT: Final = 100
"""So many sets are named at most."""

_TRIALS: Final = 4_000
"""So many derivations are tried at most, for effects with very many grounds."""

_RANK = {status: place for place, status in enumerate(STRENGTH)}
_ENDING = (FactKind.SANCTION, FactKind.TIE)
"""Kinds of facts that end in the course of things; others are only ever wrong."""


@dataclass(frozen=True, slots=True)
class Lifting:
    """A set of facts; without any one of them in the set, it would not be enough.

    Args:
        changes: what is supposed of each fact.
        leaves: how the effect would stand then; None: not at all.
    """

    changes: tuple[Supposed, ...]
    leaves: EffectStatus | None


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """When an effect would no longer stand as it does on a day.

    Args:
        status: how it stands on the day.
        by_itself: the first day on which it no longer holds if nothing happens; OPEN
            where it does not end by itself.
        voiding: sets of facts that, had they never been entered, would lift it.
        ending: sets of facts that would lift it if they ended on the day.
        releases: kinds of release, granted to the bearer himself, that end it.
        supports: smallest sets of facts that suffice for it, as far as needed.
        complete: no set is missing; false where the search was cut.
    """

    effect: Effect
    day: int
    status: EffectStatus
    by_itself: int
    voiding: tuple[Lifting, ...]
    ending: tuple[Lifting, ...]
    releases: tuple[ReleaseReason, ...]
    supports: tuple[tuple[Fact, ...], ...]
    complete: bool


def counterfactual(
    effect: Effect, derivation: Derivation, *, day: int, limit: int = LIMIT
) -> Counterfactual | None:
    """Return what would lift the effect; None where it does not stand on the day.

    Args:
        effect: of the derivation.
        derivation: what follows from all facts.
        day: the day spoken of, as a number.
        limit: how many sets to name of each sort.
    """
    status = effect.status_on(day)
    if status in (None, EffectStatus.ENDED):
        return None
    assert status is not None  # noqa: S101  # for the type checker
    stage = Stage(effect, derivation)
    voiding = _Search(stage, day, status, limit, _voided)
    ending = _Search(stage, day, status, limit, lambda fact: _ended(fact, day))
    by_void, by_end = voiding.sets(), ending.sets()
    return Counterfactual(
        effect=effect,
        day=day,
        status=status,
        by_itself=effect.period_on(day)[1],
        voiding=by_void,
        ending=by_end,
        releases=_releases(effect, derivation.law, day),
        supports=tuple(voiding.supports),
        complete=voiding.complete and ending.complete,
    )


def _voided(fact: Fact) -> tuple[Supposed, ...]:
    return (Supposed(fact),)


def _ended(fact: Fact, day: int) -> tuple[Supposed, ...]:
    if fact[0] is FactKind.SANCTION:
        return tuple(Supposed(fact, day, reason) for reason in EndReason)
    return (Supposed(fact, day),) if fact[0] in _ENDING else ()


def _releases(effect: Effect, law: LawBook, day: int) -> tuple[ReleaseReason, ...]:
    """Return the releases that every ground of the day can be ended by."""
    provisions = provisions_of(law)
    ways = [
        provisions.named(ground.rule, ground.version).ended_by
        for ground in effect.grounds_on(day)
    ]
    return tuple(r for r, word in RELEASES.items() if all(word in way for way in ways))


def support_of(stage: Stage, day: int, status: EffectStatus) -> tuple[Fact, ...]:
    """Return a smallest set of facts from which the effect follows as it stands."""
    search = _Search(stage, day, status, 0, _voided)
    return search.support(frozenset()) or ()


class _Search:
    """A hitting-set tree over the ways in which the effect is supported."""

    def __init__(
        self,
        stage: Stage,
        day: int,
        status: EffectStatus,
        limit: int,
        ways: Callable[[Fact], tuple[Supposed, ...]],
    ) -> None:
        self._stage, self._day, self._status = stage, day, status
        self._limit, self._ways = limit, ways
        self._universe = stage.facts()
        self._tried: dict[frozenset[Supposed], EffectStatus | None] = {}
        self._trials = 0
        self.supports: list[tuple[Fact, ...]] = []
        self.complete = True

    def sets(self) -> tuple[Lifting, ...]:
        """Return the sets that lift the effect, smallest first."""
        found: list[frozenset[Supposed]] = []
        queue = deque([frozenset[Supposed]()])
        queued = {frozenset[Supposed]()}
        while queue:
            if len(found) >= self._limit or self._trials > _TRIALS:
                self.complete = False
                break
            node = queue.popleft()
            if any(one <= node for one in found):
                continue
            if not self._stands(node):
                found.append(node)
                continue
            for child in self._children(node):
                if child not in queued:
                    queued.add(child)
                    queue.append(child)
        found = [one for one in found if self._is_smallest(one)]
        ordered = sorted(found, key=_by_size)
        return tuple(
            Lifting(tuple(sorted(one, key=_place)), self._status_under(one))
            for one in ordered
        )

    def _children(self, node: frozenset[Supposed]) -> Iterable[frozenset[Supposed]]:
        support = self._known_support(node) or self.support(node)
        taken = {change.fact for change in node}
        for fact in support or ():
            if fact not in taken:
                for way in self._ways(fact):
                    yield node | {way}

    def _known_support(self, node: frozenset[Supposed]) -> tuple[Fact, ...] | None:
        """Return a support found before that the node leaves untouched."""
        touched = {change.fact for change in node}
        return next((s for s in self.supports if touched.isdisjoint(s)), None)

    def _is_smallest(self, one: frozenset[Supposed]) -> bool:
        """Return whether no part of it lifts the effect as well."""
        return all(
            self._stands(frozenset(part)) for part in combinations(one, len(one) - 1)
        )

    def _stands(self, changes: frozenset[Supposed]) -> bool:
        status = self._status_under(changes)
        return status is not None and _RANK[status] <= _RANK[self._status]

    def _status_under(self, changes: frozenset[Supposed]) -> EffectStatus | None:
        if changes not in self._tried:
            self._trials += 1
            effect = self._stage.grounds(changes)
            self._tried[changes] = effect.status_on(self._day) if effect else None
        status = self._tried[changes]
        return None if status is EffectStatus.ENDED else status

    def support(self, node: frozenset[Supposed]) -> tuple[Fact, ...] | None:
        """Return a smallest set of facts that suffices under the node's changes."""
        gone = {change.fact for change in node if change.ends is None}
        pool = [fact for fact in self._universe if fact not in gone]
        if not self._suffices(node, pool):
            return None
        found = self._divided(node, [], pool, checked=True)
        support = tuple(sorted(found, key=_fact_place))
        self.supports.append(support)
        return support

    def _suffices(self, node: frozenset[Supposed], kept: Iterable[Fact]) -> bool:
        """Return whether it would stand if only these facts had ever been entered."""
        there = set(kept)
        others = {Supposed(fact) for fact in self._universe if fact not in there}
        moved = {c for c in node if c.fact in there}
        return self._stands(frozenset(others | moved))

    def _divided(
        self,
        node: frozenset[Supposed],
        background: Sequence[Fact],
        pool: Sequence[Fact],
        *,
        checked: bool,
    ) -> list[Fact]:
        """Return the facts of the pool that are needed beside the background."""
        if not checked and self._suffices(node, background):
            return []
        if len(pool) == 1:
            return list(pool)
        half = len(pool) // 2
        left, right = pool[:half], pool[half:]
        late = self._divided(node, [*background, *left], right, checked=False)
        early = self._divided(node, [*background, *late], left, checked=not late)
        return [*early, *late]


def _by_size(changes: frozenset[Supposed]) -> tuple[int, list[tuple[object, ...]]]:
    return len(changes), sorted(_place(change) for change in changes)


def _place(change: Supposed) -> tuple[object, ...]:
    ends = OPEN if change.ends is None else change.ends
    return (*_fact_place(change.fact), ends, change.reason or "")


def _fact_place(fact: Fact) -> tuple[int, int]:
    """Order facts so that what is most often disputed comes first."""
    kind, row = fact
    return CARRYING.index(kind), row
