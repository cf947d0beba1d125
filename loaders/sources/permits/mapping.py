"""Permits: certificate and content as they are shown, and the field they are about."""

import pyarrow as pa
import pyarrow.compute as pc

from loaders.counterparts import check_counterparts, name_authority
from loaders.interpret import Parsed
from loaders.licences import fields_of
from loaders.texts import joined


def derive(parsed: Parsed) -> None:
    """Add `authority`, `supplier`, `licence`, `content`, `field`, `from_day`.

    The kind of permit (普通, 特许 …) has no column of its own in a record; it stands
    in front of what is permitted.
    """
    name_authority(parsed)
    check_counterparts(parsed)
    certificate = parsed.column("certificate")
    parsed.columns["licence"] = joined(
        certificate, parsed.column("certificate_number"), " "
    )
    parsed.columns["content"] = joined(
        parsed.column("permit_kind_written"), parsed.column("permitted"), "："
    )
    parsed.columns["from_day"] = pc.coalesce(
        parsed.column("begins").cast(pa.date32()),
        parsed.column("decided_on").cast(pa.date32()),
    )
    parsed.columns["field"] = pc.coalesce(
        parsed.column("named_field"),
        fields_of(certificate),
        fields_of(parsed.column("title")),
    )
