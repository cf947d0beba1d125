"""Characters as names are compared: one script, one width, one case; and their sound.

A table over the basic multilingual plane, made once from OpenCC (traditional to
simplified) and pypinyin (the commonest reading, without tones). A character of several
readings has one here: both sides of a comparison are read the same way.
"""

import unicodedata
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt
from opencc import OpenCC
from pypinyin import lazy_pinyin

Symbols = npt.NDArray[np.int16]

PLANE: Final = 0x10000
LETTERS: Final = 36
"""Symbols 1 to 36 are digits and Latin letters; what sounds alike shares a later one."""

_IDEOGRAPHS: Final = (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))


@cache
def simplified() -> dict[int, str]:
    """Return what to write for each character that is not plain: for str.translate.

    Full width, capitals, compatibility forms and traditional characters.
    """
    table: dict[int, str] = {}
    for code in range(PLANE):
        character = chr(code)
        if 0xD800 <= code < 0xE000:
            table[code] = ""
            continue
        plain = unicodedata.normalize("NFKC", character).casefold()
        if plain != character:
            table[code] = plain
    return table | dict(_from_traditional())


def _from_traditional() -> list[tuple[int, str]]:
    lines = "\n".join(map(chr, _IDEOGRAPHS))
    plain = OpenCC("t2s").convert(lines).split("\n")
    pairs = zip(_IDEOGRAPHS, plain, strict=True)
    return [(code, text) for code, text in pairs if text != chr(code)]


@cache
def sounds() -> Symbols:
    """Return the symbol of each character of the plane; 0: it says nothing.

    Characters that sound alike have the same symbol; letters have their own.
    """
    table = np.zeros(PLANE, np.int16)
    for number, character in enumerate("0123456789abcdefghijklmnopqrstuvwxyz", 1):
        table[ord(character)] = number
    syllables: dict[str, int] = {}
    read = lazy_pinyin([chr(code) for code in _IDEOGRAPHS], errors="default")
    for code, syllable in zip(_IDEOGRAPHS, read, strict=True):
        number = syllables.setdefault(syllable, LETTERS + 1 + len(syllables) % _MOST)
        table[code] = number
    plain = simplified()
    for code, text in plain.items():
        if len(text) == 1 and ord(text) < PLANE:
            table[code] = table[ord(text)]
    return table


_MOST: Final = 470
"""Readings there can be; characters without a reading share theirs."""

SYMBOLS: Final = 1 << 9
"""Every symbol is below it."""


def spelled(text: str) -> str:
    """Return a text in one script, width and case."""
    return text.translate(simplified())


def heard(text: str) -> str:
    """Return a text as a text of symbols: what sounds alike is equal.

    Args:
        text: as `spelled` returns it.
    """
    table = sounds()
    codes = (ord(c) for c in text)
    found = (int(table[code]) for code in codes if code < PLANE)
    return "".join(chr(symbol) for symbol in found if symbol)
