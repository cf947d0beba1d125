"""Resident identity numbers (GB 11643): 18 characters, or the older 15 digits.

No function here reads the clock: whether a birth date lies in the future depends on
the day asked about. No message repeats a number or a birth date.

References:
    GB 11643-1999 (check character: ISO 7064 MOD 11-2).
"""

from datetime import date

from graph.identifiers.faults import CodeCheck, CodeFault, CodeKind
from graph.identifiers.normal import (
    checked_by,
    in_alphabet,
    normalise_code,
    of_length,
    screen,
)

RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
RESIDENT_CHECKS = "10X98765432"
EARLIEST_BIRTH_YEAR = 1850
"""Numbers were first given in 1984; nobody born earlier was alive to get one."""

_DIGITS = "0123456789"


def resident_check_character(body: str) -> str:
    """Return character 18 for the first 17 digits of a resident identity number."""
    total = sum(int(c) * w for c, w in zip(body, RESIDENT_WEIGHTS, strict=True))
    return RESIDENT_CHECKS[total % 11]


def upgrade_resident_id(number: str) -> str:
    """Return the 18-character spelling of a 15-digit number; others unchanged.

    GB 11643-1999 puts the century 19 before the two-digit year and adds the check
    character. Text that is not 15 digits comes back as it is.
    """
    if len(number) != 15 or not set(number) <= set(_DIGITS):
        return number
    body = number[:6] + "19" + number[6:]
    return body + resident_check_character(body)


def check_resident_id(text: str | None, *, as_of: date) -> CodeCheck:
    """Return the first fault of a resident identity number by GB 11643-1999.

    The value of a sound 15-digit number is its 18-character spelling.

    Args:
        text: the number as it was written.
        as_of: a birth date after this day is a fault.
    """
    kind, value = CodeKind.RESIDENT_ID, normalise_code(text)
    return (
        screen(kind, value)
        or of_length(kind, value, 18, 15)
        or _alphabet_fault(kind, value)
        or _birth_fault(value, as_of)
        or _check_fault(value)
        or CodeCheck(kind, CodeFault.OK, upgrade_resident_id(value))
    )


def _alphabet_fault(kind: CodeKind, value: str) -> CodeCheck | None:
    if len(value) == 15:
        return in_alphabet(kind, value, _DIGITS)
    check = resident_check_character
    return in_alphabet(kind, value, _DIGITS, last=RESIDENT_CHECKS, check=check)


def _birth_fault(value: str, as_of: date) -> CodeCheck | None:
    digits = value[6:14] if len(value) == 18 else "19" + value[6:12]
    born = _date_of(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    if born is None:
        return CodeCheck(CodeKind.RESIDENT_ID, CodeFault.BIRTH_DATE, value, 7)
    if born > as_of:
        return CodeCheck(CodeKind.RESIDENT_ID, CodeFault.BIRTH_AFTER_AS_OF, value, 7)
    return None


def _date_of(year: int, month: int, day: int) -> date | None:
    if year < EARLIEST_BIRTH_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _check_fault(value: str) -> CodeCheck | None:
    if len(value) == 15:
        return None  # the older spelling has no check character
    expected = resident_check_character(value[:17])
    kind = CodeKind.RESIDENT_ID
    return checked_by(kind, value, expected, CodeFault.CHECK_CHARACTER, 17)
