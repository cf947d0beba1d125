"""Which company an agreement is about, which document says so, from when to when."""

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from loaders.interpret import Parsed
from loaders.issues import Fault, Reason
from loaders.listing import say, tell

_DAY: Final = pa.date32()
_NO_DOCUMENT: Final = Fault(
    Reason.MISSING,
    "既无协议文号，也无协议名称和签署日期",
    "has neither a number nor a name and a day of signature",
    "补填协议文号，或者名称和签署日期",
    "give the number, or the name and the day of signature",
)


def derive(parsed: Parsed) -> None:
    """Add `about`, `document`, `begins`, `ends` and `content`."""
    codes = parsed.column("about_uscc")
    parsed.columns["about"] = pc.binary_join_element_wise("org:", codes, "")
    signed = parsed.column("signed_on").cast(pa.string())
    named = pc.binary_join_element_wise(parsed.column("title"), signed, " ")
    document = pc.coalesce(parsed.column("number"), named)
    tell(parsed, "number", document.is_null(), _NO_DOCUMENT)
    parsed.columns["document"] = document
    days = {
        name: parsed.column(name).cast(_DAY)
        for name in ("told_begin", "signed_on", "told_end", "dissolved_on")
    }
    parsed.columns["begins"] = pc.coalesce(days["told_begin"], days["signed_on"])
    parsed.columns["ends"] = pc.min_element_wise(days["told_end"], days["dissolved_on"])
    say(parsed, "content", title="", terms="", votes_written="合计表决权")
