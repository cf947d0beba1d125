"""Working on a column by its distinct values, so that equal cells cost one step."""

from collections.abc import Callable
from typing import TypeAlias

import pyarrow as pa

Column: TypeAlias = pa.Array | pa.ChunkedArray


def as_text(column: Column) -> pa.Array:
    """Return the column as one array of strings; dictionaries become their words."""
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    return column.cast(pa.string())


def by_distinct(column: Column, rename: Callable[[str], str | None]) -> pa.Array:
    """Return the column with `rename` applied once to each distinct value.

    Null stays null and is never passed to `rename`.
    """
    encoded = as_text(column).dictionary_encode()
    words = [rename(word) for word in encoded.dictionary.to_pylist()]
    return pa.array(words, pa.string()).take(encoded.indices)
