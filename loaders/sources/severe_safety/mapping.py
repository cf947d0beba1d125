"""The work-safety list: units, and people who work in them."""

import pyarrow.compute as pc

from loaders.interpret import Parsed
from loaders.listing import enter, leave, name_authority, number_entries, tell_undated
from loaders.mixed_codes import sort_codes


def derive(parsed: Parsed) -> None:
    """Add kind and codes of the subject, the document, the list and the exit."""
    kinds = pc.fill_null(parsed.column("named_kind"), "organization")
    parsed.columns["subject_kind"] = kinds
    sort_codes(parsed, "code", kind="subject_kind")
    name_authority(parsed)
    number_entries(parsed, "listed_on")
    enter(parsed, "安全生产严重失信主体")
    leave(parsed)
    tell_undated(parsed)
