"""XLSX as text: the first sheet with content, after a look at what it would unpack to.

A small file can hold gigabytes of zeros, so the declared sizes are checked before
anything is unpacked. Every cell arrives as text; a code that a spreadsheet program
has turned into a number has lost digits, which its check character then shows.
"""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import fastexcel
import pyarrow as pa
import pyarrow.compute as pc

from graph.errors import BadInput, Said
from loaders.piece import Piece, mark_long_cells, without_blank_rows

_LARGEST_ENTRY: Final = 1 << 30
_MOST_ENTRIES: Final = 2_000
_HIGHEST_RATIO: Final = 200
_SMALL: Final = 1 << 20
"""Below this size an entry may be packed as tightly as it likes."""
_MOST_COLUMNS: Final = 200
_TITLE_ROWS: Final = 10
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
    _body: pa.Table

    def count(self) -> int:
        """Return the number of rows below the headings, blank ones included."""
        return int(self._body.num_rows)

    def pieces(self) -> Iterator[Piece]:
        """Yield the rows below the headings."""
        first = self.heading_line + 1
        lines = pa.array(range(first, first + self._body.num_rows), pa.int32())
        table = self._body.rename_columns(list(self.headings))
        for piece in mark_long_cells(Piece(table, lines)).slices():
            kept = without_blank_rows(piece)
            if len(kept):
                yield kept


def open_sheet(path: Path) -> Sheet:
    """Return the first sheet that has content.

    The headings are the first row in which most cells are filled: a title above
    them fills one merged cell only.

    Raises:
        BadInput: not a readable workbook, too large when unpacked, or empty.
    """
    _inspect(path)
    try:
        book = fastexcel.read_excel(path)
        sheets = [(name, _sheet(book, name)) for name in book.sheet_names]
        filled = [(name, sheet) for name, sheet in sheets if sheet.height]
        table = _table(filled[0][1]) if filled else None
    except (fastexcel.FastExcelError, pa.ArrowException) as error:
        raise BadInput(
            f"{path.name} 不是可读的 XLSX 文件：{error}。",
            f"{path.name} is not a readable XLSX file: {error}.",
            hint_zh=_SAVE_AGAIN.zh,
            hint_en=_SAVE_AGAIN.en,
        ) from error
    if table is None:
        raise BadInput(
            f"{path.name} 中没有有内容的工作表。",
            f"{path.name} has no sheet with content.",
        )
    (name, _), *others = filled
    at = _heading_row(table)
    headings = tuple(c[at].as_py().strip() for c in table.columns)
    width = max((i + 1 for i, h in enumerate(headings) if h), default=0)
    body = table.slice(at + 1).select(range(width))
    names = tuple(n for n, _ in others)
    return Sheet(name, headings[:width], at + 1, names, body)


def _sheet(book: fastexcel.ExcelReader, name: str) -> fastexcel.ExcelSheet:
    # skip_rows=0 keeps empty rows at the top, so that a row's place is its line.
    return book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")


def _table(sheet: fastexcel.ExcelSheet) -> pa.Table:
    columns = [
        pc.fill_null(column.cast(pa.string()), "") for column in sheet.to_arrow()
    ]
    return pa.table(columns, names=[str(i) for i in range(len(columns))])


def _heading_row(table: pa.Table) -> int:
    for row in range(min(_TITLE_ROWS, table.num_rows)):
        filled = sum(bool(c[row].as_py().strip()) for c in table.columns)
        if filled * 2 > table.num_columns:
            return row
    return 0


def _inspect(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError) as error:
        raise BadInput(
            f"{path.name} 不是可读的 XLSX 文件：{error}。",
            f"{path.name} is not a readable XLSX file: {error}.",
            hint_zh=_SAVE_AGAIN.zh,
            hint_en=_SAVE_AGAIN.en,
        ) from error
    names = {e.filename for e in entries}
    if "xl/workbook.xml" not in names:
        raise BadInput(
            f"{path.name} 是 ZIP 压缩包，不是 XLSX 工作簿。",
            f"{path.name} is a ZIP archive, but no XLSX workbook.",
            hint_zh="请解压后载入其中的文件。",
            hint_en="Unpack it and load the files in it.",
        )
    if any(n.endswith("vbaProject.bin") for n in names):
        raise BadInput(
            f"{path.name} 含有宏。",
            f"{path.name} contains macros.",
            hint_zh=_SAVE_AGAIN.zh,
            hint_en=_SAVE_AGAIN.en,
        )
    bombs = [e.filename for e in entries if _is_bomb(e)]
    if bombs or len(entries) > _MOST_ENTRIES:
        raise BadInput(
            f"{path.name} 解压后大得不合情理（{bombs[0] if bombs else f'{len(entries)} 个部分'}）。",
            f"{path.name} would unpack to an unreasonable size "
            f"({bombs[0] if bombs else f'{len(entries)} parts'}).",
            hint_zh="请改用 CSV 报送；CSV 文件大小不限。",
            hint_en="Send it as CSV; a CSV file may have any size.",
        )


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    if entry.file_size > _LARGEST_ENTRY:
        return True
    ratio = entry.file_size / max(1, entry.compress_size)
    return entry.file_size > _SMALL and ratio > _HIGHEST_RATIO
