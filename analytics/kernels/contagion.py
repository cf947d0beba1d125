"""Noisy-or along arcs, to the least fixed point, nobody's own trouble coming back."""

from typing import Final

import numpy as np
import numpy.typing as npt
from numba import njit

from analytics.kernels.csr import Csr

Float64 = npt.NDArray[np.float64]
Int32 = npt.NDArray[np.int32]

LARGEST_RING: Final = 500
"""Nodes of a larger strong component with trouble of their own get no value."""
_ROUNDS: Final = 200
_CLOSE: Final = 1e-12


def contagion(csr: Csr, own: Float64, passes: float, ring: Int32) -> Float64:
    """Return, by node, the chance that trouble reaches it along its arcs.

    With p = 1 − (1 − own)·r and r(i) = Π (1 − passes·p(j)) over the arcs i → j, the
    answer is 1 − r(i) at the least fixed point, taken with own(i) = 0 where i lies on a
    ring. Pearl, Probabilistic Reasoning in Intelligent Systems (1988), §4.3 (noisy-or).

    Args:
        csr: arcs from who is reached to whom it is reached from.
        own: float64[nodes] in [0, 1], trouble of a node's own.
        passes: chance in [0, 1) that trouble passes an arc.
        ring: int32[nodes], the lowest node of each node's strong component.

    Returns:
        float64[nodes] in [0, 1); NaN in components beyond LARGEST_RING.
    """
    p = _settled(csr.indptr, csr.other, own, passes)
    reached: Float64 = _reached(csr.indptr, csr.other, p, passes)
    sizes = np.bincount(ring, minlength=csr.nodes)[ring] if csr.nodes else ring
    again = np.flatnonzero((sizes > 1) & (own > 0)).astype(np.int32)
    order = np.argsort(ring, kind="stable").astype(np.int32)
    starts = np.searchsorted(ring[order], ring[again])
    for node, start, size in zip(
        again.tolist(), starts.tolist(), sizes[again].tolist(), strict=True
    ):
        members = order[start : start + size]
        reached[node] = (
            np.nan
            if size > LARGEST_RING
            else _without(csr.indptr, csr.other, own, p.copy(), members, node, passes)
        )
    return reached


@njit(cache=True, nogil=True)
def _settled(indptr, other, own, passes):  # type: ignore[no-untyped-def]
    """Return p at the fixed point, from below; a change wakes who depends on it."""
    p = own.copy()
    for _ in range(_ROUNDS):
        most = 0.0
        for i in range(len(own)):
            if indptr[i] == indptr[i + 1]:
                continue
            rest = 1.0 - own[i]
            for k in range(indptr[i], indptr[i + 1]):
                rest *= 1.0 - passes * p[other[k]]
            most = max(most, 1.0 - rest - p[i])
            p[i] = 1.0 - rest
        if most <= _CLOSE:
            break
    return p


@njit(cache=True, nogil=True)
def _reached(indptr, other, p, passes):  # type: ignore[no-untyped-def]
    reached = np.zeros(len(p))
    for i in range(len(p)):
        rest = 1.0
        for k in range(indptr[i], indptr[i + 1]):
            rest *= 1.0 - passes * p[other[k]]
        reached[i] = 1.0 - rest
    return reached


@njit(cache=True, nogil=True)
def _without(indptr, other, own, p, members, node, passes):  # type: ignore[no-untyped-def]
    """Return what reaches a node of a ring when it has no trouble of its own."""
    for i in members:
        p[i] = 0.0 if i == node else own[i]
    for _ in range(_ROUNDS):
        most = 0.0
        for i in members:
            rest = 1.0 if i == node else 1.0 - own[i]
            for k in range(indptr[i], indptr[i + 1]):
                rest *= 1.0 - passes * p[other[k]]
            most = max(most, 1.0 - rest - p[i])
            p[i] = 1.0 - rest
        if most <= _CLOSE:
            break
    return p[node]
