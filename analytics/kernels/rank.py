"""Who is important: PageRank, for all or seen from some, and betweenness by samples."""

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit, prange

from analytics.kernels.csr import Csr, Int32

Float64 = npt.NDArray[np.float64]

DAMPING: Final = 0.85
TOLERANCE: Final = 1e-8
ROUNDS: Final = 200


class Ranks(NamedTuple):
    """What was reached.

    Args:
        rank: float64[nodes], adds up to 1.
        rounds: how many were needed.
        error: L1 difference between the last two rounds.
    """

    rank: Float64
    rounds: int
    error: float


def page_rank(
    csr: Csr,
    *,
    seeds: Int32 | None = None,
    damping: float = DAMPING,
    tolerance: float = TOLERANCE,
    rounds: int = ROUNDS,
) -> Ranks:
    """Return PageRank, personalised where seeds are given.

    Args:
        csr: both directions of every edge; a parallel edge is one more way, and a loop
            is two arcs at its node.
        seeds: nodes to which a walk returns; none: all alike.
        damping: chance to walk on.
        tolerance: stops when the L1 difference of two rounds is below it.
        rounds: at most so many; `error` tells what was reached.

    Page et al. (Stanford, 1999); walks that end at a node alone return to the seeds.
    Two threads; each node's sum is in the order of its arcs, so it is deterministic up
    to the last bits of the error. O(rounds · arcs).
    """
    nodes = csr.nodes
    back = np.zeros(nodes)
    if seeds is None:
        back[:] = 1 / max(1, nodes)
    else:
        back[seeds] = 1 / len(np.unique(seeds))
    rank, done, error = _ranks(csr.indptr, csr.other, back, damping, tolerance, rounds)
    return Ranks(rank, int(done), float(error))


def betweenness(csr: Csr, sources: Int32) -> Float64:
    """Return, by node, the shortest paths that run through it, from some sources.

    Args:
        csr: both directions of every edge; parallel edges count once and loops not.
        sources: nodes, chosen by the caller with a seed; all nodes: exact, with both
            directions of a pair counted.

    Brandes (J. Math. Sociol. 25, 2001); O(sources · (nodes + arcs)).
    """
    found: Float64 = _between(csr.indptr, csr.other, sources)
    return found


@njit(cache=True, nogil=True, parallel=True)
def _ranks(indptr, other, back, damping, tolerance, rounds):  # type: ignore[no-untyped-def]
    nodes = len(indptr) - 1
    rank, sent = back.copy(), np.empty(nodes)
    done, error = 0, np.inf
    while done < rounds and error >= tolerance:
        lost = 0.0
        for i in prange(nodes):
            ways = indptr[i + 1] - indptr[i]
            sent[i] = rank[i] / ways if ways else 0.0
            if not ways:
                lost += rank[i]
        error = 0.0
        for i in prange(nodes):
            total = 0.0
            for k in range(indptr[i], indptr[i + 1]):
                total += sent[other[k]]
            fresh = (1 - damping) * back[i] + damping * (total + lost * back[i])
            error += abs(fresh - rank[i])
            rank[i] = fresh
        done += 1
    return rank, done, error


@njit(cache=True, nogil=True)
def _between(indptr, other, sources):  # type: ignore[no-untyped-def]
    nodes = len(indptr) - 1
    total = np.zeros(nodes)
    distance, queue = np.full(nodes, -1, np.int32), np.empty(nodes, np.int32)
    ways, rest = np.zeros(nodes), np.zeros(nodes)
    for source in sources:
        queue[0], distance[source], ways[source] = source, 0, 1.0
        size, at = 1, 0
        while at < size:
            a, last = queue[at], -1
            at += 1
            for k in range(indptr[a], indptr[a + 1]):
                b = other[k]
                if b == last:
                    continue
                last = b
                if distance[b] < 0:
                    distance[b] = distance[a] + 1
                    queue[size] = b
                    size += 1
                if distance[b] == distance[a] + 1:
                    ways[b] += ways[a]
        for at in range(size - 1, 0, -1):
            b, last = queue[at], -1
            for k in range(indptr[b], indptr[b + 1]):
                a = other[k]
                if a != last and distance[a] == distance[b] - 1:
                    rest[a] += ways[a] / ways[b] * (1 + rest[b])
                last = a
            total[b] += rest[b]
        for at in range(size):
            a = queue[at]
            distance[a], ways[a], rest[a] = -1, 0.0, 0.0
    return total
