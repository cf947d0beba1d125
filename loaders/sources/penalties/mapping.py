"""Penalties that impose a measure, and the field that a revoked permit is about."""

import pyarrow.compute as pc

from loaders.counterparts import name_authority
from loaders.interpret import Parsed
from loaders.licences import fields_of, imposed_by


def derive(parsed: Parsed) -> None:
    """Add `authority`, `supplier`, `imposed` and `field`."""
    name_authority(parsed)
    parsed.columns["imposed"] = imposed_by(parsed.column("kinds"), parsed.law)
    parsed.columns["field"] = pc.coalesce(
        parsed.column("named_field"), fields_of(parsed.column("licence"))
    )
