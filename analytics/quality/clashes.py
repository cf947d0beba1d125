"""Periods of one group that overlap while they say different things."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from analytics.quality.marks import Places

Numbers = npt.NDArray[Any]


class Clashes(NamedTuple):
    """Pairs of rows (by their place in the input) that contradict each other."""

    one: Places
    other: Places


def clashing(group: Numbers, begins: Numbers, ends: Numbers, value: Numbers) -> Clashes:
    """Return the pairs of one group whose half-open periods share a day.

    Each row is compared with the next, the one after it and so on, for all groups at
    once, until no group has so many rows.

    Args:
        group: what must be the same.
        begins: first day of each period.
        ends: first day after each period.
        value: what must not differ.
    """
    order = np.lexsort((begins, group)).astype(np.int64)
    group, begins, ends, value = (c[order] for c in (group, begins, ends, value))
    near = np.arange(len(order))
    found: list[tuple[Places, Places]] = []
    for step in range(1, len(order)):
        near = near[near + step < len(order)]
        near = near[group[near] == group[near + step]]
        if not near.size:
            break
        far = near + step
        same_day = (begins[far] < ends[near]) & (begins[far] < ends[far])
        differ = near[same_day & (value[near] != value[far])]
        found.append((order[differ], order[differ + step]))
    if not found:
        return Clashes(np.empty(0, np.int64), np.empty(0, np.int64))
    return Clashes(*(np.concatenate(part) for part in zip(*found, strict=True)))
