"""Data quality for readers: looked at once per picture, asked as often as one likes."""

import shlex
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from threading import Lock
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

from analytics.quality.completeness import Filled, Form
from analytics.quality.looked import By, Figure
from analytics.quality.measures import GROUPED_BY, Measure
from analytics.quality.report import Point, Quality, quality_of, trend
from analytics.quality.waiting import waiting_at
from api.access import Sight
from api.service import Service
from api.waiting import WaitingRows
from graph.law.calendar import WorkingCalendar
from graph.schema import MARKS, SCHEMAS
from graph.vocabulary import FactKind, SubjectKind
from loaders.description import (
    EitherRule,
    EmitRule,
    OrganizationRule,
    PersonRule,
    SourceDescription,
)
from loaders.registry import sources

_PICTURES: Final = 4
"""So many pictures are remembered: of several readers, or of a few days."""

BREAKDOWNS: Final[tuple[By, ...]] = ((), *((one,) for one in GROUPED_BY))
"""By what the whole report is told: in all, then by each mark."""


class Query(NamedTuple):
    """How the rows behind a figure are listed: at the command line and over HTTP."""

    cli: str
    api: str


@dataclass(eq=False)
class QualityBoard:
    """Answers about quality.

    Args:
        service: an open service.
    """

    service: Service

    def __post_init__(self) -> None:
        """Begin with nothing looked at."""
        self._waiting = WaitingRows(self.service.quarantine, self.service.law)
        self._calendar = WorkingCalendar.published()
        self._known: OrderedDict[object, Quality] = OrderedDict()
        self._lock = Lock()

    def look(self, seen: Sight) -> Quality:
        """Return what a reader's picture shows, looked at once.

        Raises:
            QuarantineSealed: a row in quarantine cannot be opened.
        """
        view, stamp = seen.view, self._waiting.stamp
        name = seen.scope, view.snapshot.seq, view.as_of, view.known_at, stamp
        with self._lock:
            if name not in self._known:
                rows = waiting_at(self._waiting.all(), view.known_at, seen.scope)
                self._known[name] = quality_of(
                    seen.snapshot, rows, self._calendar, view.as_of, filled_columns()
                )
            self._known.move_to_end(name)
            while len(self._known) > _PICTURES:
                self._known.popitem(last=False)
            return self._known[name]

    def trend(
        self,
        seen: Sight,
        *,
        by: By = (),
        measures: Iterable[Measure] = Measure,
        points: int,
    ) -> list[Point]:
        """Return the figures after the last loads of some days, as the reader sees them."""
        return trend(
            seen.snapshot,
            self._waiting.all(),
            self._calendar,
            filled_columns(),
            by=by,
            measures=measures,
            points=points,
        )


@cache
def filled_columns() -> Filled:
    """Return which columns each described source fills, by source and form of fact."""
    found: dict[tuple[str, Form], frozenset[str]] = {}
    for key, source in sources().items():
        for rule in source.emit:
            for form in _forms(source, rule):
                known = found.get((key, form), frozenset())
                found[key, form] = known | _filled(source, rule)
    return found


def _forms(source: SourceDescription, rule: EmitRule) -> list[Form]:
    if rule.fact is not FactKind.PROFILE:
        return [Form(rule.fact)]
    subject = source.subjects.get(rule.set.get("subject", "").removeprefix("$"))
    organizations = isinstance(subject, OrganizationRule | EitherRule)
    persons = isinstance(subject, PersonRule | EitherRule)
    return [Form(rule.fact, SubjectKind.ORGANIZATION)] * organizations + [
        Form(rule.fact, SubjectKind.PERSON)
    ] * persons


def _filled(source: SourceDescription, rule: EmitRule) -> frozenset[str]:
    """Return the columns that a rule takes from the file, marks included."""
    taken = {
        c for c, value in rule.set.items() if not value.startswith(("$", "=", "#"))
    }
    parsed = {r.to for r in source.columns.values()} | set(source.derived)
    marks = set() if rule.minor else parsed.intersection(c.name for c in MARKS)
    return frozenset((taken | marks) & {c.name for c in SCHEMAS[rule.fact].columns})


def query_of(
    figure: Figure, *, as_of: str | None = None, known_at: datetime | None = None
) -> Query:
    """Return how the rows that a figure counts are listed.

    Args:
        figure: whose rows are wanted.
        as_of: the day asked about, where it was given.
        known_at: the instant asked about, where it was given.
    """
    asked: Mapping[str, Any] = {d.value: text for d, text in figure.group.items()}
    words = ["creditgraph", "quality", "rows", figure.measure.value]
    for name, text in asked.items():
        words += [f"--{name}", text]
    address = dict(asked)
    if as_of:
        words, address = [*words, "--as-of", as_of], {**address, "as_of": as_of}
    if known_at:
        words += ["--known-at", known_at.strftime("%Y-%m-%dT%H:%M:%S.%f")]
        address = {**address, "known_at": known_at.isoformat()}
    path = f"/v1/data-quality/{figure.measure.value}/rows"
    return Query(shlex.join(words), f"{path}?{urlencode(address)}" if address else path)
