"""Reading one cell: text in, a value or a fault out. Each distinct text is read once.

What a cell means is decided by its column's type in the source's description; what
cannot be read is a fault that says what to do, never a default.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Final

from graph.identifiers import half_width
from loaders.issues import Fault, Reason

Reading = Callable[[str], "object | Fault | None"]

NULLS: Final = frozenset(
    {"", "N/A", "n/a", "NA", "null", "NULL", "None", "无", "/", "-", "—", "——", "— —"}
)
"""Cells that say that nothing is there; seen in real files."""

OPEN_DAYS: Final = frozenset(
    {date(2099, 12, 31), date(2099, 1, 31), date(9999, 12, 31)}
)
"""Ends that official forms write for “long term”."""

_LONG_TERM: Final = frozenset({"长期", "永久", "长期有效"})
_DATE: Final = re.compile(
    r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?)?$"
)
_DAY_FIRST: Final = re.compile(r"^(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})$")
_COMPACT: Final = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_SERIAL: Final = re.compile(r"^\d{5}(\.0+)?$")
_EXCEL_ZERO: Final = date(1899, 12, 30)
_CONTROL: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_AMOUNT: Final = re.compile(r"^([\d,]+(?:\.\d+)?)\s*(亿|千万|百万|万|千)?\s*(.*)$")
_SCALES: Final = {
    None: 1,
    "千": 10**3,
    "万": 10**4,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
}
_YUAN: Final = frozenset(
    {"", "元", "人民币", "元人民币", "人民币元", "人民币元整", "RMB", "CNY", "元整"}
)


def is_null(text: str) -> bool:
    """Return whether the cell says that nothing is there."""
    return text.strip() in NULLS


def control_character(text: str) -> str | None:
    """Return the first control or direction character as U+XXXX, None without one."""
    found = _CONTROL.search(text)
    return f"U+{ord(found.group()):04X}" if found else None


def read_text(text: str) -> str | Fault:
    """Return the text without outer blanks; line breaks become blanks."""
    mark = control_character(text)
    if mark:
        return Fault(
            Reason.CHARACTER,
            f"含有控制字符 {mark}",
            f"contains the control character {mark}",
            "删除该字符后重新报送 (remove the character)",
        )
    return " ".join(text.split())


def read_day(text: str) -> date | Fault | None:
    """Return the day; None for “long term”.

    Understood: 2020-01-02, 2020/1/2, 2020.1.2, 2020年1月2日, 20200102, the same with a
    time, and Excel's serial numbers. Nothing that could be read in two ways.
    """
    plain = half_width(text).strip()
    if plain in _LONG_TERM:
        return None
    if found := _DATE.match(plain) or _COMPACT.match(plain):
        year, month, day = map(int, found.groups()[:3])
    elif _SERIAL.match(plain):
        return _EXCEL_ZERO + timedelta(days=int(float(plain)))
    else:
        return _no_day(text, "无法识别为日期", "cannot be read as a date")
    try:
        value = date(year, month, day)
    except ValueError:
        return _no_day(text, "没有这一天", "is no day of the calendar")
    return None if value in OPEN_DAYS else value


def read_day_first(text: str) -> date | Fault | None:
    """Return the day of a source that declares 31.01.2020 or 31.01.20."""
    found = _DAY_FIRST.match(half_width(text).strip())
    if not found:
        return read_day(text)
    day, month, year = map(int, found.groups())
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return _no_day(text, "没有这一天", "is no day of the calendar")


def _no_day(text: str, zh: str, en: str) -> Fault:
    return Fault(
        Reason.DAY,
        f"“{text}”{zh}",
        f"'{text}' {en}",
        "写作 2020-01-31 (write it as 2020-01-31)",
    )


def read_last_day(text: str) -> date | Fault | None:
    """Return the first day after a last day; None for “long term”."""
    day = read_day(text)
    return day + timedelta(days=1) if isinstance(day, date) else day


def read_yuan(text: str) -> Decimal | Fault | None:
    """Return an amount in yuan from spellings such as 500万元人民币 or 2877万人民币.

    An amount in another currency is a doubtful value: it is left out, the row stays.
    """
    plain = re.sub(r"[\s()]", "", half_width(text))
    for head in ("人民币", "RMB", "CNY", "¥"):
        plain = plain.removeprefix(head)
    found = _AMOUNT.match(plain)
    if not found:
        return _no_number(text)
    number, scale, unit = found.groups()
    if unit not in _YUAN:
        return Fault(
            Reason.NUMBER,
            f"“{text}”不是人民币金额，未采用",
            f"'{text}' is not an amount in yuan; it is left out",
            "如需采用请折算为人民币 (convert to yuan)",
            fatal=False,
        )
    return Decimal(number.replace(",", "")) * _SCALES[scale]


def read_wan(text: str) -> Decimal | Fault:
    """Return yuan from a bare number of ten thousands (万元), as official forms ask."""
    try:
        value = Decimal(half_width(text).replace(",", "").removesuffix("万元").strip())
    except InvalidOperation:
        return _no_number(text)
    if not value.is_finite() or value < 0 or value >= 10**12:
        return _no_number(text)
    return value * 10_000


def _no_number(text: str) -> Fault:
    return Fault(
        Reason.NUMBER,
        f"“{text}”无法识别为金额",
        f"'{text}' cannot be read as an amount",
        "写数字，单位按表头 (write a number in the unit of the heading)",
    )


def read_share(text: str) -> Fraction | Fault:
    """Return an exact share in [0, 1] from 51%, 33.33%, 0.51 or 1/3."""
    plain = half_width(text).replace(" ", "")
    try:
        per_cent = plain.endswith("%")
        value = Fraction(plain[:-1]) / 100 if per_cent else Fraction(plain)
    except (ValueError, ZeroDivisionError):
        return Fault(
            Reason.NUMBER,
            f"“{text}”无法识别为比例",
            f"'{text}' cannot be read as a share",
            "写作 51% 或 1/3 (write 51% or 1/3)",
        )
    if not 0 <= value <= 1:
        return Fault(
            Reason.SHARE,
            f"比例“{text}”不在 0–100% 之间",
            f"the share '{text}' is not within 0–100 %",
            "百分数请带百分号 (write per cent with its sign)",
        )
    if value.denominator > 10**12:
        return Fault(
            Reason.SHARE, f"比例“{text}”过细", f"the share '{text}' is too fine"
        )
    return value


def read_flag(text: str) -> bool | Fault:
    """Return True for 是 and False for 否."""
    plain = text.strip().lower()
    if plain in {"是", "true", "1", "yes", "y"}:
        return True
    if plain in {"否", "false", "0", "no", "n"}:
        return False
    return Fault(
        Reason.WORD,
        f"“{text}”应为“是”或“否”",
        f"'{text}' must be 是 or 否",
        "填 是 或 否",
    )


def word_reader(words: Mapping[str, str], what: str) -> Reading:
    """Return a reading of a closed list: the written word to what is stored."""

    def read(text: str) -> str | Fault:
        plain = half_width(text).strip()
        found = words.get(plain) or words.get(text.strip())
        if found is not None:
            return found
        known = "、".join(list(words)[:12])
        return Fault(
            Reason.WORD,
            f"“{text}”不是{what}的规定用词",
            f"'{text}' is not a word of the list {what}",
            f"可用 (use one of): {known}",
        )

    return read


def pattern_reader(patterns: Mapping[str, str], what: str) -> Reading:
    """Return a reading by contained words, the first in the given order that fits."""

    def read(text: str) -> str | Fault:
        plain = half_width(text)
        for part, value in patterns.items():
            if part in plain:
                return value
        return Fault(
            Reason.WORD,
            f"“{text}”无法归入{what}",
            f"'{text}' fits no {what}",
            "按“不明”载入；请补充词表 (kept as unknown; extend the list)",
            fatal=False,
        )

    return read
