"""One column in which some rows have the code of an organization, others a person's.

Courts and report forms write 身份证号码/组织机构代码 or 统一社会信用代码/工商注册号 over
one column. Each cell is taken as what it proves to be by its own check; what it does
not prove is asked of the other columns, and never guessed from the name.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from graph.identifiers import (
    CodeCheck,
    CodeFault,
    absent,
    check_organization_code,
    check_registration_number,
    check_resident_id,
    check_resident_id_column,
    check_uscc,
    check_uscc_column,
    is_placeholder,
    normalise_code,
    normalise_code_column,
    rejected,
)
from loaders.interpret import ONE_BY_ONE, Parsed, code_fault
from loaders.issues import Fault, Reason

CODES: Final = ("uscc", "organization_code", "registration_number")
"""The parsed columns that are added."""

_BORN: Final = re.compile(r"[1-8]\d{5}(?:19|20)[\d*]{2,9}[\dX*]{1,4}")
"""A number of an identity card, perhaps wrong or masked, by its year of birth."""

_MASKED: Final = Fault(
    Reason.MASKED,
    "代码已脱敏，只能按名称登记",
    "the code is masked; the organization is known by its name",
    "报送完整代码",
    "send the whole code",
    fatal=False,
)
_NEITHER: Final = Fault(
    Reason.NO_SUBJECT,
    "看不出是自然人还是组织",
    "does not show whether it is a person or an organization",
    "补填主体类别或者完整的代码、证件号码",
    "give the kind of subject, or the whole code or number",
)


class _Sorted(NamedTuple):
    """What a cell proves to be."""

    kind: str | None
    column: str = ""
    value: str = ""
    fault: Fault | None = None


_PERSON: Final = _Sorted("person")


def sort_codes(
    parsed: Parsed, *names: str, kind: str | None = None, shown_by: str | None = None
) -> None:
    """Add `uscc`, `organization_code` and `registration_number`.

    Numbers of persons stay where they are; the subject reads and checks them.

    Args:
        parsed: the rows.
        names: parsed columns with codes; of each row the first that is filled.
        kind: parsed column of the kind of subject, completed here from the codes; a
            row of which it stays unknown is set aside. None: all are organizations.
        shown_by: parsed column that only rows of organizations fill.
    """
    cells = list(zip(*(parsed.column(n).to_pylist() for n in names), strict=True))
    told = _told(parsed, kind, shown_by)
    first = pc.coalesce(*(parsed.column(name) for name in names))
    plain = _plain(first, told) if len(parsed) > ONE_BY_ONE else [None] * len(parsed)
    found = [
        easy or _sort(text, k)
        for easy, text, k in zip(plain, first.to_pylist(), told, strict=True)
    ]
    for row, (one, texts) in enumerate(zip(found, cells, strict=True)):
        fault = one.fault or (None if one.kind else _NEITHER)
        if fault and not parsed.bad[row]:
            filled = next((i for i, text in enumerate(texts) if text), 0)
            heading = parsed.source.filled_from(names[filled])[0]
            parsed.report(row, heading, fault, value=texts[filled] or "")
    for column in CODES:
        values = [one.value if one.column == column else None for one in found]
        parsed.columns[column] = pa.array(values, pa.string())
    if kind:
        parsed.columns[kind] = pa.array([one.kind for one in found], pa.string())


def complete_codes(parsed: Parsed, unified: str, *others: str) -> None:
    """Add the same three columns from a column of unified codes and mixed ones.

    Args:
        parsed: the rows, all of organizations where one of the columns is filled.
        unified: parsed column of type `uscc`; what it says comes first.
        others: parsed columns with whatever code stands there, in their order.
    """
    found: dict[str, list[pa.Array]] = {code: [] for code in CODES}
    found["uscc"].append(parsed.column(unified))
    for name in others:
        sort_codes(parsed, name)
        for code in CODES:
            found[code].append(parsed.column(code))
    for code, columns in found.items():
        parsed.columns[code] = pc.coalesce(*columns)


def _told(
    parsed: Parsed, kind: str | None, shown_by: str | None
) -> Sequence[str | None]:
    if kind is None:
        return ["organization"] * len(parsed)
    shown = parsed.column(shown_by or "").is_valid()
    by_other = pc.if_else(shown, "organization", pa.scalar(None, pa.string()))
    told: list[str | None] = pc.coalesce(parsed.column(kind), by_other).to_pylist()
    return told


def _plain(texts: pa.Array, told: Sequence[str | None]) -> list[_Sorted | None]:
    """Return what whole, sound codes prove to be; None for what must be looked at."""
    sound = check_uscc_column(texts) == CodeFault.OK
    faults = check_resident_id_column(texts, as_of=date.max)
    personal = ~(rejected(faults) | absent(faults))
    values = normalise_code_column(texts)
    eighteen = pc.match_substring_regex(values, "^[1-8].{17}$")
    personal &= eighteen.fill_null(False).to_numpy(zero_copy_only=False)  # noqa: FBT003  # Arrow
    return [
        _PERSON
        if kind is None and person
        else _Sorted("organization", "uscc", value)
        if code and kind != "person"
        else None
        for kind, person, code, value in zip(
            told, personal.tolist(), sound.tolist(), values.to_pylist(), strict=True
        )
    ]


def _sort(text: str | None, told: str | None) -> _Sorted:
    value = normalise_code(text)
    if told == "person" or not value or is_placeholder(value):
        return _Sorted(told)
    if "*" in value:
        if told is None and _BORN.fullmatch(value):
            return _Sorted("person")
        kind = told or _by_length(value)
        return _Sorted(kind, fault=_MASKED if kind else None)
    if told is None and _is_resident_id(value):
        # Of 31 sound numbers one passes the check of unified codes by chance, of ten
        # old ones of 15 digits one that of registration numbers.
        both = len(value) == 15 and check_registration_number(value).ok
        return _Sorted(None if both else "person")
    for check, column in (
        (check_uscc(value), "uscc"),
        (check_organization_code(value), "organization_code"),
        (check_registration_number(value), "registration_number"),
    ):
        if check.ok:
            doubt = code_fault(check) if check.fault else None
            return _Sorted("organization", column, check.value, doubt)
    if told is None and _BORN.fullmatch(value):
        return _Sorted("person")
    kind = told or _by_length(value)
    return _Sorted(kind, fault=_wrong(value) if kind else None)


def _is_resident_id(value: str) -> bool:
    """Return whether it is a sound number; no region of one begins with 9."""
    return value[:1] != "9" and check_resident_id(value, as_of=date.max).ok


def _by_length(value: str) -> str | None:
    """Return organization for what can only be a code of one, by its letters."""
    codes = len(value) in {9, 10, 18} and not value[:-1].isdigit()
    return "organization" if codes and value.isascii() else None


def _wrong(value: str) -> Fault:
    """Return why the code of an organization cannot be used.

    A wrong unified code refuses its row; a lesser one is left out, as elsewhere.
    """
    if len(value) == 18:
        return code_fault(check_uscc(value))
    check = (
        check_registration_number(value)
        if value.isdigit() and len(value) > 10
        else check_organization_code(value)
    )
    return _left_out(check)


def _left_out(check: CodeCheck) -> Fault:
    return Fault(
        Reason.CODE,
        f"{check.message_zh}，未采用",
        f"{check.message_en} It is not used.",
        "核对登记证照上的号码",
        "compare with the certificate",
        fatal=False,
    )
