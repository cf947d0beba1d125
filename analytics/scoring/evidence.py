"""What a feature of one organization rests on: its records, its links, its neighbours.

Evidence is read from the cut that the score was made of, so it is what counted, no
more and no less.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from analytics.features import Cut
from analytics.features.peers import Peers
from analytics.features.records import Records
from analytics.features.relations import Relations
from graph.snapshot.index import Rows
from graph.vocabulary import FactKind, RecordKind

Flags = npt.NDArray[np.bool_]
AT_MOST: Final = 10
"""So many pieces are listed; how many there are is told."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A fact, or a neighbour with what both share and what stands against it.

    Args:
        kind: of the facts.
        rows: of the facts.
        other: identifier of the neighbour whose facts they are; None: one's own.
        via: identifier of the person, address or holder both share; None: direct.
    """

    kind: FactKind
    rows: tuple[int, ...]
    other: str | None
    via: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """The first pieces of evidence, and how many there are."""

    pieces: tuple[Evidence, ...]
    total: int


def evidence(cut: Cut, place: int, feature: str) -> Found:
    """Return what a feature of the organization at a place rests on."""
    if feature in _SANCTIONED:
        rows = cut.sanctions.row[cut.sanctions.organization == place]
        return _facts(FactKind.SANCTION, rows)
    if (chosen := _RECORDS.get(feature)) is not None:
        records = cut.records
        mine = (records.organization == place) & chosen(records)
        return _facts(FactKind.RECORD, records.row[mine])
    if (near := _NEIGHBOURS.get(feature)) is not None:
        return _neighbours(cut, place, near[0](cut.relations), near[1](cut))
    if (own := _FACTS.get(feature)) is not None:
        return _facts(*own(cut, place))
    return Found((), 0)


def _facts(kind: FactKind, rows: Rows) -> Found:
    found = sorted(rows.tolist())
    pieces = tuple(Evidence(kind, (row,), None, None) for row in found[:AT_MOST])
    return Found(pieces, len(found))


def _neighbours(cut: Cut, place: int, peers: Peers, troubled: Flags) -> Found:
    texts = cut.snapshot.subjects.texts
    bad = [(other, via) for other, via in peers.of(place) if troubled[other]]
    pieces: list[Evidence] = []
    for other, via in bad[:AT_MOST]:
        through = texts[via] if via >= 0 else None
        pieces += _against(cut, other, through)
    return Found(tuple(pieces), len(bad))


def _against(cut: Cut, other: int, via: str | None) -> list[Evidence]:
    """Return what stands against a neighbour."""
    name, records = cut.subjects[other], cut.records
    own = records.row[(records.organization == other) & records.adverse]
    held = cut.sanctions.row[cut.sanctions.organization == other]
    found = [(FactKind.SANCTION, held), (FactKind.RECORD, own)]
    return [
        Evidence(kind, tuple(sorted(rows.tolist())[:AT_MOST]), name, via)
        for kind, rows in found
        if len(rows)
    ]


def _of(*kinds: RecordKind) -> Callable[[Records], Flags]:
    return lambda records: records.of(*kinds)


_SANCTIONED: Final = frozenset({"sanctions", "sanction_lists"})

_RECORDS: Final[Mapping[str, Callable[[Records], Flags]]] = {
    "penalties": _of(RecordKind.PENALTY),
    "penalties_last_year": _of(RecordKind.PENALTY),
    "penalty_recency": _of(RecordKind.PENALTY),
    "repeated_penalties": _of(RecordKind.PENALTY),
    "penalized_fields": _of(RecordKind.PENALTY),
    "days_since_penalty": _of(RecordKind.PENALTY),
    "registration_breaches": _of(RecordKind.PENALTY),
    "severe_penalties": lambda records: records.severe,
    "abnormal": _of(RecordKind.ABNORMAL),
    "days_abnormal": _of(RecordKind.ABNORMAL),
    "inspections": _of(RecordKind.INSPECTION),
    "failed_inspections": lambda records: records.failed,
    "failed_share": lambda records: records.failed,
    "not_found_at_address": lambda records: records.failed,
    "founded_complaints": lambda records: records.founded,
    "complaints": _of(RecordKind.COMPLAINT),
    "broken_commitments": lambda records: records.broken,
    "days_overdue": _of(RecordKind.COMMITMENT),
    "court_cases": _of(
        RecordKind.JUDGMENT,
        RecordKind.EXECUTION,
        RecordKind.RESTRICTION_ORDER,
        RecordKind.CONVICTION,
    ),
    "honours": _of(RecordKind.HONOUR),
    "permits": _of(RecordKind.PERMIT),
}

_Near = tuple[Callable[[Relations], Peers], Callable[[Cut], Flags]]


def _adverse(cut: Cut) -> Flags:
    return cut.adverse


def _serious(cut: Cut) -> Flags:
    return cut.serious


_NEIGHBOURS: Final[Mapping[str, _Near]] = {
    "person_rate": (lambda r: r.by_person, _adverse),
    "person_recent": (lambda r: r.by_person, _adverse),
    "person_serious_rate": (lambda r: r.by_person, _serious),
    "representative_rate": (lambda r: r.by_representative, _adverse),
    "address_rate": (lambda r: r.by_address, _adverse),
    "number_rate": (lambda r: r.by_number, _adverse),
    "common_holder_rate": (lambda r: r.by_holder, _adverse),
    "holding_rate": (lambda r: r.by_holding, _adverse),
    "branch_rate": (lambda r: r.by_branch, _adverse),
    "guaranteed_rate": (lambda r: r.guaranteed, _adverse),
    "called_on_at_least": (lambda r: r.guaranteed, _serious),
    "called_on_at_most": (lambda r: r.guaranteed, _serious),
    "troubled_in_other_sectors": (lambda r: r.by_person, _adverse),
    "serious_in_other_sectors": (lambda r: r.by_person, _serious),
    "troubled_in_other_regions": (lambda r: r.by_person, _adverse),
    "sector_exposure": (lambda r: r.by_person, _adverse),
    "proximity": (lambda r: r.by_person, _serious),
}


def _profile(cut: Cut, place: int) -> tuple[FactKind, Rows]:
    kind = FactKind.PROFILE
    rows = cut.current(kind)
    places = cut.places(cut.snapshot.numbers(kind, "subject", rows))
    return kind, rows[places == place]


def _posts(cut: Cut, place: int) -> tuple[FactKind, Rows]:
    posts = cut.relations.posts
    return FactKind.TIE, posts.row[posts.organization == place]


def _contacts(cut: Cut, place: int) -> tuple[FactKind, Rows]:
    contacts = cut.relations.contacts
    return FactKind.CONTACT, contacts.row[contacts.organization == place]


def _shares(cut: Cut, place: int) -> tuple[FactKind, Rows]:
    shares = cut.relations.shares
    return FactKind.HOLDING, shares.row[shares.held == place]


_FACTS: Final[Mapping[str, Callable[[Cut, int], tuple[FactKind, Rows]]]] = {
    "age": _profile,
    "not_active": _profile,
    "descriptions": _profile,
    "dormant": _profile,
    "new_representatives": _posts,
    "people_joined": _posts,
    "busiest_representative": _posts,
    "days_since_new_representative": _posts,
    "address_changes": _contacts,
    "same_address": _contacts,
    "same_number": _contacts,
    "opaque_share": _shares,
    "largest_share": _shares,
    "holders": _shares,
}
