"""The tax list: who is on it, and who is said to be responsible beside it."""

import re

import pyarrow as pa

from graph.vocabulary import Role
from loaders.interpret import Parsed
from loaders.issues import Fault, Reason
from loaders.listing import enter, leave, name_authority, number_entries, tell_undated
from loaders.mixed_codes import sort_codes

_LIST = "major_tax_violation"
_SEPARATOR = re.compile(r"[、;；,，]")
_PLACES = ("first", "second")
_TOO_MANY = Fault(
    Reason.WORD,
    "这一列只写单位的责任人员，至多两人，号码与姓名一一对应",
    "takes at most two people of an organization, and a number for each or none",
    "多出的人另用“个人责任认定”报送",
    "send the others as findings of personal responsibility",
)
_RESPONSIBLE = ("first", "actual")
_TEXT = pa.string()


def derive(parsed: Parsed) -> None:
    """Add codes, document, list and exit, and the people found responsible."""
    codes = ("code", "organization_number", "id_number")
    sort_codes(parsed, *codes, kind="subject_kind")
    name_authority(parsed, of_list=_LIST)
    number_entries(parsed, "period", "listed_on")
    enter(parsed, _LIST)
    leave(parsed)
    tell_undated(parsed)
    role = Role.DIRECTLY_RESPONSIBLE.value
    parsed.columns["role"] = pa.array([role] * len(parsed), _TEXT)
    _refuse_of_persons(parsed)
    _split(parsed)


def _refuse_of_persons(parsed: Parsed) -> None:
    kinds = parsed.column("subject_kind").to_pylist()
    for name in _RESPONSIBLE:
        heading = parsed.source.filled_from(name)[0]
        for row, text in enumerate(parsed.column(name).to_pylist()):
            if text and kinds[row] == "person" and not parsed.bad[row]:
                parsed.report(row, heading, _TOO_MANY, value=text)


def _split(parsed: Parsed) -> None:
    """Leave the first head of finance in its columns, and add the second."""
    names = [_parts(text) for text in parsed.column("first").to_pylist()]
    numbers = [_parts(text) for text in parsed.column("first_number").to_pylist()]
    heading = parsed.source.filled_from("first")[0]
    for row, (people, cards) in enumerate(zip(names, numbers, strict=True)):
        fitting = len(cards) in {0, len(people)} and len(people) <= len(_PLACES)
        if not fitting and not parsed.bad[row]:
            parsed.report(row, heading, _TOO_MANY, value="、".join(people))
    for place, name in enumerate(_PLACES):
        for column, cells in ((name, names), (f"{name}_number", numbers)):
            found = [c[place] if len(c) > place else None for c in cells]
            parsed.columns[column] = pa.array(found, _TEXT)


def _parts(text: str | None) -> list[str]:
    return [part.strip() for part in _SEPARATOR.split(text or "") if part.strip()]
