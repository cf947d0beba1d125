"""The features of one organization after a change, without those of all the others.

What follows from the organization and its neighbours is made anew from their facts and
equals the full build exactly, given the same shares of the whole; features of the whole
graph keep the value of the build that is at hand.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from analytics.features.cut import Cut
from analytics.features.feature import Values
from analytics.features.matrix import FeatureMatrix
from analytics.features.peers import HUB
from analytics.features.population import Int32
from analytics.features.reading import term_codes
from analytics.features.relations import ADDRESSES, NUMBERS, REPRESENTING
from graph.identity import is_organization
from graph.snapshot import UNKNOWN, Snapshot
from graph.snapshot.index import Rows
from graph.vocabulary import FactKind, Term


@dataclass(frozen=True, slots=True)
class _Sharing:
    """Facts by which organizations are next to each other.

    Args:
        relation: as `Relations` names it.
        kind: of the facts.
        node: column of what is shared; `by` of who shares it.
        word: column and words that make it this relation; None: all do.
    """

    relation: str
    kind: FactKind
    node: str
    by: str
    word: str | None
    words: tuple[Term, ...]


_SHARINGS: Final = (
    _Sharing("person", FactKind.TIE, "person", "organization", None, ()),
    _Sharing(
        "representative", FactKind.TIE, "person", "organization", "role", REPRESENTING
    ),
    _Sharing("address", FactKind.CONTACT, "anchor", "subject", "kind", ADDRESSES),
    _Sharing("number", FactKind.CONTACT, "anchor", "subject", "kind", NUMBERS),
    _Sharing("holder", FactKind.HOLDING, "holder", "organization", None, ()),
)
_BETWEEN: Final = (
    (FactKind.HOLDING, "holder", "organization"),
    (FactKind.BRANCH, "branch", "parent"),
    (FactKind.LINK, "subject", "other"),
)
_ABOUT: Final = (
    (FactKind.PROFILE, "subject"),
    (FactKind.RECORD, "subject"),
    (FactKind.SANCTION, "subject"),
)
_SURELY_HUB: Final = 2 * HUB
"""What so many shared in the last full build is a hub, whatever changed since."""


@dataclass(frozen=True, slots=True)
class LocalRow:
    """The features of one organization, and the part they were made of.

    Args:
        values: float64[features], in the order of the earlier build.
        part: the organization and its neighbours.
        place: of the organization in the part.
    """

    values: Values
    part: Cut
    place: int


def local_row(
    before: FeatureMatrix, snapshot: Snapshot, subject: str
) -> LocalRow | None:
    """Return the features of one organization; None: there is no such one.

    Args:
        before: an earlier full build of the same day and for the same reader.
        snapshot: what is known now, under the reader's scope.
        subject: identifier of the organization.
    """
    part = part_of(snapshot, before.cut, subject)
    canonical = snapshot.identities.canonical(subject)
    if canonical not in part.subjects:
        return None
    place = part.subjects.index(canonical)
    row = before.row.get(canonical)
    values = np.full(len(before.features), np.nan)
    for column, one in enumerate(before.features):
        if not one.whole:
            values[column] = one.build(part)[place]
        elif row is not None:
            values[column] = before.values[row, column]
    return LocalRow(values, part, place)


def part_of(snapshot: Snapshot, whole: Cut, subject: str) -> Cut:
    """Return the part of the graph that local features of an organization read.

    Args:
        snapshot: what is known now, under the reader's scope.
        whole: gives the day and the shares of the whole.
        subject: identifier of the organization.
    """
    gather = _Gather(snapshot, whole)
    own = gather.members([subject])
    near, hubs = gather.around(own)
    everybody = gather.members(snapshot.subjects.texts[code] for code in near | own)
    only = gather.facts(everybody)
    found = {name: np.array(sorted(codes), np.int32) for name, codes in hubs.items()}
    return Cut(snapshot, whole.day, only, found, given=whole.base)


class _Gather:
    """Collects rows by subject; every list of codes is closed under identity."""

    def __init__(self, snapshot: Snapshot, whole: Cut) -> None:
        self._snapshot, self._whole = snapshot, whole

    def members(self, subjects: Iterable[str]) -> set[int]:
        """Return the codes of the subjects under all their identifiers."""
        known, members = (
            self._snapshot.subjects.known,
            self._snapshot.identities.members,
        )
        codes = {known(m) for subject in subjects for m in members(subject)}
        return codes - {-1}

    def _rows(self, kind: FactKind, column: str, codes: Iterable[int]) -> Rows:
        index = self._snapshot.tables[kind].by_subject[column]
        found = [row for code in codes for row in index.rows(code)]
        return self._snapshot.standing(kind, np.array(sorted(set(found)), np.int64))

    def _codes(self, kind: FactKind, column: str, rows: Rows) -> Int32:
        canonical: Int32 = self._snapshot.canonical_codes[
            self._snapshot.numbers(kind, column, rows)
        ]
        return np.unique(canonical)

    def around(self, own: set[int]) -> tuple[set[int], dict[str, set[int]]]:
        """Return the organizations next to some, and what too many share."""
        texts, near = self._snapshot.subjects.texts, set[int]()
        hubs: dict[str, set[int]] = {}
        for one in _SHARINGS:
            rows = self._of(one, self._rows(one.kind, one.by, own))
            for node in self._codes(one.kind, one.node, rows).tolist():
                there = self._rows(one.kind, one.node, self.members([texts[node]]))
                sharing = self._codes(one.kind, one.by, self._of(one, there))
                if self._counted(sharing) > _SURELY_HUB:
                    hubs.setdefault(one.relation, set()).add(node)
                else:
                    near.update(sharing.tolist())
        for kind, left, right in _BETWEEN:
            for mine, theirs in ((left, right), (right, left)):
                rows = self._rows(kind, mine, own)
                near.update(self._codes(kind, theirs, rows).tolist())
        return {code for code in near if is_organization(texts[code])}, hubs

    def _of(self, one: _Sharing, rows: Rows) -> Rows:
        """Return the facts that hold on the day and make this relation."""
        numbers, day = self._snapshot.numbers, self._whole.day
        begins = numbers(one.kind, "valid_from", rows)
        ends = numbers(one.kind, "valid_to", rows)
        rows = rows[(begins <= day) & ((ends > day) | (ends == UNKNOWN))]
        if one.word is None:
            return rows
        chosen = term_codes(self._snapshot, one.kind, one.word, rows, one.words) >= 0
        return rows[chosen]

    def _counted(self, codes: Int32) -> int:
        """Return how many of the organizations the full build has."""
        known = codes[codes < len(self._whole.snapshot.canonical_codes)]
        return int((self._whole.places(known) >= 0).sum())

    def facts(self, codes: set[int]) -> dict[FactKind, Rows]:
        """Return the rows of every kind that name one of the organizations."""
        wanted: dict[FactKind, list[Rows]] = {}
        for one in _SHARINGS:
            wanted.setdefault(one.kind, []).append(self._rows(one.kind, one.by, codes))
        for kind, left, right in _BETWEEN:
            for column in (left, right):
                wanted.setdefault(kind, []).append(self._rows(kind, column, codes))
        for kind, column in _ABOUT:
            wanted.setdefault(kind, []).append(self._rows(kind, column, codes))
        return {kind: np.unique(np.concatenate(rows)) for kind, rows in wanted.items()}
