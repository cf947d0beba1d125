"""Rows that meet in something they share, found by sorting, not by pairs."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from analytics.features.relations import Incidence
from graph.snapshot.index import Rows

Int64 = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


def meeting(left: Incidence, right: Incidence, most: int) -> tuple[Int64, Int64]:
    """Return positions in both that have the same node, every pair once.

    Args:
        left: of whom.
        right: with whom.
        most: what more of the right have is passed over.
    """
    order = np.argsort(right.node, kind="stable")
    nodes = right.node[order]
    low = np.searchsorted(nodes, left.node, "left")
    high = np.searchsorted(nodes, left.node, "right")
    count = np.where(high - low <= most, high - low, 0)
    a = np.repeat(np.arange(len(left.node)), count)
    starts = np.repeat(low, count)
    within = np.arange(len(a)) - np.repeat(np.cumsum(count) - count, count)
    return a, order[starts + within]


def chosen(found: Incidence, flags: Flags) -> Incidence:
    """Return some of the entries."""
    return Incidence(
        found.row[flags],
        found.node[flags],
        found.organization[flags],
        found.word[flags],
    )


def grouped(keys: Int64) -> Iterator[Rows]:
    """Yield the positions of each key, by ascending key."""
    order = np.argsort(keys, kind="stable")
    bounds = np.flatnonzero(np.diff(keys[order])) + 1
    yield from np.split(order, bounds) if len(order) else ()
