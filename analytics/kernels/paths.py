"""Shortest ways between two nodes, and from one to many.

Breadth first from both ends; further paths as Yen (Management Science 17, 1971) takes
them: each next one leaves a path found before at some node. Among equally short paths
the choice follows the order of nodes and edges, so the same graph gives the same paths.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Final

import numpy as np
import numpy.typing as npt
from numba import njit

from analytics.kernels.csr import Csr, Int32

Flags = npt.NDArray[np.bool_]

ARCS: Final = 10_000_000
"""Budget of arcs that one search looks at."""


@dataclass(frozen=True, slots=True)
class Way:
    """A path without a repeated node.

    Args:
        nodes: one more than edges.
        edges: numbers of the edges.
    """

    nodes: tuple[int, ...]
    edges: tuple[int, ...]

    @property
    def rank(self) -> tuple[int, tuple[int, ...], tuple[int, ...]]:
        """Return how paths are ordered: the shorter first."""
        return len(self.edges), self.nodes, self.edges


@dataclass(frozen=True, slots=True)
class Ways:
    """The shortest paths that were found, the shortest first.

    Args:
        found: at most as many as were asked for.
        exhausted: the budget ran out, so there may be more, or shorter ones.
        arcs: how many arcs were looked at.
        shut: closed nodes that the first search came to.
    """

    found: tuple[Way, ...]
    exhausted: bool
    arcs: int
    shut: tuple[int, ...] = ()


def shortest_ways(
    csr: Csr,
    source: int,
    target: int,
    *,
    count: int = 1,
    steps: int,
    closed: Flags,
    budget: int = ARCS,
) -> Ways:
    """Return the shortest simple paths between two nodes.

    Args:
        csr: both directions of every edge. Of parallel edges each path takes the
            first; a path that differs in nothing but that is not told again.
        source: a node.
        target: another, or the same.
        count: how many at most.
        steps: longest path.
        closed: bool[nodes], which nodes no path runs through; the ends are open.
        budget: arcs looked at, at most.

    Complexity: count × steps searches; each looks at what lies within half the way.
    """
    if source == target:
        return Ways((Way((source,), ()),), exhausted=False, arcs=0)
    search = _Search(csr, closed, budget)
    found: list[Way] = []
    waiting: list[tuple[tuple[int, tuple[int, ...], tuple[int, ...]], Way]] = []
    known: set[tuple[int, ...]] = set()
    first = search.way(source, target, steps)
    shut = search.shut(source, target)
    fresh = [first] if first else []
    while len(found) < count and not search.exhausted:
        for way in fresh:
            if way.nodes not in known:
                known.add(way.nodes)
                heappush(waiting, (way.rank, way))
        if not waiting:
            break
        best = heappop(waiting)[1]
        found.append(best)
        fresh = (
            list(search.leaving(best, found, target, steps))
            if len(found) < count
            else []
        )
    return Ways(tuple(found), search.exhausted, search.arcs, shut)


class _Search:
    """Searches that share buffers and a budget."""

    def __init__(self, csr: Csr, closed: Flags, budget: int) -> None:
        self.csr, self._left, self.arcs = csr, budget, 0
        self._closed = closed.copy()
        self._marks = np.zeros(csr.nodes, np.int32)
        self._parent = np.empty(csr.nodes, np.int32)
        self._via = np.empty(csr.nodes, np.int32)
        self._stamp = 0
        self.exhausted = False

    def way(
        self, source: int, target: int, steps: int, barred: Iterable[int] = ()
    ) -> Way | None:
        """Return the first of the shortest paths, None where there is none.

        Args:
            source: where it begins.
            target: where it ends.
            steps: longest path.
            barred: nodes that do not come directly after the source.
        """
        if steps < 1 or self.exhausted:
            return None
        if self._stamp > 2**30:
            self._marks[:] = 0
            self._stamp = 0
        self._stamp += 2
        met, looked, cut = _both_ways(
            self.csr.indptr, self.csr.other, self.csr.edge, source, target, steps,
            self._closed, np.array(sorted(barred), np.int32), self._marks,
            self._parent, self._via, self._stamp, self._left,
        )  # fmt: skip
        self.arcs += looked
        self._left -= looked
        self.exhausted = self.exhausted or cut
        return self._joined(source, target, *met) if met[0] >= 0 else None

    def shut(self, source: int, target: int) -> tuple[int, ...]:
        """Return the closed nodes that the last search came to, its ends left out."""
        reached = np.flatnonzero(self._closed & (self._marks >= self._stamp)).tolist()
        return tuple(node for node in reached if node not in (source, target))

    def _joined(
        self, source: int, target: int, left: int, right: int, edge: int
    ) -> Way:
        """Return the path through the edge at which the two searches met."""
        nodes, edges = self._back(left, source)
        further, more = self._back(right, target)
        return Way((*nodes[::-1], *further), (*edges[::-1], edge, *more))

    def _back(self, node: int, root: int) -> tuple[list[int], list[int]]:
        nodes, edges = [node], []
        while node != root:
            edges.append(int(self._via[node]))
            node = int(self._parent[node])
            nodes.append(node)
        return nodes, edges

    def leaving(
        self, way: Way, found: list[Way], target: int, steps: int
    ) -> Iterator[Way]:
        """Yield the best paths that leave a path at each of its nodes."""
        shut: list[int] = []
        for place, node in enumerate(way.nodes[:-1]):
            root = way.nodes[: place + 1]
            barred = {
                one.nodes[place + 1]
                for one in found
                if one.nodes[: place + 1] == root and len(one.nodes) > place + 1
            }
            rest = self.way(node, target, steps - place, barred)
            if rest is not None:
                yield Way((*root[:-1], *rest.nodes), (*way.edges[:place], *rest.edges))
            if not self._closed[node]:
                self._closed[node] = True
                shut.append(node)
        self._closed[shut] = False


def spread(
    csr: Csr, source: int, wanted: Flags, *, steps: int, closed: Flags
) -> tuple[npt.NDArray[np.int8], Int32, Int32]:
    """Return how far nodes lie from one, until all that are wanted are reached.

    Args:
        csr: both directions of every edge.
        source: a node.
        wanted: bool[nodes], the targets.
        steps: longest path, below 127.
        closed: bool[nodes], which nodes no path runs through.

    Returns:
        Distance, int8[nodes], -1 where not reached; parent node and edge towards the
        source, int32[nodes], -1 at the source and where not reached.
    """
    distance, parent, via = _spread(
        csr.indptr, csr.other, csr.edge, source, wanted, steps, closed
    )
    return distance, parent, via


def back(parent: Int32, via: Int32, node: int) -> Way:
    """Return the path from the source of a spread to a node that it reached."""
    nodes, edges = [node], []
    while (edge := int(via[node])) >= 0:
        edges.append(edge)
        node = int(parent[node])
        nodes.append(node)
    return Way(tuple(nodes[::-1]), tuple(edges[::-1]))


@njit(cache=True, nogil=True)
def _both_ways(  # type: ignore[no-untyped-def]
    indptr, other, edge, source, target, steps, closed, barred, marks, parent, via,
    stamp, budget,
):  # fmt: skip
    """Return the edge at which searches from both ends meet, arcs seen, and if cut.

    The side whose next level has fewer arcs goes on; `marks` are stamp for what the
    source reached and stamp + 1 for what the target reached.
    """
    # Pages that are not written to are never fetched.
    fronts = np.empty((2, len(marks)), np.int32)
    fronts[0, 0], fronts[1, 0] = source, target
    marks[source], marks[target] = stamp, stamp + 1
    low, high = [0, 0], [1, 1]
    met = (np.int64(-1), np.int64(-1), np.int64(-1))
    looked = 0
    for _ in range(steps):
        work = [0, 0]
        for one in range(2):
            for q in range(low[one], high[one]):
                a = fronts[one, q]
                work[one] += indptr[a + 1] - indptr[a]
        side = 0 if work[0] <= work[1] else 1
        if looked + work[side] > budget:
            return met, looked, True
        mine, yours, size = stamp + side, stamp + 1 - side, high[side]
        for q in range(low[side], high[side]):
            a = fronts[side, q]
            if closed[a] and a != source and a != target:
                continue
            for k in range(indptr[a], indptr[a + 1]):
                b = other[k]
                looked += 1
                if (a == source and _is_in(barred, b)) or (
                    b == source and _is_in(barred, a)
                ):
                    continue
                if marks[b] == yours and met[0] < 0:
                    if not closed[b] or b in (source, target):
                        ends = (a, b) if side == 0 else (b, a)
                        met = (np.int64(ends[0]), np.int64(ends[1]), np.int64(edge[k]))
                elif marks[b] != mine and marks[b] != yours:
                    marks[b], parent[b], via[b] = mine, a, edge[k]
                    fronts[side, size] = b
                    size += 1
        low[side], high[side] = high[side], size
        if met[0] >= 0 or low[side] == high[side]:
            break
    return met, looked, False


@njit(cache=True, nogil=True)
def _is_in(values, value):  # type: ignore[no-untyped-def]
    for one in values:
        if one == value:
            return True
    return False


@njit(cache=True, nogil=True)
def _spread(indptr, other, edge, source, wanted, steps, closed):  # type: ignore[no-untyped-def]
    nodes = len(indptr) - 1
    distance = np.full(nodes, -1, np.int8)
    parent, via = np.full(nodes, -1, np.int32), np.full(nodes, -1, np.int32)
    left = np.sum(wanted) - wanted[source]
    queue = np.empty(nodes, np.int32)
    queue[0], distance[source] = source, 0
    low, high = 0, 1
    for step in range(1, steps + 1):
        size = high
        for q in range(low, high):
            a = queue[q]
            if closed[a] and a != source:
                continue
            for k in range(indptr[a], indptr[a + 1]):
                b = other[k]
                if distance[b] < 0:
                    distance[b], parent[b], via[b] = step, a, edge[k]
                    queue[size] = b
                    size += 1
                    left -= wanted[b]
        low, high = high, size
        if left == 0 or low == high:
            break
    return distance, parent, via
