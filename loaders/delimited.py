"""CSV in blocks: fast where the file keeps to the rules of quoting, right everywhere.

A block whose quotation marks stand only where RFC 4180 lets them stand is cut at line
ends outside quotes, with the physical line of every record, and parsed by Arrow. Any
other block is read by Python's own reader, which is slower and knows the exceptions.
Memory is that of a few blocks, whatever the size of the file.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO, TextIOBase
from pathlib import Path
from typing import Final, Self

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv as arrow_csv

from graph.errors import BadInput
from loaders.encoding import BLOCK, utf8_blocks
from loaders.piece import (
    Piece,
    Row,
    mark_long_cells,
    piece_of,
    pieces_of,
    without_blank_rows,
)

_QUOTE, _NEWLINE, _RETURN = 0x22, 0x0A, 0x0D
_LONGEST_RECORD: Final = 4 * BLOCK
_FIELD_LIMIT: Final = 1 << 20
LONGEST_LINE: Final = 1 << 20
"""Bytes, or characters, between two line ends; a longer line is no row of a table."""
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class CsvText:
    """A CSV file whose encoding and delimiter are known."""

    path: Path
    encoding: str
    delimiter: str
    headings: tuple[str, ...]

    def count(self) -> int:
        """Return the number of records below the headings.

        Raises:
            BadInput: a quotation mark is not closed; its line is named.
        """
        records = -1
        for block in self._cut():
            if block is None:
                return sum(1 for _ in self._rows())
            records += len(block.starts)
        return max(0, records)

    def pieces(self) -> Iterator[Piece]:
        """Yield the rows; the file is as `count` found it."""
        done = 1
        for number, block in enumerate(self._cut()):
            if block is None:
                yield from pieces_of(self.headings, self._rows(after=done))
                return
            found = self._parsed(block, skip=1 if number == 0 else 0)
            for piece in without_blank_rows(found).slices():
                if len(piece):
                    yield piece
            done = block.last_line

    def _cut(self) -> Iterator["_Block | None"]:
        """Yield blocks of whole records, then None where the rules are broken."""
        rest, line = b"", 1
        for data in utf8_blocks(self.path, self.encoding):
            rest += data
            if long := _long_line(rest):
                raise _too_long(self.path, line + long - 1)
            block = _block(rest, line, self.delimiter)
            if block is None or (not block.data and len(rest) > _LONGEST_RECORD):
                yield None
                return
            if block.data:
                yield block
                rest, line = rest[len(block.data) :], block.last_line + 1
        if rest:
            yield _block(rest + b"\n", line, self.delimiter, final=True)

    def _parsed(self, block: "_Block", skip: int) -> Piece:
        try:
            table = _arrow_table(block.data, self.delimiter, self.headings).slice(skip)
        except pa.ArrowInvalid:
            return self._slowly(block, skip)
        lines = block.lines()[skip:]
        if len(lines) != table.num_rows:
            return self._slowly(block, skip)
        return mark_long_cells(Piece(table, pa.array(lines, pa.int32())))

    def _slowly(self, block: "_Block", skip: int) -> Piece:
        text = StringIO(block.data.decode(), newline="")
        rows = list(_read_rows(text, self, first_line=block.first_line))
        return piece_of(self.headings, rows[skip:])

    def _rows(self, after: int = 1) -> Iterator[Row]:
        """Yield the rows below line `after` as Python's reader understands them."""
        encoding = self.encoding
        with self.path.open(encoding=encoding, newline="") as file:
            for place, row in enumerate(_read_rows(file, self, first_line=1)):
                if place and row.line > after:
                    yield row


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


class BoundedLines:
    """The lines of a text, none of them and no record of them without end."""

    def __init__(self, text: TextIOBase, path: Path, first_line: int = 1) -> None:
        self._text, self._path = text, path
        self._number = first_line - 1
        self._held = 0

    def __iter__(self) -> Self:
        """Return the lines."""
        return self

    def __next__(self) -> str:
        """Return the next line.

        Raises:
            BadInput: it is too long, or belongs to a record that is.
        """
        line = self._text.readline(LONGEST_LINE + 1)
        self._number += 1
        self._held += len(line)
        if len(line) > LONGEST_LINE or self._held > _LONGEST_RECORD:
            raise _too_long(self._path, self._number)
        if not line:
            raise StopIteration
        return line

    def begin_record(self) -> None:
        """Note that what was read so far needs not be held any more."""
        self._held = 0


def _long_line(data: bytes) -> int:
    """Return the number, from 1, of the first line beyond LONGEST_LINE; 0 without."""
    if len(data) <= LONGEST_LINE:
        return 0
    ends = np.flatnonzero(np.frombuffer(data, np.uint8) == _NEWLINE)
    lengths = np.diff(ends, prepend=-1, append=len(data))
    long = np.flatnonzero(lengths > LONGEST_LINE + 1)
    return int(long[0]) + 1 if long.size else 0


def _too_long(path: Path, line: int) -> BadInput:
    return BadInput(
        f"{path.name}：第 {line:,} 行（或者到此为止的记录）长得不像一行数据。",
        f"{path.name}: line {line:,}, or the record that reaches it, is too long for a "
        "row of a table.",
        hint_zh="请检查换行和引号。什么也没有写入。",
        hint_en="Look for missing line ends and unclosed quotation marks. Nothing was "
        "written.",
    )


def _arrow_table(data: bytes, delimiter: str, headings: tuple[str, ...]) -> pa.Table:
    names = list(headings)
    table = arrow_csv.read_csv(
        pa.py_buffer(data),
        read_options=arrow_csv.ReadOptions(
            column_names=names, use_threads=False, block_size=len(data) + 1
        ),
        parse_options=arrow_csv.ParseOptions(
            delimiter=delimiter, newlines_in_values=_QUOTE in data
        ),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
        ),
    )
    return table.combine_chunks()


@dataclass(frozen=True, slots=True)
class _Block:
    """Whole records, and where they start."""

    data: bytes
    first_line: int
    starts: Places
    newlines: Places

    @property
    def last_line(self) -> int:
        """Return the line in which the last record ends."""
        return self.first_line + len(self.newlines) - 1

    def lines(self) -> Places:
        """Return the line in which each record starts."""
        found: Places = self.first_line + np.searchsorted(self.newlines, self.starts)
        return found


def _block(
    data: bytes, line: int, delimiter: str, *, final: bool = False
) -> _Block | None:
    """Return the whole records at the front of the data; None where rules are broken."""
    text = np.frombuffer(data, np.uint8)
    newlines = np.flatnonzero(text == _NEWLINE)
    quotes = np.flatnonzero(text == _QUOTE) if _QUOTE in data else newlines[:0]
    ends = newlines[np.searchsorted(quotes, newlines) % 2 == 0]
    stop = int(ends[-1]) + 1 if ends.size else 0
    if final and stop != len(data):
        return None
    text, quotes = text[:stop], quotes[: np.searchsorted(quotes, stop)]
    if not _regular(text, quotes, ord(delimiter)) or _lone_return(data, text):
        return None
    starts = np.concatenate([np.zeros(1, np.int64), ends[:-1] + 1])[: len(ends)]
    length = ends - starts
    empty = (length == 0) | ((length == 1) & (text[starts] == _RETURN))
    newlines = newlines[: np.searchsorted(newlines, stop)]
    return _Block(data[:stop], line, starts[~empty], newlines)


def _regular(text: npt.NDArray[np.uint8], quotes: Places, delimiter: int) -> bool:
    """Return whether quotes open after a delimiter and close before one."""
    if not quotes.size:
        return True
    opens, closes = quotes[::2], quotes[1::2]
    before = np.where(opens > 0, text[opens - 1], _NEWLINE)
    after = text[closes + 1]  # a newline always follows
    starts_well = np.isin(before, (delimiter, _NEWLINE, _QUOTE)).all()
    return bool(
        starts_well and np.isin(after, (delimiter, _NEWLINE, _RETURN, _QUOTE)).all()
    )


def _lone_return(data: bytes, text: npt.NDArray[np.uint8]) -> bool:
    """Return whether a carriage return ends a line without a newline after it."""
    if _RETURN not in data:
        return False
    at = np.flatnonzero(text == _RETURN)
    return bool((text[at + 1] != _NEWLINE).any())
