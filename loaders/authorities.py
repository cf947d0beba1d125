"""Reading the name of an authority: what stands in that cell but is no name.

Real files put days, system numbers, numbers of documents, codes and street addresses
there, or glue the day of the decision to the name. Who may read a row, and which
records are one, hang on the authority, so such a cell is never taken as a name.
"""

import re
from collections.abc import Mapping
from typing import Final

from graph.errors import Said
from graph.identifiers import half_width
from loaders.issues import Fault, Reason
from loaders.values import read_text

_LONGEST: Final = 200
"""Characters, as the national form allows (domain: double_publicity_columns)."""
_TOO_LONG: Final = Said("超过 200 字的文字", "more than 200 characters")

_DAY: Final = r"(?:18|19|20)\d{2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?"
_NOT_A_NAME: Final[Mapping[re.Pattern[str], Said]] = {
    re.compile(
        r"\{?[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}\}?", re.IGNORECASE
    ): Said("系统编号（GUID）", "a system number (GUID)"),
    re.compile(rf"(?:.*[^\d])?{_DAY}.*"): Said("日期", "a day"),
    re.compile(r".*[(\[{【〔﹝〈《](?:19|20)\d{2}[)\]}】〕﹞〉》].*号.*"): Said(
        "文书号", "the number of a document"
    ),
    re.compile(
        r".*(?:路|街|道|巷|胡同|弄|村|镇|乡|区)[东西南北中段]{0,2}\s*"
        r"[\d一二三四五六七八九十百]+\s*号.*"
    ): Said("地址", "an address"),
    re.compile(r"[^A-Za-z\u3400-\u9fff]*|(?=.*\d)[0-9A-Za-z]{8,}"): Said(
        "号码或代码", "a number or a code"
    ),
}
"""What a whole cell looks like that names no authority, the first that fits."""


def read_authority(text: str) -> str | Fault:
    """Return the name of an authority; a cell with something else in it is a fault."""
    plain = read_text(text)
    if isinstance(plain, Fault):
        return plain
    if len(plain) > _LONGEST:
        return _no_name(plain[:40] + "…", _TOO_LONG)
    narrow = half_width(plain)
    for pattern, what in _NOT_A_NAME.items():
        if pattern.fullmatch(narrow):
            return _no_name(text, what)
    return plain


def _no_name(text: str, what: Said) -> Fault:
    return Fault(
        Reason.AUTHORITY,
        f"“{text}”含有{what.zh}，不是机关名称",
        f"'{text}' holds {what.en} and is no name of an authority",
        "此格只写机关全称；日期、文号、代码、地址写在各自的列",
        "write the full name alone; days, numbers and addresses have columns of "
        "their own",
    )
