"""Files into a store: good rows are never held up by bad ones, and nothing is lost.

All files are opened, recognised and judged by their first rows before anything of the
first is written; a file that is wrong as a whole is refused as a whole. Then each file
is written in batches, named after its digest, so that a retry repeats nothing.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

import numpy as np
import pyarrow as pa

from graph.batch import Batch, Receipt
from graph.errors import BadInput, Said
from graph.identity import PersonKeys
from graph.law.book import LawBook
from graph.snapshot.facts import Facts
from graph.vocabulary import FactKind, LoadKind
from loaders.description import SourceDescription
from loaders.emit import Emitted, emit
from loaders.formats import NOTHING_GIVEN, Given
from loaders.interpret import Interpreter, Parsed
from loaders.issues import Issue, Reason
from loaders.piece import Piece
from loaders.quarantine import Quarantine
from loaders.registry import hook_of, recognise, sources, unknown_headings
from loaders.report import LoadReport, ReportMismatch
from loaders.settle import Settler
from loaders.tabular import TextFile, open_table

__all__ = ["Appender", "LoadReport", "Progress", "ReportMismatch", "load"]

Progress = Callable[[str, int, int | None, float], None]
"""Called with (file name, rows done, rows in all, rows per second)."""

JUDGED_ROWS: Final = 40_000
"""A file is judged by so many rows before any of it is written."""

_FEW: Final = 20
"""Below so many rows a file is only refused when every row is bad."""


class Appender(Protocol):
    """What a load needs of a store: a store, or a trial that writes nothing."""

    @property
    def facts(self) -> Facts:
        """Return what is known, with everything that was appended."""

    def append(self, batch: Batch) -> Receipt:
        """Take a batch."""


def load(
    paths: Iterable[Path],
    *,
    store: Appender,
    keys: PersonKeys,
    law: LawBook,
    quarantine: Quarantine | None,
    recorded_at: datetime,
    source: str | None = None,
    given: Given = NOTHING_GIVEN,
    progress: Progress | None = None,
    known_sources: Mapping[str, SourceDescription] | None = None,
    refuse_above: float = 0.5,
) -> list[LoadReport]:
    """Load files in the given order and return a report for each.

    Args:
        paths: CSV, XLSX, JSON, JSON Lines or Parquet files.
        store: takes the batches; a `Trial` where nothing may be written.
        keys: makes the identifiers of persons.
        law: resolves lists, measures and fields.
        quarantine: keeps the rows set aside; None when nothing may be written.
        recorded_at: the instant of the load, UTC.
        source: key of the source; else found by the headings.
        given: what the sender says about format, encoding and delimiter.
        progress: told after each piece.
        known_sources: the sources to choose from, by default those shipped.
        refuse_above: share of bad rows above which a file is refused whole.

    Raises:
        BadInput: a file cannot be read, fits no source, or too many rows are bad;
            then nothing of any of the files was written.
    """
    known = known_sources or sources()
    loads = []
    for path in paths:
        file = open_table(path, given)
        found = recognise(file.headings, path.name, known, source)
        loads.append(FileLoad(file, found, keys, law, recorded_at))
    for one in loads:
        one.judge(refuse_above)
    return [one.run(store, quarantine, progress) for one in loads]


@dataclass(frozen=True, slots=True)
class _Ready:
    """A piece with its rows interpreted and its facts made."""

    piece: Piece
    parsed: Parsed
    emitted: list[Emitted]


@dataclass
class FileLoad:
    """One file on its way into a store: judged first, then written piece by piece.

    Args:
        set_aside: lines of the rows that went into quarantine.
    """

    file: TextFile
    source: SourceDescription
    keys: PersonKeys
    law: LawBook
    recorded_at: datetime
    judged: list[_Ready] = field(default_factory=list)
    set_aside: set[int] = field(default_factory=set)
    _judging: float = 0.0

    def __post_init__(self) -> None:
        name = self.file.path.name
        self._interpreter = Interpreter(name, self.source, self.law)
        self._pieces = self.file.pieces()
        self._hook = hook_of(self.source)

    def judge(self, refuse_above: float) -> None:
        """Make the first pieces ready.

        Raises:
            BadInput: the file is bad as a whole.
        """
        begun = time.perf_counter()
        rows = bad = 0
        for piece in self._pieces:
            ready = self._ready(piece)
            self.judged.append(ready)
            rows += len(piece)
            bad += int(ready.parsed.bad.sum())
            if rows >= JUDGED_ROWS:
                break
        self._judging = time.perf_counter() - begun
        most = refuse_above * rows if rows >= _FEW else rows - 1
        if bad and bad > most:
            raise self._refusal(rows, bad)

    def _ready(self, piece: Piece) -> _Ready:
        parsed = self._interpreter.read(piece)
        if self._hook:
            self._hook(parsed)
        emitted = emit(parsed, self.keys, as_of=self.recorded_at.date())
        return _Ready(piece, parsed, emitted)

    def _refusal(self, rows: int, bad: int) -> BadInput:
        causes = [i for r in self.judged for i in r.parsed.issues if i.fatal]
        name = self.file.path.name
        counts = Counter(
            Said(f"{i.reason.zh}（{i.field}）", f"{i.reason.en} ({i.field})")
            for i in causes
        ).most_common(3)
        most_zh = "；".join(f"{what.zh} {n} 处" for what, n in counts)
        most_en = "; ".join(f"{n} × {what.en}" for what, n in counts)
        first = causes[:3]
        told_zh = "；".join(i.told.zh for i in first)
        told_en = "; ".join(i.told.en for i in first)
        return BadInput(
            f"{name} 被整体拒收：前 {rows} 行中有 {bad} 行有误。主要是：{most_zh}。{told_zh}。",
            f"{name} is refused: {bad} of its first {rows} rows are bad. Mostly: "
            f"{most_en}. {told_en}.",
            hint_zh=f"什么也没有写入。这是数据源 {self.source.key}（{self.source.title.zh}）的文件吗？",
            hint_en=f"Nothing was written. Is it the right file for {self.source.key} "
            f"({self.source.title.en})?",
        )

    def run(
        self, store: Appender, quarantine: Quarantine | None, progress: Progress | None
    ) -> LoadReport:
        """Write the file piece by piece."""
        name = self.file.path.name
        report = LoadReport(name, self.source.key, self.file.digest, self.file.encoding)
        report.add_issues(self._column_issues())
        settler = Settler(self.source.key, store.facts)
        begun = time.perf_counter() - self._judging
        for ordinal, ready in enumerate(self._all_ready()):
            self._write(ready, ordinal, settler, store, quarantine, report)
            report.seconds = time.perf_counter() - begun
            if progress:
                rate = report.read / max(report.seconds, 1e-9)
                progress(name, report.read, max(self.file.rows, report.read), rate)
        report.reconcile()
        store.append(self._receipt(report, store.facts.seq))
        return report

    def _receipt(self, report: LoadReport, seq: int) -> Batch:
        """Return the journal entry that says what became of the rows of the file."""
        return Batch(
            batch=f"{self.file.digest}:{self.source.key}:receipt:{seq}",
            source=self.source.key,
            recorded_at=self.recorded_at,
            kind=LoadKind.RECEIPT,
            file=self.file.path.name,
            digest=self.file.digest,
            note=report.note(),
        )

    def _all_ready(self) -> Iterator[_Ready]:
        while self.judged:
            yield self.judged.pop(0)
        yield from map(self._ready, self._pieces)

    def _write(
        self,
        ready: _Ready,
        ordinal: int,
        settler: Settler,
        store: Appender,
        quarantine: Quarantine | None,
        report: LoadReport,
    ) -> None:
        parsed = ready.parsed
        settled = settler.settle(parsed, ready.emitted)
        if parsed.bad.any():
            self._set_aside(ready, quarantine)
        if settled.tables:
            store.append(self._batch(settled.tables, ordinal, store.facts.seq))
        new = int((settled.news & ~parsed.bad).sum())
        report.read += len(parsed)
        report.quarantined += int(parsed.bad.sum())
        report.new += new
        report.known += int((~parsed.bad).sum()) - new
        report.facts += sum(t.num_rows for t in settled.tables.values())
        report.add_issues(parsed.issues)

    def _set_aside(self, ready: _Ready, quarantine: Quarantine | None) -> None:
        at = np.flatnonzero(ready.parsed.bad)
        lines = ready.parsed.lines.take(pa.array(at)).to_pylist()
        self.set_aside |= set(lines)
        if quarantine is None:
            return
        issues: dict[int, list[Issue]] = {}
        for issue in ready.parsed.issues:
            issues.setdefault(issue.line, []).append(issue)
        rows = ready.piece.table.take(pa.array(at)).to_pylist()
        for row, place in zip(rows, at.tolist(), strict=True):
            if place in ready.piece.broken:
                row[""] = ready.piece.broken[place].raw
        quarantine.add(
            file_digest=self.file.digest,
            file=self.file.path.name,
            source=self.source.key,
            rows=list(zip(lines, rows, strict=True)),
            issues=issues,
            at=self.recorded_at,
        )

    def _batch(
        self, tables: Mapping[FactKind, pa.Table], ordinal: int, seq: int
    ) -> Batch:
        # The head of the journal is part of the name: sending A, B and A again must
        # end as A, and a retry after a lost acknowledgement finds its rows known.
        name = f"{self.file.digest}:{self.source.key}:{ordinal}:{seq}"
        return Batch(
            batch=name,
            source=self.source.key,
            recorded_at=self.recorded_at,
            tables=tables,
            file=self.file.path.name,
            digest=self.file.digest,
        )

    def _column_issues(self) -> Iterator[Issue]:
        """Yield an issue for each column, and each sheet, that is not used."""
        name, line = self.file.path.name, self.file.heading_line
        described = unknown_headings(self.source, self.file.headings)
        for heading in described:
            yield Issue(
                file=name,
                line=line,
                field=heading,
                value="",
                reason=Reason.COLUMN,
                message_zh=f"列“{heading}”未在数据源 {self.source.key} 中说明，未采用",
                message_en=f"the column '{heading}' is not described in the source "
                f"{self.source.key}; it is not used",
                advice_zh="在 source.yaml 中映射或忽略",
                advice_en="map it or ignore it by name",
                fatal=False,
            )
        for sheet in self.file.unread:
            yield Issue(
                file=name,
                line=line,
                field=sheet,
                value="",
                reason=Reason.SHEET,
                message_zh=f"工作表“{sheet}”有内容，未读取；只读取第一张有内容的表",
                message_en=f"the sheet '{sheet}' has content and is not read; only the "
                "first sheet with content is",
                advice_zh="另存为单独的文件再载入",
                advice_en="save it as a file of its own",
                fatal=False,
            )
