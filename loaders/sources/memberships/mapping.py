"""Members of associations: as what, and until when."""

import pyarrow as pa
import pyarrow.compute as pc

from loaders.interpret import Parsed
from loaders.listing import say


def derive(parsed: Parsed) -> None:
    """Add `ends` (the earlier of both ends) and `content`."""
    parsed.columns["ends"] = pc.min_element_wise(
        parsed.column("left").cast(pa.date32()),
        parsed.column("expires").cast(pa.date32()),
    )
    say(parsed, "content", post="", term="届次", cause="退会原因")
