"""What a complaint is about and came to; nothing of whoever made it."""

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from loaders.interpret import Parsed
from loaders.issues import Fault, Reason
from loaders.listing import say

_TOO_EARLY: Final = Fault(
    Reason.PERIOD,
    "早于登记",
    "lies before the day on which it was made",
    "核对两个日期",
    "compare the two days",
)
_MOBILE: Final = r"(^|[^0-9])(1[3-9][0-9])[- ]?[0-9]{4}[- ]?([0-9]{4})\b"


def derive(parsed: Parsed) -> None:
    """Add `content` and `facts_text`; set aside what was closed before it was made.

    Complainants write their telephone numbers into the text: they are masked.
    """
    made = parsed.column("registered_on").cast(pa.date32())
    for name in ("decided_on", "due_on"):
        early = pc.less(parsed.column(name).cast(pa.date32()), made)
        parsed.report_where(early, name, _TOO_EARLY)
    say(
        parsed,
        "content",
        topic="问题类别",
        object="客体类别",
        result="处理结果",
        recovered="挽回经济损失（元）",
    )
    parsed.columns["facts_text"] = pc.replace_substring_regex(
        parsed.column("told"), _MOBILE, r"\1\2****\3"
    )
