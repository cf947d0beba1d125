"""Rows in quarantine as a file that somebody edits and sends back.

The file has the headings of the one the rows came from, with the line and the reason
in front. Sent back, a cell that still reads as it was written is taken from the
quarantine: so a row of which nothing was edited is the row it was, masked or not.
"""

import csv
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from graph.errors import BadInput, Conflict
from loaders.masking import Masking
from loaders.quarantine import SetAside
from loaders.registry import ACCOMPANYING
from loaders.tabular import TextFile, open_table

_LINE, _REASON = ACCOMPANYING
_LONGEST_REASON: Final = 2_000
_NUMBER: Final = re.compile(r"0*(\d{1,9})(?:\.0+)?")
_FORMULA: Final = re.compile(r"[=+@\t\r]|-[^\d.]")
"""Cells that begin so are formulas to a spreadsheet; an apostrophe makes them text."""


@dataclass(frozen=True, slots=True)
class Edited:
    """A row that came back: where it stands in the file, and its edited cells whole.

    Args:
        line: in the file that came back.
        was: its line in the file it was set aside from.
        cells: by heading; None where nothing was edited.
    """

    line: int
    was: int
    cells: Mapping[str, str] | None


def headings_of(rows: Sequence[SetAside]) -> tuple[str, ...]:
    """Return the headings under which rows have cells."""
    return tuple(dict.fromkeys(h for one in rows for h in one.row if h))


def said(issue: Mapping[str, Any], what: str, language: str) -> str:
    """Return message or advice of an issue as kept, also of an older program."""
    return str(issue.get(f"{what}_{language}") or issue.get(what, ""))


def write_rows(
    path: Path, rows: Sequence[SetAside], *, masking: Masking | None, language: str
) -> None:
    """Write rows for editing: CSV in UTF-8 with mark, readable by its owner only.

    Args:
        path: a file that is not there yet.
        rows: of one file.
        masking: None writes everything in clear.
        language: in which the reasons are told.

    Raises:
        Conflict: something is there.
        BadInput: the file cannot be made.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise Conflict(
            f"{path} 已经存在。",
            f"{path} is there already.",
            hint_zh="请换一个文件名；已有的文件不会被覆盖。",
            hint_en="Name another file; nothing that is there is overwritten.",
        ) from error
    except OSError as error:
        raise BadInput(
            f"{path} 无法写入：{error.strerror}。",
            f"{path} cannot be written: {error.strerror}.",
        ) from error
    with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as out:
        write_table(out, rows, masking=masking, language=language)


def write_table(
    out: IO[str], rows: Sequence[SetAside], *, masking: Masking | None, language: str
) -> None:
    """Write rows of one file as CSV, each behind its line and its reasons.

    Args:
        out: open for text, without translation of line ends.
        rows: of one file.
        masking: None writes everything in clear.
        language: in which the reasons are told.
    """
    headings = headings_of(rows)
    writer = csv.writer(out)
    writer.writerow([*(_free(name, headings) for name in ACCOMPANYING), *headings])
    for one in rows:
        cells = masking.row(one.row) if masking else one.row
        written = [guarded(cells.get(h, "")) for h in headings]
        writer.writerow([one.line, _reason(one, masking, language), *written])


def _reason(one: SetAside, masking: Masking | None, language: str) -> str:
    told = [
        " → ".join(filter(None, (said(i, w, language) for w in ("message", "advice"))))
        for i in one.issues
    ]
    if "" in one.row:
        told.append(masking.text(one.row) if masking else one.row[""])
    return guarded(" | ".join(told)[:_LONGEST_REASON])


def _free(name: str, headings: Sequence[str]) -> str:
    while name in headings:
        name += "_"
    return name


def guarded(cell: str) -> str:
    """Return the cell so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def read_rows(
    path: Path, waiting: Mapping[int, SetAside], maskings: Sequence[Masking]
) -> tuple[TextFile, list[Edited]]:
    """Return the file that came back, and its rows with what was edited.

    Args:
        path: the file, as `write_rows` wrote it and somebody edited it.
        waiting: the rows that wait, by line.
        maskings: under which they may have been written.

    Raises:
        BadInput: it is no such file; line and mend are named.
    """
    file = open_table(path)
    if not file.headings[0].startswith(_LINE):
        raise BadInput(
            f"{path.name} 的第一列不是“{_LINE}”。",
            f"The first column of {path.name} does not give the lines.",
            hint_zh="请改 `creditgraph quarantine export` 导出的文件，保留前两列。",
            hint_en="Edit the file that `creditgraph quarantine export` writes and "
            "keep its first two columns.",
        )
    found, seen = [], set[int]()
    for line, cells in _cells(file):
        was = _line(path, line, cells.pop(file.headings[0]))
        if was in seen:
            raise BadInput(
                f"{path.name} 第 {line} 行：第 {was} 行已经写过。",
                f"{path.name}, line {line}: the row {was} stands there twice.",
                hint_zh="每一行只留一次。",
                hint_en="Keep each row once.",
            )
        seen.add(was)
        one = waiting.get(was)
        found.append(Edited(line, was, _edited(one, cells, maskings) if one else None))
    return file, found


def _cells(file: TextFile) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield line and cells of every row, without the reasons."""
    reasons = {h for h in file.headings[1:2] if h.startswith(_REASON)}
    for piece in file.pieces():
        lines = piece.lines.to_pylist()
        for place, broken in piece.broken.items():
            fault = broken.fault
            raise BadInput(
                f"{file.path.name} 第 {lines[place]} 行{fault.zh}。",
                f"{file.path.name}: line {lines[place]} {fault.en}.",
                hint_zh=fault.advice_zh,
                hint_en=fault.advice_en,
            )
        for line, row in zip(lines, piece.table.to_pylist(), strict=True):
            yield line, {h: c for h, c in row.items() if h not in reasons}


def _line(path: Path, line: int, cell: str) -> int:
    number = _NUMBER.fullmatch(cell.strip())
    if number is None:
        raise BadInput(
            f"{path.name} 第 {line} 行的“{_LINE}”不是数字。",
            f"{path.name}, line {line}: the first cell is not the number of a line.",
            hint_zh="该列由导出写成，请勿改动；新的行请另外报送。",
            hint_en="The export wrote it: leave it as it is; send new rows in a file "
            "of their own.",
        )
    return int(number[1])


def _edited(
    one: SetAside, cells: Mapping[str, str], maskings: Sequence[Masking]
) -> dict[str, str] | None:
    """Return the whole row with what was edited, None where nothing was."""
    shown = [one.row, *(masking.row(one.row) for masking in maskings)]
    changed = {
        heading: cell.removeprefix("'") if _FORMULA.match(cell[1:]) else cell
        for heading, cell in cells.items()
        if all(_plain(guarded(s.get(heading, ""))) != _plain(cell) for s in shown)
    }
    return {**{h: c for h, c in one.row.items() if h}, **changed} if changed else None


def _plain(cell: str) -> str:
    """Return a cell without what a spreadsheet changes when it saves a file."""
    return cell.replace("\r\n", "\n").replace("\r", "\n").strip()
