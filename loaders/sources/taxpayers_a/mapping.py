"""The year names an evaluation; it is held from its publication, else the year's end."""

import re
from datetime import date
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from loaders.interpret import Parsed
from loaders.issues import Fault, Reason

_YEAR: Final = re.compile(r"(20\d\d)(?:年度?)?")
_NO_YEAR: Final = Fault(
    Reason.DAY, "不是年度", "is no year", "写作四位年份", "write a year of four digits"
)


def derive(parsed: Parsed) -> None:
    """Add `document` and `begins`."""
    years = [_year(parsed, row, text) for row, text in _texts(parsed)]
    numbers = [None if year is None else f"A级纳税人 {year}" for year in years]
    ends = [None if year is None else date(year + 1, 1, 1) for year in years]
    parsed.columns["document"] = pa.array(numbers, pa.string())
    told = parsed.column("decided_on").cast(pa.date32())
    parsed.columns["begins"] = pc.coalesce(told, pa.array(ends, pa.date32()))


def _texts(parsed: Parsed) -> "enumerate[str | None]":
    return enumerate(parsed.column("year").to_pylist())


def _year(parsed: Parsed, row: int, text: str | None) -> int | None:
    found = _YEAR.fullmatch(text or "")
    if found:
        return int(found.group(1))
    if text:
        parsed.report(row, "评价年度", _NO_YEAR, value=text)
    return None
