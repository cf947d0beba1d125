"""The list numbers nothing: an entry is named by its day."""

import pyarrow as pa
import pyarrow.compute as pc

from loaders.interpret import Parsed

_NOTES = {
    "parent": "Parent",
    "alias": "Alias",
    "previous": "Formerly",
    "note": "Note",
}


def derive(parsed: Parsed) -> None:
    """Add `document`, the day of listing, and `content`, what else the row says.

    Entries come again after a delisting, so the name alone is no key.
    """
    days = parsed.column("begins").cast("string")
    parsed.columns["document"] = pc.binary_join_element_wise("entry of", days, " ")
    columns = {word: parsed.column(name).to_pylist() for name, word in _NOTES.items()}
    told = [
        "; ".join(
            f"{word}: {text}" for word, text in zip(columns, row, strict=True) if text
        )
        for row in zip(*columns.values(), strict=True)
    ]
    parsed.columns["content"] = pa.array([t or None for t in told], pa.string())
