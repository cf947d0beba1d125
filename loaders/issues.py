"""What is wrong with a row: file, line, field, value, reason, and what to do.

The sentences are part of the product. A value of a sensitive column never stands
in an issue in clear.
"""

import re
from dataclasses import dataclass
from typing import Final

from graph.errors import Said
from graph.identifiers import mask_document_number
from graph.vocabulary import Term


class Reason(Term):
    """Why a row was set aside, or what about it should be looked at."""

    MISSING = "missing", "必填项为空", "a required value is empty"
    CODE = "code", "代码校验不通过", "the code fails its check"
    CODE_DOUBTFUL = "code_doubtful", "代码存疑", "the code is doubtful"
    DAY = "day", "日期不可能", "the day is impossible"
    DAY_DOUBTFUL = "day_doubtful", "占位日期", "a placeholder for a day"
    NUMBER = "number", "数值无法识别", "the number cannot be read"
    SHARE = "share", "比例超出范围", "the share is out of range"
    PERIOD = "period", "终止早于起始", "the end lies before the start"
    WORD = "word", "不在规定的词表内", "the word is not in the list"
    CATEGORY = "category", "目录以外", "outside the national catalogue"
    AUTHORITY = "authority", "不是机关名称", "no name of an authority"
    LIST = "list", "名单不在法规库内", "the list is not in the law book"
    MEASURE = "measure", "措施不在清单内", "the measure is not in the list"
    NO_BASIS = "no_basis", "没有名单也没有措施", "neither a list nor a measure"
    NO_SUBJECT = "no_subject", "无法确定主体", "the subject cannot be identified"
    CHARACTER = "character", "含有不允许的控制字符", "a control character"
    CONTRADICTION = "contradiction", "与前面的行矛盾", "contradicts an earlier row"
    VOIDED = "voided", "该事实已被决定撤销", "the fact was voided by decision"
    NEVER_SAID = "never_said", "来源没有报送过", "its source never said it"
    CELLS = "cells", "行的格数或长度不对", "the row has the wrong cells"
    MASKED = "masked", "号码已脱敏", "the number is masked"
    PERSONAL = "personal", "文字中有身份证号码", "an identity number in a text"
    SHEET = "sheet", "有未读取的工作表", "a sheet that is not read"
    BESIDE = "beside", "表外的行", "a line beside the table"
    COLUMN = "column", "有未说明的列", "a column the source does not describe"


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing wrong at one place; `fatal` sets the row aside."""

    file: str
    line: int
    field: str
    value: str
    reason: Reason
    message_zh: str
    message_en: str
    advice_zh: str
    advice_en: str
    fatal: bool = True

    @property
    def told(self) -> Said:
        """Return line, message and value; a message that quotes the value says it once."""
        new = self.value and self.value not in self.message_zh
        return Said(
            f"第 {self.line} 行 {self.message_zh}"
            + (f"（{self.value}）" if new else ""),
            f"line {self.line} {self.message_en}" + (f" ({self.value})" if new else ""),
        )


@dataclass(frozen=True, slots=True)
class Fault:
    """Why one value cannot be taken; where it stood is added by the reader."""

    reason: Reason
    zh: str
    en: str
    advice_zh: str = ""
    advice_en: str = ""
    fatal: bool = True


LIKE_RESIDENT_ID: Final = re.compile(
    r"(?<!\d)[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx](?!\d)"
)


def without_identity_numbers(text: str) -> str:
    """Return the text with everything masked that looks like an identity number."""
    return LIKE_RESIDENT_ID.sub(lambda m: mask_document_number(m.group()), text)
