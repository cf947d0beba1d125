"""The changes feed: what each load, the beginnings of days included, did to effects.

It is worked out from the journal, never stored: the same question has the same answer
after a restart and in every process. What was derived for the last questions is kept,
so following along costs what changed.
"""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from threading import RLock
from typing import Final

import numpy as np

from analytics.propagation.engine import Derivation, derive
from analytics.propagation.feed import Changed, changed_ids, moved, passed
from api.board import View
from api.clock import day_in_shanghai
from api.service import Service
from graph.batch import Load
from graph.errors import BadInput
from graph.law.calendar import CalendarUnpublished, WorkingCalendar
from graph.snapshot import date_of, day_of
from graph.vocabulary import LoadKind

LATE_AFTER: Final = 7
"""Working days within which a decision is to be reported; what comes later with an
older event date is back-filled and no news."""

_FAR: Final = 60
"""So many days hold more working days than matter, whatever the holidays."""

_KEPT: Final = 8
_STEPS: Final = 200
"""From so many loads on, deriving anew is the shorter way to an old state."""


@dataclass(frozen=True, eq=False)
class LoadChanges:
    """What one load did.

    Args:
        load: the entry of the journal.
        day: the day on which it was learnt.
        before: what followed until then.
        after: what follows from then on.
        items: the changes, always in the same order.
    """

    load: Load
    day: date
    before: Derivation
    after: Derivation
    items: tuple[Changed, ...]

    def event_date(self, changed: Changed) -> date:
        """Return the day on which a change happened by law."""
        found = None if changed.on is None else date_of(changed.on)
        return found or self.day

    def is_backfilled(self, changed: Changed) -> bool:
        """Return whether a file brought an old event after its time: no news."""
        if self.load.kind is not LoadKind.FACTS or changed.on is None:
            return False
        return _working_days(self.event_date(changed), self.day) > LATE_AFTER


def _working_days(event: date, day: date) -> int:
    """Return how many working days lie between; where unpublished, weekdays."""
    if (day - event).days > _FAR:
        return _FAR
    try:
        return WorkingCalendar.published().working_days_between(event, day)
    except CalendarUnpublished:
        return int(np.busday_count(event, day))


class ChangeLog:
    """Works the feed out of the journal."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._states: OrderedDict[int, Derivation] = OrderedDict()
        self._last: LoadChanges | None = None
        self._lock = RLock()

    @property
    def seq(self) -> int:
        """Return the last load there is."""
        return self._service.board.snapshot.seq

    def follow(self) -> None:
        """Remember what follows now, from where the next changes are told."""
        with self._lock:
            derivation = self._service.board.derivation
            self._keep(derivation.seq, derivation)

    def changed_since(self, seq: int, view: View) -> set[str]:
        """Return the effects of a picture that a load after `seq`, or a day, changed.

        Raises:
            BadInput: the picture rests on no such load.
        """
        if seq > view.snapshot.seq:
            raise BadInput(
                f"账本到第 {view.snapshot.seq} 次载入为止，没有第 {seq} 次。",
                f"The journal ends with load {view.snapshot.seq}; there is no {seq}.",
                hint_zh="写载入的序号：上次回答中的 meta.load。",
                hint_en="Write the number of a load: meta.load of an earlier answer.",
            )
        with self._lock:
            before, day = self._at(seq), day_of(self.day_of_load(seq))
        return changed_ids(before, view.derivation, day_before=day, day_after=view.day)

    def since(self, seq: int) -> Iterator[LoadChanges]:
        """Yield what each load after `seq` did, in order."""
        for number in range(seq + 1, self.seq + 1):
            yield self.of(number)

    def of(self, seq: int) -> LoadChanges:
        """Return what one load did."""
        with self._lock:
            if self._last is None or self._last.load.seq != seq:
                before = self._at(seq - 1)
                self._last = self._between(before, self._at(seq))
            return self._last

    def _between(self, before: Derivation, after: Derivation) -> LoadChanges:
        load = after.snapshot.loads[-1]
        day, yesterday = self.day_of_load(after.seq), self.day_of_load(before.seq)
        if load.kind is LoadKind.DAY:
            items = passed(after, day_before=day_of(yesterday), day_after=day_of(day))
        else:
            items = moved(before, after, day=day_of(day))
        return LoadChanges(load, day, before, after, tuple(items))

    def day_of_load(self, seq: int) -> date:
        """Return the day on which a load was learnt: the last that was begun."""
        loads = self._service.board.snapshot.loads[:seq]
        for load in reversed(loads):
            if load.kind is LoadKind.DAY:
                return date.fromisoformat(load.note["day"])
        first = loads[0] if loads else self._service.board.snapshot.loads[0]
        return day_in_shanghai(first.recorded_at)

    # ---- states ----------------------------------------------------------

    def _at(self, seq: int) -> Derivation:
        """Return what followed after a load, by the law book of the time."""
        self.follow()
        known = [number for number in self._states if seq - _STEPS < number <= seq]
        if known:
            state = self._states[max(known)]
        else:
            facts = self._service.store.facts.snapshot().pinned(seq)
            state = derive(facts, self._service.law_at(seq))
        while state.seq < seq:
            state = self._next(state)
        self._keep(seq, state)
        return state

    def _next(self, state: Derivation) -> Derivation:
        seq, facts = state.seq + 1, self._service.store.facts
        snapshot = facts.snapshot().pinned(seq)
        after = state.advance(snapshot, facts.changes(state.seq, seq))
        if snapshot.loads[-1].kind is LoadKind.LAW:
            after = after.under(self._service.law_at(seq))
        return after

    def _keep(self, seq: int, state: Derivation) -> None:
        self._states[seq] = state
        self._states.move_to_end(seq)
        while len(self._states) > _KEPT:
            self._states.popitem(last=False)
