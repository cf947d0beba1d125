"""Edges by node: compressed sparse rows, as every kernel takes them.

Parallel edges and loops stay what they are: a pair given twice is two edges, and a loop
is two arcs at its node where both directions are wanted.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numba import njit

Int32 = npt.NDArray[np.int32]
Int64 = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Csr:
    """The arcs of n nodes; those of node i are at `indptr[i]` to `indptr[i + 1]`.

    Args:
        indptr: int64[n + 1].
        other: int32[arcs], the node at the other end; ascending at each node.
        edge: int32[arcs], the place of the arc's pair among the edges it was built
            from; ascending among arcs to the same node.
    """

    indptr: Int64
    other: Int32
    edge: Int32

    @property
    def nodes(self) -> int:
        """Return the number of nodes."""
        return len(self.indptr) - 1


def build_csr(nodes: int, near: Int32, far: Int32, *, both: bool) -> Csr:
    """Return the arcs of edges by their nodes.

    Args:
        nodes: how many there are; the ends of edges are numbers below it.
        near: int32[edges].
        far: int32[edges].
        both: whether each edge is an arc in both directions, or from near to far.

    Complexity: O(nodes + edges), two counting sorts.
    """
    indptr, other, edge = _build(nodes, near, far, both)
    return Csr(indptr, other, edge)


def kept(csr: Csr, edges: npt.NDArray[np.bool_]) -> Csr:
    """Return the arcs of the edges that are kept; edges keep their numbers.

    Args:
        csr: arcs by node.
        edges: bool[edges], which ones are kept.
    """
    indptr, other, edge = _kept(csr.indptr, csr.other, csr.edge, edges)
    return Csr(indptr, other, edge)


@njit(cache=True, nogil=True)
def _build(nodes, near, far, both):  # type: ignore[no-untyped-def]
    """Sort the arcs by far node, then, keeping that order, by near node."""
    edges = len(near)
    arcs = 2 * edges if both else edges
    start = np.zeros(nodes + 1, np.int64)
    for e in range(edges):
        start[far[e] + 1] += 1
        if both:
            start[near[e] + 1] += 1
    for i in range(nodes):
        start[i + 1] += start[i]
    indptr = np.zeros(nodes + 1, np.int64)
    by_far = np.empty(arcs, np.int32)
    for e in range(edges):
        by_far[start[far[e]]] = e
        start[far[e]] += 1
        indptr[near[e] + 1] += 1
        if both:
            by_far[start[near[e]]] = ~e
            start[near[e]] += 1
            indptr[far[e] + 1] += 1
    for i in range(nodes):
        indptr[i + 1] += indptr[i]
    other, edge = np.empty(arcs, np.int32), np.empty(arcs, np.int32)
    place = indptr[:-1].copy()
    for k in range(arcs):
        e = by_far[k]
        if e >= 0:
            a, b = near[e], far[e]
        else:
            e = ~e
            a, b = far[e], near[e]
        other[place[a]], edge[place[a]] = b, e
        place[a] += 1
    return indptr, other, edge


@njit(cache=True, nogil=True)
def _kept(indptr, other, edge, edges):  # type: ignore[no-untyped-def]
    nodes = len(indptr) - 1
    fewer = np.zeros(nodes + 1, np.int64)
    for i in range(nodes):
        count = 0
        for k in range(indptr[i], indptr[i + 1]):
            count += edges[edge[k]]
        fewer[i + 1] = fewer[i] + count
    others, numbers = np.empty(fewer[-1], np.int32), np.empty(fewer[-1], np.int32)
    at = 0
    for k in range(len(other)):
        if edges[edge[k]]:
            others[at], numbers[at] = other[k], edge[k]
            at += 1
    return fewer, others, numbers
