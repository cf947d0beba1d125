"""Reading a day: every spelling that offices and programs use, and none that is two days.

2099-12-31 and the like are no day but “long term”; 1900-01-01 and the like are what
programs write where nothing was entered.
"""

import re
from datetime import date, datetime, timedelta, timezone
from typing import Final

from graph.identifiers import half_width
from loaders.issues import Fault, Reason
from loaders.numerals import DIGITS, chinese_number

OPEN_DAYS: Final = frozenset(
    {date(2099, 12, 31), date(2099, 1, 31), date(2999, 12, 31), date(9999, 12, 31)}
)
"""Ends that official forms write for “long term”."""

NO_DAYS: Final = frozenset(
    date(*day)
    for day in [(1, 1, 1), (1111, 11, 11), (1753, 1, 1), (1899, 12, 31), (1900, 1, 1)]
)
"""Days that programs write where nothing was entered."""

_LONG_TERM: Final = frozenset({"长期", "永久", "长期有效"})
_TIME: Final = r"(?:[ T]+\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?)?"
_INSTANT: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})",
    re.ASCII,
)
_SHANGHAI: Final = timezone(timedelta(hours=8))
_CHINESE_DAY: Final = re.compile(
    "([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_DATE: Final = re.compile(
    rf"(\d{{4}})\s*[-/.年]\s*(\d{{1,2}})\s*[-/.月]\s*(\d{{1,2}})\s*日?{_TIME}", re.ASCII
)
_DAY_FIRST: Final = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})", re.ASCII)
_COMPACT: Final = re.compile(rf"(\d{{4}})(\d{{2}})(\d{{2}}){_TIME}", re.ASCII)
_SERIAL: Final = re.compile(r"(\d{5})(\.\d+)?", re.ASCII)
_EXCEL_ZERO: Final = date(1899, 12, 30)
_YEARS: Final = range(1800, 2200)
"""A year outside is a slip of the pen, not a day anybody meant."""


def read_day(text: str) -> date | Fault | None:
    """Return the day; None for “long term”.

    Understood: 2020-01-02, 2020/1/2, 2020.1.2, 2020年1月2日, 20200102, the same with a
    time, 二〇二〇年一月二日, instants such as 2020-01-01T16:00:00Z (the day in Shanghai), and
    Excel's serial numbers. Nothing that could be read in two ways.
    """
    plain = half_width(text).strip()
    if plain in _LONG_TERM:
        return None
    if found := _DATE.fullmatch(plain) or _COMPACT.fullmatch(plain):
        return _day(text, *map(int, found.groups()[:3]))
    if _INSTANT.fullmatch(plain):
        return _instant(text, plain)
    if found := _CHINESE_DAY.fullmatch(plain):
        year = int("".join(str(DIGITS[c]) for c in found[1]))
        month, of_month = map(chinese_number, found.groups()[1:])
        return _day(text, year, month or 0, of_month or 0)
    if found := _SERIAL.fullmatch(plain):
        day = _EXCEL_ZERO + timedelta(days=int(found.group(1)))
        return _day(text, day.year, day.month, day.day)
    return _no_day(text, "无法识别为日期", "cannot be read as a day")


def _instant(text: str, plain: str) -> date | Fault | None:
    try:
        moment = datetime.fromisoformat(plain).astimezone(_SHANGHAI)
    except (ValueError, OverflowError):
        return _no_day(text, "：历法上没有这一天", "is no day of the calendar")
    return _day(text, moment.year, moment.month, moment.day)


def _day(text: str, year: int, month: int, day: int) -> date | Fault | None:
    if (year, month, day) == (0, 0, 0):
        return _placeholder(text)
    try:
        value = date(year, month, day)
    except ValueError:
        return _no_day(text, "：历法上没有这一天", "is no day of the calendar")
    if value in OPEN_DAYS:
        return None
    if value in NO_DAYS:
        return _placeholder(text)
    if year not in _YEARS:
        return _no_day(text, f"：年份 {year} 不合情理", f"has the year {year}")
    return value


def _placeholder(text: str) -> Fault:
    return Fault(
        Reason.DAY_DOUBTFUL,
        f"“{text}”是占位日期，按空白处理",
        f"'{text}' is a placeholder and counts as empty",
        "填写真实日期，没有的留空",
        "write the real day, or leave it empty",
        fatal=False,
    )


def read_day_first(text: str) -> date | Fault | None:
    """Return the day of a source that declares 31.01.2020 or 31.01.20."""
    found = _DAY_FIRST.fullmatch(half_width(text).strip())
    if not found:
        return read_day(text)
    day, month, year = map(int, found.groups())
    return _day(text, year + 2000 if year < 100 else year, month, day)


def _no_day(text: str, zh: str, en: str) -> Fault:
    return Fault(
        Reason.DAY,
        f"“{text}”{zh}",
        f"'{text}' {en}",
        "写作 2020-01-31",
        "write it as 2020-01-31",
    )


def read_last_day(text: str) -> date | Fault | None:
    """Return the first day after a last day; None for “long term”."""
    day = read_day(text)
    return day + timedelta(days=1) if isinstance(day, date) else day


def day_before(day: date) -> date:
    """Return the last day of a period whose first day outside is given."""
    return day - timedelta(days=1)
