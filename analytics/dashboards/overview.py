"""Key figures of a day, trends by month, and how fresh each source is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from analytics.features import Cut
from graph.batch import DECISION
from graph.snapshot import UNKNOWN, date_of, day_of
from graph.vocabulary import FactKind, RecordKind

Grade = Literal["A", "B", "C", "D"]
_CHINA: Final = timedelta(hours=8)  # one time zone, no summer time
_FRESH: Final[tuple[tuple[int, Grade], ...]] = ((7, "A"), (30, "B"), (90, "C"))
"""Days since the last load, up to which a source has the grade; past them it is D."""


@dataclass(frozen=True, slots=True)
class Month:
    """What began and ended in a month, up to the day asked about.

    Args:
        first: day of the month.
        penalties: decided; `sanctions` imposed; `ended` sanctions that ended;
            `founded` organizations that were founded.
    """

    first: date
    penalties: int
    sanctions: int
    ended: int
    founded: int


@dataclass(frozen=True, slots=True)
class Freshness:
    """How long ago a source brought something.

    Args:
        grade: A within 7 days, B within 30, C within 90, else D.
    """

    source: str
    last: date
    days: int
    grade: Grade


@dataclass(frozen=True, slots=True)
class Figures:
    """How things stand on the day."""

    organizations: int
    adverse: int
    serious: int
    open_records: int
    open_sanctions: int
    months: tuple[Month, ...]
    sources: tuple[Freshness, ...]


def figures(cut: Cut, months: int = 12) -> Figures:
    """Return the key figures of a cut and the trend of so many months."""
    return Figures(
        organizations=cut.size,
        adverse=int(cut.adverse.sum()),
        serious=int(cut.serious.sum()),
        open_records=len(cut.records.row),
        open_sanctions=len(cut.sanctions.row),
        months=tuple(_months(cut, months)),
        sources=tuple(_sources(cut)),
    )


def _months(cut: Cut, count: int) -> Iterator[Month]:
    today = _date(cut.day)
    number = today.year * 12 + today.month - 1
    firsts = [_first(number - back) for back in range(count - 1, -2, -1)]
    bounds = np.array([day_of(first) for first in firsts])
    bounds[-1] = cut.day + 1
    kind = FactKind.RECORD
    rows = cut.rows(kind)
    word = cut.snapshot.words.known(RecordKind.PENALTY.value)
    rows = rows[cut.snapshot.numbers(kind, "kind", rows) == word]
    penalties = _by_month(cut, kind, rows, ("decided_on", "valid_from"), bounds)
    kind, rows = FactKind.SANCTION, cut.rows(FactKind.SANCTION)
    imposed = _by_month(
        cut, kind, rows, ("listed_on", "decided_on", "valid_from"), bounds
    )
    ended = _by_month(cut, kind, rows, ("valid_to",), bounds)
    established = cut.described.established
    founded = np.histogram(established, bounds)[0]
    columns = (penalties, imposed, ended, founded)
    for first, *values in zip(firsts[:-1], *columns, strict=True):
        yield Month(first, *(int(value) for value in values))


def _first(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)


def _by_month(
    cut: Cut,
    kind: FactKind,
    rows: npt.NDArray[np.int64],
    columns: tuple[str, ...],
    bounds: npt.NDArray[np.int64],
) -> npt.NDArray[np.int64]:
    """Return how many of the rows have the first day that is told in each month."""
    day = np.full(len(rows), UNKNOWN, np.int64)
    for column in reversed(columns):
        told = cut.snapshot.numbers(kind, column, rows)
        day = np.where(told != UNKNOWN, told, day)
    return np.histogram(day, bounds)[0]


def _sources(cut: Cut) -> Iterator[Freshness]:
    """Yield when each source last brought something that may be read, by name."""
    brought = {
        int(seq)
        for kind, table in cut.snapshot.tables.items()
        for seq in np.unique(table.load.values[cut.rows(kind)])
    }
    last: dict[str, int] = {}
    for load in cut.snapshot.loads:
        day = day_of((load.recorded_at + _CHINA).date())
        if load.seq in brought and load.source != DECISION and day <= cut.day:
            last[load.source] = day
    for source, day in sorted(last.items()):
        yield Freshness(source, _date(day), cut.day - day, _grade(cut.day - day))


def _grade(days: int) -> Grade:
    return next((grade for most, grade in _FRESH if days <= most), "D")


def _date(day: int) -> date:
    found = date_of(day)
    assert found is not None  # noqa: S101  # a cut is on a day, so is a load
    return found
