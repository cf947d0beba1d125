"""How deep a node lies in the thick of a graph: k-cores, triangles, clustering."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from analytics.kernels.csr import Csr, Int32, Int64

Float64 = npt.NDArray[np.float64]


def core_numbers(csr: Csr) -> Int32:
    """Return, by node, the largest k for which it lies in a part of degrees ≥ k.

    Args:
        csr: both directions of every edge; parallel edges count once and loops not.

    Batagelj and Zaversnik (Adv. Data Anal. Classif. 5, 2011); O(nodes + arcs).
    """
    found: Int32 = _cores(csr.indptr, csr.other)
    return found


class Triangles(NamedTuple):
    """What closes around each node.

    Args:
        closed: int64[nodes], pairs of neighbours that are neighbours of each other.
        clustering: float64[nodes], their share of all pairs of neighbours, in [0, 1].
    """

    closed: Int64
    clustering: Float64


def triangles(csr: Csr) -> Triangles:
    """Return the triangles at each node.

    Args:
        csr: both directions of every edge; parallel edges count once and loops not.

    By way of the neighbour of fewer edges (Chiba and Nishizeki, SIAM J. Comput. 14,
    1985); O(arcs · √arcs) at worst.
    """
    count, pairs = _triangles(csr.indptr, csr.other)
    share = np.divide(count, pairs, out=np.zeros(len(count)), where=pairs > 0)
    return Triangles(count, share)


@njit(cache=True, nogil=True)
def _degrees(indptr, other):  # type: ignore[no-untyped-def]
    """Return how many different others each node has; arcs are in order of them."""
    nodes = len(indptr) - 1
    degree = np.zeros(nodes, np.int32)
    for i in range(nodes):
        last = -1
        for k in range(indptr[i], indptr[i + 1]):
            b = other[k]
            if b != last and b != i:
                degree[i] += 1
            last = b
    return degree


@njit(cache=True, nogil=True)
def _cores(indptr, other):  # type: ignore[no-untyped-def]
    nodes = len(indptr) - 1
    degree = _degrees(indptr, other)
    most = degree.max() if nodes else 0
    begins = np.zeros(most + 2, np.int64)
    for i in range(nodes):
        begins[degree[i] + 1] += 1
    for d in range(most + 1):
        begins[d + 1] += begins[d]
    place, row = np.empty(nodes, np.int64), np.empty(nodes, np.int32)
    fill = begins.copy()
    for i in range(nodes):
        place[i] = fill[degree[i]]
        row[place[i]] = i
        fill[degree[i]] += 1
    for at in range(nodes):
        a = row[at]
        last = -1
        for k in range(indptr[a], indptr[a + 1]):
            b = other[k]
            if b == last or b == a:
                continue
            last = b
            if degree[b] > degree[a]:
                # To the front of those of its degree, which then begins one later.
                front = max(begins[degree[b]], at + 1)
                first, here = row[front], place[b]
                row[front], row[here] = b, first
                place[b], place[first] = front, here
                begins[degree[b]] = front + 1
                degree[b] -= 1
    return degree


@njit(cache=True, nogil=True)
def _triangles(indptr, other):  # type: ignore[no-untyped-def]
    nodes = len(indptr) - 1
    degree = _degrees(indptr, other)
    starts, after = _forward(indptr, other, degree)
    count = np.zeros(nodes, np.int64)
    mark = np.full(nodes, -1, np.int32)
    for a in range(nodes):
        for k in range(starts[a], starts[a + 1]):
            mark[after[k]] = a
        for k in range(starts[a], starts[a + 1]):
            b = after[k]
            for j in range(starts[b], starts[b + 1]):
                c = after[j]
                if mark[c] == a:
                    count[a] += 1
                    count[b] += 1
                    count[c] += 1
    pairs = np.empty(nodes, np.int64)
    for i in range(nodes):
        pairs[i] = np.int64(degree[i]) * (degree[i] - 1) // 2
    return count, pairs


@njit(cache=True, nogil=True)
def _forward(indptr, other, degree):  # type: ignore[no-untyped-def]
    """Return the arcs to nodes that come after, each once: few at every node."""
    nodes = len(indptr) - 1
    starts = np.zeros(nodes + 1, np.int64)
    after = np.empty(len(other) // 2 + 1, np.int32)
    size = 0
    for a in range(nodes):
        last = -1
        for k in range(indptr[a], indptr[a + 1]):
            b = other[k]
            if b != last and _before(degree, a, b):
                after[size] = b
                size += 1
            last = b
        starts[a + 1] = size
    return starts, after


@njit(cache=True, nogil=True)
def _before(degree, a, b):  # type: ignore[no-untyped-def]
    """Return whether a comes before b: fewer neighbours first, then the lower node."""
    return degree[a] < degree[b] or (degree[a] == degree[b] and a < b)
