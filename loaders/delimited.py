"""CSV in blocks: fast where the file keeps to the rules of quoting, right everywhere.

A block of whole records is parsed by Arrow; where the rules of quoting are broken
Python's own reader takes over, which is slower and knows the exceptions. Memory is that
of a few blocks, whatever the size of the file.
"""

import csv
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import StringIO, TextIOBase
from itertools import islice
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv

from graph.ahead import ahead
from graph.errors import BadInput
from loaders.encoding import utf8_blocks
from loaders.headings import (
    FOOT_ROWS,
    TITLE_ROWS,
    Found,
    KnownHeadings,
    Line,
    checked_names,
    find_foot,
    find_headings,
)
from loaders.piece import (
    Piece,
    Row,
    mark_long_cells,
    piece_of,
    pieces_of,
    without_blank_rows,
)
from loaders.records import Block, BoundedLines, cut

_DELIMITERS: Final = ",\t;|"
_FIELD_LIMIT: Final = 1 << 20
_TAIL: Final = 1 << 20
_ROWS_END: Final = 1 << 31


@dataclass(frozen=True, slots=True)
class CsvText:
    """A CSV file whose encoding, delimiter and headings are known.

    Args:
        heading_line: the last one that the headings take.
        stop: the first line below the table.
    """

    path: Path
    encoding: str
    delimiter: str
    headings: tuple[str, ...]
    heading_line: int = 1
    stop: int = _ROWS_END

    def look_through(self) -> tuple[int, list[Line]]:
        """Return the number of records below the headings, and the last ones.

        Raises:
            BadInput: a line is too long, or a quotation mark is not closed; its line is
                named.
        """
        records, last = 0, (b"", 1)
        for block in self._cut():
            if block is None:
                rows = deque[Line](maxlen=FOOT_ROWS)
                records = 0
                for row in self._rows(after=self.heading_line):
                    records += 1
                    rows.append(Line(row.line, row.cells))
                return records, list(rows)
            records += len(block)
            if block.first_line <= self.heading_line:
                records -= int(np.searchsorted(block.lines(), self.heading_line + 1))
            last = _joined(last, block)
        return records, self._tail(*last)

    def _tail(self, data: bytes, line: int) -> list[Line]:
        text = StringIO(data.decode(), newline="")
        rows = _read_rows(text, self, first_line=line)
        found = [Line(r.line, r.cells) for r in rows if r.line > self.heading_line]
        return found[-FOOT_ROWS:]

    def count(self) -> int:
        """Return the number of records below the headings."""
        return self.look_through()[0]

    def pieces(self) -> Iterator[Piece]:
        """Yield the rows; the file is as `look_through` found it."""
        return ahead(self._pieces())

    def _pieces(self) -> Iterator[Piece]:
        done = self.heading_line
        for block in self._cut():
            if block is None:
                yield from pieces_of(self.headings, self._rows(after=done))
                return
            if block.last_line > self.heading_line:
                for piece in without_blank_rows(self._parsed(block)).slices():
                    if len(piece):
                        yield piece
                done = block.last_line

    def _cut(self) -> Iterator[Block | None]:
        blocks = utf8_blocks(self.path, self.encoding)
        return cut(blocks, self.path, self.delimiter)

    def _parsed(self, block: Block) -> Piece:
        lines = block.lines()
        first, last = np.searchsorted(lines, (self.heading_line + 1, self.stop))
        try:
            table = _arrow_table(block.data, self.delimiter, self.headings)
        except pa.ArrowInvalid:
            return self._slowly(block)
        if len(lines) != table.num_rows:
            return self._slowly(block)
        rows = slice(int(first), int(last))
        within = table.slice(rows.start, rows.stop - rows.start)
        return mark_long_cells(Piece(within, pa.array(lines[rows], pa.int32())))

    def _slowly(self, block: Block) -> Piece:
        text = StringIO(block.data.decode(), newline="")
        rows = _read_rows(text, self, first_line=block.first_line)
        return piece_of(self.headings, [r for r in rows if self._holds(r.line)])

    def _holds(self, line: int) -> bool:
        return self.heading_line < line < self.stop

    def _rows(self, after: int) -> Iterator[Row]:
        """Yield the rows below line `after` as Python's reader understands them."""
        with self.path.open(encoding=self.encoding, newline="") as file:
            for row in _read_rows(file, self, first_line=1):
                if row.line > after and self._holds(row.line):
                    yield row


def _joined(last: tuple[bytes, int], block: Block) -> tuple[bytes, int]:
    """Return the last records of the file so far: those of a short block go on."""
    tail, line = block.last(FOOT_ROWS)
    short = line == block.first_line and len(last[0]) < _TAIL
    return (last[0] + tail, last[1]) if short else (tail, line)


def open_csv(
    path: Path, encoding: str, delimiter: str | None, known: KnownHeadings
) -> tuple[CsvText, Found, tuple[Line, ...], int]:
    """Return a CSV file, its headings, the lines below its table, and its rows' number.

    Args:
        path: of the file.
        encoding: in which every byte of it can be read.
        delimiter: as declared, else found.
        known: the headings that the sources describe.

    Raises:
        BadInput: its headings, or a record, cannot be read; the line is named.
    """
    cut_by, head = _head(path, encoding, delimiter, known)
    found = find_headings(head, known)
    headings = checked_names(path.name, found.names)
    text = CsvText(path, encoding, cut_by, headings, found.line)
    rows, last = text.look_through()
    foot = find_foot(last, len(headings))
    stop = foot[0].number if foot else _ROWS_END
    return replace(text, stop=stop), found, foot, rows - len(foot)


def _head(
    path: Path, encoding: str, declared: str | None, known: KnownHeadings
) -> tuple[str, list[Line]]:
    """Return the delimiter and the first rows, cut by it."""

    def how_well(head: tuple[str, list[Line]]) -> tuple[int, int]:
        found = find_headings(head[1], known)
        named = sum(1 for name in found.names if any(map(str.isalnum, name)))
        return known.score(found.names), named

    tried, errors = [], []
    for delimiter in declared or _DELIMITERS:
        rows, error = _first_rows(path, encoding, delimiter)
        tried.append((delimiter, rows))
        errors.append(error)
    best = max(tried, key=how_well)
    if not best[1] and errors[0]:
        raise errors[0]
    return best


def _first_rows(
    path: Path, encoding: str, delimiter: str
) -> tuple[list[Line], BadInput | None]:
    """Return the first rows, as far as the delimiter cuts them, and what stopped it."""
    text = CsvText(path, encoding, delimiter, ())
    found: list[Line] = []
    with path.open(encoding=encoding, newline="") as file:
        rows = islice(_read_rows(file, text, first_line=1), TITLE_ROWS + 1)
        try:
            found.extend(Line(r.line, r.cells) for r in rows)
        except BadInput as error:
            return found, error
    return found, None


def _read_rows(text: TextIOBase, file: CsvText, *, first_line: int) -> Iterator[Row]:
    csv.field_size_limit(_FIELD_LIMIT)
    lines = BoundedLines(text, file.path, first_line)
    reader = csv.reader(lines, delimiter=file.delimiter, strict=True)
    last = first_line - 1
    try:
        for cells in reader:
            begins, last = last + 1, first_line - 1 + reader.line_num
            lines.begin_record()
            if any(c.strip() for c in cells):
                yield Row(begins, cells)
    except csv.Error as error:
        raise BadInput(
            f"{file.path.name}：从第 {last + 1:,} 行开始的记录无法切分成格（{error}）。",
            f"{file.path.name}: the record that begins in line {last + 1:,} cannot be "
            f"cut into cells ({error}).",
            hint_zh="请检查该处的引号是否没有闭合，或者内容中的引号没有写两遍。什么也没有写入。",
            hint_en="Look there for a quotation mark that is not closed or not "
            "doubled. Nothing was written.",
        ) from error


def _arrow_table(data: bytes, delimiter: str, headings: Sequence[str]) -> pa.Table:
    names = list(headings)
    table = arrow_csv.read_csv(
        pa.py_buffer(data),
        read_options=arrow_csv.ReadOptions(
            column_names=names, use_threads=False, block_size=len(data) + 1
        ),
        parse_options=arrow_csv.ParseOptions(
            delimiter=delimiter, newlines_in_values=b'"' in data
        ),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()),
            strings_can_be_null=False,
            # Every byte was checked when the file was looked through.
            check_utf8=False,
        ),
    )
    return table.combine_chunks()
