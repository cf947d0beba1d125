"""A row with a person's name suspends for him alone, without one for everybody."""

import pyarrow.compute as pc

from loaders.interpret import Parsed


def derive(parsed: Parsed) -> None:
    """Add `whom_kind`: person where a name stands, organization elsewhere."""
    named = parsed.column("name").is_valid()
    parsed.columns["whom_kind"] = pc.if_else(named, "person", "organization")
