"""Making columns of text from columns of numbers, without a loop over rows."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from loaders.synthetic.draw import Flags, Ints

LONG_TERM = "2099-12-31"
"""What official forms write for an end that is open."""

NO_DAY = np.iinfo(np.int64).min
"""A day that is not known; written as an empty cell."""


def look_up(words: Sequence[str], positions: Ints) -> pa.Array:
    """Return the word at each position."""
    return pa.array(words, pa.string()).take(pa.array(positions))


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
    return glue(numbers(hundredths // 100), ".", numbers(hundredths % 100, 2))


def days(values: Ints) -> pa.Array:
    """Return days since 1970 as YYYY-MM-DD; NO_DAY becomes an empty cell."""
    known = values != NO_DAY
    dates = np.where(known, values, 0).astype("datetime64[D]")
    return blank_unless(known, pc.cast(pa.array(dates), pa.string()))


def blank_unless(kept: Flags, column: pa.Array) -> pa.Array:
    """Return the column with empty cells where `kept` is False."""
    return pc.if_else(pa.array(kept), column, "")


def grouped_by(keys: NDArray[np.int64]) -> tuple[Ints, Ints]:
    """Return the order that groups equal keys, and each row's place in its group."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    starts = np.concatenate(([True], ordered[1:] != ordered[:-1]))
    first = np.maximum.accumulate(np.where(starts, np.arange(len(keys)), 0))
    return order.astype(np.int64), np.arange(len(keys)) - first
