"""Who inspected, under which number: where none is sent, day and matter name it."""

import pyarrow as pa
import pyarrow.compute as pc

from loaders.interpret import Parsed


def derive(parsed: Parsed) -> None:
    """Add `authority`, `document` and `supplier`."""
    name = parsed.column("authority_name")
    parsed.columns["authority"] = pc.coalesce(parsed.column("authority_code"), name)
    parsed.columns["supplier"] = pc.coalesce(parsed.column("department"), name)
    matter = pc.coalesce(parsed.column("plan"), parsed.column("content"), "")
    day = parsed.column("decided_on").cast(pa.string())
    made = pc.binary_join_element_wise(parsed.column("title"), matter, day, " ")
    parsed.columns["document"] = pc.coalesce(parsed.column("number"), made)
