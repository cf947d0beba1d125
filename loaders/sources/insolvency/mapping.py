"""From which day a company is bankrupt, or its plan approved; until when to perform."""

from datetime import timedelta

import pyarrow as pa
import pyarrow.compute as pc

from graph.vocabulary import RecordKind
from loaders.interpret import Parsed


def derive(parsed: Parsed) -> None:
    """Add `decided_kind`, `decided_on` and `due_on` (the last day for the plan)."""
    kinds = parsed.column("kind")
    declared, approved, after = (
        parsed.column(name).cast(pa.date32())
        for name in ("declared_on", "approved_on", "performed_by")
    )
    liquidated = pc.is_in(kinds, value_set=pa.array([RecordKind.INSOLVENCY.value]))
    decided = pc.if_else(liquidated, declared, approved)
    parsed.columns["decided_on"] = decided
    parsed.columns["decided_kind"] = pc.if_else(decided.is_valid(), kinds, None)
    days = [None if d is None else d - timedelta(days=1) for d in after.to_pylist()]
    parsed.columns["due_on"] = pa.array(days, pa.date32())
