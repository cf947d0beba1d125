"""Entries of the journal that bring no facts: which law applies, and that a day began."""

from datetime import datetime

from graph.batch import Batch
from graph.law.book import LawBook
from graph.vocabulary import LoadKind


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
