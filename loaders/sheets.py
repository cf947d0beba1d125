"""XLSX as text: the first sheet with content, after a look at what it would unpack to.

Every cell arrives as text; a code that a spreadsheet program has turned into a number
has lost digits, which its check character then shows. The sheet is unpacked by another
process and read from where that process left it, so it takes no memory here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from graph.errors import BadInput, Said
from loaders.confined import Unpacked, unpack
from loaders.piece import Piece, mark_long_cells, without_blank_rows
from loaders.workbooks import inspect_workbook

_MOST_COLUMNS: Final = 200
_TITLE_ROWS: Final = 10
_XLSX: Final = Said("XLSX 文件", "XLSX file")
_SAVE_AGAIN: Final = Said(
    "请用表格软件打开，另存为 .xlsx 或 CSV。",
    "Open it in a spreadsheet program and save it as .xlsx or CSV.",
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet that is read, and which others hold something."""

    name: str
    headings: tuple[str, ...]
    heading_line: int
    others: tuple[str, ...]
    _content: Unpacked

    def count(self) -> int:
        """Return the number of rows below the headings, blank ones included."""
        return sum(len(lines) for lines, _ in self._bodies())

    def pieces(self) -> Iterator[Piece]:
        """Yield the rows below the headings."""
        for lines, batch in self._bodies():
            cells = [pc.fill_null(column, "") for column in batch.columns]
            table = pa.table(cells, names=list(self.headings))
            kept = without_blank_rows(mark_long_cells(Piece(table, lines)))
            if len(kept):
                yield kept

    def _bodies(self) -> Iterator[tuple[pa.Array, pa.RecordBatch]]:
        """Yield lines and cells below the headings."""
        line = 1
        for number in range(self._content.batches()):
            batch = self._content.reader.get_batch(number)
            above = min(max(0, self.heading_line + 1 - line), batch.num_rows)
            body = batch.slice(above).select(range(len(self.headings)))
            first = line + above
            line += batch.num_rows
            if body.num_rows:
                yield pa.array(range(first, line), pa.int32()), body


def open_sheet(path: Path) -> Sheet:
    """Return the first sheet that has content.

    The headings are the first row in which most cells are filled: a title above
    them fills one merged cell only.

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
    table = content.reader.get_batch(0)
    at = _heading_row(table)
    headings = tuple((c[at].as_py() or "").strip() for c in table.columns)
    width = max((i + 1 for i, h in enumerate(headings) if h), default=0)
    return Sheet(content.name, headings[:width], at + 1, content.others, content)


def _heading_row(table: pa.RecordBatch) -> int:
    for row in range(min(_TITLE_ROWS, table.num_rows)):
        filled = sum(bool((c[row].as_py() or "").strip()) for c in table.columns)
        if filled * 2 > table.num_columns:
            return row
    return 0
