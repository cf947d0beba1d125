"""The journal: one numbered entry a batch, its rows on pages of Arrow bytes.

Numbers are consecutive. Each entry carries a digest chained over every entry before
it, so the digest of the last one names the whole history.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from typing import Any, Final

from graph.batch import (
    PAGE_BYTES,
    Batch,
    Load,
    Page,
    Receipt,
    decode_page,
    encode_pages,
)
from graph.errors import StoreDamaged
from graph.schema import SCHEMAS
from graph.snapshot.intake import Intake
from graph.store.properties import instant, moment_of
from graph.store.queries import Row, Run
from graph.vocabulary import FactKind, LoadKind

PAYLOAD: Final = "payload"
"""Kind of the pages that hold a batch's bytes instead of rows."""

_WINDOW_BYTES: Final = 16_000_000
_WINDOW_LOADS: Final = 1_000
_HEADER: Final = (
    "seq",
    "batch",
    "kind",
    "source",
    "file",
    "digest",
    "recorded_at",
    "added",
    "replaced",
    "voided",
    "known",
    "note",
)
_LATER_HEADER: Final = ("withdrawn",)
"""In the header of the entries that have it: older entries keep their digest."""
_PAGE_HEADER: Final = ("part", "kind", "schema_version", "rows", "digest")


@dataclass(frozen=True, slots=True)
class Ledger:
    """Where the journal stands; `known` is the entry that has the writer's name."""

    seq: int
    chain: str
    recorded_at: str
    known: Row | None = None

    def receipt(self) -> Receipt | None:
        """Return the receipt of a batch that was acknowledged before, else None."""
        load = self.known
        if load is None:
            return None
        return Receipt(
            load["seq"],
            added=load["added"],
            replaced=load["replaced"],
            voided=load["voided"],
            known=load["known"],
            withdrawn=load.get("withdrawn", 0),
            repeated=True,
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """A new entry as it is written: the load node and its page nodes."""

    load: Row
    pages: tuple[Row, ...]


def lock(run: Run, writer: str) -> Ledger:
    """Return where the journal stands; nobody else writes until this commits.

    Raises:
        StoreDamaged: the store was never prepared, or its ledger is gone.
    """
    rows = run("lock_ledger", writer=writer)
    if len(rows) != 1:
        raise StoreDamaged(
            f"存储里应有一个账本头，实有 {len(rows)} 个。",
            f"The store has {len(rows)} ledgers instead of one.",
            hint_zh="请准备一个空的存储，或者从备份恢复。",
            hint_en="Prepare an empty store, or restore this one from its backup.",
        )
    return Ledger(**rows[0])


def entry_of(batch: Batch, intake: Intake, ledger: Ledger) -> Entry:
    """Return the next entry of the journal for what the batch brings.

    Its instant is the batch's, or the last entry's where that is later.
    """
    seq = ledger.seq + 1
    pages = tuple(_pages(seq, batch, intake))
    header: Row = {
        "seq": seq,
        "batch": batch.batch,
        "kind": batch.kind.value,
        "source": batch.source,
        "file": batch.file,
        "digest": batch.digest,
        "recorded_at": max(instant(batch.recorded_at), ledger.recorded_at),
        "added": intake.added,
        "replaced": intake.replaced,
        "voided": intake.voided,
        "known": intake.known,
        "note": batch.note_json(),
    }
    if intake.withdrawn:
        header["withdrawn"] = intake.withdrawn
    chain = chained(ledger.chain, header, pages)
    sizes = {"pages": len(pages), "bytes": sum(p["bytes"] for p in pages)}
    return Entry(header | sizes | {"chain": chain}, pages)


def _pages(seq: int, batch: Batch, intake: Intake) -> Iterator[Row]:
    part = 0
    for kind, table in intake.tables:
        for rows, data in encode_pages(table):
            yield _page(seq, part, kind.value, SCHEMAS[kind].version, rows, data)
            part += 1
    payload = batch.payload or b""
    for start in range(0, len(payload), PAGE_BYTES):
        piece = payload[start : start + PAGE_BYTES]
        yield _page(seq, part, PAYLOAD, 1, 0, piece)
        part += 1


def _page(seq: int, part: int, kind: str, version: int, rows: int, data: bytes) -> Row:
    return {
        "seq": seq,
        "part": part,
        "kind": kind,
        "schema_version": version,
        "rows": rows,
        "digest": sha256(data).hexdigest(),
        "bytes": len(data),
        "data": data,
    }


def chained(
    previous: str, load: Mapping[str, Any], pages: Sequence[Mapping[str, Any]]
) -> str:
    """Return the digest of this entry over the digest of the one before."""
    header = {name: load[name] for name in _HEADER}
    header |= {name: load[name] for name in _LATER_HEADER if name in load}
    parts = [[page[name] for name in _PAGE_HEADER] for page in pages]
    text = json.dumps([previous, header, parts], ensure_ascii=False, sort_keys=True)
    return sha256(text.encode()).hexdigest()


def write(run: Run, entry: Entry) -> None:
    """Append the entry and move the ledger to it."""
    run("write_entry", load=entry.load, pages=list(entry.pages))


def load_of(row: Mapping[str, Any]) -> Load:
    """Return the load that a node's properties describe."""
    counts = ("added", "replaced", "voided", "known", *_LATER_HEADER)
    return Load(
        seq=row["seq"],
        batch=row["batch"],
        kind=LoadKind(row["kind"]),
        source=row["source"],
        file=row["file"],
        digest=row["digest"],
        recorded_at=moment_of(row["recorded_at"]),
        counts={name: row.get(name, 0) for name in counts},
        note=json.loads(row["note"]),
        chain=row["chain"],
    )


def loads(run: Run, since: int, until: int) -> Iterator[Row]:
    """Yield the load nodes after `since` up to `until`, in order of number."""
    while since < until:
        rows = run("loads_since", since=since, until=until, limit=_WINDOW_LOADS)
        if not rows:
            return
        yield from (row["load"] for row in rows)
        since = rows[-1]["load"]["seq"]


def entries(run: Run, since: int, until: int) -> Iterator[tuple[Row, list[Row]]]:
    """Yield each load after `since` up to `until` with its raw pages.

    Pages come in windows of bounded size, so that neither the server nor this
    process ever holds the journal.
    """
    for window in _windows(loads(run, since, until)):
        first, last = window[0]["seq"], window[-1]["seq"]
        rows = run("pages_between", since=first - 1, until=last)
        by_seq = {seq: list(group) for seq, group in groupby(rows, lambda r: r["seq"])}
        for load in window:
            yield load, by_seq.get(load["seq"], [])


def _windows(rows: Iterator[Row]) -> Iterator[list[Row]]:
    window: list[Row] = []
    size = 0
    for row in rows:
        if window and size + row["bytes"] > _WINDOW_BYTES:
            yield window
            window, size = [], 0
        window.append(row)
        size += row["bytes"]
    if window:
        yield window


def decoded(rows: Sequence[Row]) -> Iterator[Page]:
    """Yield the pages that hold facts, in the present schema.

    Raises:
        StoreTooNew: a page was written by a later version of the program.
    """
    for row in rows:
        if row["kind"] != PAYLOAD:
            kind = FactKind(row["kind"])
            table = decode_page(kind, row["schema_version"], row["data"])
            yield Page(row["seq"], row["part"], kind, table)


def payload_of(rows: Sequence[Row]) -> bytes:
    """Return the bytes a load carries beside or instead of facts."""
    return b"".join(row["data"] for row in rows if row["kind"] == PAYLOAD)
