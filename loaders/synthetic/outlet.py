"""Writing the files block by block: what is drawn, what is planted, what is wrong.

Blocks are made side by side on a few threads and written in their order, so that the
bytes do not depend on the threads and memory does not depend on the size of the city.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa

from loaders.synthetic.csv_text import csv_bytes, csv_head
from loaders.synthetic.draw import Draw, Ints
from loaders.synthetic.spoiling import MARKS, Spoiled, spoil
from loaders.synthetic.workbook import write_xlsx

BLOCK: Final = 32_768
_THREADS: Final = 2


@dataclass(frozen=True, slots=True)
class Draft:
    """A file to be written.

    Attributes:
        layout: its headings, a key of HEADINGS.
        name: its name, with the suffix that says how it is written.
        rows: which of the drawn rows it has, in their order.
        table: makes the table of some of the drawn rows; the draw is the block's own.
        slots: before the how-manieth of its rows each planted row stands, ascending.
        planted: the planted rows.
    """

    layout: str
    name: str
    rows: Ints
    table: Callable[[Draw, Ints], pa.Table]
    slots: Ints
    planted: pa.Table


@dataclass(frozen=True, slots=True)
class Wrong:
    """A wrong row as the key tells it: where it stands and what is wrong."""

    file: str
    line: int
    spoiled: Spoiled


@dataclass(slots=True)
class Written:
    """What a file holds in the end."""

    name: str
    rows: int = 0
    wrong: list[Wrong] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Block:
    tables: list[pa.Table]
    rows: int
    wrong: list[tuple[int, Spoiled]]


def write_draft(
    folder: Path,
    draft: Draft,
    draw: Draw,
    wrong: float,
    tell: Callable[[int], None],
) -> Written:
    """Write a file; a share `wrong` of its drawn rows is spoiled.

    Args:
        folder: where it is written.
        draft: what it holds.
        draw: the city's draw.
        wrong: share of the drawn rows that are spoiled.
        tell: called with the number of rows after each block.
    """
    written = Written(draft.name)
    if draft.name.endswith(".xlsx"):
        block = _block(draft, draw, wrong, 0, len(draft.rows))
        write_xlsx(folder / draft.name, pa.concat_tables(block.tables))
        _count(written, block)
        tell(written.rows)
        return written
    encoding = "gb18030" if draft.layout == "posts" else "utf-8-sig"
    with (folder / draft.name).open("wb") as file:
        file.write(csv_head(draft.planted.column_names, encoding))
        for block, text in _blocks(draft, draw, wrong, encoding):
            file.write(text)
            _count(written, block)
            tell(written.rows)
    return written


def _count(written: Written, block: _Block) -> None:
    first = written.rows + 2  # line 1 has the headings
    written.wrong += [Wrong(written.name, first + at, s) for at, s in block.wrong]
    written.rows += block.rows


def _blocks(
    draft: Draft, draw: Draw, wrong: float, encoding: str
) -> Iterator[tuple[_Block, bytes]]:
    """Yield the blocks in their order; a few are made ahead."""

    def make(start: int) -> tuple[_Block, bytes]:
        block = _block(draft, draw, wrong, start, start + BLOCK)
        return block, csv_bytes(block.tables, encoding)

    waiting: deque[Future[tuple[_Block, bytes]]] = deque()
    with ThreadPoolExecutor(_THREADS) as pool:
        for start in range(0, max(1, len(draft.rows)), BLOCK):
            waiting.append(pool.submit(make, start))
            if len(waiting) > _THREADS:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _block(draft: Draft, draw: Draw, wrong: float, start: int, stop: int) -> _Block:
    """Make the rows from start to stop, with what is planted before them.

    Planted rows that stand after the last drawn one come with the last block.
    """
    own = draw.child(draft.name, start // BLOCK)
    rows = draft.rows[start:stop]
    table = draft.table(own, rows)
    last = start + len(rows) == len(draft.rows)
    low, high = np.searchsorted(draft.slots, (start, stop)).tolist()
    guests = _guests(draft, start, range(low, len(draft.slots) if last else high))
    if wrong and draft.layout in MARKS:
        at = np.flatnonzero(own.chance(len(rows), wrong))
        bad, told = spoil(own, draft.layout, table.take(pa.array(at)))
        guests += [
            _Guest(int(p), 1, bad.slice(i, 1), told[i]) for i, p in enumerate(at)
        ]
    guests.sort(key=lambda guest: (guest.at, guest.replaces))
    tables, spoiled = _seated(table, guests)
    return _Block(tables, sum(t.num_rows for t in tables), spoiled)


@dataclass(frozen=True, slots=True)
class _Guest:
    """A row that comes before the row at a position, or replaces it."""

    at: int
    replaces: int
    row: pa.Table
    spoiled: Spoiled | None = None


def _guests(draft: Draft, start: int, numbers: range) -> list[_Guest]:
    return [
        _Guest(int(draft.slots[n]) - start, 0, draft.planted.slice(n, 1))
        for n in numbers
    ]


def _seated(
    table: pa.Table, guests: Sequence[_Guest]
) -> tuple[list[pa.Table], list[tuple[int, Spoiled]]]:
    """Return the table in slices with the guests between, and where wrong rows stand."""
    tables: list[pa.Table] = []
    spoiled: list[tuple[int, Spoiled]] = []
    at = moved = 0
    for guest in guests:
        if guest.at > at:
            tables.append(table.slice(at, guest.at - at))
        if guest.spoiled:
            spoiled.append((guest.at + moved, guest.spoiled))
        tables.append(guest.row)
        at = guest.at + guest.replaces
        moved += 1 - guest.replaces
    tables.append(table.slice(at))
    return tables, spoiled
