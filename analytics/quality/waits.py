"""How long things took: quantiles and a distribution, in working days."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

EDGES: Final = (0, 3, 7, 10, 15, 30, 60)
"""Upper ends of the buckets, inclusive; one more is open. 7 is what the policies set."""


@dataclass(frozen=True, slots=True)
class Waits:
    """A distribution of working days.

    Args:
        median: half took no longer.
        p90: nine in ten took no longer.
        p99: ninety-nine in a hundred took no longer.
        longest: the longest of all.
        buckets: how many up to each of EDGES, and above the last.
    """

    median: int
    p90: int
    p99: int
    longest: int
    buckets: tuple[int, ...]


def waits_of(days: npt.NDArray[Any]) -> Waits | None:
    """Return the distribution of working days, None of nothing.

    A quantile is a day that occurred: the smallest that so many did not exceed.
    """
    if not days.size:
        return None
    found = np.quantile(days, (0.5, 0.9, 0.99), method="inverted_cdf")
    median, p90, p99 = (int(day) for day in found)
    places = np.searchsorted(EDGES, days, "left")
    buckets = np.bincount(places, minlength=len(EDGES) + 1)
    return Waits(median, p90, p99, int(days.max()), tuple(buckets.tolist()))
