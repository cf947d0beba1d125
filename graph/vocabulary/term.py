"""One word of a closed list: stored value, Chinese label, English label."""

from enum import StrEnum
from typing import Self

from graph.errors import UnknownTerm


class Term(StrEnum):
    """A word with its two labels; the value is what is stored and sent."""

    zh: str
    en: str

    def __new__(cls, value: str, zh: str = "", en: str = "") -> Self:
        """Attach the labels to the value."""
        term = str.__new__(cls, value)
        term._value_ = value
        term.zh = zh
        term.en = en
        return term

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the member with this value or Chinese label.

        Raises:
            UnknownTerm: the word is not in the list; the hint names the list.
        """
        for term in cls:
            if text in (term.value, term.zh):
                return term
        raise UnknownTerm(
            f"词表 {cls.__name__} 中没有“{text}”这个词。",
            f"{cls.__name__} has no word {text!r}.",
            hint_zh=f"可用：{'、'.join(f'{t.zh}({t.value})' for t in cls)}。",
            hint_en=f"Known words: {', '.join(t.value for t in cls)}.",
        )
