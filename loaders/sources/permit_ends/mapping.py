"""Who ended which permit, under which number: else the permit's own names it."""

import pyarrow.compute as pc

from loaders.interpret import Parsed


def derive(parsed: Parsed) -> None:
    """Add `authority`, `document`, `supplier` and `held` (name and number)."""
    name, licence = parsed.column("authority_name"), parsed.column("licence")
    parsed.columns["authority"] = pc.coalesce(parsed.column("authority_code"), name)
    parsed.columns["supplier"] = pc.coalesce(parsed.column("department"), name)
    made = pc.binary_join_element_wise(parsed.column("title"), licence, " ")
    parsed.columns["document"] = pc.coalesce(parsed.column("number"), made)
    named = pc.fill_null(parsed.column("licence_name"), "")
    held = pc.binary_join_element_wise(named, licence, " ")
    parsed.columns["held"] = pc.utf8_trim_whitespace(held)
