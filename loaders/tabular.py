"""Files as tables of text: CSV, XLSX, JSON and Parquet, with the line of every row.

Everything arrives as text, because a code read as a number has lost its zeros. A
file is looked through once before anything of it is used: its digest, its encoding,
its quotation marks and the number of its rows are known when loading begins.
"""

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import file_digest
from pathlib import Path
from typing import Final, Protocol

from graph.errors import BadInput, Said
from loaders.delimited import BoundedLines, CsvText
from loaders.encoding import find_encoding
from loaders.formats import NOTHING_GIVEN, Format, Given, recognise_format
from loaders.json_objects import objects_of
from loaders.json_rows import open_objects
from loaders.nested import statements_in
from loaders.parquet import open_parquet
from loaders.piece import Piece
from loaders.sheets import open_sheet

_DELIMITERS: Final = ",\t;|"
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


def open_table(path: Path, given: Given = NOTHING_GIVEN) -> TextFile:
    """Return the file with its format, encoding, headings and number of rows.

    Args:
        path: a CSV, XLSX, JSON, JSON Lines or Parquet file.
        given: what its sender says about it; the rest is found.

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
    kind = recognise_format(path, given.format)
    opened = _OPENERS[kind](path, given)
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    return TextFile(
        path,
        kind,
        opened.encoding,
        opened.headings,
        opened.line,
        digest,
        opened.content.count(),
        opened.unread,
        opened.content,
    )


@dataclass(frozen=True, slots=True)
class _Opened:
    """The content of a file, and where its headings stand."""

    content: _Content
    headings: tuple[str, ...]
    line: int = 1
    encoding: str = ""
    unread: tuple[str, ...] = ()


def _open_parquet(path: Path, _: Given) -> _Opened:
    found = open_parquet(path)
    headings = _checked(path, found.headings)
    return _Opened(replace(found, headings=headings), headings, 0)


def _open_sheet(path: Path, _: Given) -> _Opened:
    sheet = open_sheet(path)
    headings = _checked(path, sheet.headings)
    return _Opened(
        replace(sheet, headings=headings),
        headings,
        sheet.heading_line,
        unread=sheet.others,
    )


def _open_csv(path: Path, given: Given) -> _Opened:
    encoding = find_encoding(path, given.encoding)
    delimiter, cells = _csv_headings(path, encoding, given.delimiter)
    headings = _checked(path, cells)
    content = CsvText(path, encoding, delimiter, headings)
    return _Opened(content, headings, encoding=encoding)


def _open_json(path: Path, given: Given) -> _Opened:
    return _of_objects(path, given, lines=False)


def _open_json_lines(path: Path, given: Given) -> _Opened:
    return _of_objects(path, given, lines=True)


def _of_objects(path: Path, given: Given, *, lines: bool) -> _Opened:
    encoding = find_encoding(path, given.encoding)
    objects = objects_of(path, encoding, lines=lines)
    statements = statements_in(objects)
    if statements is not None:
        return _Opened(statements, statements.headings, encoding=encoding)
    found = open_objects(path, objects)
    headings = _checked(path, found.keys)
    return _Opened(replace(found, headings=headings), headings, encoding=encoding)


_OPENERS: Final[Mapping[Format, Callable[[Path, Given], _Opened]]] = {
    Format.CSV: _open_csv,
    Format.XLSX: _open_sheet,
    Format.JSON: _open_json,
    Format.JSONL: _open_json_lines,
    Format.PARQUET: _open_parquet,
}


def _csv_headings(
    path: Path, encoding: str, declared: str | None
) -> tuple[str, list[str]]:
    """Return the delimiter and the cells of the first line that is not empty."""
    with path.open(encoding=encoding, newline="") as file:
        first = file.readline(_PROBE)
        delimiter = declared or max(_DELIMITERS, key=first.count)
        file.seek(0)
        try:
            reader = csv.reader(
                BoundedLines(file, path), delimiter=delimiter, strict=True
            )
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
