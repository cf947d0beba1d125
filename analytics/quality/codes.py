"""Codes that are wrong, doubtful, or stand for several subjects (重错码)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np

from analytics.quality.looked import FactRow, Item, Looked
from analytics.quality.marks import Flags, Marks, Places, joined
from analytics.quality.measures import Measure
from analytics.quality.names import Registered
from analytics.quality.stock import Stock
from graph.errors import Said
from graph.snapshot.grouping import grouped
from graph.vocabulary import FactKind

_SHOWN: Final = 10
_WAITING: Final = -1
_KINDS: Final = tuple(FactKind)


@dataclass(frozen=True, eq=False)
class _Sent:
    """Codes with marks under which they were sent, each combination once.

    Args:
        units: number of the code in `texts`.
        kinds: the kind of fact in which it stands, by its place among FactKind.
        rows: a row of that kind, or the place of a row that waits.
    """

    units: Places
    marks: Marks
    kinds: Places
    rows: Places


@dataclass(eq=False)
class Codes:
    """Every unified code that the reader's sources sent, taken or set aside."""

    stock: Stock
    registered: Registered
    _new: dict[str, int] = field(default_factory=dict)
    """Codes that stand in no fact, numbered after those that do."""

    def looked(self) -> Iterator[Looked]:
        """Yield what each measure of codes looked at."""
        wrong, twice = self._wrong, self._duplicate
        for measure, faulty in (
            (Measure.WRONG_OR_DUPLICATE_CODES, wrong | twice),
            (Measure.WRONG_CODES, wrong),
            (Measure.DUPLICATE_CODES, twice),
            (Measure.DOUBTFUL_CODES, self._doubtful),
        ):
            yield Looked(
                measure,
                self._sent.marks,
                faulty[self._sent.units],
                self._texts,
                self._show,
                units=self._sent.units,
            )

    # ---- what was sent ---------------------------------------------------

    @cached_property
    def _sent(self) -> _Sent:
        parts = [*self._in_facts(), self._in_waiting()]
        return _Sent(
            np.concatenate([p.units for p in parts]),
            joined(*(p.marks for p in parts)),
            np.concatenate([p.kinds for p in parts]),
            np.concatenate([p.rows for p in parts]),
        )

    def _in_facts(self) -> Iterator[_Sent]:
        is_code = self.stock.subjects.is_code
        for kind, table in self.stock.snapshot.tables.items():
            rows = self.stock.counted(kind)
            for column in table.schema.subject_columns if rows.size else ():
                units = self.stock.column(kind, column.name)[rows].astype(np.int64)
                at = np.flatnonzero(is_code[units])
                marks = self.stock.marks(kind).take(at)
                some = grouped(units[at], *marks.codes).some
                kinds = np.full(len(some), _KINDS.index(kind))
                yield _Sent(units[at][some], marks.take(some), kinds, rows[at][some])

    def _in_waiting(self) -> _Sent:
        sent = [
            (self._number(code.text), place)
            for place, row in enumerate(self.stock.waiting)
            for code in row.codes
        ]
        units, places = np.array(sent, np.int64).reshape(-1, 2).T
        marks = self.stock.waiting_marks.take(places)
        return _Sent(units, marks, np.full(len(places), _WAITING), places)

    def _number(self, code: str) -> int:
        known = self.stock.snapshot.subjects.known(f"org:{code}")
        if known > 0:
            return known
        return self._new.setdefault(
            code, len(self.stock.subjects.is_code) + len(self._new)
        )

    @cached_property
    def _texts(self) -> "_Texts":
        assert self._sent is not None  # noqa: S101  # numbers the new ones
        return _Texts(self.stock.snapshot.subjects.texts, list(self._new))

    # ---- what is wrong with them -----------------------------------------

    @cached_property
    def _wrong(self) -> Flags:
        found = self._spread(self.stock.subjects.wrong)
        for row in self.stock.waiting:
            for code in row.codes:
                if code.wrong:
                    found[self._number(code.text)] = True
        return found

    @cached_property
    def _doubtful(self) -> Flags:
        return self._spread(self.stock.subjects.doubtful)

    @cached_property
    def _duplicate(self) -> Flags:
        found = self._spread(np.zeros(0, np.bool_))
        found[self.registered.clashing_codes] = True
        for row in self.stock.waiting:
            if row.described and self.registered.is_other_name(row.described, row.name):
                found[self._number(row.described.removeprefix("org:"))] = True
        return found

    def _spread(self, known: Flags) -> Flags:
        assert self._sent is not None  # noqa: S101  # numbers the new ones
        found = np.zeros(len(self.stock.subjects.is_code) + len(self._new), np.bool_)
        found[: len(known)] = known
        return found

    # ---- entries ---------------------------------------------------------

    def _show(self, places: Places) -> Item:
        unit = int(self._sent.units[places[0]])
        kinds, rows = self._sent.kinds[places], self._sent.rows[places]
        facts: list[FactRow] = [
            (_KINDS[kind], row)
            for kind, row in zip(kinds.tolist(), rows.tolist(), strict=True)
            if kind != _WAITING
        ]
        waiting = [self.stock.waiting[r] for r in rows[kinds == _WAITING].tolist()]
        if self._duplicate[unit]:
            own = self.registered.rows_of(unit)
            facts = [*((FactKind.PROFILE, row) for row in own), *facts]
        known = unit < len(self.stock.subjects.is_code)
        return Item(
            name=self._texts[unit],
            said=self._said(unit),
            subjects=(self.stock.snapshot.subjects.texts[unit],) if known else (),
            facts=tuple(dict.fromkeys(facts))[:_SHOWN],
            waiting=tuple(dict.fromkeys(waiting))[:_SHOWN],
        )

    def _said(self, unit: int) -> Said:
        if self._duplicate[unit]:
            names = self.registered.names_of(unit)
            names += [
                row.name
                for row in self.stock.waiting
                if row.described == f"org:{self._texts[unit]}" and row.name not in names
            ]
            return Said(
                f"登记名称：{'、'.join(names)}", f"registered as {', '.join(names)}"
            )
        if self._wrong[unit]:
            return Said("校验不通过", "fails its check")
        return Said("主体标识码校验不通过", "the inner code fails its check")


@dataclass(frozen=True)
class _Texts:
    """The codes by their number, without a copy of the whole pool."""

    pool: list[str]
    new: list[str]

    def __getitem__(self, unit: int) -> str:
        if unit < len(self.pool):
            return self.pool[unit].removeprefix("org:")
        return self.new[unit - len(self.pool)]
