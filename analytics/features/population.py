"""The organizations there are at a cut, as they were described by then.

A cut is a snapshot (pinned at what was known, limited to what its reader may see)
and a day. What begins after the day is not there; what ends after it is as open as
what has no end, so nothing of the future shows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from analytics.features.reading import places_of, term_codes
from graph.identity import is_organization
from graph.snapshot import UNKNOWN, Snapshot
from graph.snapshot.index import Rows
from graph.vocabulary import FactKind, OrganizationKind, OrganizationStatus, Section

Int32 = npt.NDArray[np.int32]
Int8 = npt.NDArray[np.int8]
Flags = npt.NDArray[np.bool_]

SECTORS: Final = tuple(Section)
"""Sections of GB/T 4754."""
_GONE: Final = (OrganizationStatus.DEREGISTERED, OrganizationStatus.MOVED_OUT)
_STATUS: Final = tuple(OrganizationStatus)
_KIND: Final = tuple(OrganizationKind)
_PREFECTURE: Final = 4  # digits of GB/T 2260 that name one


@dataclass(frozen=True, slots=True)
class Described:
    """Columns by organization, in the order of `Population.codes`.

    Args:
        sector: place in SECTORS, -1 where none is told.
        region: number of the prefecture in `regions`, -1 where none is told.
        status: place in OrganizationStatus; `kind` in OrganizationKind; -1: not told.
        established: day, UNKNOWN where none is told.
        versions: descriptions that began in the last year.
        regions: four digits by number.
    """

    sector: Int8
    region: Int32
    status: Int8
    kind: Int8
    established: Int32
    regions: tuple[str, ...]


@dataclass(frozen=True)
class Population:
    """All organizations that a reader may see, on a day.

    Args:
        snapshot: pinned and scoped by the caller.
        day: number of the day.
        only: the rows to read of each kind, for a part of the graph; None: all.
        hubs: codes of what too many share for all of them to be in the part, by the
            relation of which that is so.
        with_gone: organizations that were deregistered or moved away are among them.
    """

    snapshot: Snapshot
    day: int
    only: Mapping[FactKind, Rows] | None = field(default=None, repr=False)
    hubs: Mapping[str, Int32] = field(default_factory=dict, repr=False)
    with_gone: bool = False

    @cached_property
    def _rows(self) -> dict[FactKind, Rows]:
        return {}

    def rows(self, kind: FactKind) -> Rows:
        """Return the standing, readable rows of a kind that this cut looks at."""
        if kind not in self._rows:
            if self.only is None:
                self._rows[kind] = self.snapshot.all_rows(kind)
            else:
                self._rows[kind] = self.only.get(kind, np.empty(0, np.int64))
        return self._rows[kind]

    def begun(self, kind: FactKind) -> Rows:
        """Return the rows whose period began by the day."""
        rows = self.rows(kind)
        begins = self.snapshot.numbers(kind, "valid_from", rows)
        found: Rows = rows[begins <= self.day]
        return found

    def current(self, kind: FactKind) -> Rows:
        """Return the rows that hold on the day."""
        rows = self.begun(kind)
        ends = self.snapshot.numbers(kind, "valid_to", rows)
        found: Rows = rows[(ends > self.day) | (ends == UNKNOWN)]
        return found

    @cached_property
    def _profiles(self) -> tuple[Rows, Int32]:
        """Return descriptions of organizations by the day they began, and of whom."""
        kind = FactKind.PROFILE
        rows = self.begun(kind)
        subject = self.snapshot.canonical_codes[
            self.snapshot.numbers(kind, "subject", rows)
        ]
        texts = self.snapshot.subjects.texts
        told, which = np.unique(subject, return_inverse=True)
        organization = np.array([is_organization(texts[c]) for c in told.tolist()])
        mine = organization[which] if len(told) else np.zeros(0, np.bool_)
        rows, subject = rows[mine], subject[mine]
        begins = self.snapshot.numbers(kind, "valid_from", rows)
        # Of one beginning the later assertion counts; facts have no order but this.
        order = np.lexsort((self._version(kind, rows), begins))
        return rows[order], subject[order]

    def _version(self, kind: FactKind, rows: Rows) -> npt.NDArray[np.uint64]:
        """Return what orders facts of one day whatever order they came in."""
        found: npt.NDArray[np.uint64] = self.snapshot.tables[kind].version.values[rows]
        return found

    @cached_property
    def codes(self) -> Int32:
        """Return the codes of the organizations that are described and not gone."""
        rows, subject = self._profiles
        codes = np.unique(subject)
        if self.with_gone:
            return codes.astype(np.int32)
        column = term_codes(self.snapshot, FactKind.PROFILE, "status", rows, _STATUS)
        status = self._last(column, subject, codes, np.int8)
        gone = [_STATUS.index(s) for s in _GONE]
        return codes[~np.isin(status, gone)].astype(np.int32)

    def places(self, codes: npt.NDArray[Any]) -> Int32:
        """Return the places of subjects among `codes`, by their codes; -1: not there."""
        if self.only is None:
            found: Int32 = self._place[codes]
            return found
        return places_of(self.snapshot.canonical_codes[codes], self.codes)

    @cached_property
    def _place(self) -> Int32:
        place = np.full(len(self.snapshot.subjects.texts), -1, np.int32)
        place[self.codes] = np.arange(len(self.codes), dtype=np.int32)
        return place[self.snapshot.canonical_codes]

    @property
    def size(self) -> int:
        """Return how many organizations there are."""
        return len(self.codes)

    @cached_property
    def subjects(self) -> tuple[str, ...]:
        """Return the identifiers of the organizations."""
        texts = self.snapshot.subjects.texts
        return tuple(texts[code] for code in self.codes.tolist())

    @cached_property
    def described(self) -> Described:
        """Return what the descriptions say, of each column what was told last."""
        rows, subject = self._profiles
        kind, codes, snapshot = FactKind.PROFILE, self.codes, self.snapshot
        prefectures, region = self._prefectures(rows)
        established = snapshot.numbers(kind, "established_on", rows)
        told = np.where(established > self.day, UNKNOWN, established)
        return Described(
            sector=self._last(self.sector_of(kind, rows), subject, codes, np.int8),
            region=self._last(region, subject, codes, np.int32),
            status=self._last(
                term_codes(snapshot, kind, "status", rows, _STATUS),
                subject,
                codes,
                np.int8,
            ),
            kind=self._last(
                term_codes(snapshot, kind, "organization_kind", rows, _KIND),
                subject,
                codes,
                np.int8,
            ),
            established=self._last(told, subject, codes, np.int32, UNKNOWN),
            regions=prefectures,
        )

    def sector_of(self, kind: FactKind, rows: Rows) -> Int8:
        """Return the sector marked on facts, as a place in SECTORS; -1: none."""
        words = self.snapshot.words
        table = np.full(len(words.texts), -1, np.int8)
        for number, letter in enumerate(SECTORS):
            if (code := words.known(letter)) >= 0:
                table[code] = number
        found: Int8 = table[self.snapshot.numbers(kind, "sector", rows)]
        return found

    def _prefectures(self, rows: Rows) -> tuple[tuple[str, ...], Int32]:
        texts = self.snapshot.words.texts
        word = self.snapshot.numbers(FactKind.PROFILE, "region", rows)
        occurring = np.unique(word).tolist()
        named = {code: texts[code][:_PREFECTURE] for code in occurring if texts[code]}
        prefectures = tuple(sorted(set(named.values())))
        table = np.full(len(texts), -1, np.int32)
        for code, prefecture in named.items():
            table[code] = prefectures.index(prefecture)
        return prefectures, table[word]

    def _last(
        self,
        values: npt.NDArray[Any],
        subject: Int32,
        codes: Int32,
        dtype: npt.DTypeLike,
        absent: int = -1,
    ) -> npt.NDArray[Any]:
        """Return by organization the last value that is told."""
        found = np.full(len(codes), absent, dtype)
        there = values != absent
        at = places_of(subject[there], codes)
        kept = at >= 0
        found[at[kept]] = values[there][kept]  # a repeated place keeps the last
        return found

    @cached_property
    def age(self) -> npt.NDArray[np.float64]:
        """Return years since foundation; NaN where its day is not known."""
        day = self.described.established
        years = (self.day - day.astype(np.float64)) / 365.25
        return np.where(day == UNKNOWN, np.nan, years)
