"""The chains of holdings by which a subject is owned, the largest first.

One search from the subject serves all of its owners. It goes best first by the product
of the shares, so the first chain that reaches somebody is his largest; exact fractions
are multiplied only for the chains that are told.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from heapq import heappop, heappush
from typing import Final

from analytics.ownership.interval import ONE, Interval
from analytics.ownership.region import Region

WAYS: Final = 12
_FURTHER: Final = 4
"""A subject is gone on from for so many times the chains that are told of it."""

_STEPS: Final = 60_000
"""So many steps are looked at; then only subjects not reached before are gone to."""


@dataclass(frozen=True, slots=True)
class Way:
    """One chain of holdings from an owner to what it owns, nobody in it twice.

    Args:
        subjects: from the owner on.
        share: the product of the shares.
    """

    subjects: tuple[str, ...]
    share: Interval


@dataclass(frozen=True)
class Ways:
    """The largest chains between the subject of a region and all others in it.

    Args:
        chains: to each, from the subject on, at most as many as were asked for.
        cut: subjects to which more chains lead, some of them not gone further.
    """

    within: Region
    chains: Mapping[str, list[tuple[str, ...]]]
    cut: frozenset[str]

    def to(self, other: str) -> tuple[Way, ...]:
        """Return the chains, largest first; the very largest is always among them.

        Where cross-holdings lead to a subject in very many ways, of the smaller
        chains some may be left out for smaller ones; it is then among `truncated`.
        """
        up = self.within.direction == "up"
        found = [
            Way(chain[::-1] if up else chain, self._share(chain))
            for chain in self.chains[other]
        ]
        return tuple(sorted(found, key=_largest_first))

    @cached_property
    def truncated(self) -> frozenset[str]:
        """Return the subjects to which more chains lead, or may lead, than are told."""
        links = self.within.links
        further = (
            links.predecessors if self.within.direction == "up" else links.successors
        )
        reached, queue = set(self.cut), sorted(self.cut)
        for name in queue:
            fresh = set(further(name)) - reached
            reached |= fresh
            queue += sorted(fresh)
        return frozenset(reached)

    @cached_property
    def _shares(self) -> dict[tuple[str, ...], Interval]:
        return {(self.within.start,): Interval.exactly(ONE)}

    def _share(self, chain: tuple[str, ...]) -> Interval:
        """Return the product along a chain; chains begin alike, so it is kept."""
        end = len(chain)
        while chain[:end] not in self._shares:
            end -= 1
        share = self._shares[chain[:end]]
        for at in range(end, len(chain)):
            share *= _held_by_step(self.within, *chain[at - 1 : at + 1])
        self._shares[chain] = share
        return share


def _held_by_step(within: Region, one: str, other: str) -> Interval:
    """Return the share of one step away from the subject of the region."""
    holder, held = (other, one) if within.direction == "up" else (one, other)
    return within.graph.share(holder, held)


def ways_in(within: Region, *, limit: int = WAYS) -> Ways:
    """Return the largest chains between the subject of a region and everybody in it.

    Args:
        within: what stands above or below the subject.
        limit: at most so many chains to each.
    """
    search = _Search(within, limit)
    search.run()
    return Ways(within, search.chains, frozenset(search.cut))


_Entry = tuple[float, float, tuple[str, ...]]


class _Search:
    """Best first; equal products in the order of the names, so always the same.

    Products are floats here: chains that differ by less may change places.
    """

    def __init__(self, within: Region, limit: int) -> None:
        self.within, self.limit = within, limit
        self.chains: dict[str, list[tuple[str, ...]]] = {n: [] for n in within.depths}
        self.cut: set[str] = set()
        self._times: Counter[str] = Counter()
        self._left = _STEPS
        self._steps: dict[str, list[tuple[str, float, float]]] = {}

    def run(self) -> None:
        """Fill the chains."""
        heap: list[_Entry] = [(-1.0, -1.0, (self.within.start,))]
        while heap:
            high, low, chain = heappop(heap)
            at = chain[-1]
            if self._is_done(at):
                self.cut.add(at)
                continue
            self._times[at] += 1
            if len(self.chains[at]) < self.limit:
                self.chains[at].append(chain)
            else:
                self.cut.add(at)
            for other, most, least in self._from(at):
                if other in chain:
                    continue
                if self._is_done(other):
                    self.cut.add(other)
                    continue
                self._left -= 1
                heappush(heap, (high * most, low * least, (*chain, other)))

    def _is_done(self, name: str) -> bool:
        times = self._times[name]
        return times >= self.limit * _FURTHER or (self._left <= 0 < times)

    def _from(self, name: str) -> Iterable[tuple[str, float, float]]:
        """Return where a step leads and the bounds of its share."""
        known = self._steps.get(name)
        if known is None:
            links = self.within.links
            up = self.within.direction == "up"
            others = links.predecessors(name) if up else links.successors(name)
            shares = {o: _held_by_step(self.within, name, o) for o in sorted(others)}
            known = self._steps[name] = [
                (o, float(share.high), float(share.low)) for o, share in shares.items()
            ]
        return known


def _largest_first(way: Way) -> tuple[object, ...]:
    return -way.share.high, -way.share.low, way.subjects
