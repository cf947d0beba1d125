"""Scores by what they depend on: made when they are first asked for, then kept.

Whoever asks for a day that is kept is answered at once; a new picture is made by one
request while others of the same picture wait for it.
"""

from collections import OrderedDict
from threading import Lock
from typing import Final

from analytics.features import Cut, build
from analytics.features.matrix import Progress
from analytics.scoring.assessing import Scored
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


class Risks:
    """The scored pictures last asked about, by one model."""

    def __init__(self, model: RiskModel) -> None:
        self.model = model
        self._kept: OrderedDict[tuple[object, ...], Scored] = OrderedDict()
        self._lock = Lock()

    def of(
        self, snapshot: Snapshot, day: int, progress: Progress | None = None
    ) -> Scored:
        """Return the scores that a reader may see on a day.

        Args:
            snapshot: under the reader's scope.
            day: as a number.
            progress: told after each feature, where they have to be made.
        """
        loads = (snapshot.tables[k].last_change(snapshot.seq) for k in _READS)
        key = (day, snapshot.scope, *loads)
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                matrix = build(Cut(snapshot, day), progress=progress)
                found = self._kept[key] = Scored(matrix, self.model)
                self._forget(found)
            self._kept.move_to_end(key)
            return found

    def _forget(self, newest: Scored) -> None:
        most = _SMALL_KEPT if newest.cut.size < _SMALL else _KEPT
        while len(self._kept) > most:
            self._kept.popitem(last=False)
