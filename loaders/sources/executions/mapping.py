"""The amount whatever the unit of its column, and who asked for enforcement."""

import pyarrow.compute as pc

from graph.schema import MONEY
from loaders.interpret import Parsed
from loaders.listing import say


def derive(parsed: Parsed) -> None:
    """Add `amount` and `content`."""
    parsed.columns["amount"] = pc.coalesce(
        parsed.column("amount_yuan").cast(MONEY),
        parsed.column("amount_wan").cast(MONEY),
    )
    say(parsed, "content", applicant="申请执行人")
