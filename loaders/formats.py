"""What kind of file it is: as declared, else by its first bytes and its name."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from graph.errors import BadInput, Said
from loaders.parquet import SIGNATURE as PARQUET


class Format(StrEnum):
    """The formats that are read."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"
    JSONL = "jsonl"
    PARQUET = "parquet"


@dataclass(frozen=True, slots=True)
class Given:
    """What the sender says about a file; what is None is found.

    Args:
        encoding: of a text file: utf-8, gb18030 (gbk, gb2312), big5 or utf-16.
        delimiter: one character between the cells of a CSV file.
        format: the format, whatever the name of the file.
    """

    encoding: str | None = None
    delimiter: str | None = None
    format: Format | None = None


NOTHING_GIVEN: Final = Given()
_TABS: Final = frozenset({"tab", "\\t", "\t"})


def given(
    encoding: str | None = None,
    delimiter: str | None = None,
    format: str | None = None,  # noqa: A002  # the word that users write
) -> Given:
    """Return what a sender wrote about a file.

    Raises:
        BadInput: a delimiter or a format that there is not.
    """
    cut = "\t" if delimiter in _TABS else delimiter
    if cut is not None and not _delimits(cut):
        raise BadInput(
            f"“{cut[:20]}”不能作分隔符。",
            f"{cut[:20]!r} is no delimiter.",
            hint_zh="请写一个字符，例如 , ; | 或者 tab。",
            hint_en="Write one character, such as , ; | or tab.",
        )
    if format is not None and format not in list(Format):
        raise BadInput(
            f"没有名为“{format[:20]}”的格式。",
            f"There is no format {format[:20]!r}.",
            hint_zh=f"可用的格式：{'、'.join(Format)}。",
            hint_en=f"Formats: {', '.join(Format)}.",
        )
    return Given(encoding, cut, Format(format) if format else None)


def _delimits(text: str) -> bool:
    return (
        len(text) == 1 and text.isascii() and not (text.isalnum() or text in '"\r\n ')
    )


SUFFIXES: Final = {
    ".csv": Format.CSV,
    ".tsv": Format.CSV,
    ".xlsx": Format.XLSX,
    ".json": Format.JSON,
    ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL,
    ".parquet": Format.PARQUET,
}
"""Names by which a file in a folder, or an upload, is known to be one to read."""

_WORKBOOK: Final = b"PK\x03\x04"
_MARK: Final = b"\xef\xbb\xbf"
_PROBE: Final = 4_096
_NAMES: Final = Said(
    "CSV、XLSX、JSON、JSON Lines 和 Parquet", "CSV, XLSX, JSON, JSON Lines and Parquet"
)
_SIGNATURES: Final = {
    b"\xd0\xcf\x11\xe0": Said(
        "旧版 Excel 文件（.xls），或者有密码",
        "an old Excel file (.xls), or has a password",
    ),
    b"%PDF": Said(" PDF 文件", "a PDF"),
    b"\x1f\x8b": Said(" gzip 压缩文件", "packed with gzip"),
    b"Rar!": Said(" RAR 压缩包", "a RAR archive"),
    b"7z\xbc\xaf": Said(" 7-Zip 压缩包", "a 7-Zip archive"),
    b"\x89PNG": Said("图片", "a picture"),
    b"\xff\xd8\xff": Said("图片", "a picture"),
    b"<?xml": Said(" XML 文件", "XML"),
    b"<!DOCTYPE": Said(" XML 或网页", "XML or a web page"),
    b"<html": Said("网页", "a web page"),
}
_BINARY: Final = Said("二进制文件", "binary")


def recognise_format(path: Path, declared: Format | None = None) -> Format:
    """Return the format of a file.

    Raises:
        BadInput: empty, of a type that is not read, or not what was declared; the
            message names the type.
    """
    with path.open("rb") as file:
        head = file.read(_PROBE)
    found = _found(path, head, declared)
    if declared is not None and found is not declared:
        raise BadInput(
            f"{path.name} 不是声明的 {declared.value}，而是 {found.value}。",
            f"{path.name} is {found.value}, not {declared.value} as declared.",
            hint_zh="请改正声明的格式，或者不写。",
            hint_en="Correct the declared format, or leave it out.",
        )
    return found


def _found(path: Path, head: bytes, declared: Format | None) -> Format:
    if head.startswith(PARQUET):
        return Format.PARQUET
    if head.startswith(_WORKBOOK):
        return Format.XLSX
    _refuse_what_is_no_text(path, head)
    if declared in {Format.CSV, Format.JSON, Format.JSONL}:
        return declared
    named = SUFFIXES.get(path.suffix.lower())
    starts = head.removeprefix(_MARK).lstrip()[:1]
    if named is Format.JSONL:
        # An array is no line of JSON Lines: the name is wrong.
        return Format.JSON if starts == b"[" else Format.JSONL
    if named is Format.JSON or (named is None and starts in {b"[", b"{"}):
        return Format.JSON
    return Format.CSV


def _refuse_what_is_no_text(path: Path, head: bytes) -> None:
    if not head.strip(b"\xef\xbb\xbf \t\r\n"):
        raise BadInput(
            f"{path.name} 是空的。",
            f"{path.name} is empty.",
            hint_zh="请报送带表头的文件。",
            hint_en="Send the file with its headings.",
        )
    begins = head.removeprefix(_MARK).lstrip()
    what = next((w for s, w in _SIGNATURES.items() if begins.startswith(s)), None)
    marked = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if what is None and not marked and b"\x00" in head.split(b"\n", 1)[0]:
        what = _BINARY
    if what:
        raise _not_read(path, what)


def _not_read(path: Path, what: Said) -> BadInput:
    return BadInput(
        f"{path.name} 是{what.zh}；能读取的是 {_NAMES.zh}。",
        f"{path.name} is {what.en}; {_NAMES.en} are read.",
        hint_zh="请另存为 .xlsx 或 CSV（UTF-8）后载入。",
        hint_en="Save it as .xlsx or as CSV (UTF-8) and load that.",
    )
