"""A-grade taxpayers: the year names the evaluation and says from when it holds."""

import re
from datetime import date
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from graph.identifiers import check_organization_code
from loaders.interpret import Parsed
from loaders.issues import Fault, Reason
from loaders.listing import tell
from loaders.mixed_codes import sort_codes

_TEXT: Final = pa.string()
_DAY: Final = pa.date32()
_OLD_NUMBER: Final = re.compile(r"\d{6}[0-9A-Z]{9}", re.ASCII)
_YEAR: Final = r"^(?P<year>20\d\d)(?:年度?)?$"
_SETTLED: Final = (5, 1)
"""By 1 May the evaluation of the year before has been settled, each April."""

_NO_YEAR: Final = Fault(
    Reason.DAY, "不是年度", "is no year", "写作四位年份", "write a year of four digits"
)
_NO_OFFICE: Final = Fault(
    Reason.MISSING,
    "评价机关和主管税务机关都没有写",
    "names neither who evaluated nor the tax office",
    "补填其一",
    "give one of them",
)
_TOO_LATE: Final = Fault(
    Reason.PERIOD,
    "公布时这一年度的结果已由下一年度的结果替代",
    "was published after the evaluation of the next year had replaced it",
    "核对年度与日期",
    "compare the year and the days",
)


def derive(parsed: Parsed) -> None:
    """Add the codes, `authority_name`, `document`, `title`, `begins` and `ends`."""
    numbers = parsed.column("number").to_pylist()
    parsed.columns["number"] = pa.array([_without_region(n) for n in numbers], _TEXT)
    sort_codes(parsed, "code", "number")
    office = pc.coalesce(parsed.column("evaluated_by"), parsed.column("tax_office"))
    parsed.columns["authority_name"] = office
    tell(parsed, "evaluated_by", office.is_null(), _NO_OFFICE)
    _name_years(parsed)


def _without_region(number: str | None) -> str | None:
    """Return the organization code of a number of 15 digits, else the number."""
    plain = (number or "").strip().upper()
    if _OLD_NUMBER.fullmatch(plain) and check_organization_code(plain[6:]).ok:
        return plain[6:]
    return number


def _name_years(parsed: Parsed) -> None:
    texts = parsed.column("year")
    years = pc.struct_field(pc.extract_regex(texts, _YEAR), "year")
    tell(parsed, "year", pc.and_(texts.is_valid(), years.is_null()), _NO_YEAR)
    for column, before, after in (
        ("document", "A级纳税人 ", ""),
        ("title", "A级纳税人（", "年度）"),
    ):
        parsed.columns[column] = pc.binary_join_element_wise(before, years, after, "")
    known = [None if year is None else int(year) for year in years.to_pylist()]
    told = {n: parsed.column(n).cast(_DAY) for n in ("told_begin", "told_end")}
    published = parsed.column("decided_on").cast(_DAY)
    settled = [None if y is None else date(y + 1, *_SETTLED) for y in known]
    replaced = [None if y is None else date(y + 2, *_SETTLED) for y in known]
    begins = pc.coalesce(told["told_begin"], published, pa.array(settled, _DAY))
    ends = pc.coalesce(told["told_end"], pa.array(replaced, _DAY))
    tell(parsed, "decided_on", pc.less_equal(ends, begins), _TOO_LATE)
    parsed.columns["begins"], parsed.columns["ends"] = begins, ends
