"""Files into a store: every row is new, known or set aside, and the sum is checked.

Good rows are never held up by bad ones; a file without one good row is refused
whole. Batches are named after the file's digest, so a retry repeats nothing.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

import numpy as np
import pyarrow as pa

from graph.batch import Batch, Receipt, conform, fact_keys, versions
from graph.errors import BadInput, CreditGraphError
from graph.identity import PersonKeys
from graph.law.book import LawBook
from graph.snapshot.facts import CHANGED, NEW, VOIDED, Facts
from graph.vocabulary import FactKind
from loaders.description import EmitRule, SourceDescription
from loaders.emit import emit
from loaders.interpret import Parsed, interpret
from loaders.issues import Fault, Issue, Reason
from loaders.quarantine import Quarantine
from loaders.registry import hook_of, recognise, sources, unknown_headings
from loaders.tabular import Piece, TextFile, open_table

Progress = Callable[[str, int, int | None, float], None]
"""Called with (file name, rows done, rows in all or None, rows per second)."""


class Appender(Protocol):
    """What a load needs of a store: a store, or a trial that writes nothing."""

    facts: Facts

    def append(self, batch: Batch) -> Receipt:
        """Take a batch."""


@dataclass
class LoadReport:
    """What became of one file: read = new + known + quarantined."""

    file: str
    source: str
    digest: str
    encoding: str
    read: int = 0
    new: int = 0
    known: int = 0
    quarantined: int = 0
    facts: int = 0
    seconds: float = 0.0
    issues: list[Issue] = field(default_factory=list)

    @property
    def reasons(self) -> Mapping[str, int]:
        """Return how many rows were set aside or doubted, by reason."""
        return Counter(issue.reason.value for issue in self.issues)

    def reconcile(self) -> None:
        """Return when no row was lost.

        Raises:
            ReportMismatch: rows read and rows accounted for differ.
        """
        if self.read != self.new + self.known + self.quarantined:
            raise ReportMismatch(
                f"{self.file}: {self.read} rows read, but {self.new} new, {self.known} "
                f"known and {self.quarantined} set aside.",
                hint="This is a fault of the program; please report it.",
            )


class ReportMismatch(CreditGraphError):
    """Rows were lost or counted twice."""

    code = "report_mismatch"


def load(
    paths: Iterable[Path],
    *,
    store: Appender,
    keys: PersonKeys,
    law: LawBook,
    quarantine: Quarantine | None,
    recorded_at: datetime,
    source: str | None = None,
    progress: Progress | None = None,
    known_sources: Mapping[str, SourceDescription] | None = None,
) -> list[LoadReport]:
    """Load files in the given order and return a report for each.

    Args:
        paths: CSV, XLSX or JSON Lines files.
        store: takes the batches.
        keys: makes the identifiers of persons.
        law: resolves lists, measures and fields.
        quarantine: keeps the rows set aside; None when nothing may be written.
        recorded_at: the instant of the load, UTC.
        source: key of the source; else found by the headings.
        progress: told after each piece.
        known_sources: the sources to choose from, by default those shipped.

    Raises:
        BadInput: a file cannot be read, fits no source, or has no good row.
    """
    known = known_sources or sources()
    opened = [open_table(path) for path in paths]
    chosen = [recognise(f.headings, f.path.name, known, source) for f in opened]
    return [
        _FileLoad(file, found, store, keys, law, quarantine, recorded_at).run(progress)
        for file, found in zip(opened, chosen, strict=True)
    ]


@dataclass
class _FileLoad:
    file: TextFile
    source: SourceDescription
    store: Appender
    keys: PersonKeys
    law: LawBook
    quarantine: Quarantine | None
    recorded_at: datetime
    seen: dict[tuple[FactKind, bytes], tuple[bytes, int]] = field(default_factory=dict)

    def run(self, progress: Progress | None) -> LoadReport:
        report = LoadReport(
            self.file.path.name, self.source.key, self.file.digest, self.file.encoding
        )
        report.issues += self._column_issues()
        begun = time.perf_counter()
        for ordinal, piece in enumerate(self.file.pieces()):
            self._take(piece, ordinal, report)
            report.seconds = time.perf_counter() - begun
            if progress:
                rate = report.read / max(report.seconds, 1e-9)
                progress(report.file, report.read, None, rate)
        report.reconcile()
        return report

    def _column_issues(self) -> list[Issue]:
        return [
            Issue(
                file=self.file.path.name,
                line=1,
                field=heading,
                value="",
                reason=Reason.COLUMN,
                message_zh=f"列“{heading}”未在数据源 {self.source.key} 中说明，未采用",
                message_en=f"the column '{heading}' is not described in the source "
                f"{self.source.key}; it is not used",
                advice="在 source.yaml 中映射或忽略 (map it or ignore it by name)",
                fatal=False,
            )
            for heading in unknown_headings(self.source, self.file.headings)
        ]

    def _take(self, piece: Piece, ordinal: int, report: LoadReport) -> None:
        parsed = interpret(piece, file=report.file, source=self.source, law=self.law)
        hook = hook_of(self.source.key)
        if hook:
            hook(parsed)
        tables = emit(parsed, self.keys, as_of=self.recorded_at.date())
        tables = [(rule, conform(rule.fact, table)) for rule, table in tables]
        marked = [self._mark(parsed, rule, table) for rule, table in tables]
        kept, fresh = self._settled(parsed, tables, marked)
        self._refuse_all_bad(parsed, ordinal, report)
        self._set_aside(parsed, piece)
        if kept:
            self.store.append(self._batch(kept, ordinal))
        bad = int(parsed.bad.sum())
        lines = parsed.lines.to_numpy()
        new = int((np.isin(lines, fresh) & ~parsed.bad).sum())
        report.read += len(parsed)
        report.quarantined += bad
        report.new += new
        report.known += len(parsed) - bad - new
        report.facts += sum(t.num_rows for t in kept.values())
        report.issues += parsed.issues

    def _mark(self, parsed: Parsed, rule: EmitRule, table: pa.Table) -> "_Marked":
        """Find what stands in the way of each fact, and whether it is new."""
        keys, digests = fact_keys(rule.fact, table), versions(rule.fact, table)
        found = self.store.facts.classify(self.source.key, rule.fact, keys, digests)
        lines = table["line"].to_pylist()
        row_of = {line: row for row, line in enumerate(parsed.lines.to_pylist())}
        drop: list[int] = []
        for place, (key, digest, line) in enumerate(
            zip(keys.to_pylist(), digests.to_pylist(), lines, strict=True)
        ):
            first = self.seen.setdefault((rule.fact, key), (digest, line))
            if found[place] == VOIDED:
                parsed.report(row_of[line], "", _VOIDED, value="")
            elif first[0] != digest:
                drop.append(place)
                fault = _contradiction(rule, first[1])
                parsed.report(row_of[line], "", fault, value="")
            elif first[1] != line:
                drop.append(place)
        fresh = np.asarray(lines, np.int64)[(found == NEW) | (found == CHANGED)]
        return _Marked(fresh, frozenset(drop))

    def _settled(
        self,
        parsed: Parsed,
        tables: Sequence[tuple[EmitRule, pa.Table]],
        marked: Sequence["_Marked"],
    ) -> tuple[dict[FactKind, pa.Table], np.ndarray]:
        """Return the facts of the good rows by kind, and the lines that bring news."""
        bad = parsed.lines.to_numpy()[parsed.bad]
        kept: dict[FactKind, list[pa.Table]] = {}
        for (rule, table), mark in zip(tables, marked, strict=True):
            stays = ~np.isin(table["line"].to_numpy(), bad)
            if mark.drop:
                stays[list(mark.drop)] = False
            if stays.any():
                kept.setdefault(rule.fact, []).append(table.filter(pa.array(stays)))
        fresh = [m.fresh for m in marked]
        lines = np.concatenate(fresh) if fresh else np.empty(0, np.int64)
        return {k: pa.concat_tables(v) for k, v in kept.items()}, lines

    def _refuse_all_bad(self, parsed: Parsed, ordinal: int, report: LoadReport) -> None:
        if ordinal == 0 and len(parsed) and parsed.bad.all():
            causes = [i for i in parsed.issues if i.fatal]
            told = "; ".join(f"line {i.line}: {i.message_en}" for i in causes[:3])
            raise BadInput(
                f"{report.file} has no good row among its first {len(parsed)}: {told}.",
                hint="Nothing was written. Is it the right file for "
                f"{self.source.key}?",
            )

    def _set_aside(self, parsed: Parsed, piece: Piece) -> None:
        if self.quarantine is None or not parsed.bad.any():
            return
        issues: dict[int, list[Issue]] = {}
        for issue in parsed.issues:
            issues.setdefault(issue.line, []).append(issue)
        at = np.flatnonzero(parsed.bad)
        lines = parsed.lines.take(pa.array(at)).to_pylist()
        rows = piece.table.take(pa.array(at)).to_pylist()
        self.quarantine.add(
            file_digest=self.file.digest,
            source=self.source.key,
            rows=list(zip(lines, rows, strict=True)),
            issues=issues,
        )

    def _batch(self, tables: Mapping[FactKind, pa.Table], ordinal: int) -> Batch:
        # The head of the journal is part of the name: sending A, B and A again must
        # end as A, and a retry after a lost acknowledgement finds its rows known.
        name = f"{self.file.digest}:{self.source.key}:{ordinal}:{self.store.facts.seq}"
        return Batch(
            batch=name,
            source=self.source.key,
            recorded_at=self.recorded_at,
            tables=tables,
            file=self.file.path.name,
            digest=self.file.digest,
        )


@dataclass(frozen=True, slots=True)
class _Marked:
    fresh: np.ndarray
    drop: frozenset[int]


_VOIDED = Fault(
    Reason.VOIDED,
    "该事实已被决定撤销，不会因重新报送而恢复",
    "the fact was voided by decision and is not revived by sending it again",
    "如有新的决定，请以新文书号报送 (a new decision is a new fact)",
)


def _contradiction(rule: EmitRule, line: int) -> Fault:
    return Fault(
        Reason.CONTRADICTION,
        f"与第 {line} 行的同一{rule.fact.zh}内容不同",
        f"differs from line {line} about the same {rule.fact.en}",
        "核对两行，保留正确的一行 (keep the right one of the two rows)",
        fatal=not rule.minor,
    )
