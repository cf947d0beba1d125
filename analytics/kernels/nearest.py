"""The nearest source other than the node itself, from all nodes at once."""

import numpy as np
import numpy.typing as npt
from numba import njit

from analytics.kernels.csr import Csr

Int32 = npt.NDArray[np.int32]


def nearest_other(csr: Csr, sources: Int32, farthest: int) -> Int32:
    """Return, by node, the steps to the nearest source that is another node.

    A breadth-first search from all sources that lets two different ones pass each
    node: the second is the answer at a source, for the first is itself.

    Args:
        csr: both directions of every edge.
        sources: int32, nodes, each once.
        farthest: beyond so many steps nothing is looked for.

    Returns:
        int32[nodes]; -1: none within `farthest`.

    Complexity: O(nodes + arcs), each arc at most twice.
    """
    steps: Int32 = _nearest(csr.indptr, csr.other, sources, farthest)
    return steps


@njit(cache=True, nogil=True)
def _nearest(indptr, other, sources, farthest):  # type: ignore[no-untyped-def]
    nodes = len(indptr) - 1
    first = np.full(nodes, -1, np.int32)
    second = np.full(nodes, -1, np.int32)
    steps = np.full(nodes, -1, np.int32)
    queue = np.empty(2 * nodes, np.int64)  # node, and which of its two sources
    head, tail = 0, 0
    for s in sources:
        first[s] = s
        queue[tail] = 2 * s
        tail += 1
    depth = 0
    while head < tail and depth < farthest:
        depth += 1
        level = tail
        while head < level:
            node, which = queue[head] // 2, queue[head] % 2
            head += 1
            source = second[node] if which else first[node]
            for k in range(indptr[node], indptr[node + 1]):
                to = other[k]
                if first[to] < 0:
                    first[to] = source
                    queue[tail] = 2 * to
                    tail += 1
                elif second[to] < 0 and first[to] != source:
                    second[to] = source
                    queue[tail] = 2 * to + 1
                    tail += 1
                else:
                    continue
                if steps[to] < 0 and source != to:
                    steps[to] = depth
    return steps
