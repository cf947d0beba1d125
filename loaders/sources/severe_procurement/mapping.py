"""The procurement list: an entry stands from its publication, else from the penalty."""

import pyarrow as pa
import pyarrow.compute as pc

from loaders.interpret import Parsed
from loaders.listing import enter, leave, name_authority, number_entries, tell_undated
from loaders.mixed_codes import sort_codes

_LIST = "government_procurement"


def derive(parsed: Parsed) -> None:
    """Add the codes, the document, the day of entry, the list and the exit."""
    sort_codes(parsed, "code")
    name_authority(parsed, of_list=_LIST)
    parsed.columns["listed_on"] = pc.coalesce(
        parsed.column("published_on").cast(pa.date32()),
        parsed.column("decided_on").cast(pa.date32()),
    )
    number_entries(parsed, "listed_on")
    enter(parsed, _LIST)
    leave(parsed)
    tell_undated(parsed)
