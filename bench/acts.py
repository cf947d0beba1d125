"""Milliseconds from a decision on a sanction to its consequences, durably written.

Run: python -m bench.acts [facts in the journal, default 1,000,000]. A service on the
embedded store: 20,000 organizations with posts and 4,000 sanctions stand in the graph,
the rest of the journal is holdings that were journaled only. Each act is journaled,
synced, drawn, derived and projected before the clock stops; beside it the same act
tried without writing (`preview`).
"""

import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa

from api.acts import Act, End, Void
from api.clock import FixedClock
from api.service import Service
from api.settings import Settings
from api.wiring import open_service
from bench.propagation import START, days, invented, names
from graph.batch import Batch
from graph.snapshot.intake import take_in
from graph.store import journal
from graph.store.bolt import BoltStore
from graph.store.queries import Run
from graph.vocabulary import EndReason, FactKind

ORGANIZATIONS, ACTS, SIZE = 20_000, 200, 50_000
DAY = date(2026, 11, 22)


def holdings(rng: np.random.Generator, first: int) -> pa.Table:
    numbers = np.arange(first, first + SIZE)
    return pa.table(
        {
            "holder": names("per:", rng.integers(0, ORGANIZATIONS, SIZE)),
            "organization": names("org:", numbers % ORGANIZATIONS),
            "share_num": pa.array(np.ones(SIZE, np.int64)),
            "share_den": pa.array(numbers + 2),
            "valid_from": days(numbers % 9_000),
            "public": pa.array(np.ones(SIZE, np.bool_)),
        }
    )


def fill(store: BoltStore, facts: int) -> None:
    """Journal so many holdings without drawing them."""
    rng = np.random.default_rng(1)
    store.catch_up()
    for first in range(0, facts, SIZE):
        name = f"fill{first}"
        tables = {FactKind.HOLDING: holdings(rng, first)}
        batch = Batch(batch=name, source=name, recorded_at=START, tables=tables)
        intake = take_in(batch, store.facts)

        def write(run: Run, batch: Batch = batch, intake=intake) -> None:  # type: ignore[no-untyped-def]
            journal.write(run, journal.entry_of(batch, intake, journal.lock(run, "b")))

        store._write(write)
        store.catch_up()


def acts(service: Service) -> list[Act]:
    snapshot = service.board.snapshot
    rows = snapshot.all_rows(FactKind.SANCTION)
    keys = [key.hex() for key in snapshot.keys(FactKind.SANCTION, rows)]
    ended = snapshot.values(FactKind.SANCTION, rows, ("valid_to",))
    standing = [k for k, (to,) in zip(keys, ended, strict=True) if to > 40_000]
    done: list[Act] = []
    for number, key in enumerate(standing[:ACTS]):
        same = {
            "key": key,
            "document": f"文{number}",
            "authority": "机关",
            "actor": "bench",
            "request": f"r{number}",
        }
        if number % 2:
            done.append(Void(**same, reason="列错"))
        else:
            done.append(End(**same, on=DAY, reason=EndReason.REPAIR))
    return done


def main(facts: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder) / "data", embedded_memory="2g")
        with open_service(settings, FixedClock.on(DAY)) as service:
            tables = invented(ORGANIZATIONS)
            for n, (kind, table) in enumerate(tables.items()):
                batch = Batch(f"c{n}", "s", START, {kind: table})
                service.store.append(batch)
            fill(service.store, facts)
            service.refresh()
            snapshot = service.board.snapshot
            total = sum(len(snapshot.all_rows(kind)) for kind in snapshot.tables)
            spent: dict[str, list[float]] = {"tried": [], "written": []}
            changed = 0
            for act in acts(service):
                for what, do in (
                    ("tried", service.preview),
                    ("written", service.perform),
                ):
                    begun = time.perf_counter()
                    change = do(act)
                    spent[what].append((time.perf_counter() - begun) * 1000)
                changed += bool(change.effects.lost or change.effects.changed)
            effects = len(service.board.derivation.effects)
            print(
                f"{total:,} facts, {effects:,} effects, {changed} of {ACTS} acts changed some"
            )
            for what, row in spent.items():
                median, p99 = np.percentile(row, [50, 99])
                print(f"  an act {what:8} {median:7.1f} ms median {p99:7.1f} ms p99")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
