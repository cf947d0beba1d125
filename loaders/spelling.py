"""One spelling for headings that people write in many."""

import re
from functools import lru_cache
from typing import Final

from graph.identifiers import half_width

_MARKS: Final = re.compile(r"^[*＊\s]+|[*＊:：\s]+$|[(（][必选]填(?:项)?[)）]$")
_INVISIBLE: Final = re.compile("[\u200b-\u200f\u2060\ufeff]")


def clean_heading(text: str) -> str:
    """Return a heading without blanks and line breaks around it, nor in Chinese ones."""
    words = _INVISIBLE.sub("", text).split()
    return ("" if any(map(_is_chinese, words)) else " ").join(words)


@lru_cache(maxsize=10_000)
def plain_heading(text: str) -> str:
    """Return what a heading is compared by.

    Width, case, blanks, invisible characters and the marks of a required column make
    no difference: ＊企业名称（全称）： is 企业名称(全称).
    """
    found, left = half_width(clean_heading(text)), None
    while left != found:
        left, found = found, _MARKS.sub("", found)
    return found.casefold()


def _is_chinese(word: str) -> bool:
    return any("\u4e00" <= c <= "\u9fff" for c in word)
