"""Who inspected, under which number, and what was found in the words of the form."""

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from loaders.counterparts import check_counterparts, name_authority
from loaders.interpret import Parsed
from loaders.issues import Fault, Reason
from loaders.texts import joined

_DUE_BEFORE: Final = Fault(
    Reason.PERIOD,
    "早于检查日期",
    "is due before the inspection took place",
    "核对两个日期",
    "compare the two days",
)


def derive(parsed: Parsed) -> None:
    """Add `authority`, `supplier`, `document` and `facts_text`.

    Where no number is sent, kind, task or plan, matter, and day tell inspections of
    one subject apart. Several results of the form are one outcome; its words stay.
    """
    name_authority(parsed)
    check_counterparts(parsed)
    inspected = parsed.column("decided_on").cast(pa.date32())
    due = parsed.column("due_on").cast(pa.date32())
    parsed.report_where(pc.less(due, inspected), "due_on", _DUE_BEFORE)
    made = parsed.column("title")
    task = pc.coalesce(parsed.column("task"), parsed.column("plan"))
    for part in (task, parsed.column("content"), inspected.cast(pa.string())):
        made = joined(made, part, " ")
    parsed.columns["document"] = pc.coalesce(parsed.column("number"), made)
    parsed.columns["facts_text"] = joined(
        parsed.column("result"), parsed.column("problem"), "："
    )
