"""Penalties that impose a measure, and the field that a revoked permit is about."""

import pyarrow as pa
import pyarrow.compute as pc

from graph.schema import WORDS
from loaders.counterparts import name_authority
from loaders.interpret import Parsed
from loaders.licences import fields_of


def derive(parsed: Parsed) -> None:
    """Add `authority`, `supplier`, `imposed` and `field`.

    A kind of penalty that is also a measure of the law book is a sanction; a fine or
    a warning is a record only.
    """
    name_authority(parsed)
    kinds = parsed.column("kinds").to_pylist()
    imposed = [
        [k for k in row or () if k in parsed.law.measures] or None for row in kinds
    ]
    parsed.columns["imposed"] = pa.array(imposed, WORDS)
    parsed.columns["field"] = pc.coalesce(
        parsed.column("named_field"), fields_of(parsed.column("licence"))
    )
