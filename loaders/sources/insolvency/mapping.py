"""From which day a company is bankrupt, or its plan approved; until when to perform."""

from datetime import timedelta

import pyarrow as pa
import pyarrow.compute as pc

from graph.vocabulary import RecordKind
from loaders.interpret import Parsed
from loaders.listing import say


def derive(parsed: Parsed) -> None:
    """Add what was decided with its period, `due_on` (the plan's last day), a text."""
    kinds = parsed.column("kind")
    declared, approved, closed, performed, after = (
        parsed.column(name).cast(pa.date32())
        for name in (
            "declared_on",
            "approved_on",
            "closed_on",
            "performed_on",
            "performed_by",
        )
    )
    liquidated = pc.is_in(kinds, value_set=pa.array([RecordKind.INSOLVENCY.value]))
    decided = pc.if_else(liquidated, declared, approved)
    parsed.columns["decided_on"] = decided
    parsed.columns["decided_kind"] = pc.if_else(decided.is_valid(), kinds, None)
    carried_out = pc.coalesce(performed, after)
    parsed.columns["decided_to"] = pc.if_else(liquidated, closed, carried_out)
    days = [None if d is None else d - timedelta(days=1) for d in after.to_pylist()]
    parsed.columns["due_on"] = pa.array(days, pa.date32())
    say(parsed, "content", applicant="申请人", administrator="管理人")
