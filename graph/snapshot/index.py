"""Finding rows by value: a sorted base and a small overlay of what came later.

Rows enter in order and are never removed; a reader filters by what it knows.
The base is rebuilt, aside and swapped in one assignment, when the overlay grows.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from graph.snapshot.columns import Growing

Rows = npt.NDArray[np.int64]
_OVERLAY_LIMIT: Final = 20_000


@dataclass(frozen=True, slots=True)
class _Base:
    """Values in order, with the row each came from."""

    values: npt.NDArray[Any]
    rows: Rows
    overlay: dict[int, list[int]]


class RowIndex:
    """Rows of a growing integer column by their value."""

    def __init__(self, column: Growing) -> None:
        self._column = column
        self._indexed = 0
        self._base = _Base(column.values[:0], np.empty(0, np.int64), {})

    def copy(self, column: Growing) -> "RowIndex":
        """Return an index over a copy of the column."""
        twin = RowIndex(column)
        later = {value: rows.copy() for value, rows in self._base.overlay.items()}
        twin._base = _Base(self._base.values, self._base.rows, later)
        twin._indexed = self._indexed
        return twin

    def _catch_up(self) -> _Base:
        size = self._column.size
        if size == self._indexed:
            return self._base
        if size - len(self._base.rows) > _OVERLAY_LIMIT:
            values = self._column.values[:size]
            order = np.argsort(values, kind="stable").astype(np.int64)
            self._base = _Base(values[order], order, {})
        else:
            overlay = self._base.overlay
            fresh = self._column.values[self._indexed : size].tolist()
            for row, value in enumerate(fresh, self._indexed):
                overlay.setdefault(value, []).append(row)
        self._indexed = size
        return self._base

    def rows(self, value: int) -> list[int]:
        """Return every row with the value, in order of entry."""
        base = self._catch_up()
        key = base.values.dtype.type(value)
        low = int(np.searchsorted(base.values, key, "left"))
        high = int(np.searchsorted(base.values, key, "right"))
        found: list[int] = base.rows[low:high].tolist()
        later = base.overlay.get(value)
        return found + later if later else found

    def spans(
        self, wanted: npt.NDArray[Any]
    ) -> tuple[Rows, Rows, Rows, dict[int, list[int]]]:
        """Return (low, high) spans per wanted value into `rows`, and the overlay."""
        base, order = self._catch_up(), np.argsort(wanted)
        # In order, a search finds what it reads still in the cache of the one before.
        asked = wanted[order]
        low, high = np.empty(len(asked), np.int64), np.empty(len(asked), np.int64)
        low[order] = np.searchsorted(base.values, asked, "left")
        high[order] = np.searchsorted(base.values, asked, "right")
        return low, high, base.rows, base.overlay

    def repeated(self) -> Rows:
        """Return the rows whose value occurs more than once, sorted by value."""
        base = self._catch_up()
        values = base.values
        same = np.zeros(len(values), np.bool_)
        if len(values) > 1:
            equal = values[1:] == values[:-1]
            same[1:] |= equal
            same[:-1] |= equal
        found = base.rows[same]
        extra = [
            row
            for value, later in base.overlay.items()
            for row in self.rows(value)
            if len(later) > 1 or len(self.rows(value)) > 1
        ]
        return np.unique(np.concatenate([found, np.array(extra, np.int64)]))
