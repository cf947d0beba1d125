"""What began and what ended for subjects, by the day on which it did: a time line.

Read from the facts themselves, former ones included, so it needs no network. What
stood only in another version of the facts is not told here; that is the business of
the changes feed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from analytics.network.edges import BY_VALUE, EDGE_TYPES, ENDS, EdgeType
from graph.snapshot import OPEN, UNKNOWN, Snapshot
from graph.vocabulary import FactKind


@dataclass(frozen=True, slots=True)
class Event:
    """Something that began or ended.

    Args:
        on: day number; `ended` on the first day on which it is no longer true.
        near, far: canonical identifiers of the ends of the edge.
        row: of the fact within its kind.
    """

    on: int
    what: Literal["began", "ended"]
    type: EdgeType
    near: str
    far: str
    row: int

    @property
    def position(self) -> tuple[int, str, int, str, str, int]:
        """Return where it stands: by day; ends before beginnings of the same day."""
        what = {"ended": "0", "began": "1"}[self.what]
        return self.on, what, self.type.code, self.near, self.far, self.row


def events(
    snapshot: Snapshot,
    subjects: Iterable[str],
    *,
    types: int,
    after: int = UNKNOWN,
    until: int = OPEN - 1,
) -> list[Event]:
    """Return what began or ended for subjects, the earliest first.

    Args:
        snapshot: the facts, under the scope of who asks.
        subjects: identifiers.
        types: choice of edge types as bits.
        after: only after this day number.
        until: only up to this day number, included.
    """
    rows = {
        (kind, row)
        for subject in subjects
        for kind, ends in ENDS.items()
        for column in (ends.near, ends.far)
        for row in snapshot.rows(kind, column, subject)
    }
    found = {
        event
        for kind, row in rows
        for event in _of(snapshot, kind, row)
        if after < event.on <= until and types >> event.type.code & 1
    }
    return sorted(found, key=lambda e: e.position)


def _of(snapshot: Snapshot, kind: FactKind, row: int) -> Iterator[Event]:
    ends = ENDS[kind]
    near, far = (
        snapshot.identities.canonical(snapshot.text(kind, row, column))
        for column in (ends.near, ends.far)
    )
    if ends.word is None:
        edge_type = next(t for t in EDGE_TYPES if t.kind is kind)
    else:
        edge_type = BY_VALUE[snapshot.text(kind, row, ends.word)]
    begins, ended = (snapshot.day(kind, row, c) for c in ("valid_from", "valid_to"))
    if begins != UNKNOWN:
        yield Event(begins, "began", edge_type, near, far, row)
    if ended != OPEN:
        yield Event(ended, "ended", edge_type, near, far, row)
