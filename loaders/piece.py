"""Some rows of a file: text columns by heading, the line of every row, broken rows.

A row that cannot be cut into its cells is still a row: it is kept as it stood, is
counted, and goes into quarantine with its reason.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from loaders.issues import Fault, Reason

CHUNK_ROWS: Final = 20_000
LONGEST_CELL: Final = 32_768


class Broken(NamedTuple):
    """Why a row has no usable cells, and its text as it stood in the file."""

    fault: Fault
    raw: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows of a file.

    Args:
        table: text columns by heading.
        lines: line of the file in which each row begins.
        broken: rows (by place in the table) whose cells must not be used.
    """

    table: pa.Table
    lines: pa.Array
    broken: Mapping[int, Broken] = field(default_factory=dict)

    def __len__(self) -> int:
        """Return the number of rows, broken ones included."""
        return len(self.lines)

    def slices(self) -> Iterator["Piece"]:
        """Yield the piece in parts of about equal size, none above CHUNK_ROWS."""
        parts = max(1, -(-len(self) // CHUNK_ROWS))
        size = -(-len(self) // parts)
        for start in range(0, len(self), size or 1):
            stop = start + size
            broken = {r - start: b for r, b in self.broken.items() if start <= r < stop}
            lines = self.lines.slice(start, size)
            yield Piece(self.table.slice(start, size), lines, broken)


class Row(NamedTuple):
    """A row cut into cells, or a broken one with its text in `raw`."""

    line: int
    cells: Sequence[str]
    fault: Fault | None = None
    raw: str = ""


def piece_of(headings: Sequence[str], rows: Sequence[Row]) -> Piece:
    """Return rows as a piece; one with too many or too few cells is broken."""
    broken: dict[int, Broken] = {}
    width = len(headings)
    cells: list[Sequence[str]] = []
    for place, row in enumerate(rows):
        fault = row.fault or _fault_of(row.cells, width)
        if fault:
            broken[place] = Broken(fault, row.raw or "\t".join(row.cells))
            cells.append([""] * width)
        else:
            cells.append(row.cells)
    columns = [pa.array([r[i] for r in cells], pa.string()) for i in range(width)]
    lines = pa.array([row.line for row in rows], pa.int32())
    return Piece(pa.table(columns, names=list(headings)), lines, broken)


def pieces_of(headings: Sequence[str], rows: Iterator[Row]) -> Iterator[Piece]:
    """Yield rows in pieces of up to CHUNK_ROWS."""
    while group := list(islice(rows, CHUNK_ROWS)):
        yield piece_of(headings, group)


def _fault_of(cells: Sequence[str], width: int) -> Fault | None:
    if len(cells) != width and not _only_padding(cells, width):
        return Fault(
            Reason.CELLS,
            f"有 {len(cells)} 格，表头有 {width} 列",
            f"has {len(cells)} cells; the headings name {width}",
            "含分隔符或换行的内容要加引号",
            "quote cells with the delimiter in them",
        )
    if max(map(len, cells), default=0) > LONGEST_CELL:
        return too_long()
    return None


def _only_padding(cells: Sequence[str], width: int) -> bool:
    """Return whether all that is too much is empty cells at the end."""
    return len(cells) > width and not any(c.strip() for c in cells[width:])


def too_long() -> Fault:
    """Return the fault of a row with a cell beyond LONGEST_CELL."""
    return Fault(
        Reason.CELLS,
        f"有一格超过 {LONGEST_CELL:,} 个字符",
        f"has a cell of more than {LONGEST_CELL:,} characters",
        "检查引号是否成对",
        "look for an unclosed quotation mark",
    )


def mark_long_cells(piece: Piece) -> Piece:
    """Return the piece with rows broken that have a cell beyond LONGEST_CELL."""
    places: set[int] = set()
    for column in piece.table.columns:
        # Bytes first: they are free to count, and characters are never more.
        if (pc.max(pc.binary_length(column)).as_py() or 0) > LONGEST_CELL:
            long = pc.greater(pc.utf8_length(column), LONGEST_CELL)
            places |= set(pc.indices_nonzero(long).to_pylist())
    if not places:
        return piece
    broken = dict(piece.broken)
    for place in sorted(places):
        cells = piece.table.slice(place, 1).to_pylist()[0].values()
        broken[place] = Broken(too_long(), "\t".join(cells))
    usable = pa.array([i not in broken for i in range(len(piece))])
    blanked = [pc.if_else(usable, column, "") for column in piece.table.columns]
    table = pa.table(blanked, names=piece.table.column_names)
    return Piece(table, piece.lines, broken)


def without_blank_rows(piece: Piece) -> Piece:
    """Return the piece without rows in which every cell is blank."""
    blank = None
    for column in piece.table.columns:
        empty = pc.equal(pc.utf8_trim_whitespace(column), "")
        blank = empty if blank is None else pc.and_(blank, empty)
        if not pc.any(blank).as_py():
            return piece
    if blank is None:
        return piece
    keep = [i for i, b in enumerate(blank.to_pylist()) if not b or i in piece.broken]
    place = {old: new for new, old in enumerate(keep)}
    at = pa.array(keep, pa.int64())
    broken = {place[i]: b for i, b in piece.broken.items()}
    return Piece(piece.table.take(at), piece.lines.take(at), broken)
