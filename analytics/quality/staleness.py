"""Sources that have not sent anything for longer than they usually take."""

from typing import NamedTuple

import numpy as np

from analytics.quality.lateness import working_days
from analytics.quality.looked import Item, Looked
from analytics.quality.marks import Places, marks_of
from analytics.quality.measures import Measure
from analytics.quality.stock import Stock, day_told, is_from_file
from graph.errors import Said
from graph.law.calendar import WorkingCalendar
from graph.snapshot import date_of, day_of
from graph.vocabulary import FactKind

_LOADS_AT_LEAST = 3


class Rhythm(NamedTuple):
    """How often a source sends: in working days, where the calendar knows them."""

    source: str
    last: int
    usual: int
    waited: int


def stale_sources(stock: Stock, calendar: WorkingCalendar) -> Looked:
    """Return what was looked at for sources that are overdue.

    A reader with limits is told about sources from which facts of his own came.
    """
    rhythms = [
        rhythm
        for source, days in sorted(_load_days(stock).items())
        if len(days) >= _LOADS_AT_LEAST
        for rhythm in [_rhythm(source, days, stock.day, calendar)]
    ]

    def show(places: Places) -> Item:
        one = rhythms[int(places[0])]
        return Item(
            name=one.source,
            said=Said(
                f"最近一次 {date_of(one.last)}，通常每 {one.usual} 个工作日一次，"
                f"已过 {one.waited} 个工作日",
                f"last loaded on {date_of(one.last)}; usually every {one.usual} working "
                f"days, now {one.waited}",
            ),
        )

    return Looked(
        Measure.STALE_SOURCES,
        marks_of(stock.words, [(r.source, "", "", "") for r in rhythms]),
        np.array([r.waited > r.usual for r in rhythms], np.bool_),
        [r.source for r in rhythms],
        show,
    )


def _load_days(stock: Stock) -> dict[str, list[int]]:
    """Return the days on which each source sent a file, in order."""
    days: dict[str, set[int]] = {}
    for load in stock.snapshot.loads:
        if is_from_file(load):
            days.setdefault(load.source, set()).add(day_of(day_told(load.recorded_at)))
    mine = days.keys() if stock.snapshot.scope.sees_all else _own(stock)
    return {source: sorted(days[source]) for source in days if source in mine}


def _own(stock: Stock) -> set[str]:
    texts = stock.snapshot.sources.texts
    tables = stock.snapshot.tables
    return {
        texts[number]
        for kind in FactKind
        for number in np.unique(
            tables[kind].source.values[stock.counted(kind)]
        ).tolist()
    }


def _rhythm(
    source: str, days: list[int], today: int, calendar: WorkingCalendar
) -> Rhythm:
    """Return the usual interval (the median) and what has passed since the last load.

    Days of years without a published schedule count as they stand in the calendar.
    """
    ends = np.array([*days[1:], max(today, days[-1])], np.int64)
    gaps = working_days(calendar, np.array(days, np.int64), ends)
    if (gaps < 0).any():
        gaps = (ends - np.array(days)).astype(np.int32)
    usual = int(np.quantile(gaps[:-1], 0.5, method="higher"))
    return Rhythm(source, days[-1], max(usual, 1), int(gaps[-1]))
