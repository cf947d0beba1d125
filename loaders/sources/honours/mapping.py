"""Who was honoured, under which number, and until when the honour is held."""

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from loaders.interpret import Parsed
from loaders.issues import Fault, Reason
from loaders.listing import name_authority, say, tell
from loaders.mixed_codes import sort_codes

_NO_DAY: Final = Fault(
    Reason.MISSING,
    "有撤销原因而无撤销日期",
    "has a reason of revocation but no day",
    "补填撤销日期",
    "give the day",
)


def derive(parsed: Parsed) -> None:
    """Add the codes, `authority`, `document`, `ends`, `content` and `told`."""
    sort_codes(parsed, "code", "certificate", kind="subject_kind")
    parsed.columns["id_number"] = pc.coalesce(
        parsed.column("certificate"), parsed.column("code")
    )
    name_authority(parsed)
    # Without a number, the title and the day tell one honour from another.
    day = parsed.column("decided_on").cast(pa.string())
    made = pc.binary_join_element_wise(parsed.column("title"), day, " ")
    parsed.columns["document"] = pc.coalesce(parsed.column("number"), made)
    revoked = parsed.column("revoked_on").cast(pa.date32())
    parsed.columns["ends"] = pc.min_element_wise(
        parsed.column("expires").cast(pa.date32()), revoked
    )
    say(parsed, "content", level="荣誉级别", cause="表彰事由")
    say(parsed, "told", revoked_for="撤销原因", revoked_by="撤销文号")
    undated = pc.and_(parsed.column("revoked_for").is_valid(), revoked.is_null())
    tell(parsed, "revoked_on", undated, _NO_DAY)
