"""The list numbers nothing: an entry is named by its day."""

import pyarrow.compute as pc

from loaders.interpret import Parsed


def derive(parsed: Parsed) -> None:
    """Add `document`: the day of listing, since entries come again after delisting."""
    days = parsed.column("begins").cast("string")
    parsed.columns["document"] = pc.binary_join_element_wise("entry of", days, " ")
