"""Who acted and who supplied the row: the code where it is sent, else the name."""

import pyarrow.compute as pc

from loaders.interpret import Parsed


def derive(parsed: Parsed) -> None:
    """Add `authority` and `supplier`."""
    name = parsed.column("authority_name")
    parsed.columns["authority"] = pc.coalesce(parsed.column("authority_code"), name)
    parsed.columns["supplier"] = pc.coalesce(parsed.column("department"), name)
