"""Making columns of text from columns of numbers, without a loop over rows."""

from collections.abc import Sequence
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from loaders.synthetic.draw import Flags, Ints

LONG_TERM = "2099-12-31"
"""What official forms write for an end that is open."""

NO_DAY = np.iinfo(np.int64).min
"""A day that is not known; written as an empty cell."""

_FIRST_DAY = int(np.datetime64("1950-01-01", "D").astype(np.int64))
_LAST_DAY = int(np.datetime64("2100-01-01", "D").astype(np.int64))


def look_up(words: Sequence[str] | pa.Array, positions: Ints) -> pa.Array:
    """Return the word at each position."""
    known = words if isinstance(words, pa.Array) else pa.array(words, pa.string())
    return known.take(pa.array(positions))


def glue(*parts: pa.Array | str) -> pa.Array:
    """Return the parts of each row joined without a separator."""
    return pc.binary_join_element_wise(*parts, "")


def constant(word: str, count: int) -> pa.Array:
    """Return a column with the same word in every row."""
    return pa.repeat(word, count)


def numbers(values: Ints, width: int = 0) -> pa.Array:
    """Return whole numbers as text, with leading zeros up to `width`."""
    text = pc.cast(pa.array(values), pa.string())
    return pc.utf8_lpad(text, width, "0") if width else text


def amounts(hundredths: Ints) -> pa.Array:
    """Return hundredths as text with two decimals."""
    cents = look_up(_two_digits(), hundredths % 100)
    return glue(numbers(hundredths // 100), ".", cents)


@cache
def _two_digits() -> pa.Array:
    return pa.array([f"{n:02}" for n in range(100)])


@cache
def _calendar() -> pa.Array:
    """Return every day that can occur as YYYY-MM-DD, and an empty text at the end."""
    span = np.arange(_FIRST_DAY, _LAST_DAY).astype("datetime64[D]")
    return pa.concat_arrays([pc.cast(pa.array(span), pa.string()), pa.array([""])])


def days(values: Ints) -> pa.Array:
    """Return days since 1970 as YYYY-MM-DD; NO_DAY becomes an empty cell."""
    at = np.where(values != NO_DAY, values - _FIRST_DAY, _LAST_DAY - _FIRST_DAY)
    return _calendar().take(pa.array(at))


def years(values: Ints) -> Ints:
    """Return the years of days since 1970."""
    year = values.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64)
    return year + 1970


def blank_unless(kept: Flags, column: pa.Array | str) -> pa.Array:
    """Return the column with empty cells where `kept` is False."""
    return pc.if_else(pa.array(kept), column, "")


def grouped_by(keys: NDArray[np.int64]) -> tuple[Ints, Ints]:
    """Return the order that groups equal keys, and each row's place in its group."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    starts = np.ones(len(keys), dtype=np.bool_)
    starts[1:] = ordered[1:] != ordered[:-1]
    first = np.maximum.accumulate(np.where(starts, np.arange(len(keys)), 0))
    return order.astype(np.int64), np.arange(len(keys)) - first


def serials(series: Ints) -> Ints:
    """Return each row's number within its series, counted from 1 in row order."""
    order, place = grouped_by(series)
    serial = np.empty(len(series), dtype=np.int64)
    serial[order] = place + 1
    return serial
