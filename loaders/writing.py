"""One judged file on its way into a store, piece by piece; then what it drops."""

import re
import time
from collections.abc import Callable, Iterator, Set
from typing import Final, Protocol

import numpy as np
import pyarrow as pa

from graph.ahead import ahead
from graph.batch import Batch, Page, Receipt
from graph.snapshot.facts import Facts
from graph.vocabulary import LoadKind
from loaders.expecting import Measured
from loaders.feed import FeedSettler
from loaders.issues import Issue
from loaders.judging import FileLoad, Ready
from loaders.quarantine import Quarantine
from loaders.report import REDRIVEN, LoadReport
from loaders.settle import Settled, Settler, Step
from loaders.unused import unused

Progress = Callable[[str, int, int | None, float], None]
"""Called with (file name, rows done, rows in all, rows per second)."""

_PLACE: Final = re.compile(r".*:(?P<line>\d+)\.(?P<left>\d+):\d+")
"""Last line of the piece and batches of it that were left, in the name of a batch."""


class Appender(Protocol):
    """What a load needs of a store: a store, or a trial that writes nothing."""

    @property
    def facts(self) -> Facts:
        """Return what is known, with everything that was appended."""

    def append(self, batch: Batch) -> Receipt:
        """Take a batch."""

    def pages(self, since: int, until: int) -> Iterator[Page]:
        """Yield the pages of the loads after `since` up to `until`, in order."""


class Writing:
    """Writes one file.

    Args:
        load: the file, judged; or rows of it that waited.
        store: takes the batches.
        quarantine: keeps the rows set aside; None when nothing may be written there.
    """

    def __init__(
        self, load: FileLoad, store: Appender, quarantine: Quarantine | None
    ) -> None:
        """Begin with nothing written."""
        self._load, self._store, self._quarantine = load, store, quarantine
        file, self._source = load.file, load.source
        self._file = file
        self._measured = Measured()
        self.set_aside: set[int] = set()
        """Lines of the rows that went into quarantine."""
        self._report = LoadReport(
            file.path.name, self._source.key, file.digest, file.encoding
        )

    def run(self, progress: Progress | None) -> LoadReport:
        """Write the file piece by piece and return what became of its rows."""
        report, name = self._report, self._file.path.name
        report.add_issues(unused(self._file, self._source))
        if self._load.acceptance and self._load.missed:
            report.accepted = self._load.acceptance.reason.strip()
            report.accepted_by = self._load.acceptance.by
            report.missed = {miss.what: miss.figures for miss in self._load.missed}
        settler, resumed = self._settler(), self._written_before()
        begun = time.perf_counter() - self._load.judging
        for ready in ahead(self._load.ready()):
            self._write(ready, settler, resumed)
            report.seconds = time.perf_counter() - begun
            if progress:
                rate = report.read / max(report.seconds, 1e-9)
                progress(name, report.read, max(self._file.rows, report.read), rate)
        report.reconcile()
        self._drop()
        self._resolve()
        self._store.append(self._receipt())
        return report

    def _settler(self) -> Settler | FeedSettler:
        source, facts = self._source, self._store.facts
        if source.operation:
            return FeedSettler(source.key, source.operation, facts)
        return Settler(source.key, facts)

    def _written_before(self) -> int:
        """Return the line up to which a change feed was written when it was cut off.

        Its rows would undo and repeat what later ones did. In other files rows that
        were written are known.
        """
        if not self._source.operation or self._load.redriven:
            return 0
        loads = reversed(self._store.facts.loads)
        last = next((load for load in loads if load.source == self._source.key), None)
        if last is None or last.digest != self._file.digest:
            return 0
        found = _PLACE.fullmatch(last.batch)
        return int(found["line"]) - (found["left"] != "0") if found else 0

    def _write(
        self, ready: Ready, settler: Settler | FeedSettler, resumed: int
    ) -> None:
        parsed, report = ready.parsed, self._report
        self._measured.take(parsed)
        last = parsed.lines[-1].as_py() if len(parsed) else 0
        if last <= resumed:
            settled = Settled((), np.zeros(len(parsed), np.bool_))
        else:
            settled = settler.settle(parsed, ready.emitted)
        mended = self._corrected_before(ready)
        if parsed.bad.any():
            self._set_aside(ready, mended)
        for done, step in enumerate(settled.steps, 1):
            written = self._append(step, f"{last}.{len(settled.steps) - done}")
            report.facts += step.brings
            report.corrected += written.replaced
            report.withdrawn += step.takes
        new = int((settled.news & ~parsed.bad).sum())
        report.read += len(parsed)
        report.quarantined += int(parsed.bad.sum()) - len(mended)
        report.new += new
        report.known += int((~parsed.bad).sum()) - new + len(mended)
        report.add_issues(i for i in parsed.issues if i.line not in mended)

    def _corrected_before(self, ready: Ready) -> Set[int]:
        """Return the lines of bad rows that came right in another file already."""
        if self._quarantine is None or self._load.redriven:
            return frozenset()
        corrected = self._quarantine.corrected(self._file.digest)
        if not corrected:
            return frozenset()
        bad = ready.parsed.lines.filter(pa.array(ready.parsed.bad))
        return corrected & set(bad.to_pylist())

    def _set_aside(self, ready: Ready, mended: Set[int]) -> None:
        lines = ready.parsed.lines.to_pylist()
        at = np.array(
            [n for n in np.flatnonzero(ready.parsed.bad) if lines[n] not in mended],
            np.int64,
        )
        lines = [lines[n] for n in at]
        self.set_aside |= set(lines)
        if self._quarantine is None:
            return
        issues: dict[int, list[Issue]] = {}
        for issue in ready.parsed.issues:
            issues.setdefault(issue.line, []).append(issue)
        rows = ready.piece.table.take(pa.array(at)).to_pylist()
        for row, place in zip(rows, at.tolist(), strict=True):
            if place in ready.piece.broken:
                row[""] = ready.piece.broken[place].raw
        self._quarantine.add(
            file_digest=self._file.digest,
            file=self._file.path.name,
            source=self._source.key,
            rows=list(zip(lines, rows, strict=True)),
            issues=issues,
            at=self._load.recorded_at,
        )

    def _drop(self) -> None:
        """End or withdraw what the whole file does not have any more."""
        whole, store = self._load.whole, self._store
        if whole is None:
            return
        dropped = whole.dropped(store.facts)
        self._report.kept = dropped.kept
        steps = whole.closings(store.facts, store.pages, dropped)
        for number, step in enumerate(steps):
            self._append(step, f"dropped{number}")
            self._report.ended += step.brings
            self._report.withdrawn += step.takes

    def _resolve(self) -> None:
        """Note which waiting rows the file settles: its own, and those it overtakes."""
        box, own, at = self._quarantine, self._file.digest, self._load.recorded_at
        if box is None or self._load.redriven:
            return
        box.resolve(own, set(box.lines(own)) - self.set_aside, at=at)
        if self._load.whole is None or self._source.replaces_within:
            return
        for file in box.waiting():
            if file.source == self._source.key and file.digest != own:
                lines = box.lines(file.digest)
                box.resolve(file.digest, lines, at=at, overtaken_by=own)

    def _append(self, step: Step, place: str) -> Receipt:
        # The head of the journal is part of the name: sending A, B and A again must
        # end as A, and a retry after a lost acknowledgement finds its rows known.
        name = self._named(place)
        return self._store.append(
            Batch(
                batch=name,
                source=self._source.key,
                recorded_at=self._load.recorded_at,
                tables=step.tables,
                withdraws=step.withdraws,
                file=self._file.path.name,
                digest=self._file.digest,
            )
        )

    def _named(self, place: str) -> str:
        seq = self._store.facts.seq
        return f"{self._file.digest}:{self._source.key}:{place}:{seq}"

    def _receipt(self) -> Batch:
        """Return the journal entry that says what became of the rows of the file."""
        note = self._report.note() | self._measured.note()
        return Batch(
            batch=self._named("receipt"),
            source=self._source.key,
            recorded_at=self._load.recorded_at,
            kind=LoadKind.RECEIPT,
            file=self._file.path.name,
            digest=self._file.digest,
            note=note | ({REDRIVEN: "1"} if self._load.redriven else {}),
        )
