"""The operations behind the command line and the HTTP API.

One writer at a time in this process; other processes are ordered by the store.
Every act is a journal entry, and the board has moved before the act returns.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache, partial
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Any, Self

from analytics.matching.searching import Matcher
from analytics.propagation.effects import EffectChanges
from analytics.propagation.engine import Derivation, compare, derive
from api import status
from api.acts import Act, already_voided, batch_for, find_sanction, parse_key
from api.board import Board, View
from api.clock import Clock
from api.daily import begin_day, journal_law
from api.entries import disclosure_batch
from api.lookup import Hit, NameIndex, find_subject
from api.networks import Networks
from api.projection import Projector
from api.risks import Risks
from api.settings import Settings
from api.spooling import total_size
from graph.batch import DECISION, Batch, Receipt
from graph.errors import BadInput
from graph.identity import PersonKeys
from graph.law.book import LawBook
from graph.scope import ALL, Scope
from graph.snapshot import Snapshot, day_of
from graph.snapshot.intake import Trial
from graph.store.bolt import BoltStore
from graph.store.verify import VerifyReport
from graph.vocabulary import FactKind, LoadKind
from loaders.expecting import Acceptance
from loaders.formats import NOTHING_GIVEN, Given
from loaders.pipeline import LoadReport, Progress, load
from loaders.quarantine import Quarantine
from loaders.redriving import Redriving
from loaders.report import FileReceipt, receipts

_PAST_VIEWS = 8
_LARGE = 8_000_000  # bytes
"""From this size on a first load is worth the server's batch door."""


@dataclass(frozen=True, slots=True)
class Change:
    """What an act did, or would do: the receipt is None when it was only tried.

    Args:
        after: the facts with the act, to name those who are concerned.
    """

    receipt: Receipt | None
    effects: EffectChanges
    snapshot_digest: str
    law_digest: str
    after: Snapshot


@dataclass(frozen=True, slots=True)
class LoadOutcome:
    """What a load of files brought, or would bring, and what follows from it.

    Args:
        after: the facts with the files, to name those who are concerned.
    """

    reports: tuple[LoadReport, ...]
    effects: EffectChanges
    after: Snapshot


class Service:
    """A store with its law, its keys and the present board."""

    def __init__(
        self,
        *,
        settings: Settings,
        clock: Clock,
        store: BoltStore,
        keys: PersonKeys,
        law: LawBook,
        quarantine: Quarantine,
        risks: Risks,
        close: Callable[[], None],
    ) -> None:
        self.settings, self.clock = settings, clock
        self.store, self.keys, self.law = store, keys, law
        self.quarantine = quarantine
        self._close = close
        self._lock = RLock()
        self._names = NameIndex()
        self.networks, self.matcher = Networks(), Matcher()
        self.risks = risks
        journal_law(store, law, clock)
        begin_day(store, clock)
        snapshot = store.facts.snapshot()
        self.board = Board(snapshot, derive(snapshot, law), law, clock.today())
        self._past = lru_cache(maxsize=_PAST_VIEWS)(self._derive_past)
        self._projector = Projector(store)
        self._projector.follow(self.board)

    def __enter__(self) -> Self:
        """Return the open service."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the store and, where this process owns it, its server."""
        self.close()

    def close(self) -> None:
        """Close the store and, where this process owns it, its server."""
        self._close()

    # ---- the board -------------------------------------------------------

    def refresh(self) -> Board:
        """Take in what others wrote and the new day; return the present board."""
        with self._lock:
            begin_day(self.store, self.clock)
            self.store.catch_up()
            return self._move()

    def _move(self) -> Board:
        before, today = self.board, self.clock.today()
        if before.snapshot.seq != self.store.facts.seq or before.today != today:
            snapshot = self.store.facts.snapshot()
            changes = self.store.facts.changes(before.snapshot.seq)
            derivation = before.derivation.advance(snapshot, changes)
            self.board = Board(snapshot, derivation, self.law, today)
            self._projector.follow(self.board)
        return self.board

    # ---- views -----------------------------------------------------------

    def view(
        self, *, as_of: date | None = None, known_at: datetime | None = None
    ) -> View:
        """Return the picture on a day, by the facts and the law known at an instant."""
        board = self.board
        if known_at is None:
            return board.view if as_of is None else board.view.on(as_of)
        seq = board.snapshot.known_at(known_at).seq
        return self.after(seq, as_of or board.today, known_at)

    def after(self, seq: int, day: date, known_at: datetime | None = None) -> View:
        """Return the picture of a day after a load, by the law book of then."""
        derivation, law = self._past(seq)
        return View(self.board.snapshot.pinned(seq), derivation, law, day, known_at)

    def _derive_past(self, seq: int) -> tuple[Derivation, LawBook]:
        snapshot = self.store.facts.snapshot().pinned(seq)
        law = self.law_at(seq)
        return derive(snapshot, law), law

    def law_at(self, seq: int) -> LawBook:
        """Return the law book that was journaled last up to a load."""
        books = [
            load
            for load in self.store.facts.loads
            if load.kind is LoadKind.LAW and load.seq <= seq
        ]
        if not books or books[-1].digest == self.law.digest:
            return self.law
        return LawBook.from_payload(self.store.payload(books[-1].seq))

    # ---- acts ------------------------------------------------------------

    def preview(self, act: Act) -> Change:
        """Return what the act would change; nothing is written."""
        with self._lock:
            board, trial = self.trial()
            trial.append(self._batch(act, board))
            return self._change(None, board, self._advanced(board, trial))

    def trial(self) -> tuple[Board, Trial]:
        """Return the present board and a trial that begins at it."""
        with self._lock:
            return self.refresh(), self._trial()

    def _trial(self, *, keep: bool = False) -> Trial:
        return Trial(self.store.facts, self.store.pages, keep=keep)

    def _advanced(self, board: Board, trial: Trial) -> Derivation:
        """Return what follows from the facts of a trial that began at the board."""
        changes = trial.facts.changes(board.snapshot.seq)
        return board.derivation.advance(trial.facts.snapshot(), changes)

    def _named_or_new(self, act: Act, board: Board) -> Batch:
        """Return the batch of the act, empty where its request was carried out before.

        The store answers an empty batch of a known name with the first receipt.
        """
        if any(load.batch == act.batch for load in board.snapshot.loads):
            now = self.clock.now()
            return Batch(batch=act.batch, source=DECISION, recorded_at=now)
        return self._batch(act, board)

    def _batch(self, act: Act, board: Board) -> Batch:
        voided = self.store.facts.voided.get((FactKind.SANCTION, parse_key(act.key)))
        if voided is not None:
            raise already_voided(act.key, board.snapshot.loads[voided - 1])
        raw, _ = find_sanction(board.snapshot, act.key)
        texts = self.store.details(FactKind.SANCTION, [raw], scope=ALL)
        content = texts.get(raw, {}).get("content")
        return batch_for(act, board.snapshot, self.clock.now(), content=content)

    def perform(self, act: Act) -> Change:
        """Carry the act out; what follows from it has changed on return.

        A request that was carried out before changes nothing and has its first
        receipt, marked as repeated.

        Raises:
            NotFound: no such sanction.
            AlreadyVoided: it was voided before.
            Conflict: the act contradicts what is recorded.
        """
        with self._lock:
            before = self.refresh()
            receipt = self.store.append(self._named_or_new(act, before))
            after = self._move()
            return self._change(receipt, before, after.derivation)

    def _change(
        self, receipt: Receipt | None, before: Board, after: Derivation
    ) -> Change:
        effects = self._compare(before, after)
        digest = self.board.snapshot.digest
        return Change(receipt, effects, digest, self.law.digest, after.snapshot)

    def _compare(self, before: Board, after: Derivation) -> EffectChanges:
        day = day_of(before.today)
        return compare(before.derivation, after, day_before=day, day_after=day)

    def load(
        self,
        paths: Sequence[Path],
        *,
        source: str | None = None,
        given: Given = NOTHING_GIVEN,
        dry_run: bool = False,
        on: date | None = None,
        acceptance: Acceptance | None = None,
        progress: Progress | None = None,
    ) -> LoadOutcome:
        """Load files; with `dry_run` only say what would change, effects included.

        Args:
            paths: the files.
            source: key of their source; else found by their headings.
            given: what the sender says about format, encoding and delimiter.
            dry_run: write nothing.
            on: the day of which the files speak, by default today.
            acceptance: lets files be taken that miss what is expected of them.
            progress: told after each piece.

        Raises:
            BadInput: a file is refused, or the day has not come yet.
        """
        if on is not None and on > self.clock.today():
            raise BadInput(
                f"文件所述之日 {on} 还没有到。",
                f"The day of which the files speak, {on}, has not come yet.",
            )
        with self._lock:
            before = self.refresh()
            trial = self._trial(keep=len(paths) > 1) if dry_run else None
            work = partial(
                load,
                paths,
                keys=self.keys,
                law=self.law,
                quarantine=None if dry_run else self.quarantine,
                source=source,
                given=given,
                recorded_at=self.clock.now(),
                on=on,
                acceptance=acceptance,
                progress=progress,
            )
            if trial is None and self.store.takes_bulk and total_size(paths) >= _LARGE:
                spool = self.settings.data / "first-load"
                reports = self.store.bulk(lambda store: work(store=store), spool)
            else:
                reports = work(store=trial or self.store)
            after = self._advanced(before, trial) if trial else self._move().derivation
            effects = self._compare(before, after)
            return LoadOutcome(tuple(reports), effects, after.snapshot)

    def redrive(
        self,
        digests: Sequence[str],
        *,
        corrections: Path | None = None,
        progress: Progress | None = None,
    ) -> LoadOutcome:
        """Load rows that wait in quarantine by today's rules; what is taken is resolved.

        Args:
            digests: of the files they were set aside from.
            corrections: the file in which rows of that one file come back edited.
            progress: told after each piece.

        Raises:
            NotFound: a file has no rows in quarantine, or its source is gone.
            BadInput: what came back is no export of these rows.
        """
        with self._lock:
            before, now = self.refresh(), self.clock.now()
            driving = Redriving(
                self.quarantine, self.store, self.keys, self.law, now, progress=progress
            )
            reports = [
                report
                for digest in digests
                for report in driving.drive(digest, corrections)
            ]
            after = self._move()
            effects = self._compare(before, after.derivation)
            return LoadOutcome(tuple(reports), effects, after.snapshot)

    def disclose(self, digest: str, *, rows: int, by: str, reason: str) -> None:
        """Journal that rows in quarantine leave in clear: how many, for whom, why."""
        file = self.quarantine.summary(digest)
        now = self.clock.now()
        with self._lock:
            self.refresh()
            self.store.append(
                disclosure_batch(file, rows=rows, by=by, reason=reason, at=now)
            )
            self._move()

    # ---- looking things up ----------------------------------------------

    def find_subject(self, text: str, *, view: View, scope: Scope) -> str:
        """Return the identifier of the one subject the text means.

        Raises:
            NotFound: nothing readable matches.
            BadInput: a name that several subjects bear.
        """
        return find_subject(text, view=view, scope=scope, names=self._names)

    def search(
        self,
        prefix: str,
        *,
        view: View,
        scope: Scope,
        limit: int,
        after: tuple[str, int] = ("", -1),
    ) -> list[Hit]:
        """Return up to `limit` hits whose name begins so, each subject once."""
        found: dict[str, Hit] = {}
        snapshot = view.snapshot.under(scope)
        for hit in self._names.hits(snapshot, prefix, after=after):
            found.setdefault(snapshot.identities.canonical(hit.subject), hit)
            if len(found) == limit:
                break
        return list(found.values())

    # ---- for operators ---------------------------------------------------

    def receipts(self) -> list[FileReceipt]:
        """Return what became of every file that was loaded, in order."""
        return receipts(self.refresh().snapshot.loads)

    def status(self) -> dict[str, Any]:
        """Return what the store holds: for operators, who see everything."""
        board = self.refresh()
        return {
            "server": self.store.info.server,
            "purpose": self.store.info.purpose,
            **status.of_board(board),
            **status.of_files(receipts(board.snapshot.loads), self.quarantine),
            "snapshot": board.snapshot.digest,
            "law": self.law.digest,
        }

    def verify(self) -> VerifyReport:
        """Compare the graph, the journal and the projection."""
        with self._lock:
            self.refresh()
            return self._projector.check(self.store.verify())
