"""Numbers written in Chinese: 五百, 二十三, 伍佰万, 二〇二四."""

import re
from typing import Final

DIGITS: Final = {
    **{c: n for n, c in enumerate("零一二三四五六七八九")},
    **{c: n for n, c in enumerate("零壹贰叁肆伍陆柒捌玖")},
    "〇": 0,
    "○": 0,
    "两": 2,
}
_ANY: Final = "".join(DIGITS)
_GROUP: Final = re.compile(
    f"[零〇]?([{_ANY}][千仟])?[零〇]?([{_ANY}][百佰])?[零〇]?([{_ANY}][十拾])?[零〇]?([{_ANY}])?"
)
_LONGEST: Final = 30
_BEGINS: Final = re.compile(f"[{_ANY}十拾百佰千仟万萬亿]+")


def chinese_number(text: str) -> int | None:
    """Return the number; None for what is none, such as 万 or 百五百."""
    if not text or len(text) > _LONGEST:
        return None
    before, sign, after = text.rpartition("亿")
    if sign:
        high, low = chinese_number(before), _below(after, 10**8)
        return None if high is None or low is None else high * 10**8 + low
    before, sign, after = text.replace("萬", "万").partition("万")
    if sign:
        high, low = chinese_number(before), _below(after, 10**4)
        return None if high is None or low is None else high * 10**4 + low
    return _thousands(text)


def _below(text: str, limit: int) -> int | None:
    found = chinese_number(text) if text else 0
    return None if found is None or found >= limit else found


def _thousands(text: str) -> int | None:
    """Return a number below ten thousand; 十三 leaves out its one."""
    found = _GROUP.fullmatch("一" + text if text[0] in "十拾" else text)
    if found is None:
        return None
    return sum(
        DIGITS[part[0]] * unit
        for part, unit in zip(found.groups(), (1_000, 100, 10, 1), strict=True)
        if part
    )


def leading_number(text: str) -> tuple[int | None, str]:
    """Return the number with which a text begins, None without, and the rest."""
    found = _BEGINS.match(text)
    return (chinese_number(found[0]), text[found.end() :]) if found else (None, text)
