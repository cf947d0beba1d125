"""An immutable view of the facts, pinned at a load and limited by a scope.

Of several sources that assert one fact, a decision wins over files and a later
assertion over an earlier one. What the scope does not allow is as if it were not.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from graph.batch import DECISION, Load
from graph.records import Fact, fact_of
from graph.schema import WORDS
from graph.scope import ALL, Scope
from graph.snapshot.columns import DayColumn, NumberColumn, TextColumn, Words
from graph.snapshot.days import date_of
from graph.snapshot.grouping import grouped
from graph.snapshot.identity import Identities
from graph.snapshot.index import Rows
from graph.snapshot.table import FactTable, halves
from graph.vocabulary import FactKind


@dataclass(frozen=True, slots=True)
class FactSource:
    """Where a fact came from: enough to find the line again."""

    dataset: str
    file: str
    file_digest: str
    line: int
    load: int
    recorded_at: datetime


@dataclass(frozen=True)
class Snapshot:
    """What was believed after a load, to a reader with a scope.

    Rows are numbers within one kind; they mean the same in every view.
    """

    tables: Mapping[FactKind, FactTable]
    words: Words
    subjects: Words
    sources: Words
    loads: tuple[Load, ...]
    scope: Scope = ALL
    hidden: Mapping[FactKind, frozenset[int]] = field(default_factory=dict)
    """Rows that this view takes as never entered, to ask what they matter for."""

    @property
    def seq(self) -> int:
        """Return the number of the load this view is pinned at."""
        return self.loads[-1].seq if self.loads else 0

    @property
    def digest(self) -> str:
        """Return the digest that names everything this view rests on."""
        return self.loads[-1].chain if self.loads else ""

    def under(self, scope: Scope) -> "Snapshot":
        """Return the same view for another reader."""
        return replace(self, scope=scope)

    def known_at(self, instant: datetime) -> "Snapshot":
        """Return the view pinned at the last load recorded at or before the instant."""
        position = bisect_right([load.recorded_at for load in self.loads], instant)
        return self.pinned(position)

    def pinned(self, seq: int) -> "Snapshot":
        """Return the view pinned at an earlier load; 0 is before every load."""
        return replace(self, loads=self.loads[:seq])

    def without(self, facts: Iterable[tuple[FactKind, int]]) -> "Snapshot":
        """Return the view in which these facts were never entered, by any source.

        Args:
            facts: kind and a row of each; what else asserts the same fact goes too.
        """
        hidden: dict[FactKind, set[int]] = {k: set(v) for k, v in self.hidden.items()}
        for kind, row in facts:
            table = self.tables[kind]
            low = table.low.values[row]
            rivals = table.by_key.rows(int(table.high.values[row]))
            alike = {other for other in rivals if table.low.values[other] == low}
            hidden.setdefault(kind, set()).update(alike)
        return replace(self, hidden={k: frozenset(v) for k, v in hidden.items()})

    @cached_property
    def identities(self) -> Identities:
        """Return which identifiers mean one subject, from the standing links.

        Views between which no link changed share the answer.
        """
        if hidden := self.hidden.get(FactKind.IDENTITY_LINK):
            return self._identities_without(hidden)
        table = self.tables[FactKind.IDENTITY_LINK]
        stamp = table.last_change(self.seq)
        known = table.remembered.get(stamp)
        if known is None:
            plain = replace(self, scope=ALL)
            rows = plain.all_rows(FactKind.IDENTITY_LINK).tolist()
            links = (plain.fact(FactKind.IDENTITY_LINK, row) for row in rows)
            if len(table.remembered) >= _REMEMBERED:
                table.remembered.clear()
            known = table.remembered[stamp] = Identities.from_links(links)
        assert isinstance(known, Identities)  # noqa: S101  # only this writes it
        return known

    def _identities_without(self, hidden: Iterable[int]) -> Identities:
        """Return the groups with some links gone; only their own are made again."""
        kind = FactKind.IDENTITY_LINK
        plain = replace(self, scope=ALL, hidden={})
        ends = {plain.text(kind, row, c) for row in hidden for c in ("left", "right")}
        members = {m for end in ends for m in plain.identities.members(end)}
        rows = {r for m in members for r in self._naming(kind, ("left", "right"), m)}
        there = sorted(row for row in rows if plain.holds(plain.tables[kind], row))
        links = [plain.fact(kind, row) for row in there if row not in set(hidden)]
        return plain.identities.regrouped(members, links)

    def _naming(
        self, kind: FactKind, columns: Iterable[str], identifier: str
    ) -> Iterator[int]:
        """Yield the rows in which a column names exactly this identifier."""
        code = self.subjects.known(identifier)
        if code > 0:
            for column in columns:
                yield from self.tables[kind].by_subject[column].rows(code)

    def rows(self, kind: FactKind, column: str, subject: str) -> list[int]:
        """Return the standing, readable rows in which the column names the subject.

        Linked identifiers count as the same subject.
        """
        table = self.tables[kind]
        found: list[int] = []
        for member in self.identities.members(subject):
            found += self._naming(kind, (column,), member)
        return [row for row in found if self.holds(table, row)]

    def all_rows(self, kind: FactKind) -> Rows:
        """Return every standing, readable row of the kind, in order of entry."""
        load = self.tables[kind].load.values
        size = int(np.searchsorted(load, load.dtype.type(self.seq), "right"))
        return self.standing(kind, np.arange(size))

    def standing(self, kind: FactKind, rows: Rows) -> Rows:
        """Return those of the rows that stand in this view and may be read."""
        table = self.tables[kind]
        known = table.load.values[rows] <= self.seq
        rows = rows[known & (table.until.values[rows] > self.seq)]
        if table.contested:
            contested = np.array(sorted(table.contested), np.uint64)
            doubtful = np.isin(table.high.values[rows], contested)
            doubtful[doubtful] = self._lose(table, rows[doubtful])
            rows = rows[~doubtful]
        if hidden := self.hidden.get(kind):
            rows = rows[~np.isin(rows, list(hidden))]
        return rows if self.scope.sees_all else rows[self._readable(table, rows)]

    def asserted(self, kind: FactKind) -> Rows:
        """Return every readable row that some source asserts, in order of entry.

        Where `all_rows` has the one that counts, here each source's own is told.
        """
        table = self.tables[kind]
        load = table.load.values
        size = int(np.searchsorted(load, load.dtype.type(self.seq), "right"))
        rows = np.flatnonzero(table.until.values[:size] > self.seq)
        return rows if self.scope.sees_all else rows[self._readable(table, rows)]

    def holds(self, table: FactTable, row: int) -> bool:
        """Return whether one row stands in this view and may be read."""
        if not table.load.values[row] <= self.seq < table.until.values[row]:
            return False
        if self.hidden and row in self.hidden.get(table.schema.kind, ()):
            return False
        if table.contested and not self._wins(table, row):
            return False
        return self.scope.sees_all or self._allowed(table, row)

    def _lose(self, table: FactTable, rows: Rows) -> npt.NDArray[np.bool_]:
        """Return which of the rows another source's assertion outranks, as `_wins`."""
        low, high, base, overlay = table.by_key.spans(table.high.values[rows])
        count = high - low
        of = np.repeat(np.arange(len(rows)), count)
        within = np.arange(len(of)) - np.repeat(np.cumsum(count) - count, count)
        rivals = base[np.repeat(low, count) + within]
        alike = table.low.values[rivals] == table.low.values[rows[of]]
        alike &= table.load.values[rivals] <= self.seq
        alike &= table.until.values[rivals] > self.seq
        of, rivals = of[alike], rivals[alike]
        decided = table.source.values[rivals] == self.sources.known(DECISION)
        order = np.lexsort((rivals, decided, of))
        best = np.full(len(rows), -1, np.int64)
        best[of[order]] = rivals[order]  # of one key the last stays
        lost: npt.NDArray[np.bool_] = best != rows
        if overlay:  # rows that came lately are not in the index yet
            late = np.isin(table.high.values[rows], list(overlay))
            for place in np.flatnonzero(late).tolist():
                lost[place] = not self._wins(table, int(rows[place]))
        return lost

    def _wins(self, table: FactTable, row: int) -> bool:
        high = int(table.high.values[row])
        if high not in table.contested:
            return True
        low = table.low.values[row]
        rivals = [
            other
            for other in table.by_key.rows(high)
            if table.low.values[other] == low
            and table.load.values[other] <= self.seq < table.until.values[other]
        ]
        decision = self.sources.known(DECISION)
        return row == max(rivals, key=lambda r: (table.source.values[r] == decision, r))

    def _allowed(
        self, table: FactTable, row: int, *, even_public: bool = False
    ) -> bool:
        value = table.columns
        return self.scope.allows(
            public=bool(value["public"].value(row)) and not even_public,
            department=str(value["department"].value(row)),
            sector=str(value["sector"].value(row)),
            region=str(value["region"].value(row)),
        )

    def own(self, kind: FactKind, rows: Rows) -> npt.NDArray[np.bool_]:
        """Return which rows have marks under the scope, whether public or not."""
        if self.scope.sees_all:
            return np.ones(len(rows), np.bool_)
        return self._judged(self.tables[kind], rows, even_public=True)

    def _readable(self, table: FactTable, rows: Rows) -> npt.NDArray[np.bool_]:
        return self._judged(table, rows, even_public=False)

    def _judged(
        self, table: FactTable, rows: Rows, *, even_public: bool
    ) -> npt.NDArray[np.bool_]:
        """Return which rows are open; each combination of marks is judged once."""
        found = grouped(*(_codes(table, name)[rows] for name in _READ_BY))
        some = rows[found.some].tolist()
        allowed = [self._allowed(table, row, even_public=even_public) for row in some]
        flags: npt.NDArray[np.bool_] = np.array(allowed, np.bool_)[found.of]
        return flags

    def value(self, kind: FactKind, row: int, column: str) -> object:
        """Return one kept value: days as numbers, words and texts as str."""
        return self.tables[kind].columns[column].value(row)

    def text(self, kind: FactKind, row: int, column: str) -> str:
        """Return one kept word or text; empty for null."""
        value = self.tables[kind].columns[column].value(row)
        return "" if value is None else str(value)

    def day(self, kind: FactKind, row: int, column: str) -> int:
        """Return one kept day as a number, OPEN or UNKNOWN."""
        column_ = self.tables[kind].columns[column]
        assert isinstance(column_, DayColumn)  # noqa: S101  # the schema says so
        return column_.value(row)

    def values(
        self, kind: FactKind, rows: Rows, columns: Sequence[str]
    ) -> Iterator[tuple[Any, ...]]:
        """Yield, per row, the kept values of the columns as `value` returns them."""
        table = self.tables[kind].columns
        return zip(*(table[name].values_at(rows) for name in columns), strict=True)

    def numbers(self, kind: FactKind, column: str, rows: Rows) -> npt.NDArray[Any]:
        """Return a kept column as the numbers it is kept in: codes, days, flags.

        Args:
            kind: of the facts.
            column: one that is kept as numbers; a text has none.
            rows: which of them.
        """
        return _codes(self.tables[kind], column)[rows]

    @cached_property
    def canonical_codes(self) -> npt.NDArray[np.int32]:
        """Return, by code of a subject, the code that stands for it."""
        codes = np.arange(len(self.subjects.texts), dtype=np.int32)
        for first, members in self.identities.groups.items():
            root = self.subjects.known(first)
            for code in map(self.subjects.known, members):
                if root >= 0 and code >= 0:
                    codes[code] = root
        return codes

    def key(self, kind: FactKind, row: int) -> bytes:
        """Return the 16-byte key of the fact in a row."""
        return self.keys(kind, np.array([row], np.int64))[0]

    def keys(self, kind: FactKind, rows: Rows) -> list[bytes]:
        """Return the 16-byte keys of the facts in the rows."""
        table = self.tables[kind]
        pairs = np.stack([table.high.values[rows], table.low.values[rows]], axis=1)
        data = pairs.tobytes()
        return [data[at : at + 16] for at in range(0, len(data), 16)]

    def row_of(self, kind: FactKind, key: bytes) -> int | None:
        """Return the standing, readable row of a fact, None when there is none."""
        table = self.tables[kind]
        high, low = halves(key)
        for row in reversed(table.by_key.rows(high)):
            if int(table.low.values[row]) == low and self.holds(table, row):
                return row
        return None

    def source(self, kind: FactKind, row: int) -> FactSource:
        """Return where the row came from."""
        table = self.tables[kind]
        load = self.loads[int(table.load.values[row]) - 1]
        line = int(table.line.values[row])
        return FactSource(
            load.source, load.file, load.digest, line, load.seq, load.recorded_at
        )

    def fact(self, kind: FactKind, row: int) -> Fact:
        """Return a row as an object: kept columns only, the others stay None."""
        table = self.tables[kind]
        values: dict[str, object] = {"line": int(table.line.values[row])}
        for column in table.schema.kept_columns:
            kept = table.columns[column.name]
            value = kept.value(row)
            if isinstance(kept, DayColumn):
                value = date_of(kept.value(row))
            elif column.type == WORDS:
                value = tuple(w for w in str(value).split(";") if w)
            elif value == "" and not isinstance(kept, TextColumn) and not column.key:
                value = None if column.name not in _MARKS else value
            values[column.name] = value
        return fact_of(kind, values)

    def has(self, subject: str) -> bool:
        """Return whether any readable fact names the subject."""
        return any(
            self.rows(kind, column, subject)
            for kind, table in self.tables.items()
            for column in table.by_subject
        )


def _codes(table: FactTable, name: str) -> npt.NDArray[Any]:
    """Return a column of words or flags as the numbers it is kept in."""
    column = table.columns[name]
    assert isinstance(column, NumberColumn)  # noqa: S101  # the schema says so
    return column.data.values


_READ_BY = ("public", "department", "sector", "region")
_MARKS = frozenset({"department", "region", "sector"})
_REMEMBERED = 16
"""Views are mostly of the last load; a few earlier ones are enough to keep."""
