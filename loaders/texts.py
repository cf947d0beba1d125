"""Texts of several columns as one."""

import pyarrow as pa
import pyarrow.compute as pc


def joined(first: pa.Array, second: pa.Array, separator: str) -> pa.Array:
    """Return both texts with the separator between; one alone where one is missing.

    Arrow's own `null_handling="skip"` gives fewer rows back where both are null.
    """
    both = pc.binary_join_element_wise(first, second, separator)
    return pc.coalesce(both, first, second)
