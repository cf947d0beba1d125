"""Facts a second of a first load in bulk on both servers, beside the plainest journal.

Run: python -m bench.bulk [organizations, default 20,000]. The same invented city goes
through each server's own door, from files to a store that can be opened: reading,
checking, journal, graph, import and indexes are all in the time. Both stores must have
the same digest and be sound. The peer (bench.journal) writes batches of 10,000 into the
same kind of server, by two MERGEs a fact.
"""

import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from bench.journal import COMPANIES, PERSONS, Peer, timed
from deploy.neo4j.run import LocalNeo4j, Neo4jUnavailable
from graph.identifiers import warm_up
from graph.identity import PersonKeys
from graph.law.book import LawBook
from graph.store.bolt import BoltStore
from graph.store.bulk.collecting import Collector
from graph.store.bulk.importing import write_files
from graph.store.embedded import EmbeddedServer, Endpoint
from loaders.pipeline import load
from loaders.synthetic import synthesize

KEYS = PersonKeys(bytes(range(32)))
NOW = datetime(2026, 11, 22, tzinfo=UTC)
OPENING = {"key_check": "bench", "purpose": "bench"}
SIZE, BATCHES = 10_000, 6

Bring = Callable[[Collector], None]


def city(folder: Path, organizations: int) -> Bring:
    """Return what brings every file of an invented city."""
    synthesize(folder, organizations=organizations, reference=date(2026, 11, 22))
    files = sorted(p for p in folder.iterdir() if p.suffix in {".csv", ".xlsx"})
    law = LawBook.load()

    def bring(store: Collector) -> None:
        load(files, store=store, keys=KEYS, law=law, quarantine=None, recorded_at=NOW)

    return bring


def embedded(place: Path, bring: Bring) -> str:
    """Load through the batch door; return the digest."""
    server = EmbeddedServer(place / "store", memory="2g")
    endpoint = server.start()
    try:
        store = BoltStore(endpoint, lock_folder=place, door=server.door())
        store.prepare(**OPENING)
        seconds = timed(lambda: store.bulk(bring, place / "spool"))
        return told("embedded", store, seconds, lambda: peer(endpoint, place))
    finally:
        server.stop()


def neo4j(place: Path, bring: Bring) -> str:
    """Load through the importer; return the digest."""
    files = place / "files"
    files.mkdir()
    start = time.perf_counter()
    written = write_files(files, bring, created_at=NOW, **OPENING)
    made = time.perf_counter() - start
    server = LocalNeo4j(place / "neo4j", memory="2g")
    imported = timed(lambda: server.import_files(written.arguments))
    endpoint = server.start()
    try:
        store = BoltStore(endpoint)
        opened = timed(lambda: store.prepare(**OPENING))
        print(
            f"  files {made:.1f} s, import {imported:.1f} s, first opening {opened:.1f} s"
        )
        store.catch_up()
        seconds = made + imported + opened
        return told("Neo4j", store, seconds, lambda: peer(endpoint, None))
    finally:
        server.stop()


def peer(endpoint: Endpoint, lock_folder: Path | None) -> float:
    """Return the facts a second of the plain journal; the first batch warms up."""
    plain, lot = Peer(endpoint, lock_folder), random.Random(1)
    seconds = []
    for n in range(BATCHES):
        pairs = [
            (lot.randrange(PERSONS), lot.randrange(COMPANIES)) for _ in range(SIZE)
        ]
        seconds.append(timed(lambda b=f"b{n}", p=pairs: plain.write(b, p)))
    plain.close()
    return SIZE / sorted(seconds[1:])[len(seconds) // 2]


def told(
    name: str, store: BoltStore, seconds: float, measured: Callable[[], float]
) -> str:
    """Print a row and return the digest of a store that is found sound."""
    facts = sum(table.size for table in store.facts.tables.values())
    start = time.perf_counter()
    report = store.verify()
    checked = time.perf_counter() - start
    rate, plain = facts / seconds, measured()
    print(
        f"{name:10} {facts:9,} facts {seconds:7.1f} s {rate:9,.0f} facts/s   peer "
        f"{plain:8,.0f}   {rate / plain:5.2f} x   verify {checked:.1f} s "
        f"{'sound' if report.ok else report.findings[:2]}   {peak():.0f} MB here",
        flush=True,
    )
    store.close()
    return report.chain


def peak() -> float:
    """Return the most memory this process held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(organizations: int) -> None:
    """Print a row for each server, and whether they agree."""
    warm_up()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        bring = city(place / "city", organizations)
        digests = {embedded(place, bring)}
        try:
            digests.add(neo4j(place, bring))
        except Neo4jUnavailable as error:
            print(f"Neo4j: not measured, because {error}")
        if len(digests) > 1:
            sys.exit("The stores differ.")
        print(f"same digest: {digests.pop()[:16]}…")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
