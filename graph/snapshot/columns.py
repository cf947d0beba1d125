"""Growing columns: append-only, so that a pinned reader never sees a change.

A reader that knows only the first n rows keeps valid arrays when the writer grows
past the capacity, because growth copies into a new buffer.
"""

from abc import ABC, abstractmethod
from bisect import bisect_right
from copy import copy
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from graph.schema import Column
from graph.snapshot.days import OPEN, UNKNOWN

Int32 = npt.NDArray[np.int32]
NULL_INT = -(2**63)
"""What stands for null in an int64 column."""
_FEW = 50
"""So many texts are fetched faster one by one than by one call of Arrow."""


class Growing:
    """A one-dimensional NumPy buffer that grows by half."""

    __slots__ = ("_buffer", "size")

    def __init__(self, dtype: npt.DTypeLike) -> None:
        self._buffer = np.empty(0, dtype)
        self.size = 0

    def extend(self, values: npt.ArrayLike) -> None:
        """Append the values."""
        new = np.asarray(values, self._buffer.dtype)
        needed = self.size + len(new)
        if needed > len(self._buffer):
            grown = np.empty(
                max(needed, len(self._buffer) * 3 // 2), self._buffer.dtype
            )
            grown[: self.size] = self._buffer[: self.size]
            self._buffer = grown
        self._buffer[self.size : needed] = new
        self.size = needed

    def copy(self) -> "Growing":
        """Return a buffer of its own with the same values."""
        twin = Growing(self._buffer.dtype)
        twin.extend(self.values)
        return twin

    @property
    def values(self) -> npt.NDArray[Any]:
        """Return the filled part; a view, not a copy."""
        return self._buffer[: self.size]


class Words:
    """Interned words: a small number of different texts, each with a code."""

    def __init__(self) -> None:
        self.texts: list[str] = [""]
        self._codes: dict[str, int] = {"": 0}

    def code(self, text: str) -> int:
        """Return the code of the text, giving it one if it is new."""
        found = self._codes.get(text)
        if found is None:
            found = len(self.texts)
            self.texts.append(text)
            self._codes[text] = found
        return found

    def copy(self) -> "Words":
        """Return a pool of its own with the same codes."""
        twin = Words()
        twin.texts, twin._codes = self.texts.copy(), self._codes.copy()
        return twin

    def known(self, text: str) -> int:
        """Return the code of the text, -1 when it never occurred."""
        return self._codes.get(text, -1)

    def codes(self, values: pa.ChunkedArray) -> Int32:
        """Return the code of each value; null is 0, the empty word."""
        parts = [self._chunk(chunk) for chunk in values.chunks]
        return np.concatenate(parts) if parts else np.empty(0, np.int32)

    def _chunk(self, chunk: pa.Array) -> Int32:
        encoded = chunk.dictionary_encode()
        table = np.array(
            [self.code(t) for t in encoded.dictionary.to_pylist()], np.int32
        )
        index = encoded.indices
        if not index.null_count:
            return table[index.to_numpy()] if len(table) else _zeros(len(index))
        filled = index.fill_null(0).to_numpy()
        codes = table[filled] if len(table) else _zeros(len(index))
        codes[pc.is_null(index).to_numpy(zero_copy_only=False)] = 0
        return codes


def _zeros(n: int) -> Int32:
    return np.zeros(n, np.int32)


class FactColumn(ABC):
    """One kept column of a fact table."""

    @abstractmethod
    def extend(self, values: pa.ChunkedArray) -> None:
        """Append the values of a page."""

    @abstractmethod
    def value(self, row: int) -> object:
        """Return one value as Python shows it; null is None."""

    def values_at(self, rows: npt.NDArray[np.int64]) -> list[Any]:
        """Return the values of many rows, each as `value` returns it."""
        return [self.value(row) for row in rows.tolist()]

    @abstractmethod
    def copy(self) -> "FactColumn":
        """Return a column of its own with the same values."""


class NumberColumn(FactColumn):
    """A column whose values are numbers in one growing buffer."""

    def __init__(self, dtype: npt.DTypeLike) -> None:
        self.data = Growing(dtype)

    def copy(self) -> "NumberColumn":
        """Return a column of its own with the same values."""
        twin = copy(self)
        twin.data = self.data.copy()
        return twin


class DayColumn(NumberColumn):
    """Days as int32; null is OPEN for an end and UNKNOWN elsewhere."""

    def __init__(self, *, absent: int) -> None:
        super().__init__(np.int32)
        self._absent = absent

    def extend(self, values: pa.ChunkedArray) -> None:
        """Append the values of a page."""
        days = values.cast(pa.int32()).fill_null(self._absent)
        self.data.extend(days.to_numpy())

    def value(self, row: int) -> int:
        """Return the day number, or the mark."""
        return int(self.data.values[row])

    def values_at(self, rows: npt.NDArray[np.int64]) -> list[Any]:
        """Return the day numbers, or marks, of many rows."""
        days: list[Any] = self.data.values[rows].tolist()
        return days


class WordColumn(NumberColumn):
    """Codes into a shared pool of words; lists are joined with `;`."""

    def __init__(self, words: Words) -> None:
        super().__init__(np.int32)
        self._words = words

    def extend(self, values: pa.ChunkedArray) -> None:
        """Append the values of a page."""
        if pa.types.is_list(values.type):
            values = pa.chunked_array(
                [pc.binary_join(c, ";") for c in values.chunks], pa.string()
            )
        self.data.extend(self._words.codes(values))

    def value(self, row: int) -> str:
        """Return the word, empty for null."""
        return self._words.texts[int(self.data.values[row])]

    def values_at(self, rows: npt.NDArray[np.int64]) -> list[Any]:
        """Return the words of many rows, empty for null."""
        texts = self._words.texts
        return [texts[code] for code in self.data.values[rows].tolist()]


class TextColumn(FactColumn):
    """Texts of their own, left in Arrow's buffers."""

    def __init__(self) -> None:
        self._chunks: list[pa.Array] = []
        self._starts: list[int] = []
        self.size = 0

    def extend(self, values: pa.ChunkedArray) -> None:
        """Append the values of a page."""
        for chunk in values.chunks:
            if len(chunk):
                self._starts.append(self.size)
                self._chunks.append(chunk)
                self.size += len(chunk)

    def value(self, row: int) -> str | None:
        """Return the text."""
        at = bisect_right(self._starts, row) - 1
        text = self._chunks[at][row - self._starts[at]].as_py()
        return None if text is None else str(text)

    def values_at(self, rows: npt.NDArray[np.int64]) -> list[Any]:
        """Return the texts of many rows."""
        if len(rows) < _FEW:
            return super().values_at(rows)
        texts: list[Any] = self.array(self.size).take(pa.array(rows)).to_pylist()
        return texts

    def copy(self) -> "TextColumn":
        """Return a column of its own; Arrow's buffers never change, so are shared."""
        twin = TextColumn()
        twin._chunks, twin._starts = self._chunks.copy(), self._starts.copy()
        twin.size = self.size
        return twin

    def array(self, size: int) -> pa.ChunkedArray:
        """Return the first `size` texts."""
        return pa.chunked_array(self._chunks, pa.string()).slice(0, size)


class IntColumn(NumberColumn):
    """Whole numbers; null is NULL_INT."""

    def __init__(self) -> None:
        super().__init__(np.int64)

    def extend(self, values: pa.ChunkedArray) -> None:
        """Append the values of a page."""
        numbers = values.cast(pa.int64()).fill_null(NULL_INT)
        self.data.extend(numbers.to_numpy())

    def value(self, row: int) -> int | None:
        """Return the number."""
        number = int(self.data.values[row])
        return None if number == NULL_INT else number


class FlagColumn(NumberColumn):
    """Truth values, one byte each: 1, 0, or -1 for null."""

    def __init__(self) -> None:
        super().__init__(np.int8)

    def extend(self, values: pa.ChunkedArray) -> None:
        """Append the values of a page."""
        known = values.cast(pa.int8()).fill_null(-1)
        self.data.extend(known.to_numpy())

    def value(self, row: int) -> bool | None:
        """Return the truth value, None where it is not told."""
        flag = int(self.data.values[row])
        return None if flag < 0 else bool(flag)


def column_for(column: Column, words: Words, subjects: Words) -> FactColumn:
    """Return the growing column that suits a schema column."""
    if column.subject:
        return WordColumn(subjects)
    if pa.types.is_date(column.type):
        return DayColumn(absent=OPEN if column.name == "valid_to" else UNKNOWN)
    if pa.types.is_boolean(column.type):
        return FlagColumn()
    if pa.types.is_integer(column.type):
        return IntColumn()
    return TextColumn() if column.many else WordColumn(words)
