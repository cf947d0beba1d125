"""Blocks of whole CSV records, with the physical line of each.

Where the marks of quotation stand only where RFC 4180 lets them stand, records are cut
at line ends outside quotes. Anything else is not cut here but read by Python's own
reader.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import TextIOBase
from pathlib import Path
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from graph.errors import BadInput

LONGEST_LINE: Final = 1 << 20
"""Bytes, or characters, between two line ends; a longer line is no row of a table."""
LONGEST_RECORD: Final = 1 << 24
_QUOTE, _NEWLINE, _RETURN = 0x22, 0x0A, 0x0D
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Block:
    """Whole records, and where they start.

    Args:
        data: their text, UTF-8, each with its line end.
        first_line: in which the first begins.
        height: how many lines there are.
        starts: bytes at which records start; None where every line is a record.
        lines_before: number of line ends before each of them.
    """

    data: bytes
    first_line: int
    height: int
    starts: Places | None = None
    lines_before: Places | None = None

    @property
    def last_line(self) -> int:
        """Return the line in which the last record ends."""
        return self.first_line + self.height - 1

    def __len__(self) -> int:
        """Return the number of records."""
        return self.height if self.starts is None else len(self.starts)

    def lines(self) -> Places:
        """Return the line in which each record starts."""
        if self.lines_before is None:
            return np.arange(self.first_line, self.first_line + self.height)
        found: Places = self.first_line + self.lines_before
        return found

    def last(self, records: int) -> tuple[bytes, int]:
        """Return the text of the last records, and the line in which it begins."""
        if self.starts is not None:
            at = int(self.starts[-records:][0]) if len(self.starts) else 0
        else:
            at = len(self.data) - 1
            for _ in range(records):
                at = self.data.rfind(b"\n", 0, max(at, 0))
            at += 1
        return self.data[at:], self.first_line + self.data.count(b"\n", 0, at)


def cut(blocks: Iterable[bytes], path: Path, delimiter: str) -> Iterator[Block | None]:
    """Yield blocks of whole records, then None where the rules are broken.

    Args:
        blocks: the text of a file, UTF-8, cut anywhere.
        path: for messages.
        delimiter: one ASCII character.

    Raises:
        BadInput: a line is too long.
    """
    rest, line = b"", 1
    for data in blocks:
        rest += data
        if long := _long_line(rest):
            raise too_long(path, line + long - 1)
        block = _block(rest, line, delimiter)
        if block is None or (not block.data and len(rest) > LONGEST_RECORD):
            yield None
            return
        if block.data:
            yield block
            rest, line = rest[len(block.data) :], block.last_line + 1
    if rest:
        yield _block(rest + b"\n", line, delimiter, final=True)


def _block(
    data: bytes, line: int, delimiter: str, *, final: bool = False
) -> Block | None:
    """Return the whole records at the front of the data; None where rules are broken."""
    if data.count(b"\r") != data.count(b"\r\n") + data.endswith(b"\r"):
        return None
    if b'"' in data:
        return _quoted(data, line, delimiter, final=final)
    whole = data[: data.rfind(b"\n") + 1]
    if _has_blank_lines(whole):
        return _with_blanks(whole, line)
    return Block(whole, line, whole.count(b"\n"))


def _has_blank_lines(data: bytes) -> bool:
    return data.startswith((b"\n", b"\r\n")) or b"\n\n" in data or b"\n\r\n" in data


def _with_blanks(data: bytes, line: int) -> Block:
    ends = np.flatnonzero(np.frombuffer(data, np.uint8) == _NEWLINE)
    return _starting(data, line, ends, ends)


def _quoted(data: bytes, line: int, delimiter: str, *, final: bool) -> Block | None:
    text = np.frombuffer(data, np.uint8)
    newlines = np.flatnonzero(text == _NEWLINE)
    quotes = np.flatnonzero(text == _QUOTE)
    ends = newlines[np.searchsorted(quotes, newlines) % 2 == 0]
    stop = int(ends[-1]) + 1 if ends.size else 0
    if final and stop != len(data):
        return None
    text, quotes = text[:stop], quotes[: np.searchsorted(quotes, stop)]
    if not _regular(text, quotes, ord(delimiter)):
        return None
    return _starting(
        data[:stop], line, ends, newlines[: np.searchsorted(newlines, stop)]
    )


def _starting(data: bytes, line: int, ends: Places, newlines: Places) -> Block:
    """Return the block whose records end there; blank lines are none."""
    text = np.frombuffer(data, np.uint8)
    starts = np.concatenate([np.zeros(1, np.int64), ends[:-1] + 1])[: len(ends)]
    length = ends - starts
    empty = (length == 0) | ((length == 1) & (text[starts] == _RETURN))
    starts = starts[~empty]
    before = np.searchsorted(newlines, starts)
    return Block(data, line, len(newlines), starts, before)


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


def _long_line(data: bytes) -> int:
    """Return the number, from 1, of the first line beyond LONGEST_LINE; 0 without."""
    half = LONGEST_LINE // 2
    # A line end in each half: no line is longer than the whole.
    if all(b"\n" in data[at : at + half] for at in range(0, len(data) - half, half)):
        return 0
    ends = np.flatnonzero(np.frombuffer(data, np.uint8) == _NEWLINE)
    lengths = np.diff(ends, prepend=-1, append=len(data))
    long = np.flatnonzero(lengths > LONGEST_LINE + 1)
    return int(long[0]) + 1 if long.size else 0


class BoundedLines:
    """The lines of a text, none of them and no record of them without end."""

    def __init__(self, text: TextIOBase, path: Path, first_line: int = 1) -> None:
        """Begin before the first line."""
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
        if len(line) > LONGEST_LINE or self._held > LONGEST_RECORD:
            raise too_long(self._path, self._number)
        if not line:
            raise StopIteration
        return line

    def begin_record(self) -> None:
        """Note that what was read so far needs not be held any more."""
        self._held = 0


def too_long(path: Path, line: int) -> BadInput:
    """Return the error that a line, or a record, is no row of a table."""
    return BadInput(
        f"{path.name}：第 {line:,} 行（或者到此为止的记录）长得不像一行数据。",
        f"{path.name}: line {line:,}, or the record that reaches it, is too long for a "
        "row of a table.",
        hint_zh="请检查换行和引号。什么也没有写入。",
        hint_en="Look for missing line ends and unclosed quotation marks. Nothing was "
        "written.",
    )
