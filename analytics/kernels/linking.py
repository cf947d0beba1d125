"""Which of many nodes are linked within a few steps, by which best evidence.

Every seed is followed half of the way; two meet at a node in the middle. A shortest
path between two seeds is met at exactly one node, so evidence is counted once.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from numba import njit

from analytics.kernels.csr import Csr

Int32 = npt.NDArray[np.int32]
Float32 = npt.NDArray[np.float32]

APART: Final = 127
"""Distance of seeds that no path within the limit joins."""

ENTRIES: Final = 3_000_000
MEETINGS: Final = 300_000_000
"""Budgets: nodes reached, summed over the seeds; pairs compared at nodes."""


@dataclass(frozen=True)
class Linked:
    """What was reached from k seeds, and where two of them met.

    Args:
        seed, node, parent, via: int32, one per node reached from a seed: the seed's
            number, the node, the entry it was reached from (-1 at the seed), the edge.
        distance: int8[k, k], steps between two seeds, APART where there are none.
        strength: float32[k, k] in [0, 1]: noisy-or over the shortest paths of the
            products of their edge weights, less at nodes that many share.
        meeting: int32[k, k, 2], entries of either seed at the best meeting node.
        hubs: nodes not followed for their many edges, with how many seeds reach each.
        exhausted: a budget ran out; what is not linked may be.
    """

    seed: Int32
    node: Int32
    parent: Int32
    via: Int32
    distance: npt.NDArray[np.int8]
    strength: Float32
    meeting: npt.NDArray[np.int32]
    hubs: dict[int, int]
    exhausted: bool

    def path(self, left: int, right: int) -> tuple[list[int], list[int]]:
        """Return nodes and edges of the best shortest path between two seeds.

        Args:
            left: number of a seed.
            right: number of another.
        """
        low, high = min(left, right), max(left, right)
        first, second = self.meeting[low, high].tolist()
        nodes, edges = self._back(first)
        further, more = self._back(second)
        nodes, edges = nodes[::-1] + further[1:], edges[::-1] + more
        return (nodes, edges) if left == low else (nodes[::-1], edges[::-1])

    def _back(self, entry: int) -> tuple[list[int], list[int]]:
        """Return nodes from an entry to its seed, and the edges between them."""
        nodes, edges = [int(self.node[entry])], []
        while (parent := int(self.parent[entry])) >= 0:
            edges.append(int(self.via[entry]))
            nodes.append(int(self.node[parent]))
            entry = parent
        return nodes, edges


def linked(
    csr: Csr,
    weight: Float32,
    seeds: Int32,
    *,
    steps: int,
    hub: int,
    entries: int = ENTRIES,
    meetings: int = MEETINGS,
) -> Linked:
    """Return which seeds are linked within a number of steps.

    Args:
        csr: both directions of every edge, loops left out.
        weight: of each edge, in (0, 1].
        seeds: k different nodes.
        steps: longest path, at least 1.
        hub: nodes of more edges are not followed unless they are seeds.
        entries: budget of nodes reached, summed over the seeds.
        meetings: budget of pairs compared.

    Complexity: the arcs within half the steps of the seeds, and k² where all meet.
    """
    reached = _reach(
        csr.indptr, csr.other, csr.edge, weight, seeds, (steps + 1) // 2, hub, entries
    )
    seed, node, depth, parent, via, product, cut = reached
    order = np.lexsort((seed, node)).astype(np.int32)
    starts = np.flatnonzero(np.diff(node[order], prepend=-1))
    is_seed = np.zeros(len(csr.indptr) - 1, np.bool_)
    is_seed[seeds] = True
    bounds = np.append(starts, len(order))
    degrees = np.diff(csr.indptr)
    many = (degrees[node[order[starts]]] > hub) & ~is_seed[node[order[starts]]]
    found = _meet(
        order, bounds, many, seed, depth, product, degrees[node], len(seeds), steps,
        meetings,
    )  # fmt: skip
    distance, strength, meeting, exhausted = found
    counts = np.diff(bounds)[many]
    hubs = dict(zip(node[order[starts[many]]].tolist(), counts.tolist(), strict=True))
    return Linked(
        seed, node, parent, via, distance, strength, meeting, hubs, cut or exhausted
    )


@njit(cache=True, nogil=True)
def _shared(degree):  # type: ignore[no-untyped-def]
    """Return how much a middle node counts: 1 for two edges, less the more it has."""
    return 1.0 if degree <= 2 else 1.0 / np.log2(degree)


@njit(cache=True, nogil=True)
def _reach(indptr, other, edge, weight, seeds, depth, hub, limit):  # type: ignore[no-untyped-def]
    """Return what is reached from each seed, level by level, best product first."""
    entry_of = np.full(len(indptr) - 1, -1, np.int32)
    seed, node = np.empty(limit, np.int32), np.empty(limit, np.int32)
    parent, via = np.empty(limit, np.int32), np.empty(limit, np.int32)
    steps, product = np.empty(limit, np.int8), np.empty(limit, np.float32)
    size, cut = 0, False
    for s in range(len(seeds)):
        if size == limit:
            cut = True
            break
        first, low, high = size, size, size + 1
        seed[size], node[size], parent[size], via[size] = s, seeds[s], -1, -1
        steps[size], product[size] = 0, 1.0
        entry_of[seeds[s]] = size
        size += 1
        for level in range(1, depth + 1):
            for q in range(low, high):
                a = node[q]
                degree = indptr[a + 1] - indptr[a]
                if level > 1 and degree > hub:
                    continue
                passed = product[q] * (_shared(degree) if level > 1 else 1.0)
                for k in range(indptr[a], indptr[a + 1]):
                    b = other[k]
                    through = np.float32(passed * weight[edge[k]])
                    e = entry_of[b]
                    if e >= first:
                        if steps[e] == level and through > product[e]:
                            parent[e], via[e], product[e] = q, edge[k], through
                        continue
                    if size == limit:
                        cut = True
                        break
                    entry_of[b] = size
                    seed[size], node[size], parent[size], via[size] = s, b, q, edge[k]
                    steps[size], product[size] = level, through
                    size += 1
            low, high = high, size
    return (
        seed[:size].copy(), node[:size].copy(), steps[:size].copy(),
        parent[:size].copy(), via[:size].copy(), product[:size].copy(), cut,
    )  # fmt: skip


@njit(cache=True, nogil=True)
def _meet(order, bounds, many, seed, depth, product, degree, k, steps, budget):  # type: ignore[no-untyped-def]
    """Return distance, strength and best meeting of each pair of seeds."""
    distance = np.full((k, k), APART, np.int8)
    missed = np.zeros((k, k), np.float32)
    best = np.zeros((k, k), np.float32)
    meeting = np.full((k, k, 2), -1, np.int32)
    exhausted = False
    for weighing in (False, True):
        left = budget
        for r in range(len(bounds) - 1):
            low, high = bounds[r], bounds[r + 1]
            if many[r] or high - low < 2:
                continue
            left -= (high - low) * (high - low) // 2
            if left < 0:
                exhausted = True
                break
            for p in range(low, high):
                i = order[p]
                for q in range(p + 1, high):
                    j = order[q]
                    ahead = depth[i] - depth[j]
                    if ahead != 0 and ahead != 1:
                        continue
                    total = depth[i] + depth[j]
                    s, t = seed[i], seed[j]
                    if total > steps or total > distance[s, t]:
                        continue
                    if not weighing:
                        distance[s, t] = total
                        continue
                    middle = depth[j] > 0
                    w = (
                        product[i]
                        * product[j]
                        * (_shared(degree[i]) if middle else 1.0)
                    )
                    missed[s, t] += np.log1p(-min(w, np.float32(0.999999)))
                    if w > best[s, t]:
                        best[s, t] = w
                        meeting[s, t, 0], meeting[s, t, 1] = i, j
    strength = np.zeros((k, k), np.float32)
    for s in range(k):
        for t in range(s + 1, k):
            if distance[s, t] != APART:
                strength[s, t] = strength[t, s] = 1.0 - np.exp(missed[s, t])
                distance[t, s] = distance[s, t]
    return distance, strength, meeting, exhausted
