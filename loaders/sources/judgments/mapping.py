"""The court, the amount whatever the unit of its column, and a text."""

import pyarrow.compute as pc

from graph.schema import MONEY
from loaders.interpret import Parsed
from loaders.listing import name_authority, say


def derive(parsed: Parsed) -> None:
    """Add `authority`, `amount` and `content`."""
    name_authority(parsed)
    parsed.columns["amount"] = pc.coalesce(
        parsed.column("amount_yuan").cast(MONEY),
        parsed.column("amount_wan").cast(MONEY),
    )
    say(parsed, "content", ruling="", filed_on="立案日期")
