"""Graph algorithms on plain arrays: compiled, deterministic, without the GIL."""

import numpy as np

from analytics.kernels.csr import build_csr, kept
from analytics.kernels.linking import linked
from analytics.kernels.paths import shortest_ways, spread


def warm_up() -> None:
    """Compile what answers requests, or load it from Numba's cache.

    Seconds the first time on a machine, half a second later: never on a request.
    """
    near, far = np.array([0, 1], np.int32), np.array([1, 2], np.int32)
    csr = kept(build_csr(3, near, far, both=True), np.ones(2, np.bool_))
    open_ = np.zeros(3, np.bool_)
    shortest_ways(csr, 0, 2, steps=2, closed=open_)
    spread(csr, 0, open_, steps=2, closed=open_)
    seeds = np.array([0, 2], np.int32)
    linked(csr, np.ones(2, np.float32), seeds, steps=2, hub=9, entries=9)
