"""Days as int32 counted from 1970-01-01, with two marks for what is not a day."""

from datetime import date
from typing import Final

OPEN: Final = 2**31 - 1
"""No end is set: the period goes on."""

UNKNOWN: Final = -(2**31)
"""The day is not known; a period that begins here is known to hold only later."""

_EPOCH: Final = date(1970, 1, 1).toordinal()


def day_of(value: date | None, *, absent: int = OPEN) -> int:
    """Return the day number, or `absent` for None."""
    return absent if value is None else value.toordinal() - _EPOCH


def date_of(day: int) -> date | None:
    """Return the calendar day, None for OPEN and UNKNOWN."""
    if day in (OPEN, UNKNOWN):
        return None
    return date.fromordinal(day + _EPOCH)


def last_day_of(end: int) -> date | None:
    """Return the last day of a period from its exclusive end, None while it is open."""
    return None if end in (OPEN, UNKNOWN) else date_of(end - 1)
