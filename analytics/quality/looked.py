"""What one measure looked at, counted by any marks, and the rows behind a count.

The figure and its list come from the same arrays, so that the list has exactly as many
entries as the numerator says.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, Protocol

import numpy as np
import numpy.typing as npt

from analytics.quality.marks import Flags, Marks, Places
from analytics.quality.measures import DEFINITIONS, GROUPED_BY, Dimension, Measure
from analytics.quality.waiting import WaitingRow
from analytics.quality.waits import Waits, waits_of
from graph.errors import Said
from graph.snapshot.grouping import Grouped, grouped
from graph.vocabulary import FactKind

_DIGITS: Final = 19
"""A key with so many digits is none of ours: numbers of rows have fewer."""

FactRow = tuple[FactKind, int]
By = tuple[Dimension, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the list behind a figure.

    Args:
        name: what it is called in short: a code, a key, a line of a file.
        said: what was found; names no person.
        subjects: identifiers of those concerned.
        facts: where it stands in the facts.
        waiting: where it stands in quarantine.
    """

    name: str
    said: Said
    subjects: tuple[str, ...] = ()
    facts: tuple[FactRow, ...] = ()
    waiting: tuple[WaitingRow, ...] = ()


class Texts(Protocol):
    """Texts by number."""

    def __getitem__(self, number: int, /) -> str:
        """Return one text."""


@dataclass(frozen=True, slots=True)
class Figure:
    """So many of so many.

    Args:
        group: the marks that the figure is about.
        numerator: how many are not as they should be.
        denominator: how many were looked at.
        waits: how long those looked at took; None where it is not about time.
        examples: the first few that the numerator counts.
    """

    measure: Measure
    group: Mapping[Dimension, str]
    numerator: int
    denominator: int
    waits: Waits | None = None
    examples: tuple[Item, ...] = ()

    @property
    def rate(self) -> float | None:
        """Return the share, None where nothing was looked at."""
        return self.numerator / self.denominator if self.denominator else None

    @property
    def met(self) -> bool | None:
        """Return whether the target is met, None where there is none."""
        target = DEFINITIONS[self.measure].target
        if target is None or self.rate is None:
            return None
        return self.rate < target


@dataclass(frozen=True, eq=False)
class Looked:
    """What a measure looked at: n things with their marks.

    Args:
        faulty: which are not as they should be.
        keys: what orders the things and names them in a cursor: numbers, or texts by
            the number in `units`.
        show: makes the entry of one or, where they are one unit, of several things.
        units: numbers of what is counted where several things are one; else each
            counts for itself.
        field: the field that the measure is about, if any.
        waited: working days that each took, where the measure is about time.
    """

    measure: Measure
    marks: Marks
    faulty: Flags
    keys: Places | Texts
    show: Callable[[Places], Item]
    units: Places | None = None
    field: str = ""
    waited: Places | None = None

    # ---- counting --------------------------------------------------------

    def figures(self, by: By, groups: "Groups", examples: int) -> Iterator[Figure]:
        """Yield a figure for each group that occurs; without `by` always one.

        Args:
            by: the marks to group by.
            groups: remembers how things with the same marks are grouped.
            examples: how many to show of each.
        """
        marks = tuple(d for d in by if d is not Dimension.FIELD)
        found = groups.of(self.marks, marks)
        looked = self._counted(found, None)
        wrong = self._counted(found, self.faulty)
        shown = self._examples(found, examples)
        for group in range(found.count):
            at = int(found.some[group])
            told: dict[Dimension, str] = {d: self.marks.text(d, at) for d in marks}
            if self.field:
                told[Dimension.FIELD] = self.field
            yield Figure(
                self.measure,
                told,
                int(wrong[group]),
                int(looked[group]),
                self._waits(found, group),
                shown.get(group, ()),
            )

    def _counted(self, found: Grouped, only: Flags | None) -> Places:
        of = found.of if only is None else found.of[only]
        if self.units is not None:
            units = self.units if only is None else self.units[only]
            of = of[grouped(of, units).some]
        return np.bincount(of, minlength=found.count)

    def _waits(self, found: Grouped, group: int) -> Waits | None:
        if self.waited is None:
            return None
        return waits_of(
            self.waited if found.count == 1 else self.waited[found.of == group]
        )

    def _examples(self, found: Grouped, wanted: int) -> dict[int, tuple[Item, ...]]:
        """Return, by group, the first entries."""
        rest = np.flatnonzero(self.faulty)
        chosen: dict[int, list[Item]] = {}
        for _ in range(wanted):
            if not rest.size:
                break
            first = grouped(found.of[rest]).some
            for place in rest[first].tolist():
                same = self._alike(np.array([place]), rest)
                chosen.setdefault(int(found.of[place]), []).append(self.show(same))
            rest = self._without(rest, first, found)
        return {group: tuple(items) for group, items in chosen.items()}

    def _alike(self, place: Places, among: Places) -> Places:
        """Return the things that are one unit with the first of some."""
        if self.units is None:
            return place
        same: Places = among[self.units[among] == self.units[place[0]]]
        return same

    def _without(self, rest: Places, first: Places, found: Grouped) -> Places:
        """Return what is left when the first of each group was shown."""
        if self.units is None:
            return np.delete(rest, first)
        size = int(self.units.max(initial=0)) + 1
        pairs = found.of[rest] * size + self.units[rest]
        return rest[~np.isin(pairs, pairs[first])]

    # ---- listing ---------------------------------------------------------

    def entries(
        self, wanted: Mapping[Dimension, str], after: str | None
    ) -> Iterator[tuple[str, Callable[[], Item]]]:
        """Yield key and maker of each entry that the marks select, in order of keys.

        Args:
            wanted: the marks to select by.
            after: begin behind this key.
        """
        places = np.flatnonzero(self.faulty & self.marks.matching(wanted))
        if isinstance(self.keys, np.ndarray):
            yield from self._by_number(places, self.keys[places], after)
        elif places.size:
            yield from self._by_text(places, self.keys, after)

    def _by_number(
        self, places: Places, keys: npt.NDArray[Any], after: str | None
    ) -> Iterator[tuple[str, Callable[[], Item]]]:
        start = 0
        if after is not None and after.isdecimal() and len(after) < _DIGITS:
            start = int(np.searchsorted(keys, int(after), "right"))
        for place, key in zip(places[start:], keys[start:], strict=True):
            yield str(key), partial(self.show, np.array([place]))

    def _by_text(
        self, places: Places, keys: Texts, after: str | None
    ) -> Iterator[tuple[str, Callable[[], Item]]]:
        units = places if self.units is None else self.units[places]
        order = np.argsort(units, kind="stable")
        distinct, starts = np.unique(units[order], return_index=True)
        parts = np.split(places[order], starts[1:])
        named = sorted(
            zip((keys[u] for u in distinct.tolist()), parts, strict=True), key=_key
        )
        for key, part in named:
            if after is None or key > after:
                yield key, partial(self.show, part)


def _key(pair: tuple[str, Places]) -> str:
    return pair[0]


@dataclass(eq=False)
class Groups:
    """How things are grouped by some marks; asked for again and again."""

    _known: dict[tuple[int, By], tuple[Marks, Grouped]] = field(default_factory=dict)

    def of(self, marks: Marks, by: By) -> Grouped:
        """Return the groups of things by some of their marks."""
        name = id(marks), by
        if name not in self._known:
            # The marks are kept with their number, so that it is given to no others.
            self._known[name] = marks, _grouped(marks, by)
        return self._known[name][1]


def _grouped(marks: Marks, by: By) -> Grouped:
    if not by:
        return Grouped(np.zeros(len(marks), np.int64), np.zeros(1, np.int64))
    first, *others = (marks.of(d) for d in GROUPED_BY if d in by)
    return grouped(first, *others)
