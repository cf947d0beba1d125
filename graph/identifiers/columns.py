"""Whole columns of codes at once: Arrow strings in, one fault number a row out.

The rows are read from the Arrow buffers where they lie; no Python object is made for
any of them. A column of another type than text is refused: once a code has been read
as a number its leading zeros are lost.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from graph.errors import BadInput
from graph.identifiers import kernels
from graph.identifiers.faults import CodeFault
from graph.identifiers.normal import LONGEST, PLACEHOLDER_WORDS, SPACES
from graph.identifiers.resident import (
    EARLIEST_BIRTH_YEAR,
    RESIDENT_CHECKS,
    RESIDENT_WEIGHTS,
)
from graph.identifiers.uscc import (
    ORGANIZATION_ALPHABET,
    ORGANIZATION_CHECKS,
    ORGANIZATION_WEIGHTS,
    USCC_ALPHABET,
    USCC_WEIGHTS,
)

Faults = NDArray[np.uint8]
Column: TypeAlias = pa.Array | pa.ChunkedArray


def check_uscc_column(column: Column) -> Faults:
    """Return for each row the `CodeFault` number that `check_uscc` would name.

    Args:
        column: strings (also large, sliced, chunked or dictionary-encoded).

    Raises:
        BadInput: the column does not hold text.
    """

    def check(text: kernels.Text, out: Faults) -> None:
        kernels.uscc_faults(text, _READING, _USCC, out)

    return _checked(column, check)


def check_resident_id_column(column: Column, *, as_of: date) -> Faults:
    """Return for each row the `CodeFault` number that `check_resident_id` would name.

    Args:
        column: strings (also large, sliced, chunked or dictionary-encoded).
        as_of: a birth date after this day is a fault.

    Raises:
        BadInput: the column does not hold text.
    """
    day = as_of.year * 10000 + as_of.month * 100 + as_of.day
    rule = kernels.ResidentRule(
        _table(RESIDENT_WEIGHTS), _codes(RESIDENT_CHECKS), EARLIEST_BIRTH_YEAR, day
    )

    def check(text: kernels.Text, out: Faults) -> None:
        kernels.resident_faults(text, _READING, rule, out)

    return _checked(column, check)


def warm_up() -> None:
    """Compile the kernels, or load them from Numba's cache, before the first file."""
    one = pa.array([""])
    check_uscc_column(one)
    check_resident_id_column(one, as_of=date.min)


def _checked(column: Column, check: Callable[[kernels.Text, Faults], None]) -> Faults:
    faults = np.empty(len(column), np.uint8)
    start = 0
    for array in _arrays(column):
        part = faults[start : start + len(array)]
        start += len(array)
        if pa.types.is_dictionary(array.type):
            words = _checked(array.dictionary, check)
            part[:] = _of_indices(words, array.indices)
        elif len(array):
            check(_buffers(array), part)
    return faults


def _of_indices(words: Faults, indices: pa.Array) -> Faults:
    """Return the fault of each row's word; a null row reads as an empty one."""
    with_null = np.append(words, np.uint8(CodeFault.EMPTY))
    rows = indices.cast(pa.int64()).fill_null(len(words))
    found: Faults = with_null[rows.to_numpy(zero_copy_only=False)]
    return found


def _arrays(column: Column) -> Iterator[pa.Array]:
    chunks = column.chunks if isinstance(column, pa.ChunkedArray) else [column]
    for chunk in chunks:
        kind = chunk.type
        if (
            pa.types.is_string(kind)
            or pa.types.is_large_string(kind)
            or (pa.types.is_dictionary(kind) and _is_text(kind.value_type))
        ):
            yield chunk
        elif _is_text(kind) or pa.types.is_null(kind):
            yield chunk.cast(pa.large_string())
        else:
            raise BadInput(
                f"代码须作为文字读入，这一列却是 {kind}。",
                f"Codes must be read as text; this column holds {kind}.",
                hint_zh="读取文件前把该列声明为文字（string）。",
                hint_en="Declare the column as string before reading the file.",
            )


def _is_text(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_string(kind)
        or pa.types.is_large_string(kind)
        or pa.types.is_string_view(kind)
    )


def _buffers(array: pa.Array) -> kernels.Text:
    validity, offsets, data = array.buffers()
    wide = np.int64 if pa.types.is_large_string(array.type) else np.int32
    ends = np.frombuffer(offsets, wide)[array.offset : array.offset + len(array) + 1]
    # One width and one access mode of each buffer, so that one kernel is compiled.
    return kernels.Text(
        _frozen(data),
        _read_only(ends.astype(np.int64)),
        _frozen(validity),
        array.offset,
    )


def _frozen(buffer: pa.Buffer | None) -> Faults:
    if buffer is None or buffer.size == 0:
        return _read_only(np.empty(0, np.uint8))
    return _read_only(np.frombuffer(buffer, np.uint8))


def _read_only(array: NDArray[Any]) -> NDArray[Any]:
    array.flags.writeable = False
    return array


def _table(values: tuple[int, ...]) -> NDArray[np.int64]:
    return np.array(values, np.int64)


def _codes(text: str) -> NDArray[np.int64]:
    return _table(tuple(map(ord, text)))


def _values(alphabet: str) -> NDArray[np.int64]:
    table = np.full(256, -1, np.int64)
    table[_codes(alphabet)] = np.arange(len(alphabet))
    return table


def _words() -> NDArray[np.int64]:
    longest = max(map(len, PLACEHOLDER_WORDS))
    table = np.zeros((len(PLACEHOLDER_WORDS), longest + 1), np.int64)
    for row, word in zip(table, PLACEHOLDER_WORDS, strict=True):
        row[0] = len(word)
        row[1 : len(word) + 1] = _codes(word)
    return table


_READING = kernels.Reading(_codes(SPACES), _words(), LONGEST)
_USCC = kernels.UsccRule(
    _values(USCC_ALPHABET),
    _table((*USCC_WEIGHTS, 1)),
    _values(ORGANIZATION_ALPHABET),
    _table(ORGANIZATION_WEIGHTS),
    _codes(ORGANIZATION_CHECKS),
)
