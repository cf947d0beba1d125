"""Who evaluated, and under which number: scheme and period name an evaluation."""

import pyarrow.compute as pc

from loaders.interpret import Parsed


def derive(parsed: Parsed) -> None:
    """Add `authority` and `document`."""
    parsed.columns["authority"] = pc.coalesce(
        parsed.column("authority_code"), parsed.column("authority_name")
    )
    named = pc.binary_join_element_wise(
        parsed.column("scheme"), parsed.column("period"), " "
    )
    parsed.columns["document"] = pc.coalesce(parsed.column("number"), named)
