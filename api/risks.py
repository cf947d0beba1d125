"""Scores by what they depend on: made when they are first asked for, then kept.

A picture of all organizations takes seconds at the size of a city. Who asks about one
organization after a change is answered from the earlier picture and the facts around
it, at once, while the new one is made aside; who asks for a list waits for it.
"""

from collections import OrderedDict
from threading import Lock, Thread
from typing import Final

from analytics.features import Cut, build
from analytics.features.matrix import Progress
from analytics.scoring.assessing import Assessment, Scored
from analytics.scoring.model import RiskModel
from graph.snapshot import Snapshot
from graph.vocabulary import FactKind

_READS: Final = (
    FactKind.PROFILE,
    FactKind.TIE,
    FactKind.HOLDING,
    FactKind.BRANCH,
    FactKind.LINK,
    FactKind.CONTACT,
    FactKind.RECORD,
    FactKind.SANCTION,
    FactKind.IDENTITY_LINK,
)
_KEPT: Final = 2
"""Of a million organizations one takes about 0.7 GB."""
_SMALL: Final = 50_000
_SMALL_KEPT: Final = 8
_Key = tuple[object, ...]


class Risks:
    """The scored pictures last asked about, by one model."""

    def __init__(self, model: RiskModel) -> None:
        self.model = model
        self._kept: OrderedDict[_Key, Scored] = OrderedDict()
        self._lock = Lock()  # for what is kept; held for moments
        self._building = Lock()  # one picture at a time
        self._begun: set[_Key] = set()

    def of(
        self, snapshot: Snapshot, day: int, progress: Progress | None = None
    ) -> Scored:
        """Return the scores that a reader may see on a day.

        Args:
            snapshot: under the reader's scope.
            day: as a number.
            progress: told after each feature, where they have to be made.
        """
        key = _key(snapshot, day)
        found = self._find(key)
        if found is not None:
            return found
        with self._building:
            found = self._find(key)
            if found is None:
                matrix = build(Cut(snapshot, day), progress=progress)
                found = Scored(matrix, self.model)
                self._keep(key, found)
            return found

    def one(self, snapshot: Snapshot, day: int, subject: str) -> Assessment | None:
        """Return the full account of one score; None: the subject is not scored.

        Args:
            snapshot: under the reader's scope.
            day: as a number.
            subject: canonical identifier.
        """
        key = _key(snapshot, day)
        found = self._find(key)
        earlier = None if found else self._earlier(key, snapshot.seq)
        if earlier is not None:
            self._begin(key, snapshot, day)
            return earlier.assess_anew(snapshot, subject)
        scored = found or self.of(snapshot, day)
        return scored.assess(subject) if subject in scored.matrix.row else None

    def _find(self, key: _Key) -> Scored | None:
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def _keep(self, key: _Key, found: Scored) -> None:
        most = _SMALL_KEPT if found.cut.size < _SMALL else _KEPT
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > most:
                self._kept.popitem(last=False)

    def _earlier(self, key: _Key, seq: int) -> Scored | None:
        """Return the latest picture of the same day, reader and identities."""
        with self._lock:
            alike = [
                one
                for other, one in self._kept.items()
                if other[:3] == key[:3] and one.cut.snapshot.seq < seq
            ]
        return max(alike, key=lambda one: one.cut.snapshot.seq, default=None)

    def _begin(self, key: _Key, snapshot: Snapshot, day: int) -> None:
        """Make a picture aside, unless that has begun."""
        with self._lock:
            if key in self._begun:
                return
            self._begun.add(key)
        Thread(target=self._make, args=(key, snapshot, day), daemon=True).start()

    def _make(self, key: _Key, snapshot: Snapshot, day: int) -> None:
        try:
            self.of(snapshot, day)
        finally:
            with self._lock:
                self._begun.discard(key)


def _key(snapshot: Snapshot, day: int) -> _Key:
    loads = {kind: snapshot.tables[kind].last_change(snapshot.seq) for kind in _READS}
    identities = loads[FactKind.IDENTITY_LINK]
    return (day, snapshot.scope, identities, *loads.values())
