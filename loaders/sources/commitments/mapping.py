"""Commitments: who promised, where, what became of it, and who may know."""

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from graph.vocabulary import Outcome
from loaders.interpret import Parsed
from loaders.issues import Fault, Reason
from loaders.listing import say, tell
from loaders.mixed_codes import sort_codes
from loaders.texts import joined

_CODE: Final = r"^(?P<region>[1-9]\d{5})(?P<day>\d{8})\d{6}$"
_BREACH: Final = (Outcome.PARTLY_FULFILLED.value, Outcome.UNFULFILLED.value)
_ODD_CODE: Final = Fault(
    Reason.CODE,
    "承诺编码不是“行政区划6位、作出日期8位、流水号6位”，不据以认定行政区划",
    "the code is not region (6), day (8) and serial (6); no region is taken from it",
    "按标准编码",
    "number it as the standard says",
    fatal=False,
)
_OTHER_DAY: Final = Fault(
    Reason.DAY,
    "承诺编码中的日期与承诺作出日期不同",
    "the day within the code is not the day of the commitment",
    "核对编码与日期",
    "compare code and day",
    fatal=False,
)
_JUDGED_BEFORE: Final = Fault(
    Reason.PERIOD,
    "履行状态的认定早于承诺作出",
    "the fulfilment was judged before the commitment was made",
    "核对两个日期",
    "compare the two days",
)
_UNEXPLAINED: Final = Fault(
    Reason.MISSING,
    "未全部履行的，此项必填",
    "is required unless everything was fulfilled",
    "补填后重新报送",
    "fill it in",
)


def derive(parsed: Parsed) -> None:
    """Add the codes, `region`, `public`, `title`, `content` and `told`."""
    sort_codes(parsed, "identifier", kind="subject_kind")
    _read_code(parsed)
    _explain(parsed)
    parsed.columns["public"] = pc.equal(parsed.column("publication"), "open")
    parsed.columns["title"] = joined(
        parsed.column("type"), parsed.column("reason"), "："
    )
    parsed.columns["content"] = joined(
        parsed.column("promise"), parsed.column("liability"), "；违诺责任："
    )
    say(
        parsed,
        "told",
        unperformed="未履行的承诺内容",
        pursued="违诺责任追究",
        judged_by="认定单位",
        judged_on="认定日期",
    )


def _read_code(parsed: Parsed) -> None:
    """Add the region in which each commitment was received; check the day."""
    code = parsed.column("code")
    parts = pc.extract_regex(code, _CODE)
    parsed.columns["region"] = pc.struct_field(parts, "region")
    day = pc.strftime(parsed.column("made_on").cast(pa.date32()), "%Y%m%d")
    tell(parsed, "code", pc.and_(code.is_valid(), parts.is_null()), _ODD_CODE)
    tell(parsed, "code", pc.not_equal(pc.struct_field(parts, "day"), day), _OTHER_DAY)


def _explain(parsed: Parsed) -> None:
    """Set aside what was broken without saying so, or judged before it was made."""
    broken = pc.is_in(parsed.column("status"), value_set=pa.array(_BREACH))
    for name in ("unperformed", "pursued"):
        untold = pc.and_(broken, parsed.column(name).is_null())
        tell(parsed, name, untold, _UNEXPLAINED)
    made = parsed.column("made_on").cast(pa.date32())
    judged = parsed.column("judged_on").cast(pa.date32())
    tell(parsed, "judged_on", pc.less(judged, made), _JUDGED_BEFORE)
