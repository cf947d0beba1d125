"""Working days, and the day on which a term counted by the calendar is up.

Whether a day is worked follows from the yearly notice of the State Council office on
holidays and make-up working days. A year without a published notice is refused, never
guessed from weekdays: an authority would be told a wrong deadline.

References:
    民法典 arts. 200-204 (periods); 国务院办公厅关于部分节假日安排的通知, yearly.
"""

import calendar
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import overload

from chinese_calendar import constants

from graph.errors import BadInput, CreditGraphError
from graph.law.terms import LIFETIME

_SATURDAY = 5
_LAST_SETTLED = (12, 28)
"""The notice for a year may still move 29 to 31 December before it: so it was with
2007, 2008, 2012 and 2019. Earlier days were never touched."""


class CalendarUnpublished(CreditGraphError):
    """No official schedule of working days is known for the year."""

    code = "calendar_unpublished"

    def __init__(self, year: int) -> None:
        super().__init__(
            f"{year} 年的工作日安排尚未公布，或者本程序还不知道。",
            f"The official schedule of working days for {year} is not known.",
            hint_zh="通知公布后请更新程序包 chinesecalendar，或者用 WorkingCalendar.with_year 给出日期。",
            hint_en="Update the package chinesecalendar once the notice is published, "
            "or give the days with WorkingCalendar.with_year.",
        )
        self.year = year


class BadTerm(BadInput):
    """A term is not written as an ISO 8601 period of years, months and days."""

    code = "bad_term"


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The working days of a run of years whose schedules are published.

    Attributes:
        first_year: the first year known.
        last_year: the last year known.
        holidays: days off, also those on weekends.
        make_up_days: days worked although they fall on a weekend.
    """

    first_year: int
    last_year: int
    holidays: frozenset[date]
    make_up_days: frozenset[date]
    _worked: tuple[int, ...] = field(init=False, repr=False, compare=False)
    """Ordinals of all working days, ascending."""

    def __post_init__(self) -> None:
        """Lay out the working days once, so that counting them is a search."""
        first = date(self.first_year, 1, 1).toordinal()
        days = map(date.fromordinal, range(first, self._settled_to.toordinal() + 1))
        worked = tuple(day.toordinal() for day in days if self._works(day))
        object.__setattr__(self, "_worked", worked)

    @classmethod
    def published(cls) -> "WorkingCalendar":
        """Return the calendar of all years that the package chinesecalendar holds."""
        return _published()

    def with_year(
        self, year: int, *, holidays: Iterable[date], make_up_days: Iterable[date]
    ) -> "WorkingCalendar":
        """Return the calendar with the year after the last added from its notice.

        Args:
            year: the year of the notice.
            holidays: days off it names, also in the last days of the year before.
            make_up_days: weekend days it makes working days.

        Raises:
            BadInput: another year is due, or the notice lacks New Year or the
                National Day and so cannot be whole.
        """
        if year != self.last_year + 1:
            raise BadInput(
                f"下一个可以补充的年份是 {self.last_year + 1}，不是 {year}。",
                f"The next year to add is {self.last_year + 1}, not {year}.",
            )
        off = frozenset(holidays)
        if not _is_whole(year, off):
            raise BadInput(
                f"{year} 年的放假通知须列明 1 月 1 日和 10 月 1 日放假。",
                f"The notice for {year} must name 1 January and 1 October as holidays.",
            )
        return WorkingCalendar(
            self.first_year,
            year,
            self.holidays | off,
            self.make_up_days | frozenset(make_up_days),
        )

    def is_working_day(self, day: date) -> bool:
        """Return whether offices work on the day.

        Raises:
            CalendarUnpublished: the schedule for the day is not known.
        """
        self._require(day)
        return self._works(day)

    def add_working_days(self, day: date, n: int) -> date:
        """Return the n-th working day after the day; before it where n is negative.

        The day itself is not counted (民法典 art. 201), and with n = 0 it is returned
        whether it is worked or not.

        Raises:
            CalendarUnpublished: the count reaches a year without a schedule.
        """
        self._require(day)
        if n == 0:
            return day
        count = bisect_right if n > 0 else bisect_left
        index = count(self._worked, day.toordinal()) + n - (n > 0)
        if index < 0:
            raise CalendarUnpublished(self.first_year - 1)
        if index >= len(self._worked):
            raise CalendarUnpublished(self.last_year + 1)
        return date.fromordinal(self._worked[index])

    def working_days_between(self, a: date, b: date) -> int:
        """Return the number of working days after `a` up to and including `b`.

        So `working_days_between(d, add_working_days(d, n)) == n`. Where `b` is before
        `a` it is the number from `b` to `a`, negative.

        Raises:
            CalendarUnpublished: the schedule for one of the days is not known.
        """
        self._require(a)
        self._require(b)
        reached = bisect_right(self._worked, b.toordinal())
        return reached - bisect_right(self._worked, a.toordinal())

    @property
    def _settled_to(self) -> date:
        return date(self.last_year, *_LAST_SETTLED)

    def _works(self, day: date) -> bool:
        if day in self.make_up_days:
            return True
        return day.weekday() < _SATURDAY and day not in self.holidays

    def _require(self, day: date) -> None:
        if isinstance(day, datetime):
            raise TypeError("A working day is asked for by date, not by instant.")
        if day.year < self.first_year:
            raise CalendarUnpublished(day.year)
        if day > self._settled_to:
            raise CalendarUnpublished(max(day.year, self.last_year + 1))


@cache
def _published() -> WorkingCalendar:
    holidays, make_up_days = (
        frozenset(constants.holidays),
        frozenset(constants.workdays),
    )
    years = {day.year for day in holidays}
    first = last = min(years)
    while _is_whole(last + 1, holidays):
        last += 1
    return WorkingCalendar(first, last, holidays, make_up_days)


def _is_whole(year: int, holidays: frozenset[date]) -> bool:
    """Return whether a schedule holds the year and not only its first days."""
    return {date(year, 1, 1), date(year, 10, 1)} <= holidays


@dataclass(frozen=True, slots=True)
class TermLength:
    """A length of time in months and days; twelve months are a year."""

    months: int
    days: int


_PERIOD = re.compile(r"P(?=\d)(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,5})D)?", re.ASCII)


def parse_term(text: str) -> TermLength | None:
    """Return the length of an ISO 8601 period (P3Y, P6M, P1Y6M, P30D).

    LIFETIME gives None: a term that no day ends.

    Raises:
        BadTerm: anything else.
    """
    if text == LIFETIME:
        return None
    found = _PERIOD.fullmatch(text)
    if found is None:
        raise BadTerm(
            f"“{text}”不是期限。",
            f"{text!r} is not a term.",
            hint_zh=f"年、月、日写作 P3Y、P6M、P1Y6M 或 P30D，终身写 {LIFETIME}。",
            hint_en="Write years, months and days as P3Y, P6M, P1Y6M or P30D, or "
            f"{LIFETIME}.",
        )
    years, months, days = (int(part or 0) for part in found.groups())
    return TermLength(years * 12 + months, days)


@overload
def add_term(day: date, term: TermLength) -> date: ...
@overload
def add_term(day: date, term: str | None) -> date | None: ...


def add_term(day: date, term: TermLength | str | None) -> date | None:
    """Return the corresponding day of the month in which the term is up.

    A month without that day gives its last day (民法典 art. 202): 31 January and one
    month is the last of February, 29 February and one year is 28 February. Years and
    months are taken in one step, then the days. A lifetime term gives None.

    The result is the last day of a term whose first day is the one after `day`
    (art. 201). For the half-open periods of rules, which count their first day, use
    `graph.law.terms.add_period`: it gives the first day that is free again.

    Raises:
        BadTerm: the text is not a term, or the day lies past the year 9999.
    """
    length = parse_term(term) if isinstance(term, str) else term
    if length is None:
        return None
    try:
        return _months_later(day, length.months) + timedelta(days=length.days)
    except (OverflowError, ValueError) as error:
        raise BadTerm(
            f"自 {day} 起，期限 {term} 超出了公元 9999 年。",
            f"{day} and the term {term} lead past the year 9999.",
        ) from error


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
