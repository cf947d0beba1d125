"""What is looked at: the facts one reader sees, and the rows that wait beside them.

A reader with limits is told about facts under his own marks; what else he may read is
what these are compared with. Each source's assertion counts as its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analytics.quality.marks import Codes, Flags, Marks, Places, marks_of
from analytics.quality.waiting import WaitingRow
from graph.batch import DECISION, Load
from graph.identifiers import check_uscc_column, rejected
from graph.identifiers.faults import FIRST_WARNING
from graph.snapshot import OPEN, UNKNOWN, Snapshot, day_of
from graph.snapshot.columns import NumberColumn, TextColumn, Words
from graph.snapshot.filled import bit_of
from graph.snapshot.grouping import grouped
from graph.vocabulary import FactKind, LoadKind

_SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
_CODE: Final = r"^org:[0-9A-Z]{18}$"
_LENGTH: Final = 22
DESCRIBES: Final = frozenset(
    {"organization_kind", "status", "established_on", "legal_form", "capital_yuan"}
)
"""A description with one of these comes from a register; others only mention a name."""

Days = npt.NDArray[np.int32]


def day_told(instant: datetime) -> date:
    """Return the day in Shanghai on which something was recorded."""
    return instant.astimezone(_SHANGHAI).date()


def is_from_file(load: Load) -> bool:
    """Return whether a load brought a file, or says what became of one."""
    brings = load.kind in {LoadKind.FACTS, LoadKind.RECEIPT}
    return brings and load.source != DECISION


@dataclass(frozen=True, eq=False)
class Subjects:
    """What is known of each identifier of a subject, by its number in the pool.

    Args:
        is_code: it is a unified social credit code.
        wrong: it is one that fails its check.
        doubtful: it is one whose inner code fails.
        is_person: it is a natural person.
        canonical: number of the identifier that stands for the subject.
    """

    is_code: Flags
    wrong: Flags
    doubtful: Flags
    is_person: Flags
    canonical: Places

    @classmethod
    def of(cls, snapshot: Snapshot) -> "Subjects":
        """Look at every identifier once."""
        texts = snapshot.subjects.texts
        names = pa.array(texts, pa.string())
        long = np.flatnonzero(pc.binary_length(names).to_numpy() == _LENGTH)
        shaped = pc.match_substring_regex(names.take(pa.array(long)), _CODE)
        codes = long[shaped.to_numpy(zero_copy_only=False)]
        is_code = _flags(len(texts), codes)
        faults = check_uscc_column(
            pc.utf8_slice_codeunits(names.take(pa.array(codes)), 4)
        )
        canonical = np.arange(len(texts))
        for member, stands in snapshot.identities.first.items():
            if (one := snapshot.subjects.known(member)) >= 0:
                canonical[one] = max(snapshot.subjects.known(stands), 0) or one
        return cls(
            is_code=is_code,
            wrong=_flags(len(texts), codes[rejected(faults)]),
            doubtful=_flags(len(texts), codes[faults >= FIRST_WARNING]),
            is_person=pc.starts_with(names, "per:").to_numpy(zero_copy_only=False),
            canonical=canonical,
        )


def _flags(size: int, places: Places) -> Flags:
    found = np.zeros(size, np.bool_)
    found[places] = True
    return found


@dataclass(eq=False)
class Stock:
    """The facts that a reader sees and the rows that wait, with their marks.

    Args:
        snapshot: under the scope of the reader.
        waiting: the reader's own rows in quarantine, in order of position.
        as_of: the day on which posts and names are compared.
    """

    snapshot: Snapshot
    waiting: Sequence[WaitingRow]
    as_of: date
    words: Words = field(default_factory=Words)
    _readable: dict[FactKind, Places] = field(default_factory=dict)
    _counted: dict[FactKind, Places] = field(default_factory=dict)
    _marks: dict[FactKind, Marks] = field(default_factory=dict)

    @property
    def day(self) -> int:
        """Return the day as a number."""
        return day_of(self.as_of)

    @cached_property
    def subjects(self) -> Subjects:
        """Return what is known of each identifier."""
        return Subjects.of(self.snapshot)

    @cached_property
    def arrivals(self) -> Days:
        """Return the day of each load by its number; the first entry stands for none."""
        days = [day_of(day_told(load.recorded_at)) for load in self.snapshot.loads]
        return np.array([UNKNOWN, *days], np.int32)

    @cached_property
    def files(self) -> Codes:
        """Return, by load, a number for the file that it brought."""
        digests = Words()
        found = [
            digests.code(load.digest or load.batch) for load in self.snapshot.loads
        ]
        return np.array([0, *found], np.int32)

    # ---- rows ------------------------------------------------------------

    def readable(self, kind: FactKind) -> Places:
        """Return the rows of the kind that the reader may read, in order of entry."""
        if kind not in self._readable:
            self._readable[kind] = self.snapshot.asserted(kind)
        return self._readable[kind]

    def counted(self, kind: FactKind) -> Places:
        """Return the rows of the kind that are the reader's own, in order of entry."""
        if kind not in self._counted:
            rows = self.readable(kind)
            self._counted[kind] = rows[self.snapshot.own(kind, rows)]
        return self._counted[kind]

    def column(self, kind: FactKind, name: str) -> npt.NDArray[Any]:
        """Return all values of a kept column of days, words or numbers."""
        column = self.snapshot.tables[kind].columns[name]
        assert isinstance(column, NumberColumn)  # noqa: S101  # callers name such
        return column.data.values

    def texts(self, kind: FactKind, name: str, rows: Places) -> pa.Array:
        """Return a kept column of texts of their own at some rows."""
        table = self.snapshot.tables[kind]
        column = table.columns[name]
        assert isinstance(column, TextColumn)  # noqa: S101  # callers name such
        found = column.array(column.size).take(pa.array(rows))
        return (
            pa.concat_arrays(found.chunks)
            if found.num_chunks
            else pa.array([], pa.string())
        )

    def has(self, kind: FactKind, name: str, rows: Places) -> Flags:
        """Return at which rows a column has a value, also one that is not kept."""
        table = self.snapshot.tables[kind]
        flags: Flags = (table.filled.values[rows] & bit_of(table.schema, name)) > 0
        return flags

    def place(self, kind: FactKind, row: int) -> str:
        """Return file and line of a row; where it came from none, the key of the fact."""
        source = self.snapshot.source(kind, row)
        if source.file and source.line:
            return f"{source.file}:{source.line}"
        return self.snapshot.key(kind, row).hex()

    def arrived(self, kind: FactKind, rows: Places) -> Days:
        """Return the day on which each row arrived."""
        days: Days = self.arrivals[self.snapshot.tables[kind].load.values[rows]]
        return days

    @cached_property
    def registered(self) -> Places:
        """Return the readable descriptions that come from a register."""
        rows = self.readable(FactKind.PROFILE)
        table = self.snapshot.tables[FactKind.PROFILE]
        bits = np.bitwise_or.reduce(
            [bit_of(table.schema, n) for n in sorted(DESCRIBES)]
        )
        found: Places = rows[(table.filled.values[rows] & bits) > 0]
        return found

    # ---- marks -----------------------------------------------------------

    def marks(self, kind: FactKind) -> Marks:
        """Return the marks of the counted rows of the kind."""
        if kind not in self._marks:
            self._marks[kind] = self.marks_at(kind, self.counted(kind))
        return self._marks[kind]

    def marks_at(self, kind: FactKind, rows: Places) -> Marks:
        """Return the marks of some rows of the kind."""
        table, snapshot = self.snapshot.tables[kind], self.snapshot
        lines = [
            self._own(table.source.values[rows], snapshot.sources),
            self._own(self.column(kind, "department")[rows], snapshot.words),
            self._own(self.column(kind, "region")[rows], snapshot.words),
            self._months[table.load.values[rows]],
        ]
        return Marks(np.array(lines, np.int32).reshape(4, -1), self.words)

    def _own(self, codes: npt.NDArray[Any], pool: Words) -> Codes:
        """Return numbers of another pool as numbers of this one."""
        found = grouped(codes)
        ours = [self.words.code(pool.texts[c]) for c in codes[found.some].tolist()]
        numbers: Codes = np.array(ours, np.int32)[found.of]
        return numbers

    @cached_property
    def _months(self) -> Codes:
        told = [
            self.words.code(_month(load.recorded_at)) for load in self.snapshot.loads
        ]
        return np.array([0, *told], np.int32)

    @cached_property
    def waiting_marks(self) -> Marks:
        """Return the marks of the rows that wait."""
        return marks_of(
            self.words,
            [
                (r.source, r.department, r.region, _month(r.since) if r.since else "")
                for r in self.waiting
            ],
        )

    def known_from(self, kind: FactKind, rows: Places) -> npt.NDArray[np.int64]:
        """Return since when each row is known to hold: where it says nothing, on arrival."""
        begins = self.column(kind, "valid_from")[rows].astype(np.int64)
        found: Places = np.where(begins == UNKNOWN, self.arrived(kind, rows), begins)
        return found

    def holds(self, kind: FactKind, rows: Places) -> Flags:
        """Return which rows hold on the day."""
        begins, ends = (self.column(kind, n)[rows] for n in ("valid_from", "valid_to"))
        flags: Flags = ((begins == UNKNOWN) | (begins <= self.day)) & (self.day < ends)
        return flags


def _month(instant: datetime) -> str:
    return f"{day_told(instant):%Y-%m}"


def is_day(days: npt.NDArray[Any]) -> Flags:
    """Return which numbers are days, and not marks for none."""
    flags: Flags = (days != UNKNOWN) & (days != OPEN)
    return flags
