"""The part of the holding graph that a question is about, in the order of ownership.

Explored breadth first with a budget: what the budget left out is told, never taken as
absent.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

import networkx as nx

from analytics.ownership.elimination import order_of
from analytics.ownership.holdings import HoldingGraph
from analytics.ownership.interval import ONE, ZERO

Direction = Literal["up", "down"]

WORK: Final = 60_000
"""A ring whose equations take more multiplications is enclosed, not solved.

Thousands in a circle take fewer; fifty-six that all hold each other, as many.
"""

NODES: Final = 400
"""So many subjects are looked at for one question unless more are asked for."""


@dataclass(frozen=True)
class Region:
    """Everything above (`up`) or below (`down`) a subject.

    Args:
        start: the subject asked about, canonical.
        depths: each subject → in how many steps it is reached, in order of exploring.
        unexplored: subjects of the region whose further way was not followed.
    """

    graph: HoldingGraph
    start: str
    direction: Direction
    depths: dict[str, int]
    unexplored: frozenset[str]

    @property
    def truncated(self) -> bool:
        """Return whether the budget left something out."""
        return bool(self.unexplored)

    @cached_property
    def has_exact_shares(self) -> bool:
        """Return whether nothing was left out and every share in it is known."""
        return not self.truncated and all(
            self.graph.into(name).is_exact for name in self.depths
        )

    def below(self, some: Iterable[str]) -> set[str]:
        """Return these subjects and what of the region they may have a share in."""
        reached, queue = set(some), list(some)
        for name in queue:
            fresh = set(self.links.successors(name)) - reached
            reached |= fresh
            queue += sorted(fresh)
        return reached

    @cached_property
    def blocks(self) -> tuple[tuple[str, ...], ...]:
        """Return the strong components, each after all that hold shares in it.

        Owners come before what they own; a component of several is a ring.
        """
        condensed = nx.condensation(self.links)
        order = nx.lexicographical_topological_sort(
            condensed, key=lambda c: min(condensed.nodes[c]["members"])
        )
        return tuple(tuple(sorted(condensed.nodes[c]["members"])) for c in order)

    @cached_property
    def place(self) -> dict[str, int]:
        """Return in which block each subject stands."""
        return {name: at for at, block in enumerate(self.blocks) for name in block}

    @cached_property
    def links(self) -> "nx.DiGraph[str]":
        """Return who may hold a share in whom, within the region."""
        links: nx.DiGraph[str] = nx.DiGraph()
        links.add_nodes_from(sorted(self.depths))
        for name in self.depths:
            for stake in self.graph.into(name).stakes:
                if stake.holder in self.depths and stake.share.high > ZERO:
                    links.add_edge(stake.holder, name)
        return links

    def solves_exactly(self, block: Sequence[str]) -> bool:
        """Return whether the equations of a ring are solved rather than enclosed."""
        place = {name: at for at, name in enumerate(block)}
        linked: list[set[int]] = [set() for _ in block]
        for name, at in place.items():
            for other in self.links.successors(name):
                if other in place and other != name:
                    linked[at].add(place[other])
                    linked[place[other]].add(at)
        return order_of(linked, most=WORK) is not None

    @cached_property
    def enclosed(self) -> frozenset[tuple[str, ...]]:
        """Return the rings whose equations are too many to be solved."""
        return frozenset(b for b in self.blocks if not self.solves_exactly(b))

    def is_ring(self, block: Iterable[str]) -> bool:
        """Return whether the members of a block hold each other, or one itself."""
        members = tuple(block)
        if len(members) > 1:
            return True
        stake = self.graph.stake(members[0], members[0])
        return stake is not None and stake.share.high > ZERO

    @cached_property
    def rings(self) -> tuple["Ring", ...]:
        """Return the cross-holdings in the region, larger ones first."""
        found = [
            Ring(block, self.is_self_owned(block))
            for block in self.blocks
            if self.is_ring(block)
        ]
        return tuple(sorted(found, key=lambda r: (-len(r.members), r.members)))

    def is_self_owned(self, block: Collection[str]) -> bool:
        """Return whether nobody outside a ring owns any of it."""
        members = set(block)
        return all(
            sum(s.share.low for s in self.graph.into(n).stakes if s.holder in members)
            >= ONE
            for n in block
        )


@dataclass(frozen=True, slots=True)
class Ring:
    """Organizations that hold shares in each other, or one that holds its own.

    Args:
        members: in order of their identifiers.
        self_owned: nobody outside holds any of it, so no owner stands behind it.
    """

    members: tuple[str, ...]
    self_owned: bool


def region(
    graph: HoldingGraph,
    start: str,
    direction: Direction,
    *,
    max_nodes: int = NODES,
    max_depth: int | None = None,
) -> Region:
    """Return what stands above or below a subject.

    Args:
        graph: who holds whom.
        start: canonical identifier.
        direction: `up` to the owners, `down` to what is owned.
        max_nodes: at most so many subjects.
        max_depth: at most so many steps away; None: no limit.
    """
    further = _holders if direction == "up" else _held
    depths, unexplored = _explore(
        start, lambda name: further(graph, name), max_nodes, max_depth
    )
    return Region(graph, start, direction, depths, frozenset(unexplored))


def _explore(
    start: str,
    further: Callable[[str], Iterable[str]],
    max_nodes: int,
    max_depth: int | None,
) -> tuple[dict[str, int], set[str]]:
    depths, queue, unexplored = {start: 0}, [start], set[str]()
    for name in queue:
        fresh = [n for n in further(name) if n not in depths]
        room = max_nodes - len(depths)
        if max_depth is not None and depths[name] >= max_depth:
            room = 0
        if len(fresh) > room:
            unexplored.add(name)
        for other in fresh[: max(0, room)]:
            depths[other] = depths[name] + 1
            queue.append(other)
    return depths, unexplored


def _holders(graph: HoldingGraph, name: str) -> list[str]:
    """Return the holders, larger stakes first: the budget cuts the small ones."""
    stakes = [s for s in graph.into(name).stakes if s.share.high or s.votes.high]
    stakes.sort(key=lambda s: (-s.share.low, -s.share.high, s.holder))
    return [s.holder for s in stakes]


def _held(graph: HoldingGraph, name: str) -> list[str]:
    found = graph.held_by(name)
    if len(found) > NODES:
        # A hub: sorting by share would read the register of each.
        return list(found)
    shares = {other: graph.share(name, other).low for other in found}
    return sorted(found, key=lambda other: (-shares[other], other))
