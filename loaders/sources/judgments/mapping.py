"""The court: its code where it is sent, else its name."""

import pyarrow.compute as pc

from loaders.interpret import Parsed


def derive(parsed: Parsed) -> None:
    """Add `authority`."""
    parsed.columns["authority"] = pc.coalesce(
        parsed.column("authority_code"), parsed.column("authority_name")
    )
