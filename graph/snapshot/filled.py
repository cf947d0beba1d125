"""Which columns of a fact have a value: one bit a column, also of those not kept.

The texts that the snapshot leaves in the journal can so be counted as there or missing
without reading them again.
"""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from graph.schema import FactSchema

Bits = npt.NDArray[np.uint64]


def bit_of(schema: FactSchema, column: str) -> np.uint64:
    """Return the bit of a column; a schema only grows at its end or in a new version.

    Raises:
        KeyError: the kind has no such column.
    """
    place = schema.columns.index(schema.column(column))
    return np.uint64(1) << np.uint64(place)


def filled_bits(schema: FactSchema, page: pa.Table) -> Bits:
    """Return, per row of a page, the bits of the columns that say something.

    An empty text and an empty list say nothing.
    """
    bits = np.zeros(page.num_rows, np.uint64)
    for column in schema.columns:
        values = page[column.name]
        if values.null_count < page.num_rows:
            says = _says(values)
            bits |= bit_of(schema, column.name) * says
    return bits


def _says(values: pa.ChunkedArray) -> npt.NDArray[np.bool_] | np.uint64:
    if not (values.null_count or pa.types.is_nested(values.type) or _is_text(values)):
        return np.uint64(1)
    if _is_text(values):
        there = pc.greater(pc.binary_length(values), 0)
    elif pa.types.is_list(values.type):
        there = pc.greater(pc.list_value_length(values), 0)
    else:
        there = values.is_valid()
    flags: npt.NDArray[np.bool_] = there.fill_null(False).to_numpy()  # noqa: FBT003  # Arrow takes it by position
    return flags


def _is_text(values: pa.ChunkedArray) -> bool:
    return bool(pa.types.is_string(values.type))
