"""Who gave it, under which number, and until when it is held."""

import pyarrow as pa
import pyarrow.compute as pc

from loaders.interpret import Parsed


def derive(parsed: Parsed) -> None:
    """Add `authority`, `document` (number, else title and day) and `ends`."""
    parsed.columns["authority"] = pc.coalesce(
        parsed.column("authority_code"), parsed.column("authority_name")
    )
    day = parsed.column("decided_on").cast(pa.string())
    made = pc.binary_join_element_wise(parsed.column("title"), day, " ")
    parsed.columns["document"] = pc.coalesce(parsed.column("number"), made)
    parsed.columns["ends"] = pc.min_element_wise(
        parsed.column("expires").cast(pa.date32()),
        parsed.column("revoked_on").cast(pa.date32()),
    )
