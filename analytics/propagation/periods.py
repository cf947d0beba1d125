"""Half-open periods [from, to) of day numbers, and what can be done with them.

OPEN and UNKNOWN are the largest and the smallest number, so they compare as the end
and the beginning of time without special cases.
"""

from collections.abc import Iterable
from typing import Final

from graph.snapshot import OPEN, UNKNOWN

Period = tuple[int, int]

ALWAYS: Final[Period] = (UNKNOWN, OPEN)


def intersect(one: Period, other: Period) -> Period | None:
    """Return what two periods share, None for nothing."""
    begins, ends = max(one[0], other[0]), min(one[1], other[1])
    return (begins, ends) if begins < ends else None


def within(periods: Iterable[Period], windows: Iterable[Period]) -> list[Period]:
    """Return what lies both in one of the periods and in one of the windows."""
    limits = list(windows)
    return [
        shared
        for period in periods
        for window in limits
        if (shared := intersect(period, window))
    ]


def without(period: Period, holes: Iterable[Period]) -> list[Period]:
    """Return the pieces of the period that lie in none of the holes."""
    pieces, begins = [], period[0]
    for hole_from, hole_to in merge(holes):
        if begins < min(hole_from, period[1]):
            pieces.append((begins, min(hole_from, period[1])))
        begins = max(begins, hole_to)
    if begins < period[1]:
        pieces.append((begins, period[1]))
    return pieces


def merge(periods: Iterable[Period]) -> list[Period]:
    """Return the union as ordered periods that neither overlap nor touch."""
    merged: list[Period] = []
    for begins, ends in sorted(p for p in periods if p[0] < p[1]):
        if merged and begins <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], ends)
        else:
            merged.append((begins, ends))
    return merged
