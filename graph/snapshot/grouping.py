"""Rows by equal values in several columns of small numbers, without sorting them."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[Any]
Groups = npt.NDArray[np.int64]

_TABLE: Final = 1 << 24
"""Up to so many possible values a table of all of them is shorter than sorting."""


@dataclass(frozen=True, slots=True)
class Grouped:
    """A number for each row, the same for equal rows, and one row of each group."""

    of: Groups
    some: Groups

    @property
    def count(self) -> int:
        """Return how many groups there are."""
        return len(self.some)


def grouped(first: Numbers, *others: Numbers) -> Grouped:
    """Return the groups of rows that are equal in every column.

    Args:
        first: non-negative whole numbers, one a row.
        others: further columns of the same length.
    """
    found = _dense(first.astype(np.int64, copy=False))
    for column in others:
        second = _dense(column.astype(np.int64, copy=False))
        found = _dense(found.of * max(second.count, 1) + second.of)
    return found


def _dense(values: Groups) -> Grouped:
    size = int(values.max(initial=-1)) + 1
    if size > max(_TABLE, 4 * len(values)):
        _, some, of = np.unique(values, return_index=True, return_inverse=True)
        return Grouped(of.ravel(), some)
    there = np.full(size, -1, np.int64)
    # Written backwards, the first row of each value stays.
    there[values[::-1]] = np.arange(len(values) - 1, -1, -1)
    occurring = np.flatnonzero(there >= 0)
    some = there[occurring]
    there[occurring] = np.arange(len(occurring))
    return Grouped(there[values], some)
