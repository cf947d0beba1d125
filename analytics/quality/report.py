"""Everything that is measured, as figures, as lists, and load by load."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from analytics.quality.codes import Codes
from analytics.quality.completeness import Filled, completeness, rows_set_aside
from analytics.quality.contradictions import contradictions
from analytics.quality.lateness import lateness
from analytics.quality.looked import By, Figure, Groups, Item, Looked
from analytics.quality.measures import (
    OF_CODES,
    OF_CONTRADICTIONS,
    OF_NAMES,
    OF_TIME,
    Dimension,
    Measure,
)
from analytics.quality.names import Registered, names_looked
from analytics.quality.staleness import stale_sources
from analytics.quality.stock import Stock, day_told, is_from_file
from analytics.quality.waiting import WaitingRow, waiting_at
from graph.law.calendar import WorkingCalendar
from graph.snapshot import Snapshot

_ORDER = list(Measure)
_EXAMPLES = 3


class Entry(NamedTuple):
    """One entry of a list, with what a cursor needs to go on behind it."""

    field: str
    key: str
    item: Item


@dataclass(frozen=True, eq=False)
class Quality:
    """What was looked at, once, for any number of questions.

    Args:
        looked: by measure, then by field.
    """

    looked: tuple[Looked, ...]
    groups: Groups

    def figures(
        self,
        by: By = (),
        *,
        measures: Iterable[Measure] = Measure,
        examples: int = _EXAMPLES,
    ) -> list[Figure]:
        """Return the figures by the marks, in the order of measures, fields and marks.

        Args:
            by: what to group by; without it, each measure has one figure.
            measures: which are wanted.
            examples: how many entries to show with each.
        """
        wanted = frozenset(measures)
        found = [
            figure
            for one in self.looked
            if one.measure in wanted
            for figure in one.figures(by, self.groups, examples)
        ]
        return sorted(found, key=rank)

    def entries(
        self,
        measure: Measure,
        marks: Mapping[Dimension, str],
        *,
        after: tuple[str, str] | None = None,
    ) -> Iterator[Entry]:
        """Yield the entries that a figure counts, in an order that stays.

        Args:
            measure: of the figure.
            marks: the group of the figure.
            after: field and key of the last entry that was told.
        """
        plain = dict(marks)
        plain.pop(Dimension.FIELD, None)
        field = marks.get(Dimension.FIELD)
        for one in self.looked:
            if one.measure is not measure or field not in (None, one.field):
                continue
            if after and one.field < after[0]:
                continue
            behind = after[1] if after and one.field == after[0] else None
            for key, make in one.entries(plain, behind):
                yield Entry(one.field, key, make())

    def count(self, measure: Measure, marks: Mapping[Dimension, str]) -> int:
        """Return how many entries the list of a figure has."""
        by = tuple(d for d in marks if d is not Dimension.FIELD)
        return sum(
            figure.numerator
            for figure in self.figures(by, measures=[measure], examples=0)
            if all(figure.group.get(d) == text for d, text in marks.items())
        )


def rank(figure: Figure) -> tuple[int, str, tuple[str, ...]]:
    """Return where a figure stands in the order of all: measure, field, marks."""
    field = figure.group.get(Dimension.FIELD, "")
    marks = tuple(t for d, t in figure.group.items() if d is not Dimension.FIELD)
    return _ORDER.index(figure.measure), field, marks


def quality_of(
    snapshot: Snapshot,
    waiting: Sequence[WaitingRow],
    calendar: WorkingCalendar,
    as_of: date,
    filled: Filled,
    *,
    measures: Iterable[Measure] = Measure,
) -> Quality:
    """Look at everything once.

    Args:
        snapshot: under the scope of the reader.
        waiting: the rows of the reader that wait at that time (`waiting_at`).
        calendar: counts working days.
        as_of: the day on which names and intervals are compared.
        filled: which columns each source fills.
        measures: which are wanted; those that are reckoned with them come too.
    """
    stock = Stock(snapshot, waiting, as_of)
    registered = Registered(stock)
    families: tuple[tuple[frozenset[Measure], Callable[[], Iterable[Looked]]], ...] = (
        (OF_CODES, Codes(stock, registered).looked),
        (OF_NAMES, lambda: names_looked(registered)),
        (OF_TIME, lambda: lateness(stock, calendar)),
        (OF_CONTRADICTIONS, lambda: contradictions(stock)),
        (frozenset({Measure.ROWS_SET_ASIDE}), lambda: [rows_set_aside(stock)]),
        (frozenset({Measure.EMPTY_FIELDS}), lambda: completeness(stock, filled)),
        (frozenset({Measure.STALE_SOURCES}), lambda: [stale_sources(stock, calendar)]),
    )
    wanted = frozenset(measures)
    looked = [one for of, look in families if of & wanted for one in look()]
    looked.sort(key=lambda one: (_ORDER.index(one.measure), one.field))
    return Quality(tuple(looked), Groups())


class Point(NamedTuple):
    """The figures as they were after the last load of a day."""

    day: date
    load: int
    figures: tuple[Figure, ...]


def trend(
    snapshot: Snapshot,
    waiting: Sequence[WaitingRow],
    calendar: WorkingCalendar,
    filled: Filled,
    *,
    by: By = (),
    measures: Iterable[Measure] = Measure,
    points: int,
) -> list[Point]:
    """Return the figures after each of the last days on which anything was loaded.

    Args:
        snapshot: under the scope of the reader.
        waiting: every row ever set aside.
        calendar: counts working days.
        filled: which columns each source fills.
        by: what to group by.
        measures: which are wanted.
        points: how many days at most.
    """
    wanted = frozenset(measures)
    found = []
    for seq in _last_loads(snapshot)[-points:]:
        then = snapshot.pinned(seq)
        last = then.loads[-1].recorded_at
        rows = waiting_at(waiting, last, snapshot.scope)
        quality = quality_of(
            then, rows, calendar, day_told(last), filled, measures=wanted
        )
        figures = quality.figures(by, measures=wanted, examples=0)
        found.append(Point(day_told(last), seq, tuple(figures)))
    return found


def _last_loads(snapshot: Snapshot) -> list[int]:
    """Return the last load of each day that brought files."""
    brought = filter(is_from_file, snapshot.loads)
    return list({day_told(load.recorded_at): load.seq for load in brought}.values())
