"""Records and sanctions that stand at a cut, and what came after it for training.

A record counts from its decision to its end: repaired, withdrawn, its publicity over.
What is adverse or serious stands here and nowhere else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from analytics.features.population import Population
from analytics.features.reading import judged, term_codes
from graph.snapshot import OPEN, UNKNOWN
from graph.snapshot.index import Rows
from graph.vocabulary import (
    Capacity,
    FactKind,
    Outcome,
    PenaltyKind,
    RecordKind,
    ReviewState,
)

Int32 = npt.NDArray[np.int32]
Int8 = npt.NDArray[np.int8]
Flags = npt.NDArray[np.bool_]

KINDS: Final = tuple(RecordKind)
OUTCOMES: Final = tuple(Outcome)

_SEVERE_PENALTIES: Final = frozenset(
    {
        PenaltyKind.LICENCE_SUSPENDED,
        PenaltyKind.GRADE_LOWERED,
        PenaltyKind.PERMIT_REVOKED,
        PenaltyKind.BUSINESS_LICENCE_REVOKED,
        PenaltyKind.BUSINESS_RESTRICTED,
        PenaltyKind.BUSINESS_STOPPED,
        PenaltyKind.CLOSURE,
        PenaltyKind.OCCUPATION_RESTRICTED,
        PenaltyKind.DETENTION,
    }
)
"""Penalties heavier than money (行政处罚法 art. 9 (3)–(5))."""
_SERIOUS: Final = (
    RecordKind.EXECUTION,
    RecordKind.RESTRICTION_ORDER,
    RecordKind.CONVICTION,
    RecordKind.INSOLVENCY_ACCEPTED,
)
_FAILED: Final = (
    Outcome.UNQUALIFIED,
    Outcome.CORRECTION_ORDERED,
    Outcome.NOT_FOUND,
    Outcome.OBSTRUCTED,
)
_BROKEN: Final = (Outcome.PARTLY_FULFILLED, Outcome.UNFULFILLED)
_FOUNDED: Final = (Outcome.FOUNDED, Outcome.PARTLY_FOUNDED, Outcome.NOT_SETTLED)
_AGAINST: Final = ("", Capacity.DEFENDANT, Capacity.DEBTOR, Capacity.INSOLVENT)
_COUNTED: Final = ("", ReviewState.ACCEPTED, ReviewState.UNCONTESTED)


@dataclass(frozen=True)
class Records:
    """Open records, one entry each; orders and ends are days.

    Args:
        row: of the fact.
        organization: place among the organizations of the cut.
        kind: place in KINDS; `outcome` in OUTCOMES, -1: none told.
        day: of the decision; UNKNOWN where none is told.
        severe: a penalty heavier than money.
        sector: place in SECTORS, of the record or else of the organization; -1: none.
        field: code of the word of the supervised field; 0: none.
        due: day by which something was to be done; UNKNOWN: none told.
    """

    row: Rows
    organization: Int32
    kind: Int8
    outcome: Int8
    day: Int32
    severe: Flags
    sector: Int8
    field: Int32
    due: Int32

    def of(self, *kinds: RecordKind) -> Flags:
        """Return which records are of these kinds."""
        return np.isin(self.kind, [KINDS.index(k) for k in kinds])

    def ended_in(self, outcomes: Iterable[Outcome]) -> Flags:
        """Return which records have one of these outcomes."""
        return np.isin(self.outcome, [OUTCOMES.index(o) for o in outcomes])

    @cached_property
    def failed(self) -> Flags:
        """Return the inspections that were not passed."""
        return self.of(RecordKind.INSPECTION) & self.ended_in(_FAILED)

    @cached_property
    def broken(self) -> Flags:
        """Return the commitments that were not kept."""
        return self.of(RecordKind.COMMITMENT) & self.ended_in(_BROKEN)

    @cached_property
    def founded(self) -> Flags:
        """Return the complaints that were founded, or that nothing settled."""
        return self.of(RecordKind.COMPLAINT) & self.ended_in(_FOUNDED)

    @cached_property
    def serious(self) -> Flags:
        """Return records as heavy as a sanction: severe penalties, courts, crimes."""
        return self.severe | self.of(*_SERIOUS)

    @cached_property
    def adverse(self) -> Flags:
        """Return records that speak against the subject."""
        kinds = self.of(RecordKind.PENALTY, RecordKind.ABNORMAL)
        return kinds | self.serious | self.failed | self.broken | self.founded


@dataclass(frozen=True, slots=True)
class Sanctions:
    """Sanctions that stand: rows, places of organizations, days, sectors, lists."""

    row: Rows
    organization: Int32
    day: Int32
    sector: Int8
    list: Int32


def records_at(cut: Population) -> Records:
    """Return the records decided by the day of the cut and open on it."""
    kind = FactKind.RECORD
    rows, organization, day = _decided(cut, kind, ("decided_on", "valid_from"))
    snapshot = cut.snapshot
    open_ = (day <= cut.day) & _open(cut, kind, rows, "valid_to")
    open_ &= _open(cut, kind, rows, "publicity_to")
    open_ &= judged(snapshot, kind, "review", rows, lambda word: word in _COUNTED)
    open_ &= judged(snapshot, kind, "capacity", rows, lambda word: word in _AGAINST)
    rows, organization, day = rows[open_], organization[open_], day[open_]
    return Records(
        row=rows,
        organization=organization,
        kind=term_codes(snapshot, kind, "kind", rows, KINDS),
        outcome=term_codes(snapshot, kind, "outcome", rows, OUTCOMES),
        day=day,
        severe=_is_severe(cut, rows),
        sector=_sector(cut, kind, rows, organization),
        field=snapshot.numbers(kind, "field", rows).astype(np.int32),
        due=snapshot.numbers(kind, "due_on", rows).astype(np.int32),
    )


def sanctions_at(cut: Population) -> Sanctions:
    """Return the sanctions that began by the day of the cut and stand on it."""
    kind = FactKind.SANCTION
    rows, organization, day = _decided(cut, kind, _IMPOSED)
    stands = (day <= cut.day) & _open(cut, kind, rows, "valid_to")
    return _sanctions(cut, rows[stands], organization[stands], day[stands])


def _sanctions(
    cut: Population, rows: Rows, organization: Int32, day: Int32
) -> Sanctions:
    kind = FactKind.SANCTION
    return Sanctions(
        row=rows,
        organization=organization,
        day=day,
        sector=_sector(cut, kind, rows, organization),
        list=cut.snapshot.numbers(kind, "list", rows).astype(np.int32),
    )


_IMPOSED: Final = ("listed_on", "decided_on", "valid_from")


@dataclass(frozen=True, slots=True)
class Serious:
    """Serious records and sanctions, one entry each: of whom, when, in which sector."""

    organization: Int32
    day: Int32
    sector: Int8


def serious_after(cut: Population, until: int) -> Serious:
    """Return what was imposed after the day of the cut and by another day.

    It is read from what the snapshot knows, whatever ended since: that somebody was
    listed stays true after the list is left. Voided facts are not there.

    Args:
        cut: says which organizations; its rows must reach beyond its day.
        until: the last day that counts.
    """
    kind = FactKind.RECORD
    rows, organization, day = _decided(cut, kind, ("decided_on", "valid_from"))
    later = (day > cut.day) & (day <= until)
    against = judged(
        cut.snapshot, kind, "capacity", rows, lambda word: word in _AGAINST
    )
    codes = [KINDS.index(k) for k in _SERIOUS]
    heavy = np.isin(term_codes(cut.snapshot, kind, "kind", rows, KINDS), codes)
    chosen = later & against & (heavy | _is_severe(cut, rows))
    sector = _sector(cut, kind, rows[chosen], organization[chosen])
    own, place, on = _decided(cut, FactKind.SANCTION, _IMPOSED)
    new = (on > cut.day) & (on <= until)
    imposed = _sanctions(cut, own[new], place[new], on[new])
    return Serious(
        np.concatenate([organization[chosen], imposed.organization]),
        np.concatenate([day[chosen], imposed.day]),
        np.concatenate([sector, imposed.sector]),
    )


def _decided(
    cut: Population, kind: FactKind, columns: tuple[str, ...]
) -> tuple[Rows, Int32, Int32]:
    """Return rows about organizations of the cut, their places, and the first day told.

    A day that is not known is before every other.
    """
    rows = cut.rows(kind)
    organization = cut.places(cut.snapshot.numbers(kind, "subject", rows))
    rows, organization = rows[organization >= 0], organization[organization >= 0]
    day = np.full(len(rows), UNKNOWN, np.int32)
    for column in reversed(columns):
        told = cut.snapshot.numbers(kind, column, rows)
        known = (told != UNKNOWN) & (told != OPEN)
        day[known] = told[known]
    return rows, organization, day


def _open(cut: Population, kind: FactKind, rows: Rows, column: str) -> Flags:
    ends = cut.snapshot.numbers(kind, column, rows)
    flags: Flags = (ends > cut.day) | (ends == UNKNOWN)
    return flags


def _is_severe(cut: Population, rows: Rows) -> Flags:
    def heavy(joined: str) -> bool:
        return not _SEVERE_PENALTIES.isdisjoint(joined.split(";"))

    return judged(cut.snapshot, FactKind.RECORD, "penalty_kinds", rows, heavy)


def _sector(cut: Population, kind: FactKind, rows: Rows, organization: Int32) -> Int8:
    marked = cut.sector_of(kind, rows)
    return np.where(marked >= 0, marked, cut.described.sector[organization])
