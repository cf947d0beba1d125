"""What can be wrong with a code, in closed words and in sentences for people.

A check never returns text alone: the fault is a member of `CodeFault`, and the
sentence in Chinese or English is made from it. No sentence repeats a whole code,
because the same words are used for resident identity numbers.
"""

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Self

import numpy as np
from numpy.typing import NDArray

from graph.vocabulary import Term

FIRST_WARNING = 128
"""Fault numbers from here on are data-quality warnings; the code itself stands."""


class CodeKind(Term):
    """Which numbering system a code belongs to."""

    USCC = "uscc", "统一社会信用代码", "unified social credit code"
    ORGANIZATION_CODE = "organization_code", "组织机构代码", "organization code"
    REGISTRATION_NUMBER = "registration_number", "注册号", "registration number"
    RESIDENT_ID = "resident_id", "公民身份号码", "resident identity number"


class CodeFault(IntEnum):
    """The first thing wrong with a code, in the order in which it is looked for.

    The numbers are what a checked column holds. They are never given another
    meaning: compiled kernels carry them across versions.
    """

    zh: str
    en: str

    def __new__(cls, value: int, zh: str, en: str) -> Self:
        """Attach the two sentences to the number."""
        fault = int.__new__(cls, value)
        fault._value_ = value
        fault.zh = zh
        fault.en = en
        return fault

    OK = 0, "{kind}无误", "The {kind} is in order."
    EMPTY = 1, "{kind}为空", "The {kind} is empty."
    PLACEHOLDER = (
        2,
        "{kind}是占位符，视为空",
        "The {kind} is a placeholder and counts as empty.",
    )
    MASKED = (
        3,
        "{kind}已脱敏（含“*”），不能用作标识",
        "The {kind} is masked with '*' and cannot identify anybody.",
    )
    LENGTH = (
        4,
        "{kind}应为{expected}位，实为{found}位",
        "The {kind} must have {expected} characters; this one has {found}.",
    )
    ALPHABET = (
        5,
        "{kind}第{position}位“{found}”不是允许的字符，此位只能用 {expected}",
        "Character {position} of the {kind} is '{found}'; only {expected} may stand there.",
    )
    REGION_NOT_DIGITS = (
        6,
        "{kind}第3至8位是登记管理机关行政区划，应为数字；第{position}位是“{found}”",
        "Characters 3 to 8 of the {kind} are the registering region and must be "
        "digits; character {position} is '{found}'.",
    )
    CHECK_CHARACTER = (
        7,
        "{kind}末位校验码应为“{expected}”，实为“{found}”",
        "The last character of the {kind} must be '{expected}' by its check rule; "
        "it is '{found}'.",
    )
    BIRTH_DATE = (
        8,
        "{kind}中的出生日期不是有效日期",
        "The birth date in the {kind} is not a possible date.",
    )
    BIRTH_AFTER_AS_OF = (
        9,
        "{kind}中的出生日期晚于基准日",
        "The birth date in the {kind} lies after the day asked about.",
    )
    INNER_CHECK_CHARACTER = (
        FIRST_WARNING,
        "{kind}本身校验通过，但其第9至17位组织机构代码的校验码应为“{expected}”，"
        "实为“{found}”，请核对",
        "The {kind} passes its own check, but the organization code in characters "
        "9 to 17 should end in '{expected}'; it ends in '{found}'. Please verify.",
    )

    @property
    def rejects(self) -> bool:
        """Return whether a code with this fault must not be used."""
        return CodeFault.OK < self < FIRST_WARNING

    @property
    def absent(self) -> bool:
        """Return whether loaders read the cell as null instead of refusing the row."""
        return self in (CodeFault.EMPTY, CodeFault.PLACEHOLDER)


def rejected(faults: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return where a checked column holds a fault that rejects the code."""
    return np.logical_and(faults > CodeFault.OK, faults < FIRST_WARNING)


def absent(faults: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return where a checked column counts as null: empty or a placeholder."""
    return np.isin(faults, (CodeFault.EMPTY, CodeFault.PLACEHOLDER))


@dataclass(frozen=True, slots=True)
class CodeCheck:
    """The result of checking one code.

    Attributes:
        value: the normalised code; "" when nothing was given. Kept out of `repr`,
            so that a logged result does not carry a resident identity number.
        position: 1-based place of the character at fault, 0 when none is.
        found: the character (or the length) that stands there.
        expected: the right check character, length or set of characters.
    """

    kind: CodeKind
    fault: CodeFault
    value: str = field(default="", repr=False)
    position: int = 0
    found: str = ""
    expected: str = ""

    @property
    def ok(self) -> bool:
        """Return whether the code may be used; a warning does not forbid it."""
        return not self.fault.rejects

    @property
    def message_zh(self) -> str:
        """Return what is wrong, in Chinese."""
        return self._sentence(self.fault.zh, self.kind.zh)

    @property
    def message_en(self) -> str:
        """Return what is wrong, in English."""
        return self._sentence(self.fault.en, self.kind.en)

    def _sentence(self, text: str, kind: str) -> str:
        return text.format(
            kind=kind,
            position=self.position,
            found=self.found,
            expected=self.expected,
        )
