"""How far a distribution has moved: the population stability index.

PSI = Σ (p − q)·ln(p / q) over bins; Siddiqi, Credit Risk Scorecards (2006), ch. 10.
Below 0.1 nothing has moved, above 0.25 a model made before should not be trusted.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

Float64 = npt.NDArray[np.float64]

BINS: Final = 10
_LEAST: Final = 1e-4
"""An empty bin counts as so small a share, or one value would make the index infinite."""


def stability_index(before: Float64, after: Float64) -> float | None:
    """Return the PSI of `after` against `before`; None where one of them is empty.

    Bins are the deciles of `before`; what is not known (NaN) is a bin of its own.

    Args:
        before: float64[n].
        after: float64[m].
    """
    if not len(before) or not len(after):
        return None
    told = before[~np.isnan(before)]
    inner: Float64 = np.empty(0)
    if len(told):
        inner = np.unique(np.quantile(told, np.arange(1, BINS) / BINS))
    p, q = (_shares(values, inner) for values in (after, before))
    return float(np.sum((p - q) * np.log(p / q)))


def _shares(values: Float64, inner: Float64) -> Float64:
    unknown = np.isnan(values)
    # A value on a boundary belongs below it, so that many equal ones stay together.
    places = np.searchsorted(inner, values[~unknown], "left")
    counts = np.bincount(places, minlength=len(inner) + 1)
    every = np.append(counts, unknown.sum()) / len(values)
    return np.maximum(every, _LEAST)
