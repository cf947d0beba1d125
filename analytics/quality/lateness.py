"""How many working days pass between a decision and its first arrival here."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from analytics.quality.looked import Item, Looked
from analytics.quality.marks import Flags, Places
from analytics.quality.measures import WORKING_DAYS, Measure
from analytics.quality.stock import Days, Stock, is_day
from graph.batch import DECISION
from graph.errors import Said
from graph.law.calendar import CalendarUnpublished, WorkingCalendar
from graph.snapshot import date_of
from graph.vocabulary import FactKind, RecordKind

_ACTS: Final = (
    RecordKind.PERMIT,
    RecordKind.PENALTY,
    RecordKind.INSPECTION,
    RecordKind.ENFORCEMENT,
)
"""Records that the policies want within seven working days."""

_UNKNOWN: Final = np.iinfo(np.int32).min
_SOURCE_STEP: Final = np.uint64(0x9E3779B97F4A7C15)


def lateness(stock: Stock, calendar: WorkingCalendar) -> Iterator[Looked]:
    """Yield what was looked at for records, and for sanctions, that arrive late.

    What arrives in a year whose holidays are not published is left out, and so are
    decisions that were entered by hand: they arrive when they are made. A decision from
    before the first schedule is counted from there: it took so long at least.
    """
    yield _looked(stock, Measure.LATE_RECORDS, FactKind.RECORD, calendar)
    yield _looked(stock, Measure.LATE_SANCTIONS, FactKind.SANCTION, calendar)


def _looked(
    stock: Stock, measure: Measure, kind: FactKind, calendar: WorkingCalendar
) -> Looked:
    counted = stock.counted(kind)
    decided = stock.column(kind, "decided_on")[counted]
    wanted = is_day(decided) & _comes_from_a_file(stock, kind, counted)
    if kind is FactKind.RECORD:
        wanted &= _is_act(stock, counted)
    at = np.flatnonzero(wanted)
    arrived = first_arrivals(stock, kind)[counted[at]]
    waited = working_days(calendar, decided[at], arrived)
    known = waited != _UNKNOWN
    at, waited = at[known], waited[known]
    rows = counted[at]

    def show(places: Places) -> Item:
        place = int(places[0])
        row, days = int(rows[place]), int(waited[place])
        on = date_of(int(decided[at[place]]))
        return Item(
            name=stock.place(kind, row),
            said=Said(
                f"{on} 决定，{days} 个工作日后到达",
                f"decided on {on}, arrived after {days} working days",
            ),
            subjects=(stock.snapshot.text(kind, row, "subject"),),
            facts=((kind, row),),
        )

    return Looked(
        measure,
        stock.marks(kind).take(at),
        waited > WORKING_DAYS,
        rows,
        show,
        waited=waited.astype(np.int64),
    )


def _comes_from_a_file(stock: Stock, kind: FactKind, rows: Places) -> Flags:
    by_hand = stock.snapshot.sources.known(DECISION)
    flags: Flags = stock.snapshot.tables[kind].source.values[rows] != by_hand
    return flags


def _is_act(stock: Stock, rows: Places) -> Flags:
    words = stock.snapshot.words
    acts = [words.known(kind.value) for kind in _ACTS]
    return np.isin(stock.column(FactKind.RECORD, "kind")[rows], acts)


def first_arrivals(stock: Stock, kind: FactKind) -> Days:
    """Return, for every row, when its source asserted the fact for the first time.

    A correction is a new version of a fact that had arrived before.
    """
    table = stock.snapshot.tables[kind]
    days: Days = stock.arrivals[
        np.minimum(table.load.values, stock.snapshot.seq)
    ].copy()
    same = table.high.values + table.source.values.astype(np.uint64) * _SOURCE_STEP
    _, first, of = np.unique(same, return_index=True, return_inverse=True)
    if len(first) < len(days):
        days = days[first[of.ravel()]]
    return days


def working_days(
    calendar: WorkingCalendar, begins: npt.NDArray[Any], ends: npt.NDArray[Any]
) -> Days:
    """Return the working days after each day up to and with another.

    A day before the first schedule is taken for its first day. Where the schedule of a
    day is not published yet, it is the least number there is.
    """
    first, last = (_counted(calendar, days) for days in (begins, ends))
    known = (first != _UNKNOWN) & (last != _UNKNOWN)
    found: Days = np.where(known, last - first, _UNKNOWN).astype(np.int32)
    return found


def _counted(
    calendar: WorkingCalendar, days: npt.NDArray[Any]
) -> npt.NDArray[np.int64]:
    """Return how many working days lie before each day, each day asked once."""
    distinct, of = np.unique(days, return_inverse=True)
    found = [_since_the_beginning(calendar, day) for day in distinct.tolist()]
    return np.array(found, np.int64)[of.ravel()]


def _since_the_beginning(calendar: WorkingCalendar, day: int) -> int:
    on = date_of(day)
    if on is None:
        return _UNKNOWN
    first = date(calendar.first_year, 1, 1)
    try:
        return calendar.working_days_between(first, max(on, first))
    except CalendarUnpublished:
        return _UNKNOWN
