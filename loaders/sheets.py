"""XLSX as text: the first sheet with content, after a look at what it would unpack to.

Every cell arrives as text; a code that a spreadsheet program has turned into a number
has lost digits, which its check character then shows. The sheet is unpacked by another
process and read from where that process left it, so it takes no memory here.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph.errors import BadInput, Said
from loaders.confined import Unpacked, unpack
from loaders.headings import (
    FOOT_ROWS,
    NOTHING_KNOWN,
    TITLE_ROWS,
    KnownHeadings,
    Line,
    checked_names,
    find_foot,
    find_headings,
)
from loaders.piece import Piece, mark_long_cells, without_blank_rows
from loaders.workbooks import inspect_workbook

_MOST_COLUMNS: Final = 200
_XLSX: Final = Said("XLSX 文件", "XLSX file")
_SAVE_AGAIN: Final = Said(
    "请用表格软件打开，另存为 .xlsx 或 CSV。",
    "Open it in a spreadsheet program and save it as .xlsx or CSV.",
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet that is read, and which others hold something.

    Args:
        name: of the sheet.
        headings: names of its columns.
        heading_line: the last one that the headings take.
        above: lines above the headings.
        foot: lines below the table.
        others: names of further sheets with content.
        rows: number of rows of the table, blank ones included.
        places: of the columns in the sheet, the first being 0.
    """

    name: str
    headings: tuple[str, ...]
    heading_line: int
    above: tuple[Line, ...]
    foot: tuple[Line, ...]
    others: tuple[str, ...]
    rows: int
    places: tuple[int, ...]
    _content: Unpacked

    def pieces(self) -> Iterator[Piece]:
        """Yield the rows below the headings."""
        stop = self.foot[0].number if self.foot else 1 << 31
        for first, batch in _batches(self._content):
            above = min(max(0, self.heading_line + 1 - first), batch.num_rows)
            below = min(max(above, stop - first), batch.num_rows)
            lines = np.arange(first + above, first + below, dtype=np.int32)
            cells = [pc.fill_null(batch.column(p), "") for p in self.places]
            body = pa.table(cells, names=list(self.headings))
            piece = Piece(body.slice(above, below - above), pa.array(lines))
            kept = without_blank_rows(mark_long_cells(piece))
            if len(kept):
                yield kept


def open_sheet(path: Path, known: KnownHeadings = NOTHING_KNOWN) -> Sheet:
    """Return the first sheet that has content.

    Raises:
        BadInput: not a readable workbook, too large when unpacked, or empty.
    """
    inspect_workbook(path)
    content = unpack(path, "xlsx", _XLSX, _SAVE_AGAIN)
    if not content.batches():
        raise BadInput(
            f"{path.name} 中没有有内容的工作表。",
            f"{path.name} has no sheet with content.",
            hint_zh="请确认报送的是有数据的工作簿；打开后另存一次往往可以修复。",
            hint_en="Make sure that it is the file with the data; opening it and saving "
            "it again often mends it.",
        )
    head, tail, rows, filled = _look_through(content)
    found = find_headings(head, known)
    names = [*found.names, *[""] * (len(filled) - len(found.names))]
    # A column without a name is told when it holds something; an empty one is none.
    places = tuple(p for p, name in enumerate(names) if name or filled[p])
    headings = checked_names(path.name, [names[p] for p in places], places)
    if len(headings) > _MOST_COLUMNS:
        raise _too_wide(path, len(headings))
    foot = find_foot([r for r in tail if r.number > found.line], len(headings))
    rows -= found.line + (rows - foot[0].number + 1 if foot else 0)
    return Sheet(
        content.name,
        headings,
        found.line,
        found.above,
        foot,
        content.others,
        rows,
        places,
        content,
    )


def _batches(content: Unpacked) -> Iterator[tuple[int, pa.RecordBatch]]:
    """Yield the parts of the sheet, each with the line of its first row."""
    line = 1
    for number in range(content.batches()):
        batch = content.reader.get_batch(number)
        yield line, batch
        line += batch.num_rows


def _look_through(
    content: Unpacked,
) -> tuple[list[Line], list[Line], int, list[bool]]:
    """Return the first and the last rows, how many there are, and columns with content."""
    head: list[Line] = []
    tail = deque[Line](maxlen=FOOT_ROWS)
    line, filled = 1, np.zeros(0, np.bool_)
    for line, batch in _batches(content):
        if not filled.size:
            filled = np.zeros(batch.num_columns, np.bool_)
        filled |= [
            (pc.max(pc.binary_length(c)).as_py() or 0) > 0 for c in batch.columns
        ]
        if len(head) <= TITLE_ROWS:
            head += _rows(batch.slice(0, 10 * TITLE_ROWS), line)
        last = max(0, batch.num_rows - 2 * FOOT_ROWS)
        tail.extend(_rows(batch.slice(last), line + last))
    rows = line + batch.num_rows - 1
    return head[: TITLE_ROWS + 1], list(tail), rows, filled.tolist()


def _rows(batch: pa.RecordBatch, first: int) -> Iterator[Line]:
    """Yield the rows that are not blank."""
    columns = [column.to_pylist() for column in batch.columns]
    for number, cells in enumerate(zip(*columns, strict=True), first):
        if any(c and c.strip() for c in cells):
            yield Line(number, [c or "" for c in cells])


def _too_wide(path: Path, columns: int) -> BadInput:
    return BadInput(
        f"{path.name} 有 {columns} 列。",
        f"{path.name} has {columns} columns.",
        hint_zh=f"工作表最多 {_MOST_COLUMNS} 列；请删除数据之外的列，或者另存为 CSV。",
        hint_en=f"A sheet has at most {_MOST_COLUMNS}; delete the columns beside the "
        "data, or save it as CSV.",
    )
