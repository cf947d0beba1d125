"""Files as tables of text: CSV, XLSX, JSON Lines and Parquet, with every row's line.

Everything arrives as text, because a code read as a number has lost its zeros. A
file is looked through once before anything of it is used: its digest, its encoding,
its quotation marks and the number of its rows are known when loading begins.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import file_digest
from pathlib import Path
from typing import Final, Protocol

from graph.errors import BadInput, Said
from loaders.delimited import CsvText
from loaders.encoding import find_encoding
from loaders.json_lines import JsonText, first_keys
from loaders.nested import statements_in
from loaders.parquet import SIGNATURE, open_parquet
from loaders.piece import Piece
from loaders.sheets import open_sheet

_DELIMITERS: Final = ",\t;|"
_SIGNATURES: Final = {
    b"\xd0\xcf\x11\xe0": Said("旧版 Excel 文件（.xls）", "an old Excel file (.xls)"),
    b"%PDF": Said(" PDF 文件", "a PDF"),
    b"\x1f\x8b": Said(" gzip 压缩文件", "packed with gzip"),
    b"Rar!": Said(" RAR 压缩包", "a RAR archive"),
    b"7z\xbc\xaf": Said(" 7-Zip 压缩包", "a 7-Zip archive"),
    b"\x89PNG": Said("图片", "a picture"),
    b"\xff\xd8\xff": Said("图片", "a picture"),
}
_BINARY: Final = Said("二进制文件", "binary")
_HEADINGS_ONCE: Final = Said(
    "首行须写明各列的名称，每列一个，不得重复。",
    "The first line must name each column once.",
)
_PROBE: Final = 4_096
_MOST_COLUMNS: Final = 500


class _Content(Protocol):
    """What every format offers."""

    def count(self) -> int:
        """Return the number of rows."""

    def pieces(self) -> Iterator[Piece]:
        """Yield the rows."""


@dataclass(frozen=True, slots=True)
class TextFile:
    """A tabular file, recognised and looked through.

    Args:
        rows: how many rows there are; blank ones may be counted.
        unread: names of further sheets that hold something.
    """

    path: Path
    format: str
    encoding: str
    headings: tuple[str, ...]
    heading_line: int
    digest: str
    rows: int
    unread: tuple[str, ...]
    content: _Content

    def pieces(self) -> Iterator[Piece]:
        """Yield the rows in pieces of up to CHUNK_ROWS."""
        return self.content.pieces()


def open_table(path: Path, *, encoding: str | None = None) -> TextFile:
    """Return the file with its format, encoding, headings and number of rows.

    Args:
        path: a .csv, .xlsx, .jsonl or .parquet file.
        encoding: declared encoding; found when None (UTF-8 with or without mark,
            else GB18030, both strictly).

    Raises:
        BadInput: not there, of another type, empty, or not readable to its end; the
            message names byte and line.
    """
    if not path.is_file():
        raise BadInput(
            f"{path} 不是文件。",
            f"{path} is not a file.",
            hint_zh="请给出存在的文件。",
            hint_en="Name an existing file.",
        )
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    content: _Content
    unread: tuple[str, ...] = ()
    if _is_parquet(path):
        parquet = open_parquet(path)
        headings = _checked(path, list(parquet.headings))
        found, line, kind = "", 0, "parquet"
        content = replace(parquet, headings=headings)
    elif _is_workbook(path):
        sheet = open_sheet(path)
        headings = _checked(path, sheet.headings)
        found, line, unread, kind = "", sheet.heading_line, sheet.others, "xlsx"
        content = sheet
    else:
        found, line = find_encoding(path, encoding), 1
        kind = "jsonl" if path.suffix.lower() in {".jsonl", ".ndjson"} else "csv"
        statements = statements_in(path, found) if kind == "jsonl" else None
        if statements is not None:
            headings, content = statements.headings, statements
        elif kind == "jsonl":
            headings = _checked(path, first_keys(path, found))
            content = JsonText(path, found, headings)
        else:
            delimiter, cells = _csv_headings(path, found)
            headings = _checked(path, cells)
            content = CsvText(path, found, delimiter, headings)
    rows = content.count()
    return TextFile(path, kind, found, headings, line, digest, rows, unread, content)


def _is_workbook(path: Path) -> bool:
    """Return whether the file is packed like a workbook; refuse what is no text.

    Raises:
        BadInput: empty, or of a type that is not read; the message names the type.
    """
    with path.open("rb") as file:
        head = file.read(_PROBE)
    if head.startswith(b"PK\x03\x04"):
        return True
    if not head.strip(b"\xef\xbb\xbf \t\r\n"):
        raise BadInput(
            f"{path.name} 是空的。",
            f"{path.name} is empty.",
            hint_zh="请报送带表头的文件。",
            hint_en="Send the file with its headings.",
        )
    what = next((w for s, w in _SIGNATURES.items() if head.startswith(s)), None)
    marked = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if what is None and not marked and b"\x00" in head.split(b"\n", 1)[0]:
        what = _BINARY
    if what:
        raise BadInput(
            f"{path.name} 是{what.zh}；能读取的是 CSV、XLSX、JSON Lines 和 Parquet。",
            f"{path.name} is {what.en}; CSV, XLSX, JSON Lines and Parquet are read.",
            hint_zh="请另存为 .xlsx 或 CSV（UTF-8）后载入。",
            hint_en="Save it as .xlsx or as CSV (UTF-8) and load that.",
        )
    return False


def _is_parquet(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(SIGNATURE)) == SIGNATURE


def _csv_headings(path: Path, encoding: str) -> tuple[str, list[str]]:
    """Return the delimiter and the cells of the first line that is not empty."""
    with path.open(encoding=encoding, newline="") as file:
        first = file.readline(_PROBE)
        delimiter = max(_DELIMITERS, key=first.count)
        file.seek(0)
        try:
            reader = csv.reader(file, delimiter=delimiter, strict=True)
            return delimiter, next((row for row in reader if row), [])
        except csv.Error as error:
            raise BadInput(
                f"{path.name}：表头无法切分成格（{error}）。",
                f"{path.name}: the headings cannot be cut into cells ({error}).",
                hint_zh=_HEADINGS_ONCE.zh,
                hint_en=_HEADINGS_ONCE.en,
            ) from error


def _checked(path: Path, cells: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """Return the headings without blanks and line breaks around and in them.

    Raises:
        BadInput: none, too many, or one of them twice.
    """
    names = tuple(
        "".join(name.split()) if _is_chinese(name) else " ".join(name.split())
        for name in cells
    )
    named = [n for n in names if n]
    doubled = sorted({n for n in named if named.count(n) > 1})
    if not named:
        raise BadInput(
            f"{path.name} 的首行没有表头。",
            f"{path.name} has no headings in its first line.",
            hint_zh=_HEADINGS_ONCE.zh,
            hint_en=_HEADINGS_ONCE.en,
        )
    if doubled:
        raise BadInput(
            f"{path.name}：表头“{doubled[0]}”出现两次。",
            f"{path.name}: the heading {doubled[0]!r} stands twice.",
            hint_zh=_HEADINGS_ONCE.zh,
            hint_en=_HEADINGS_ONCE.en,
        )
    if len(names) > _MOST_COLUMNS:
        raise BadInput(
            f"{path.name} 有 {len(names)} 列。",
            f"{path.name} has {len(names)} columns.",
            hint_zh=_HEADINGS_ONCE.zh,
            hint_en=_HEADINGS_ONCE.en,
        )
    return tuple(n or f"（第{i}列）" for i, n in enumerate(names, 1))


def _is_chinese(text: str) -> bool:
    return any("\u4e00" <= c <= "\u9fff" for c in text)
