"""Lists and measures: what an entry imposes, and when and why it ends."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph.schema import WORDS
from graph.vocabulary import EndReason
from loaders.interpret import Parsed
from loaders.issues import Fault, Reason

_NEITHER = Fault(
    Reason.NO_BASIS,
    "既无名单也无措施，不构成惩戒",
    "names neither a list nor a measure, so it sanctions nobody",
    "填名单名称或惩戒措施",
    "give the list or the measure",
)
_EXIT_WITHOUT_REASON = Fault(
    Reason.MISSING,
    "有移出日期而无移出原因；不同的原因终止的后果不同",
    "has a day of exit but no reason, and the reason decides what ends",
    "补填移出原因",
    "give the reason",
)


def derive(parsed: Parsed) -> None:
    """Add `authority`, `imposed`, `ends` and `end_reason`."""
    parsed.columns["authority"] = pc.coalesce(
        parsed.column("authority_code"), parsed.column("authority_name")
    )
    _impose(parsed)
    _end(parsed)


def _impose(parsed: Parsed) -> None:
    """Join the measures on the row with those that the list brings by law."""
    lists = parsed.column("list").to_pylist()
    named = parsed.column("measures").to_pylist()
    imposed = []
    for row, (key, measures) in enumerate(zip(lists, named, strict=True)):
        by_law = parsed.law.lists[key].measures if key else ()
        imposed.append(sorted({*(measures or ()), *by_law}))
        if not key and not measures and not parsed.bad[row]:
            parsed.report(row, "名单名称", _NEITHER, value="")
    parsed.columns["imposed"] = pa.array(imposed, WORDS)


def _end(parsed: Parsed) -> None:
    exited = parsed.column("exited").cast(pa.date32())
    expires = parsed.column("expires").cast(pa.date32())
    reasons = parsed.column("exit_reason")
    unexplained = pc.and_(exited.is_valid(), reasons.is_null())
    for row in np.flatnonzero(unexplained.to_numpy(zero_copy_only=False)).tolist():
        parsed.report(row, "移出原因", _EXIT_WITHOUT_REASON, value="")
    parsed.columns["ends"] = pc.coalesce(exited, expires)
    by_term = pc.if_else(
        pc.and_(expires.is_valid(), exited.is_null()),
        pa.scalar(EndReason.EXPIRY.value),
        pa.scalar(None, pa.string()),
    )
    parsed.columns["end_reason"] = pc.coalesce(reasons, by_term)
