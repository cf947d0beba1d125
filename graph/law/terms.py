"""Lengths of effects: ISO periods of one unit, counted by calendar.

Only this file decides how years and months are counted: up to the same day of the
target month, which is the first free day; where the month has no such day, its last
day still belongs to the period.
"""

import calendar
from datetime import date, timedelta

AS_TRIGGER = "as_trigger"
LIFETIME = "LIFETIME"


def add_period(start: date, period: str) -> date:
    """Return the day that lies one period ("P3Y", "P6M", "P90D") after the start.

    Days past the calendar's last year become its last day.
    """
    count, unit = int(period[1:-1]), period[-1]
    try:
        if unit == "D":
            return start + timedelta(days=count)
        return _add_months(start, count * (12 if unit == "Y" else 1))
    except (OverflowError, ValueError):
        return date.max


def _add_months(start: date, months: int) -> date:
    year, month0 = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = calendar.monthrange(year, month0 + 1)[1]
    if start.day > last:
        return date(year, month0 + 1, last) + timedelta(days=1)
    return date(year, month0 + 1, start.day)
