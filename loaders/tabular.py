"""Files as tables of text: CSV, XLSX, JSON and Parquet, with the line of every row.

Everything arrives as text, because a code read as a number has lost its zeros. A
file is looked through once before anything of it is used: its digest, its encoding,
its quotation marks and the number of its rows are known when loading begins.
"""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from hashlib import file_digest
from pathlib import Path
from typing import Final, Protocol

from graph.errors import BadInput
from loaders.delimited import open_csv
from loaders.encoding import find_encoding
from loaders.formats import NOTHING_GIVEN, Format, Given, recognise_format
from loaders.headings import (
    NOTHING_KNOWN,
    KnownHeadings,
    beside_the_table,
    checked_names,
)
from loaders.issues import Issue, Reason
from loaders.json_objects import Members, objects_of
from loaders.json_rows import open_objects
from loaders.nested import statements_in
from loaders.parquet import open_parquet
from loaders.piece import Piece
from loaders.sheets import open_sheet
from loaders.spelling import clean_heading


class _Content(Protocol):
    """What every format offers."""

    def pieces(self) -> Iterator[Piece]:
        """Yield the rows."""


@dataclass(frozen=True, slots=True)
class TextFile:
    """A tabular file, recognised and looked through.

    Args:
        heading_line: the last one that the headings take; 0 where they are no line.
        rows: how many rows there are; blank ones may be counted.
        told: what stands beside the table: lines above and below it, further sheets.
    """

    path: Path
    format: str
    encoding: str
    headings: tuple[str, ...]
    heading_line: int
    digest: str
    rows: int
    told: tuple[Issue, ...]
    content: _Content

    def pieces(self) -> Iterator[Piece]:
        """Yield the rows in pieces of up to CHUNK_ROWS."""
        return self.content.pieces()


def open_table(
    path: Path, given: Given = NOTHING_GIVEN, known: KnownHeadings = NOTHING_KNOWN
) -> TextFile:
    """Return the file with its format, encoding, headings and number of rows.

    Args:
        path: a CSV, XLSX, JSON, JSON Lines or Parquet file.
        given: what its sender says about it; the rest is found.
        known: the headings that the sources describe, by which its own are found.

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
    with ThreadPoolExecutor(1) as beside:
        digest = beside.submit(_digest, path)
        opened = _OPENERS[kind](path, given, known)
    return TextFile(
        path,
        kind,
        opened.encoding,
        opened.headings,
        opened.line,
        digest.result(),
        opened.rows,
        opened.told,
        opened.content,
    )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class _Opened:
    """The content of a file, and where its headings stand."""

    content: _Content
    headings: tuple[str, ...]
    rows: int
    line: int = 1
    encoding: str = ""
    told: tuple[Issue, ...] = ()


def _open_parquet(path: Path, _: Given, __: KnownHeadings) -> _Opened:
    found = open_parquet(path)
    headings = _named(path, found.headings)
    return _Opened(replace(found, headings=headings), headings, found.rows, 0)


def _open_sheet(path: Path, _: Given, known: KnownHeadings) -> _Opened:
    sheet = open_sheet(path, known)
    name, line = path.name, sheet.heading_line
    told = (
        *beside_the_table(name, sheet.above, above=True),
        *beside_the_table(name, sheet.foot, above=False),
        *(_unread_sheet(name, line, other) for other in sheet.others),
    )
    return _Opened(sheet, sheet.headings, sheet.rows, line, told=told)


def _open_csv(path: Path, given: Given, known: KnownHeadings) -> _Opened:
    encoding = find_encoding(path, given.encoding)
    text, found, foot, rows = open_csv(path, encoding, given.delimiter, known)
    told = (
        *beside_the_table(path.name, found.above, above=True),
        *beside_the_table(path.name, foot, above=False),
    )
    return _Opened(text, text.headings, rows, found.line, encoding, told)


def _open_json(path: Path, given: Given, _: KnownHeadings) -> _Opened:
    return _of_objects(path, given, lines=False)


def _open_json_lines(path: Path, given: Given, _: KnownHeadings) -> _Opened:
    return _of_objects(path, given, lines=True)


def _of_objects(path: Path, given: Given, *, lines: bool) -> _Opened:
    encoding = find_encoding(path, given.encoding)
    objects = objects_of(path, encoding, lines=lines)
    keys = objects.beside() if isinstance(objects, Members) else ()
    told = tuple(_unread_key(path.name, key) for key in keys)
    statements = statements_in(objects)
    if statements is not None:
        rows = statements.count()
        return _Opened(statements, statements.headings, rows, 1, encoding, told)
    found = open_objects(path, objects)
    headings = _named(path, found.keys)
    content = replace(found, headings=headings)
    return _Opened(content, headings, found.rows, 1, encoding, told)


_OPENERS: Final[Mapping[Format, Callable[[Path, Given, KnownHeadings], _Opened]]] = {
    Format.CSV: _open_csv,
    Format.XLSX: _open_sheet,
    Format.JSON: _open_json,
    Format.JSONL: _open_json_lines,
    Format.PARQUET: _open_parquet,
}


def _named(path: Path, names: tuple[str, ...]) -> tuple[str, ...]:
    return checked_names(path.name, [clean_heading(name) for name in names])


def _unread_sheet(file: str, line: int, sheet: str) -> Issue:
    return Issue(
        file=file,
        line=line,
        field=sheet,
        value="",
        reason=Reason.SHEET,
        message_zh=f"工作表“{sheet}”有内容，未读取；只读取第一张有内容的表",
        message_en=f"the sheet '{sheet}' has content and is not read; only the first "
        "sheet with content is",
        advice_zh="另存为单独的文件再载入",
        advice_en="save it as a file of its own",
        fatal=False,
    )


def _unread_key(file: str, key: str) -> Issue:
    return Issue(
        file=file,
        line=1,
        field=key[:60],
        value="",
        reason=Reason.BESIDE,
        message_zh=f"键“{key[:60]}”在对象数组之外，不作数据",
        message_en=f"the key '{key[:60]}' stands beside the array of objects and is no "
        "data",
        advice_zh="如是数据，请写入每个对象",
        advice_en="write it into each object if it is data",
        fatal=False,
    )
