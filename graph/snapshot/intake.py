"""What a batch adds to the facts: known rows dropped, changed ones replaced.

The store writes exactly what this returns; a trial applies it to a fork. So what
is tried and what is written cannot differ.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from graph.batch import (
    OPS,
    Batch,
    Load,
    Page,
    Receipt,
    closing_table,
    conform,
    fact_keys,
    journal_table,
    versions,
)
from graph.errors import AlreadyVoided, BadInput, NotFound
from graph.snapshot.contents import Pages
from graph.snapshot.facts import CHANGED, KNOWN, NEW, VOIDED, Facts
from graph.snapshot.index import Rows
from graph.snapshot.table import split_keys
from graph.vocabulary import FactKind, LoadKind, Op

ONLY_WITH_ROWS: Final = (LoadKind.FACTS, LoadKind.JUDGEMENT)
"""Kinds of batches that are not journaled when they bring nothing new."""

_CODES = {NEW: OPS.index(Op.ADD), CHANGED: OPS.index(Op.REPLACE)}


@dataclass(frozen=True, slots=True)
class Intake:
    """Journal rows of a batch, and how its rows were met."""

    tables: tuple[tuple[FactKind, pa.Table], ...]
    added: int
    replaced: int
    voided: int
    withdrawn: int
    known: int

    @property
    def new(self) -> int:
        """Return how many rows change something."""
        return self.added + self.replaced + self.voided + self.withdrawn

    def receipt(self, seq: int) -> Receipt:
        """Return the receipt for load `seq`."""
        return Receipt(
            seq,
            added=self.added,
            replaced=self.replaced,
            voided=self.voided,
            known=self.known,
            withdrawn=self.withdrawn,
        )


def take_in(batch: Batch, facts: Facts) -> Intake:
    """Return what the batch adds to the facts.

    Raises:
        BadInput: a column is unknown, or one fact comes in two versions.
        AlreadyVoided: a row asserts a fact that was voided by decision.
        NotFound: a void of something that no source asserts.
    """
    counts = dict.fromkeys((NEW, CHANGED, KNOWN), 0)
    tables: list[tuple[FactKind, pa.Table]] = []
    for kind, raw in batch.tables.items():
        rows = _Rows.of(kind, conform(kind, raw)).distinct()
        found = facts.classify(batch.source, kind, rows.keys, rows.digests)
        _refuse_voided(kind, rows.table, found)
        for code in counts:
            counts[code] += int((found == code).sum())
        counts[KNOWN] += raw.num_rows - rows.table.num_rows
        keep = np.flatnonzero(found != KNOWN)
        if keep.size:
            tables.append((kind, rows.journal(keep, found)))
    voided = 0
    for kind, keys in batch.voids.items():
        _refuse_unknown(kind, keys, facts)
        tables.append((kind, closing_table(kind, keys, Op.VOID)))
        voided += len(keys)
    withdrawn = 0
    for kind, keys in batch.withdraws.items():
        held = _held(batch.source, kind, keys, facts)
        counts[KNOWN] += len(keys) - len(held)
        withdrawn += len(held)
        if held:
            tables.append((kind, closing_table(kind, held, Op.WITHDRAW)))
    return Intake(
        tuple(tables),
        added=counts[NEW],
        replaced=counts[CHANGED],
        voided=voided,
        withdrawn=withdrawn,
        known=counts[KNOWN],
    )


def _held(
    source: str, kind: FactKind, keys: Sequence[bytes], facts: Facts
) -> list[bytes]:
    """Return those keys that the source asserts; what it withdrew is known to be gone."""
    distinct = list(dict.fromkeys(keys))
    asserted = facts.asserted(source, kind, pa.array(distinct, pa.binary(16)))
    return [key for key, held in zip(distinct, asserted, strict=True) if held]


@dataclass(frozen=True, slots=True)
class _Rows:
    """Conformed rows with their digests, computed once."""

    kind: FactKind
    table: pa.Table
    keys: pa.Array
    digests: pa.Array

    @classmethod
    def of(cls, kind: FactKind, table: pa.Table) -> "_Rows":
        return cls(kind, table, fact_keys(kind, table), versions(kind, table))

    def take(self, rows: Rows) -> "_Rows":
        at = pa.array(rows)
        table, keys = self.table.take(at), self.keys.take(at)
        return _Rows(self.kind, table, keys, self.digests.take(at))

    def distinct(self) -> "_Rows":
        """Return the rows with exact repeats dropped.

        Raises:
            BadInput: one key with two contents; which of them is right is not for
                the store to guess.
        """
        halves = split_keys(self.keys)
        packed = np.ascontiguousarray(halves).view([("a", "u8"), ("b", "u8")]).ravel()
        _, first, inverse = np.unique(packed, return_index=True, return_inverse=True)
        if len(first) == len(packed):
            return self
        contents = split_keys(self.digests)
        leader = first[inverse.ravel()]
        differs = np.flatnonzero((contents != contents[leader]).any(axis=1))
        if differs.size:
            line = self.table["line"][int(differs[0])].as_py()
            raise BadInput(
                f"同一{self.kind.zh}出现两次而内容不同（第 {line} 行）。",
                f"One {self.kind.value} comes twice with different content (line "
                f"{line}).",
                hint_zh="请只留一行，或者按先后分两批报送。",
                hint_en="Keep one of the rows, or send them as two batches in order.",
            )
        return self.take(np.sort(first))

    def journal(self, keep: Rows, found: npt.NDArray[np.int8]) -> pa.Table:
        """Return the journal rows of those to keep."""
        kept = self if keep.size == self.table.num_rows else self.take(keep)
        ops = [_CODES[int(code)] for code in found[keep]]
        return journal_table(kept.table, ops=ops, keys=kept.keys, digests=kept.digests)


def _refuse_voided(kind: FactKind, rows: pa.Table, found: npt.NDArray[np.int8]) -> None:
    gone = np.flatnonzero(found == VOIDED)
    if gone.size:
        lines = rows["line"].take(pa.array(gone[:10])).to_pylist()
        raise AlreadyVoided(
            f"有 {gone.size} 行{kind.zh}是已被决定撤销的事实（第 {'、'.join(map(str, lines))} 行）。",
            f"{gone.size} {kind.value} rows assert facts that were voided by decision "
            f"(lines {', '.join(map(str, lines))}).",
            hint_zh="已撤销的事实不能恢复；新的决定是新的事实。",
            hint_en="A voided fact is never revived; a new decision is a new fact.",
        )


def _refuse_unknown(kind: FactKind, keys: Sequence[bytes], facts: Facts) -> None:
    for key, stands in zip(keys, facts.standing(kind, keys), strict=True):
        if (kind, key) in facts.voided:
            raise AlreadyVoided(
                f"键为 {key.hex()} 的{kind.zh}此前已经撤销。",
                f"The {kind.value} {key.hex()} was voided before.",
            )
        if not stands:
            raise NotFound(
                f"没有键为 {key.hex()} 的{kind.zh}。",
                f"No {kind.value} has the key {key.hex()}.",
            )


class Trial:
    """A fork of the facts that takes batches as a store would, and writes nothing.

    Args:
        facts: what is known; they are not changed.
        pages: reads the journal behind them; None where they are empty.
        keep: whether what is tried can be read back whole, which takes memory.
    """

    def __init__(
        self, facts: Facts, pages: Pages | None = None, *, keep: bool = False
    ) -> None:
        self.facts = facts.fork(FactKind)
        self._begun, self._behind, self._keep = facts.seq, pages, keep
        self._pages: list[Page] = []

    def pages(self, since: int, until: int) -> Iterator[Page]:
        """Yield the pages of the loads after `since` up to `until`, in order."""
        if self._behind and since < self._begun:
            yield from self._behind(since, min(until, self._begun))
        yield from (page for page in self._pages if since < page.seq <= until)

    def append(self, batch: Batch) -> Receipt:
        """Apply the batch to the fork.

        Raises:
            BadInput, AlreadyVoided, NotFound: as `take_in`.
        """
        intake = take_in(batch, self.facts)
        seq = self.facts.seq + 1
        if intake.new or batch.kind not in ONLY_WITH_ROWS:
            load = Load(
                seq=seq,
                batch=batch.batch,
                kind=batch.kind,
                source=batch.source,
                file=batch.file,
                digest=batch.digest,
                recorded_at=batch.recorded_at,
                counts={},
                note=batch.note,
                chain=f"trial:{seq}",
            )
            pages = [Page(seq, i, k, t) for i, (k, t) in enumerate(intake.tables)]
            self.facts.apply(load, pages)
            if self._keep:
                self._pages += pages
        return intake.receipt(seq)
