"""The facts in memory, in columns: built from the journal, read under a scope."""

from graph.snapshot.days import OPEN, UNKNOWN, date_of, day_of, last_day_of
from graph.snapshot.facts import Changes, Facts
from graph.snapshot.view import FactSource, Snapshot

__all__ = [
    "OPEN",
    "UNKNOWN",
    "Changes",
    "FactSource",
    "Facts",
    "Snapshot",
    "date_of",
    "day_of",
    "last_day_of",
]
