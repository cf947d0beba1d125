"""Entries of the journal that bring no facts: law, days, and what left in clear."""

from datetime import datetime
from uuid import uuid4

from graph.batch import Batch
from graph.law.book import LawBook
from graph.vocabulary import LoadKind
from loaders.quarantine import WaitingFile


def law_batch(law: LawBook, earlier: int, at: datetime) -> Batch:
    """Return the entry of a law book, after so many earlier ones."""
    return Batch(
        batch=f"law:{law.digest}:{earlier}",
        source="law",
        kind=LoadKind.LAW,
        digest=law.digest,
        recorded_at=at,
        payload=law.to_payload(),
    )


def day_batch(day: str, at: datetime) -> Batch:
    """Return the entry of a new day (ISO)."""
    return Batch(
        batch=f"day:{day}",
        source="clock",
        kind=LoadKind.DAY,
        recorded_at=at,
        note={"day": day},
    )


def disclosure_batch(
    file: WaitingFile, *, rows: int, by: str, reason: str, at: datetime
) -> Batch:
    """Return the entry of an export in clear: whose rows, how many, for whom and why."""
    return Batch(
        batch=f"disclosure:{file.digest}:{at.isoformat()}:{uuid4()}",
        source=file.source,
        kind=LoadKind.DISCLOSURE,
        file=file.file,
        digest=file.digest,
        recorded_at=at,
        note={"rows": str(rows), "by": by, "reason": reason},
    )
