"""Who permitted what, from which day: the day of the decision where none is named."""

import pyarrow as pa
import pyarrow.compute as pc

from loaders.interpret import Parsed


def derive(parsed: Parsed) -> None:
    """Add `authority`, `supplier`, `title`, `licence` and `from_day`."""
    columns = parsed.columns
    name = parsed.column("authority_name")
    columns["authority"] = pc.coalesce(parsed.column("authority_code"), name)
    columns["supplier"] = pc.coalesce(parsed.column("department"), name)
    columns["title"] = _joined(parsed, "type", "paper")
    columns["licence"] = _joined(parsed, "licence_name", "licence_number")
    columns["from_day"] = pc.coalesce(
        parsed.column("begins").cast(pa.date32()),
        parsed.column("decided_on").cast(pa.date32()),
    )


def _joined(parsed: Parsed, *names: str) -> pa.Array:
    parts = [parsed.column(name).cast(pa.string()) for name in names]
    text = pc.binary_join_element_wise(*parts, " ", null_handling="skip")
    return pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)
