"""Intervals by drawing whole groups again: rows of one component are not independent.

Efron 1979; cluster bootstrap, Field and Welsh 2007. A draw is a weight for each group,
so nothing is copied.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Float64 = npt.NDArray[np.float64]
Int64 = npt.NDArray[np.int64]
Metric = Callable[[Float64], float]
"""From weights, float64[n], to a figure."""

DRAWS = 400


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure and its 95 % percentile interval."""

    value: float
    low: float
    high: float


def weights(groups: Int64, draws: int, seed: int) -> Iterator[Float64]:
    """Yield, for each draw, how often every row counts: float64[n].

    Args:
        groups: number of the group of each row, from 0.
        draws: how many.
        seed: the same gives the same draws.
    """
    rng = np.random.default_rng(seed)
    size = int(groups.max(initial=-1)) + 1
    for _ in range(draws):
        times = np.bincount(rng.integers(0, size, size), minlength=size)
        yield times[groups].astype(np.float64)


def interval(
    metric: Metric, groups: Int64, *, draws: int = DRAWS, seed: int = 0
) -> Interval:
    """Return a figure with its interval; NaN draws (one class only) are left out."""
    value = metric(np.ones(len(groups)))
    return _interval(value, [metric(w) for w in weights(groups, draws, seed)])


def difference(
    first: Metric, second: Metric, groups: Int64, *, draws: int = DRAWS, seed: int = 0
) -> Interval:
    """Return second minus first on the same draws, with its interval."""
    ones = np.ones(len(groups))
    drawn = [second(w) - first(w) for w in weights(groups, draws, seed)]
    return _interval(second(ones) - first(ones), drawn)


def _interval(value: float, drawn: list[float]) -> Interval:
    found = np.array(drawn)
    found = found[~np.isnan(found)]
    if not len(found):
        return Interval(value, float("nan"), float("nan"))
    low, high = np.quantile(found, (0.025, 0.975))
    return Interval(value, float(low), float(high))
