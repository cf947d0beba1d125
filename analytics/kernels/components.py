"""What hangs together: weak and strong components, and what holds them together.

A component is named by its lowest node, so that the answer depends on the graph alone.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from analytics.kernels.csr import Csr, Int32

Flags = npt.NDArray[np.bool_]


def weak_components(nodes: int, near: Int32, far: Int32) -> Int32:
    """Return, by node, the lowest node it is connected with, directions left aside.

    Args:
        nodes: how many there are.
        near: int32[edges].
        far: int32[edges].

    Union-find with path halving (Tarjan and van Leeuwen, J. ACM 31, 1984);
    O(nodes + edges · α). Parallel edges and loops change nothing.
    """
    found: Int32 = _weak(nodes, near, far)
    return found


def strong_components(csr: Csr) -> Int32:
    """Return, by node, the lowest node that it reaches and that reaches it.

    Args:
        csr: arcs in the direction of the edges.

    Tarjan (SIAM J. Comput. 1, 1972) without recursion; O(nodes + arcs).
    """
    found: Int32 = _strong(csr.indptr, csr.other)
    return found


class Blocks(NamedTuple):
    """Where a graph falls apart.

    Args:
        cut: bool[nodes], whose removal parts what hung together.
        block: int32[edges], the biconnected component of each edge, named by its
            lowest edge; a loop is one of its own.
    """

    cut: Flags
    block: Int32


def blocks(csr: Csr, edges: int) -> Blocks:
    """Return articulation nodes and biconnected components.

    Args:
        csr: both directions of every edge.
        edges: how many there are.

    Hopcroft and Tarjan (Comm. ACM 16, 1973) without recursion; parallel edges are in
    one component, as they are two ways between their ends; O(nodes + arcs).
    """
    cut, block = _blocks(csr.indptr, csr.other, csr.edge, edges)
    return Blocks(cut, block)


@njit(cache=True, nogil=True)
def _weak(nodes, near, far):  # type: ignore[no-untyped-def]
    root = np.arange(nodes, dtype=np.int32)
    for e in range(len(near)):
        a, b = near[e], far[e]
        while root[a] != a:
            root[a] = root[root[a]]
            a = root[a]
        while root[b] != b:
            root[b] = root[root[b]]
            b = root[b]
        if a < b:
            root[b] = a
        elif b < a:
            root[a] = b
    for i in range(nodes):
        # What a node hangs from is lower, so it has its own root already.
        root[i] = root[root[i]]
    return root


@njit(cache=True, nogil=True)
def _strong(indptr, other):  # type: ignore[no-untyped-def]
    nodes = len(indptr) - 1
    found = np.full(nodes, -1, np.int32)
    order, low = np.zeros(nodes, np.int32), np.zeros(nodes, np.int32)
    place = indptr[:-1].copy()
    path, open_ = np.empty(nodes, np.int32), np.empty(nodes, np.int32)
    number, waiting = 0, 0
    for start in range(nodes):
        if order[start]:
            continue
        depth = 1
        path[0] = start
        while depth:
            a = path[depth - 1]
            if not order[a]:
                number += 1
                order[a] = low[a] = number
                open_[waiting] = a
                waiting += 1
            if place[a] < indptr[a + 1]:
                b = other[place[a]]
                place[a] += 1
                if not order[b]:
                    path[depth] = b
                    depth += 1
                elif found[b] < 0:
                    low[a] = min(low[a], order[b])
                continue
            depth -= 1
            if depth:
                low[path[depth - 1]] = min(low[path[depth - 1]], low[a])
            if low[a] == order[a]:
                first = waiting
                lowest = a
                while open_[first] != a or first == waiting:
                    first -= 1
                    lowest = min(lowest, open_[first])
                for k in range(first, waiting):
                    found[open_[k]] = lowest
                waiting = first
    return found


@njit(cache=True, nogil=True)
def _blocks(indptr, other, edge, edges):  # type: ignore[no-untyped-def]
    nodes = len(indptr) - 1
    cut, block = np.zeros(nodes, np.bool_), np.full(edges, -1, np.int32)
    order, low = np.zeros(nodes, np.int32), np.zeros(nodes, np.int32)
    place, via = indptr[:-1].copy(), np.full(nodes, -1, np.int32)
    path, pile = np.empty(nodes, np.int32), np.empty(edges, np.int32)
    number, height = 0, 0
    for start in range(nodes):
        if order[start]:
            continue
        depth, children = 1, 0
        path[0] = start
        number += 1
        order[start] = low[start] = number
        while depth:
            a = path[depth - 1]
            if place[a] < indptr[a + 1]:
                b, e = other[place[a]], edge[place[a]]
                place[a] += 1
                if b == a:
                    block[e] = e
                elif e != via[a] and not order[b]:
                    number += 1
                    order[b] = low[b] = number
                    via[b], pile[height] = e, e
                    height += 1
                    path[depth] = b
                    depth += 1
                elif e != via[a] and order[b] < order[a]:
                    pile[height] = e
                    height += 1
                    low[a] = min(low[a], order[b])
                continue
            depth -= 1
            if not depth:
                continue
            above = path[depth - 1]
            low[above] = min(low[above], low[a])
            if low[a] < order[above]:
                continue
            children += above == start
            cut[above] = cut[above] or above != start or children > 1
            height = _close(pile, height, via[a], block)
    return cut, block


@njit(cache=True, nogil=True)
def _close(pile, height, last, block):  # type: ignore[no-untyped-def]
    """Take a component's edges off the pile, down to its first; name it by the lowest."""
    first, lowest = height - 1, last
    while pile[first] != last:
        lowest = min(lowest, pile[first])
        first -= 1
    for k in range(first, height):
        block[pile[k]] = lowest
    return first
