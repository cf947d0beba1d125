"""A store written as files for `neo4j-admin database import`: everything but the start.

The importer needs a database that does not run. What it cannot express, and the indexes,
are made when the program opens the store for the first time (graph.store.preparing); until
then the store says that it is unfinished.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from graph.snapshot.facts import Facts
from graph.store.bulk.collecting import Collector
from graph.store.bulk.files import ImportFiles
from graph.store.bulk.painting import Painting
from graph.store.bulk.spool import Spool
from graph.store.journal import Ledger
from graph.store.preparing import IMPORT
from graph.store.properties import instant

_SPOOL: Final = "journal.part"


@dataclass(frozen=True, slots=True)
class Imported:
    """What was written.

    Args:
        arguments: what `neo4j-admin database import full DATABASE` is told.
    """

    loads: int
    nodes: int
    relationships: int
    arguments: tuple[str, ...]


def write_files(
    folder: Path,
    bring: Callable[[Collector], None],
    *,
    key_check: str,
    purpose: str,
    created_at: datetime,
) -> Imported:
    """Write the files of a new store into an empty folder.

    Args:
        folder: where they go.
        bring: appends every batch of the store to be.
        key_check: what the deployment's person key makes of a fixed text.
        purpose: "production", "demo" …
        created_at: now, UTC.
    """
    spool = Spool(folder / _SPOOL)
    try:
        collector = Collector(spool, Facts(), Ledger(0, "", ""))
        bring(collector)
        files, ledger = ImportFiles(folder), collector.ledger
        painting = Painting(collector.facts, spool.entries)
        meta = {
            "id": "creditgraph",
            "created_at": instant(created_at),
            "key_check": key_check,
            "purpose": purpose,
            "schema_version": 0,
            "unfinished": IMPORT,
        }
        head = {
            "id": "facts",
            "seq": ledger.seq,
            "chain": ledger.chain,
            "recorded_at": ledger.recorded_at,
        }
        files.write(painting, spool.entries, {"Meta": meta, "Ledger": head})
        counts = files.written
        return Imported(
            ledger.seq,
            counts["nodes"],
            counts["relationships"],
            tuple(files.arguments()),
        )
    finally:
        spool.close()
