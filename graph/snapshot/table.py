"""Every version of every fact of one kind, with the loads between which it stood.

Rows are only appended; closing a row writes the load at which it stopped being
believed. A reader pinned at an earlier load is not affected by either.
"""

from collections.abc import Sequence
from copy import copy
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from graph.schema import FactSchema
from graph.snapshot.columns import (
    FactColumn,
    Growing,
    NumberColumn,
    Words,
    column_for,
)
from graph.snapshot.filled import filled_bits
from graph.snapshot.index import RowIndex, Rows

BELIEVED: Final = 2**31 - 1
"""`until` of a row that no load has closed."""

_ONE_BY_ONE: Final = 5_000
_BUFFERS: Final = (
    "high",
    "low",
    "version",
    "source",
    "load",
    "until",
    "line",
    "filled",
    "closed_row",
    "closed_at",
)
Keys = npt.NDArray[np.uint64]


def split_keys(keys: pa.Array | pa.ChunkedArray) -> Keys:
    """Return 16-byte keys as an (n, 2) array of unsigned halves."""
    if isinstance(keys, pa.ChunkedArray):
        keys = keys.combine_chunks()
        if isinstance(keys, pa.ChunkedArray):
            keys = pa.concat_arrays(keys.chunks)
    start, size = keys.offset * 16, len(keys) * 16
    if not size:
        return np.empty((0, 2), np.uint64)
    buffer = np.frombuffer(keys.buffers()[1], np.uint8)[start : start + size]
    return buffer.view(np.uint64).reshape(-1, 2)


def halves(key: bytes) -> tuple[int, int]:
    """Return the two unsigned halves of a 16-byte key."""
    pair = np.frombuffer(key, np.uint64)
    return int(pair[0]), int(pair[1])


class FactTable:
    """Columns of one fact kind, all versions."""

    def __init__(self, schema: FactSchema, words: Words, subjects: Words) -> None:
        self.schema = schema
        self.columns: dict[str, FactColumn] = {
            c.name: column_for(c, words, subjects) for c in schema.kept_columns
        }
        self.high, self.low = Growing(np.uint64), Growing(np.uint64)
        self.version = Growing(np.uint64)
        self.source = Growing(np.int16)
        self.load, self.until = Growing(np.int32), Growing(np.int32)
        self.line = Growing(np.int32)
        self.filled = Growing(np.uint64)
        self.closed_row, self.closed_at = Growing(np.int64), Growing(np.int32)
        self.by_key = RowIndex(self.high)
        self.by_subject = {
            c.name: RowIndex(self.subject_codes(c.name)) for c in schema.subject_columns
        }
        self.contested: set[int] = set()
        self.remembered: dict[int, object] = {}
        """What a view derived from the whole table, by its last change."""
        self._unchecked = False

    def subject_codes(self, name: str) -> Growing:
        """Return the codes of a column that names subjects."""
        column = self.columns[name]
        assert isinstance(column, NumberColumn)  # noqa: S101  # subjects are codes
        return column.data

    def copy(self) -> "FactTable":
        """Return a table of its own with the same versions; word pools are shared."""
        twin = copy(self)
        twin.columns = {name: c.copy() for name, c in self.columns.items()}
        for name in _BUFFERS:
            setattr(twin, name, getattr(self, name).copy())
        twin.by_key = self.by_key.copy(twin.high)
        twin.by_subject = {
            name: index.copy(twin.subject_codes(name))
            for name, index in self.by_subject.items()
        }
        twin.contested = self.contested.copy()
        twin.remembered = {}
        return twin

    @property
    def size(self) -> int:
        """Return how many versions there are."""
        return self.load.size

    def last_change(self, seq: int) -> int:
        """Return the last load, up to `seq`, that added or closed a row; 0: none."""
        last = 0
        for loads in (self.load.values, self.closed_at.values):
            # Of the same type, or NumPy would convert the whole column first.
            position = int(np.searchsorted(loads, loads.dtype.type(seq), "right"))
            last = max(last, int(loads[position - 1]) if position else 0)
        return last

    def append(self, page: pa.Table, *, seq: int, source: int) -> None:
        """Add the rows of a page as versions believed from load `seq` on."""
        keys = split_keys(page["key"])
        self._note_contested(keys[:, 0], source)
        n = page.num_rows
        self.high.extend(keys[:, 0])
        self.low.extend(keys[:, 1])
        self.version.extend(split_keys(page["version"])[:, 0])
        self.source.extend(np.full(n, source, np.int16))
        self.load.extend(np.full(n, seq, np.int32))
        self.until.extend(np.full(n, BELIEVED, np.int32))
        self.line.extend(page["line"].fill_null(0).to_numpy())
        self.filled.extend(filled_bits(self.schema, page))
        for name, column in self.columns.items():
            column.extend(page[name])

    def _note_contested(self, high: Keys, source: int) -> None:
        """Remember keys that more than one source asserts.

        A bulk page is checked later in one pass; a small one key by key.
        """
        if len(high) > _ONE_BY_ONE or self._unchecked:
            self._unchecked = True
            return
        sources = self.source.values
        for value in high.tolist():
            if any(sources[row] != source for row in self.by_key.rows(value)):
                self.contested.add(value)

    def settle(self) -> None:
        """Finish the check for contested keys that bulk pages put off."""
        if not self._unchecked:
            return
        rows = self.by_key.repeated()
        high, source = self.high.values[rows], self.source.values[rows]
        pairs = np.unique(
            np.stack([high.astype(np.uint64), source.astype(np.uint64)]), axis=1
        )
        values, counts = np.unique(pairs[0], return_counts=True)
        self.contested |= set(values[counts > 1].tolist())
        self._unchecked = False

    def close(self, rows: Sequence[int] | Rows, seq: int) -> None:
        """Stop believing these rows from load `seq` on."""
        chosen = np.asarray(rows, np.int64)
        self.until.values[chosen] = seq
        self.closed_row.extend(chosen)
        self.closed_at.extend(np.full(len(chosen), seq, np.int32))

    def believed(self, high: int, low: int) -> list[int]:
        """Return the rows of a key that no load has closed."""
        return [
            row
            for row in self.by_key.rows(high)
            if int(self.low.values[row]) == low
            and int(self.until.values[row]) == BELIEVED
        ]

    def current(self, keys: Keys, source: int) -> Rows:
        """Return, per key, the row this source now asserts; -1 for none.

        At most one row of a key is believed per source, so the passes below, one
        per version of the most often changed key, meet each at most once.
        """
        high = np.ascontiguousarray(keys[:, 0])
        low_at, high_at, rows, overlay = self.by_key.spans(high)
        found = np.full(len(keys), -1, np.int64)
        for step in range(int((high_at - low_at).max(initial=0))):
            at = low_at + step
            asked = np.flatnonzero(at < high_at)
            candidates = rows[at[asked]]
            ok = self._matches(candidates, keys[asked], source)
            found[asked[ok]] = candidates[ok]
        if overlay:
            for i, value in enumerate(high.tolist()):
                for row in overlay.get(value, ()):
                    if self._matches(np.array([row]), keys[i : i + 1], source)[0]:
                        found[i] = row
        return found

    def _matches(self, rows: Rows, keys: Keys, source: int) -> npt.NDArray[np.bool_]:
        matching: npt.NDArray[np.bool_] = (
            (self.low.values[rows] == keys[:, 1])
            & (self.source.values[rows] == source)
            & (self.until.values[rows] == BELIEVED)
        )
        return matching
