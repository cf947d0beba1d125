"""Facts a second into the journal, beside the plainest journal that could do it.

Run: python -m bench.journal [facts in the journal to read, default 1,000,000].

The peer does the least that a journal with a graph needs, one transaction a batch:
the next number, two nodes by MERGE and one relationship of three properties a fact,
one page of bytes. It knows no versions, no keys, no index on anything but ids, and
checks nothing. Both write ties between the same 200 k persons and 100 k companies,
batch by batch in turn, so that a busy machine slows both alike.
"""

import contextlib
import fcntl
import io
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import neo4j
import pyarrow as pa

from deploy.neo4j.run import LocalNeo4j, Neo4jUnavailable
from graph.batch import Batch
from graph.snapshot.intake import take_in
from graph.store import journal
from graph.store.bolt import BoltStore
from graph.store.embedded import EmbeddedServer, Endpoint
from graph.store.queries import Run
from graph.vocabulary import FactKind

START = datetime(2026, 1, 1, tzinfo=UTC)
PERSONS, COMPANIES = 200_000, 100_000
ROUNDS = {10_000: 6, 1_000: 12}
"""Batches by size; the first of each size warms up and is not counted."""

Pair = tuple[int, int]


class Peer:
    """The plain journal."""

    def __init__(self, endpoint: Endpoint, lock_folder: Path | None) -> None:
        access = (endpoint.user, endpoint.password)
        self._driver = neo4j.GraphDatabase.driver(endpoint.uri, auth=access)
        self._database = endpoint.database
        self._lock = None if lock_folder is None else lock_folder / "peer.lock"
        for label, key in (("PP", "id"), ("PO", "id"), ("PJ", "seq"), ("PL", "id")):
            self._driver.execute_query(
                f"CREATE CONSTRAINT {label.lower()} IF NOT EXISTS "
                f"FOR (n:{label}) REQUIRE n.{key} IS UNIQUE",
                database_=self._database,
            )

    def close(self) -> None:
        self._driver.close()

    def write(self, name: str, pairs: list[Pair]) -> None:
        """Write one batch."""
        rows = [
            {"a": f"p{a}", "b": f"o{b}", "k": f"{name}-{i}", "share": 0.1}
            for i, (a, b) in enumerate(pairs)
        ]
        page = _page(rows)
        with self._alone(), self._driver.session(database=self._database) as session:
            session.execute_write(self._write, rows, page)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        if self._lock is None:
            yield
            return
        with self._lock.open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    @staticmethod
    def _write(tx: neo4j.ManagedTransaction, rows: list[dict], page: bytes) -> None:
        ledger = tx.run(
            "MERGE (l:PL {id: 'facts'}) SET l.seq = coalesce(l.seq, 0) + 1 "
            "RETURN l.seq AS seq"
        )
        seq = ledger.single(strict=True)["seq"]
        tx.run(
            "UNWIND $rows AS r MERGE (a:PP {id: r.a}) MERGE (b:PO {id: r.b}) "
            "CREATE (a)-[:HOLDS {key: r.k, load: $seq, share: r.share}]->(b)",
            rows=rows,
            seq=seq,
        ).consume()
        tx.run("CREATE (:PJ {seq: $seq, page: $page})", seq=seq, page=page).consume()


def _page(rows: list[dict]) -> bytes:
    table, sink = pa.Table.from_pylist(rows), io.BytesIO()
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with pa.ipc.new_stream(sink, table.schema, options=options) as writer:
        writer.write_table(table)
    return sink.getvalue()


def ties(pairs: list[Pair]) -> pa.Table:
    """Return the same pairs as ties with every column that a source would fill."""
    days = [date(2000 + i % 25, 1 + i % 12, 1) for i in range(len(pairs))]
    same = {
        "role": "legal_representative",
        "department": "市场监督管理局",
        "region": "230700",
        "sector": "C",
        "public": True,
    }
    return pa.table(
        {
            "person": [f"per:{a}" for a, _ in pairs],
            "organization": [f"org:{b}" for _, b in pairs],
            "valid_from": days,
            "line": pa.array(range(len(pairs)), pa.int32()),
            **{name: [value] * len(pairs) for name, value in same.items()},
        }
    )


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def writing(name: str, endpoint: Endpoint, lock_folder: Path | None) -> None:
    """Print facts a second of both, in turn, by batch size."""
    store, peer = (
        BoltStore(endpoint, lock_folder=lock_folder),
        Peer(endpoint, lock_folder),
    )
    store.prepare(key_check="bench", purpose="bench")
    lot = random.Random(1)
    for size, rounds in ROUNDS.items():
        seconds: dict[str, list[float]] = {"ours": [], "peer": []}
        for n in range(rounds + 1):
            pairs = list(
                {
                    (lot.randrange(PERSONS), lot.randrange(COMPANIES))
                    for _ in range(size)
                }
            )
            label = f"{size}-{n}"
            batch = Batch(label, f"s{label}", START, {FactKind.TIE: ties(pairs)})
            seconds["ours"].append(timed(lambda b=batch: store.append(b)))
            seconds["peer"].append(timed(lambda b=label, p=pairs: peer.write(b, p)))
        print(_line(f"{name}, batches of {size:,}", size, seconds), flush=True)
    store.close()
    peer.close()


def _line(name: str, size: int, seconds: dict[str, list[float]]) -> str:
    ours, peer = (size / statistics.median(seconds[w][1:]) for w in ("ours", "peer"))
    ratio = statistics.median(
        b / a for a, b in zip(seconds["ours"][1:], seconds["peer"][1:], strict=True)
    )
    return (
        f"{name:34} {ours:9,.0f} facts/s   peer {peer:9,.0f}   {ratio:5.2f} x   "
        f"{resident(os.getpid()):5.0f} MB here"
    )


def reading(name: str, endpoint: Endpoint, facts: int) -> None:
    """Print MB a second of raw pages, and what building the snapshot costs."""
    store = BoltStore(endpoint)
    fill(store, facts)
    entries = journal.entries(store._ask, store.facts.seq, store.head())
    start, size = time.perf_counter(), 0
    for load, pages in entries:
        size += sum(len(page["data"]) for page in pages if load)
    seconds = time.perf_counter() - start
    print(
        f"{name + ', pages read':34} {size / 1e6 / seconds:9.0f} MB/s     of {size / 1e6:.0f} MB"
    )
    store.close()
    access = "\n".join(
        (endpoint.uri, endpoint.user, endpoint.password, endpoint.database)
    )
    print(f"{name + ', snapshot from journal':34}", end=" ", flush=True)
    subprocess.run(
        [sys.executable, "-m", "bench.journal", "--snapshot"],
        input=access,
        text=True,
        check=True,
    )


def fill(store: BoltStore, facts: int) -> None:
    """Write entries to the journal alone: reading is measured, not drawing."""
    lot, size = random.Random(2), 50_000
    store.catch_up()
    for n in range(facts // size):
        pairs = [
            (lot.randrange(PERSONS), lot.randrange(COMPANIES)) for _ in range(size)
        ]
        table = ties(pairs).append_column("valid_to", pa.nulls(size, pa.date32()))
        batch = Batch(f"fill{n}", f"fill{n}", START, {FactKind.TIE: _distinct(table)})
        intake = take_in(batch, store.facts)

        def write(run: Run, batch: Batch = batch, intake=intake) -> None:  # type: ignore[no-untyped-def]
            journal.write(run, journal.entry_of(batch, intake, journal.lock(run, "b")))

        store._write(write)


def _distinct(table: pa.Table) -> pa.Table:
    keys = ["person", "organization", "valid_from"]
    rest = [(n, "first") for n in table.column_names if n not in keys]
    one = table.group_by(keys, use_threads=False).aggregate(rest)
    return one.rename_columns([n.removesuffix("_first") for n in one.column_names])


def snapshot() -> None:
    """Build the facts from the journal of the endpoint on standard input."""
    store = BoltStore(Endpoint(*sys.stdin.read().split("\n")))
    store._ask("head")
    before = resident(os.getpid())
    seconds = timed(store.catch_up) + timed(store.facts.snapshot)
    rows = sum(table.size for table in store.facts.tables.values())
    print(
        f"{rows:9,} facts    {seconds:6.1f} s   {rows / seconds:10,.0f} facts/s   "
        f"+{resident(os.getpid()) - before:.0f} MB"
    )
    store.close()


def resident(process: int) -> float:
    """Return the resident memory of a process in MB."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    (line,) = [x for x in lines if x.startswith("VmRSS")]
    return int(line.split()[1]) / 1024


def main(facts: int) -> None:
    """Print the table for both servers; a missing one is named."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        with EmbeddedServer(place / "store", memory="2g") as endpoint:
            writing("embedded", endpoint, place)
            reading("embedded", endpoint, facts)
        try:
            with LocalNeo4j(place / "neo4j", memory="2g") as endpoint:
                writing("Neo4j", endpoint, None)
                reading("Neo4j", endpoint, facts)
        except Neo4jUnavailable as error:
            print(f"Neo4j: not measured, because {error}")


if __name__ == "__main__":
    if sys.argv[1:] == ["--snapshot"]:
        snapshot()
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
