"""Rings of edges between organizations."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from analytics.features import Cut
from analytics.kernels.components import strong_components
from analytics.kernels.csr import build_csr
from analytics.leads.joining import grouped

Int32 = npt.NDArray[np.int32]


def rings(
    cut: Cut, near: Int32, far: Int32, members: int
) -> Iterator[tuple[list[int], npt.NDArray[np.int64]]]:
    """Yield the members of each strong component, and the edges within it."""
    known = np.flatnonzero((near >= 0) & (far >= 0) & (near != far))
    a, b = near[known], far[known]
    component = strong_components(build_csr(cut.size, a, b, both=False))
    within = component[a] == component[b]
    for at in grouped(component[a[within]].astype(np.int64)):
        edges = known[within][at]
        found = sorted(set(near[edges].tolist()) | set(far[edges].tolist()))
        if len(found) >= members:
            yield found, edges
