"""One file before it is written: judged by its rows, compared with what is expected."""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

from graph.errors import BadInput, Said
from graph.identity import PersonKeys
from graph.law.book import LawBook
from graph.snapshot.facts import Facts
from loaders.description import SourceDescription
from loaders.emit import Emitted, emit
from loaders.expecting import (
    Acceptance,
    Comparison,
    Measured,
    Miss,
    last_of,
    refusal,
)
from loaders.interpret import Interpreter, Parsed
from loaders.piece import Piece
from loaders.registry import hook_of
from loaders.report import FileReceipt
from loaders.tabular import TextFile
from loaders.whole import Whole

JUDGED_ROWS: Final = 40_000
"""A file is judged by so many rows before any of it is written."""

_FEW: Final = 20
"""Below so many rows a file is only refused when every row is bad."""
_SHANGHAI: Final = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Ready:
    """A piece with its rows interpreted and its facts made."""

    piece: Piece
    parsed: Parsed
    emitted: list[Emitted]


@dataclass
class FileLoad:
    """One file on its way into a store: what it is, and its pieces made ready.

    Args:
        on: the day of which the file speaks, by default that of the load.
        acceptance: lets it be taken although it misses what is expected.
        redriven: these are rows of the file that waited in quarantine.
        missed: what is expected of the file and accepted as missing.
        whole: what it mentions, where it is the whole truth of its source.
        judging: seconds that judging took.
    """

    file: TextFile
    source: SourceDescription
    keys: PersonKeys
    law: LawBook
    recorded_at: datetime
    on: date | None = None
    acceptance: Acceptance | None = None
    redriven: bool = False
    missed: list[Miss] = field(default_factory=list)
    whole: Whole | None = None
    judging: float = 0.0
    _judged: list[Ready] = field(default_factory=list)
    _measured: Measured = field(default_factory=Measured)

    def __post_init__(self) -> None:
        self._interpreter = Interpreter(self.file.path.name, self.source, self.law)
        self._pieces = self.file.pieces()
        self._hook = hook_of(self.source)
        if self.source.mode == "full" and not self.redriven:
            day = self.on or self.recorded_at.astimezone(_SHANGHAI).date()
            self.whole = Whole(self.source, day)

    def judge(self, refuse_above: float) -> None:
        """Make the first pieces ready; a whole file is looked through to its end.

        Raises:
            BadInput: the file is bad as a whole.
        """
        begun = time.perf_counter()
        rows = bad = 0
        for piece in self._pieces:
            ready = self._ready(piece)
            self._measured.take(ready.parsed)
            if rows < JUDGED_ROWS:
                self._judged.append(ready)
            rows += len(piece)
            bad += int(ready.parsed.bad.sum())
            if self.whole:
                self.whole.take(piece, ready.parsed, ready.emitted)
            elif rows >= JUDGED_ROWS:
                break
        if self.whole:
            self._pieces = islice(self.file.pieces(), len(self._judged), None)
        self.judging = time.perf_counter() - begun
        most = refuse_above * rows if rows >= _FEW else rows - 1
        if bad and bad > most:
            raise self._refusal(rows, bad)

    def compare(self, before: Sequence[FileReceipt], facts: Facts) -> None:
        """Compare the file with what is expected of it.

        Args:
            before: receipts of the files that were loaded.
            facts: what is known.

        Raises:
            ExpectationMissed: it misses something, and nobody accepts it.
        """
        comparison = Comparison(
            source=self.source,
            rows=self.file.rows,
            measured=self._measured,
            last=last_of(before, self.source.key),
            dropped=self.whole.dropped(facts) if self.whole else None,
        )
        self.missed = list(comparison.misses())
        if self.missed and self.acceptance is None:
            raise refusal(self.file.path.name, self.missed)

    def ready(self) -> Iterator[Ready]:
        """Yield the pieces, those that were judged first; each once."""
        while self._judged:
            yield self._judged.pop(0)
        yield from map(self._ready, self._pieces)

    def _ready(self, piece: Piece) -> Ready:
        parsed = self._interpreter.read(piece)
        if self._hook:
            self._hook(parsed)
        emitted = emit(parsed, self.keys, as_of=self.recorded_at.date())
        return Ready(piece, parsed, emitted)

    def _refusal(self, rows: int, bad: int) -> BadInput:
        causes = [i for r in self._judged for i in r.parsed.issues if i.fatal]
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
