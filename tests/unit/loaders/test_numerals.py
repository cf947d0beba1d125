"""Numbers written in Chinese."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.numerals import chinese_number, leading_number


def written(number: int) -> str:
    """Write a number below 10^12 as people do: 一万零三十."""
    parts: list[str] = []
    for power, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        group = number // power % 10_000
        if group:
            gap = "零" if parts and group < 1_000 else ""
            parts.append(gap + _group(group) + name)
    return "".join(parts)


def _group(number: int) -> str:
    text, zero = "", False
    for unit, name in ((1_000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += (
                ("零" if zero and text else "") + "零一二三四五六七八九"[digit] + name
            )
        zero = zero or not digit
        if digit:
            zero = False
    return text


@given(st.integers(1, 10**12 - 1))
def test_what_is_written_is_read(number: int) -> None:
    assert chinese_number(written(number)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十", 10), ("十三", 13), ("二十", 20), ("一百零五", 105), ("两千", 2000),
        ("伍佰万", 5_000_000), ("壹亿贰仟万", 120_000_000), ("叁拾萬", 300_000),
    ],
)  # fmt: skip
def test_spellings(text: str, number: int) -> None:
    assert chinese_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "万",
        "百",
        "百五百",
        "五六",
        "一十百",
        "五百五百",
        "三万四万",
        "甲",
        "一" * 99,
    ],
)
def test_what_is_no_number(text: str) -> None:
    assert chinese_number(text) is None


def test_a_number_at_the_front() -> None:
    assert leading_number("三万元") == (30_000, "元")
    assert leading_number("3万元") == (None, "3万元")
