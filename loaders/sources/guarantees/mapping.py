"""The amount in yuan whatever the unit of its column, and the day a guarantee is over."""

import pyarrow as pa
import pyarrow.compute as pc

from graph.schema import MONEY
from loaders.interpret import Parsed
from loaders.listing import say


def derive(parsed: Parsed) -> None:
    """Add `amount`, `over` (the earlier of both ends), `lent` and `content`."""
    columns = parsed.columns
    columns["amount"] = pc.coalesce(
        parsed.column("amount_yuan").cast(MONEY),
        parsed.column("amount_wan").cast(MONEY),
    )
    columns["over"] = pc.min_element_wise(
        parsed.column("ends").cast(pa.date32()),
        parsed.column("released").cast(pa.date32()),
    )
    # A creditor known by name only would be somebody else in every contract.
    columns["lent"] = parsed.column("creditor_uscc")
    say(parsed, "content", manner="", contract="主合同", creditor_name="债权人")
