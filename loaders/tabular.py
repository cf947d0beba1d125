"""Files as tables of text: CSV, XLSX and JSON Lines, with the line of every row.

Everything arrives as text, because a code read as a number has lost its zeros.
CSV is read in pieces, so memory does not grow with the file; a line number is the
physical line even where a quoted cell spans several.
"""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Final

import fastexcel
import pyarrow as pa

from graph.errors import BadInput

CHUNK_ROWS: Final = 20_000
LONGEST_CELL: Final = 32_768
_ENCODINGS: Final = ("utf-8-sig", "gb18030")
_DELIMITERS: Final = ",\t;|"
_ZIP, _OLD_EXCEL, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"
_PROBE: Final = 65_536


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows of a file: text columns by heading, and each row's line."""

    table: pa.Table
    lines: pa.Array


@dataclass(frozen=True, slots=True)
class TextFile:
    """A tabular file, recognised but not yet read."""

    path: Path
    format: str
    encoding: str
    delimiter: str
    headings: tuple[str, ...]
    digest: str

    def pieces(self) -> Iterator[Piece]:
        """Yield the rows in pieces of up to CHUNK_ROWS.

        Raises:
            BadInput: a byte that is not of the encoding, a cell that is too long,
                or a line that is not a JSON object; the message names the line.
        """
        if self.format == "xlsx":
            yield from _sheet_pieces(self)
        elif self.format == "jsonl":
            yield from _grouped(self, _json_rows(self))
        else:
            yield from _grouped(self, _csv_rows(self))


def open_table(path: Path, *, encoding: str | None = None) -> TextFile:
    """Return the file with its format, encoding, delimiter and headings.

    Args:
        path: a .csv, .xlsx or .jsonl file.
        encoding: declared encoding; found when None (UTF-8 with or without mark,
            else GB18030, both strictly).

    Raises:
        BadInput: not there, of another type, empty, or of an unknown encoding.
    """
    if not path.is_file():
        raise BadInput(f"{path} is not a file.", hint="Name an existing file.")
    head = _head(path)
    digest = _digest(path)
    if head.startswith(_ZIP):
        return TextFile(path, "xlsx", "", "", _sheet_headings(path), digest)
    _refuse_binary(path, head)
    found = encoding or _encoding_of(path)
    if path.suffix.lower() == ".jsonl":
        headings = _json_headings(path, found)
        return TextFile(path, "jsonl", found, "", headings, digest)
    delimiter, headings = _csv_headings(path, found)
    return TextFile(path, "csv", found, delimiter, headings, digest)


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_PROBE)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        digest = sha256()
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _refuse_binary(path: Path, head: bytes) -> None:
    what = None
    if head.startswith(_OLD_EXCEL):
        what = "an old Excel file (.xls)"
    elif head.startswith(_PDF):
        what = "a PDF"
    elif b"\x00" in head[:1024]:
        what = "binary"
    if not head.strip():
        raise BadInput(
            f"{path.name} is empty.", hint="Send the file with its headings."
        )
    if what:
        raise BadInput(
            f"{path.name} is {what}; CSV, XLSX and JSON Lines are read.",
            hint="Save it as .xlsx or as CSV (UTF-8) and load that.",
        )


def _encoding_of(path: Path) -> str:
    faults = []
    for encoding in _ENCODINGS:
        try:
            with path.open(encoding=encoding, newline="") as file:
                while file.read(1 << 20):
                    pass
        except UnicodeDecodeError as error:
            faults.append(f"{encoding} fails at byte {error.start}")
        else:
            return encoding
    raise BadInput(
        f"{path.name} is neither UTF-8 nor GB18030: {'; '.join(faults)}.",
        hint="Save the file as UTF-8 and load it again.",
    )


def _csv_headings(path: Path, encoding: str) -> tuple[str, tuple[str, ...]]:
    with path.open(encoding=encoding, newline="") as file:
        first = file.readline()
    delimiter = max(_DELIMITERS, key=first.count)
    row = next(csv.reader(io.StringIO(first), delimiter=delimiter), [])
    return delimiter, _clean_headings(path, row)


def _clean_headings(path: Path, row: list[str]) -> tuple[str, ...]:
    names = tuple(name.strip().lstrip("\ufeff") for name in row)
    doubled = sorted({n for n in names if names.count(n) > 1})
    if doubled or not any(names):
        raise BadInput(
            f"{path.name}: the heading {doubled[0]!r} stands twice."
            if doubled
            else f"{path.name} has no headings in its first line.",
            hint="The first line must name each column once.",
        )
    return names


Row = tuple[int, list[str]]


def _csv_rows(file: TextFile) -> Iterator[Row]:
    with file.path.open(encoding=file.encoding, newline="") as handle:
        reader = csv.reader(handle, delimiter=file.delimiter, strict=True)
        try:
            next(reader)
            last = reader.line_num
            for row in reader:
                if any(cell.strip() for cell in row):
                    yield last + 1, row
                last = reader.line_num
        except csv.Error as error:
            raise BadInput(
                f"{file.path.name} line {reader.line_num}: {error}.",
                hint="Look for an unclosed quotation mark.",
            ) from error


def _json_rows(file: TextFile) -> Iterator[Row]:
    with file.path.open(encoding=file.encoding) as handle:
        for number, line in enumerate(handle, 1):
            if line.strip():
                values = _json_object(file.path, number, line)
                unknown = [k for k in values if k not in file.headings]
                if unknown:
                    raise BadInput(
                        f"{file.path.name} line {number}: the key {unknown[0]!r} is "
                        "not in the first object.",
                        hint="Give every object the same keys.",
                    )
                yield number, [_as_text(values.get(h)) for h in file.headings]


def _json_object(path: Path, number: int, line: str) -> dict[str, object]:
    try:
        value = json.loads(line)
    except ValueError as error:
        raise BadInput(f"{path.name} line {number} is not JSON: {error}.") from error
    if not isinstance(value, dict):
        raise BadInput(f"{path.name} line {number} is not a JSON object.")
    return value


def _as_text(value: object) -> str:
    return "" if value is None else str(value)


def _json_headings(path: Path, encoding: str) -> tuple[str, ...]:
    with path.open(encoding=encoding) as handle:
        first = handle.readline()
    return _clean_headings(path, list(_json_object(path, 1, first)))


def _grouped(file: TextFile, rows: Iterator[Row]) -> Iterator[Piece]:
    width = len(file.headings)
    while group := list(islice(rows, CHUNK_ROWS)):
        for line, row in group:
            if len(row) > width and any(c.strip() for c in row[width:]):
                raise BadInput(
                    f"{file.path.name} line {line} has {len(row)} cells; the headings "
                    f"name {width}.",
                    hint="A cell with the delimiter in it must be in quotation marks.",
                )
            if max(map(len, row), default=0) > LONGEST_CELL:
                raise BadInput(
                    f"{file.path.name} line {line} has a cell of more than "
                    f"{LONGEST_CELL} characters."
                )
        columns = [
            pa.array([r[i] if i < len(r) else "" for _, r in group], pa.string())
            for i in range(width)
        ]
        lines = pa.array([line for line, _ in group], pa.int32())
        yield Piece(pa.table(columns, names=list(file.headings)), lines)


def _sheet(path: Path) -> fastexcel.ExcelSheet:
    try:
        book = fastexcel.read_excel(path)
        return book.load_sheet(0, header_row=None, dtypes="string")
    except fastexcel.FastExcelError as error:
        raise BadInput(
            f"{path.name} is not a readable XLSX file: {error}.",
            hint="Open it in a spreadsheet program and save it as .xlsx.",
        ) from error


def _heading_row(columns: list[list[str | None]]) -> int:
    """Return the row with the headings: the first in which most cells are filled.

    Title rows above it fill one merged cell only.
    """
    width = len(columns)
    for row in range(min(10, len(columns[0]) if columns else 0)):
        filled = sum(bool((c[row] or "").strip()) for c in columns)
        if filled * 2 > width:
            return row
    return 0


def _sheet_table(path: Path) -> tuple[list[list[str | None]], int]:
    batch = _sheet(path).to_arrow()
    columns = [c.cast(pa.string()).to_pylist() for c in batch.columns]
    if not columns or not columns[0]:
        raise BadInput(f"{path.name} has an empty first sheet.")
    return columns, _heading_row(columns)


def _sheet_headings(path: Path) -> tuple[str, ...]:
    columns, at = _sheet_table(path)
    return _clean_headings(path, [(c[at] or "") for c in columns])


def _sheet_pieces(file: TextFile) -> Iterator[Piece]:
    columns, at = _sheet_table(file.path)
    rows = (
        (line + 1, [c[line] or "" for c in columns])
        for line in range(at + 1, len(columns[0]))
        if any((c[line] or "").strip() for c in columns)
    )
    yield from _grouped(file, rows)
