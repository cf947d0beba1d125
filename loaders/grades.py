"""Evaluations by departments and by institutions: their number, and the grade."""

import re
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from graph.identifiers import half_width
from graph.identity.columns import by_distinct
from loaders.interpret import Parsed
from loaders.issues import Fault, Reason
from loaders.listing import tell

_LETTERS: Final = re.compile(
    r"(?:信用)?(?:等级)?[:：]?([A-Z]{1,3}[+-]?|\d[A-Z]|[A-Z]\d)级?", re.ASCII
)
_WORD: Final = re.compile(r"(?=.*[\u4e00-\u9fff])[\w、()+-]{1,12}")
_NO_GRADE: Final = Fault(
    Reason.WORD,
    "不是评价等级",
    "is no grade",
    "等级写字母（可带加减号）或不超过十二个字的文字；得分写在得分列",
    "write letters or up to twelve characters; a score has a column of its own",
)


def name_evaluation(parsed: Parsed) -> None:
    """Add `document`: the number, else scheme and period, else scheme and day.

    Reads `number`, `scheme`, `period` and `decided_on`.
    """
    day = parsed.column("decided_on").cast(pa.string())
    when = pc.coalesce(parsed.column("period"), day)
    named = pc.binary_join_element_wise(parsed.column("scheme"), when, " ")
    parsed.columns["document"] = pc.coalesce(parsed.column("number"), named)


def read_grade(parsed: Parsed) -> None:
    """Add `grade` from `written_grade`, in one spelling; what is none is told.

    Grades of different schemes are never converted into each other.
    """
    written = parsed.column("written_grade")
    grades = by_distinct(written, _grade)
    tell(
        parsed,
        "written_grade",
        pc.and_(written.is_valid(), grades.is_null()),
        _NO_GRADE,
    )
    parsed.columns["grade"] = grades


def _grade(text: str) -> str | None:
    plain = "".join(half_width(text).upper().split())
    letters = _LETTERS.fullmatch(plain)
    if letters:
        return letters.group(1)
    return plain if _WORD.fullmatch(plain) else None
