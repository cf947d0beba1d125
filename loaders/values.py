"""Reading one cell: text in, a value or a fault out. Each distinct text is read once.

What a cell means is decided by its column's type in the source's description; what
cannot be read is a fault that says what to do, never a default.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final

from graph.errors import Said
from graph.identifiers import half_width
from graph.vocabulary import Section
from loaders.issues import Fault, Reason
from loaders.numerals import leading_number

Reading = Callable[[str], "object | Fault | None"]

NULLS: Final = frozenset(
    {"", "N/A", "n/a", "NA", "null", "NULL", "None", "无", "/", "-", "—", "——", "— —"}
)
"""Cells that say that nothing is there; seen in real files."""

_YEAR: Final = re.compile(r"[(\[{【〔﹝〈《]((?:19|20)\d{2})[)\]}】〕﹞〉》]", re.ASCII)
_CONTROL: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
_AMOUNT: Final = re.compile(
    r"(\d[\d,]{0,20}(?:\.\d{1,10})?)(亿|千万|百万|万|千)?(.*)", re.ASCII
)
_PLAIN: Final = re.compile(r"\d{1,12}(?:,\d{3})*(?:\.\d{1,10})?", re.ASCII)
_SHARE: Final = re.compile(
    r"(\d{1,12}(?:\.\d{1,12})?)(%)?|(\d{1,12})/(\d{1,12})", re.ASCII
)
_CENT: Final = Decimal("0.000001")
_MOST_YUAN: Final = 10**17
_SCALES: Final = {
    None: 1,
    "千": 10**3,
    "万": 10**4,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
}
_SECTOR: Final = re.compile(r"[A-Ta-t]\d{0,4}", re.ASCII)
_SECTIONS: Final = {section.zh: section.value for section in Section}
"""Sections of GB/T 4754-2017 by name."""
_YUAN: Final = frozenset(
    {
        "",
        "元",
        "人民币",
        "元人民币",
        "人民币元",
        "人民币元整",
        "RMB",
        "CNY",
        "元整",
        "元正",
        "圆",
        "圆整",
        "圆正",
        "圆人民币",
    }
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
            "删除该字符后重新报送",
            "remove the character",
        )
    return " ".join(text.split())


def read_document(text: str) -> str | Fault:
    """Return the number of a document in one spelling, since others refer to it.

    Without blanks, half-width, the year in 〔〕; in （） where it comes first, as courts
    write it. 伊市监罚 [2024] 1号 and 伊市监罚（2024）1号 are 伊市监罚〔2024〕1号.
    """
    plain = read_text(text)
    if isinstance(plain, Fault):
        return plain
    narrow = "".join(half_width(plain).split())
    return _YEAR.sub(lambda m: _bracketed(m.group(1), first=m.start() == 0), narrow)


def _bracketed(year: str, *, first: bool) -> str:
    return f"（{year}）" if first else f"〔{year}〕"


def read_yuan(text: str) -> Decimal | Fault | None:
    """Return yuan from spellings such as 500万元人民币, 2877万人民币 or 伍佰万元整.

    An amount in another currency is a doubtful value: it is left out, the row stays.
    """
    plain = re.sub(r"[\s()]", "", half_width(text))
    for head in ("人民币", "RMB", "CNY", "¥"):
        plain = plain.removeprefix(head)
    spelled, rest = leading_number(plain)
    if spelled is not None and rest in _YUAN:
        return _money(text, Decimal(spelled))
    found = _AMOUNT.fullmatch(plain)
    if not found:
        return _no_number(text)
    number, scale, unit = found.groups()
    if unit not in _YUAN:
        return Fault(
            Reason.NUMBER,
            f"“{text}”不是人民币金额，未采用",
            f"'{text}' is not an amount in yuan; it is left out",
            "如需采用请折算为人民币",
            "convert to yuan",
            fatal=False,
        )
    return _money(text, Decimal(number.replace(",", "")) * _SCALES[scale])


def read_wan(text: str) -> Decimal | Fault:
    """Return yuan from a bare number of ten thousands (万元), as official forms ask."""
    plain = half_width(text).replace(" ", "").removesuffix("万元")
    if not _PLAIN.fullmatch(plain):
        return _no_number(text)
    return _money(text, Decimal(plain.replace(",", "")) * 10_000)


def _money(text: str, yuan: Decimal) -> Decimal | Fault:
    """Return the amount, exact to the millionth that is stored."""
    if yuan >= _MOST_YUAN or yuan != yuan.quantize(_CENT):
        return _no_number(text)
    return yuan


def _no_number(text: str) -> Fault:
    return Fault(
        Reason.NUMBER,
        f"“{text}”无法识别为金额",
        f"'{text}' cannot be read as an amount",
        "写数字，单位按表头",
        "write a number in the unit of the heading",
    )


def read_share(text: str) -> Fraction | Fault:
    """Return an exact share in [0, 1] from 51%, 33.33%, 0.51 or 1/3."""
    found = _SHARE.fullmatch(half_width(text).replace(" ", ""))
    if not found or (found.group(4) is not None and int(found.group(4)) == 0):
        return Fault(
            Reason.NUMBER,
            f"“{text}”无法识别为比例",
            f"'{text}' cannot be read as a share",
            "写作 51% 或 1/3",
            "write 51% or 1/3",
        )
    number, per_cent, over, under = found.groups()
    value = Fraction(number) if number else Fraction(int(over), int(under))
    if per_cent:
        value /= 100
    if not 0 <= value <= 1:
        return Fault(
            Reason.SHARE,
            f"比例“{text}”不在 0–100% 之间",
            f"the share '{text}' is not within 0–100 %",
            "百分数请带百分号",
            "write per cent with its sign",
        )
    if value.denominator > 10**12:
        return Fault(
            Reason.SHARE, f"比例“{text}”过细", f"the share '{text}' is too fine"
        )
    return value


def read_region(text: str) -> str | Fault:
    """Return the six digits of a region from 2, 4 or 6 of GB/T 2260."""
    plain = half_width(text).strip()
    if plain.isascii() and plain.isdigit() and len(plain) in {2, 4, 6}:
        return plain.ljust(6, "0")
    return Fault(
        Reason.WORD,
        f"“{text}”不是行政区划代码",
        f"'{text}' is no code of a region",
        "填六位数字代码",
        "six digits of GB/T 2260",
    )


def read_sector(text: str) -> str | Fault:
    """Return the section letter of GB/T 4754 from C, C26 or its name."""
    plain = half_width(text).strip()
    letter = _SECTIONS.get(plain) or plain[:1].upper()
    if _SECTOR.fullmatch(plain) or plain in _SECTIONS:
        return letter
    return Fault(
        Reason.WORD,
        f"“{text}”不是行业门类",
        f"'{text}' is no section of GB/T 4754",
        "填门类字母 A–T",
        "a letter from A to T",
    )


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
        "填“是”或“否”",
        "write 是 for yes or 否 for no",
    )


def word_reader(words: Mapping[str, str], what: Said) -> Reading:
    """Return a reading of a closed list: the written word to what is stored."""
    known = list(words)[:12]

    def read(text: str) -> str | Fault:
        plain = half_width(text).strip()
        found = words.get(plain) or words.get(text.strip())
        if found is not None:
            return found
        return Fault(
            Reason.WORD,
            f"“{text}”不是“{what.zh}”的规定用词",
            f"'{text}' is not among the words of {what.en}",
            f"可用：{'、'.join(known)}",
            f"use one of: {', '.join(known)}",
        )

    return read


def pattern_reader(patterns: Mapping[str, str], what: Said) -> Reading:
    """Return a reading by contained words, the first in the given order that fits."""

    def read(text: str) -> str | Fault:
        plain = half_width(text)
        for part, value in patterns.items():
            if part in plain:
                return value
        return Fault(
            Reason.WORD,
            f"“{text}”无法归入{what.zh}",
            f"'{text}' fits no {what.en}",
            "按“不明”载入；请补充词表",
            "kept as unknown; extend the list",
            fatal=False,
        )

    return read
