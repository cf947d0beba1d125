"""Self-declared records: what was sworn and reviewed, and who may see it by then."""

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from graph.schema import MONEY
from graph.vocabulary import ReviewState, SubjectKind
from loaders.interpret import Parsed
from loaders.issues import Fault, Reason
from loaders.listing import name_authority, say, tell

_NOT_SWORN: Final = Fault(
    Reason.MISSING,
    "申报主体没有承诺信息真实，不予归集",
    "the subject has not sworn that it is true; it is not taken",
    "由申报主体承诺真实后重新报送",
    "send it again once the subject has sworn",
)
_TWO_AMOUNTS: Final = Fault(
    Reason.NUMBER,
    "以元和以万元写的金额不同",
    "the amounts in yuan and in 10 000 yuan differ",
    "只写一个金额",
    "give one amount",
)
_REVIEWED_BEFORE: Final = Fault(
    Reason.PERIOD,
    "审核早于申报",
    "was reviewed before it was declared",
    "核对两个日期",
    "compare the two days",
)


def derive(parsed: Parsed) -> None:
    """Add `authority`, `amount`, `told` and `public`."""
    name_authority(parsed)
    say(
        parsed,
        "told",
        proof="佐证材料",
        reviewed_on="审核日期",
        opinion="审核意见",
        shown_from="公示起始日期",
        shown_to="公示截止日期",
        objection="异议情况",
    )
    uncontested = pc.equal(parsed.column("review"), ReviewState.UNCONTESTED.value)
    person = pc.equal(parsed.column("kind"), SubjectKind.PERSON.value)
    parsed.columns["public"] = pc.and_(uncontested, pc.invert(person))
    yuan, wan = (parsed.column(name).cast(MONEY) for name in ("yuan", "wan"))
    parsed.columns["amount"] = pc.coalesce(yuan, wan)
    tell(parsed, "wan", pc.not_equal(yuan, wan), _TWO_AMOUNTS)
    sworn = parsed.column("sworn").cast(pa.bool_())
    tell(parsed, "sworn", pc.invert(sworn), _NOT_SWORN)
    declared = parsed.column("decided_on").cast(pa.date32())
    reviewed = parsed.column("reviewed_on").cast(pa.date32())
    tell(parsed, "reviewed_on", pc.less(reviewed, declared), _REVIEWED_BEFORE)
