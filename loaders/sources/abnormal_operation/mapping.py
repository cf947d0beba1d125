"""Abnormal operation: a record from entry to exit, and never a sanction."""

import pyarrow.compute as pc

from loaders.interpret import Parsed
from loaders.listing import NO_DAY, name_authority, number_entries, say, tell


def derive(parsed: Parsed) -> None:
    """Add the document, and what the row says of the exit."""
    name_authority(parsed)
    number_entries(parsed, "listed_on", "title")
    there, gone = parsed.column("exit_reason").is_valid(), parsed.column("exited")
    tell(parsed, "exited", pc.and_(there, gone.is_null()), NO_DAY)
    say(
        parsed,
        "content",
        exit_reason="移出原因",
        exit_authority="移出决定机关",
        exit_document="移出决定文书号",
    )
