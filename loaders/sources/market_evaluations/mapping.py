"""Which institution evaluated, under which number, and until when it holds."""

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from loaders.grades import name_evaluation, read_grade
from loaders.interpret import Parsed
from loaders.issues import Fault, Reason
from loaders.listing import name_authority, say, tell

_ORGANS: Final = r"^11"
_OF_AN_ORGAN: Final = Fault(
    Reason.AUTHORITY,
    "代码是机关的；行政机关的评价不是市场化评价",
    "is the code of a state organ, whose evaluations are not of the market",
    "按行业信用评价报送",
    "send it as an evaluation by departments",
)


def derive(parsed: Parsed) -> None:
    """Add `authority`, `document`, `grade`, `content`, `ends` and `supplier`."""
    name_authority(parsed)
    organs = pc.match_substring_regex(parsed.column("authority_code"), _ORGANS)
    tell(parsed, "authority_code", organs, _OF_AN_ORGAN)
    name_evaluation(parsed)
    read_grade(parsed)
    say(parsed, "content", score="信用得分", outlook="评级展望", period="评价期次")
    parsed.columns["ends"] = pc.min_element_wise(
        parsed.column("expires").cast(pa.date32()),
        parsed.column("ended_on").cast(pa.date32()),
    )
    # Without a supplier of the data the institution itself answers for the row.
    parsed.columns["supplier"] = pc.coalesce(
        parsed.column("department"), parsed.column("authority_name")
    )
