"""Facts about one subject as plain tuples, read once from the columns.

The same reader serves a full derivation, which loads many subjects in one pass, and
a single change, which loads the few it needs. Identifiers come out canonical; a
name never joins anybody.
"""

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np

from graph.snapshot import OPEN, UNKNOWN, Snapshot
from graph.snapshot.index import Rows
from graph.vocabulary import FactKind, ReleaseReason, Role

T = TypeVar("T")


class Held(NamedTuple):
    """A person holds a role in an organization."""

    role: Role
    person: str
    organization: str
    valid_from: int
    valid_to: int
    row: int


class Described(NamedTuple):
    """What kind of organization it is and where it is registered."""

    kind: str
    region: str
    valid_from: int
    valid_to: int
    row: int


class Told(NamedTuple):
    """What profiles tell over a period; not covered: taken from another day."""

    valid_from: int
    valid_to: int
    value: str
    covered: bool


class Found(NamedTuple):
    """An authority found whether a person is responsible."""

    role: Role
    person: str
    organization: str
    about: str
    document: str
    authority: str
    responsible: bool
    valid_from: int
    valid_to: int
    row: int


class Freed(NamedTuple):
    """A person is freed of what follows from a document."""

    reason: ReleaseReason
    person: str
    organization: str
    about: str
    valid_from: int
    valid_to: int
    row: int


class Rested(NamedTuple):
    """Consequences rest for a while."""

    subject: str
    organization: str
    about: str
    valid_from: int
    valid_to: int
    row: int


_ROLES = {role.value: role for role in Role}
_REASONS = {reason.value: reason for reason in ReleaseReason}
_PERIOD = ("valid_from", "valid_to")


class Lookup(Generic[T]):
    """Tuples of one kind by the subject that one column names."""

    def __init__(
        self,
        snapshot: Snapshot,
        kind: FactKind,
        column: str,
        columns: tuple[str, ...],
        make: Callable[..., T],
    ) -> None:
        self._snapshot, self._kind, self._column = snapshot, kind, column
        self._columns, self._make = columns, make
        self._table = snapshot.tables[kind]
        self._known: dict[str, list[T]] = {}

    def of(self, subject: str) -> list[T]:
        """Return the tuples of one subject."""
        found = self._known.get(subject)
        if found is None:
            rows = self._snapshot.rows(self._kind, self._column, subject)
            found = self._tuples(np.array(rows, np.int64)) if rows else []
            self._known[subject] = found
        return found

    def preload(self, subjects: Iterable[str]) -> None:
        """Read the tuples of many subjects in one pass over the table."""
        identities, pool = self._snapshot.identities, self._snapshot.subjects
        # Codes first: a writer interns names before it appends their codes.
        codes = self._table.subject_codes(self._column).values
        wanted = np.zeros(len(pool.texts), np.bool_)
        for subject in subjects:
            self._known[subject] = []
            for member in identities.members(subject):
                wanted[max(0, pool.known(member))] = True
        wanted[0] = False
        rows = self._snapshot.standing(self._kind, np.flatnonzero(wanted[codes]))
        names = [pool.texts[code] for code in codes[rows].tolist()]
        for name, found in zip(names, self._tuples(rows), strict=True):
            self._known[identities.canonical(name)].append(found)

    def _tuples(self, rows: Rows) -> list[T]:
        first = self._snapshot.identities.first
        values = []
        for name in self._columns:
            column = self._table.columns[name].values_at(rows)
            if first and name in self._table.by_subject:
                column = [first.get(subject, subject) for subject in column]
            values.append(column)
        return [self._make(*v) for v in zip(*values, rows.tolist(), strict=True)]


def _tie(role: str, *rest: Any) -> Held:
    return Held(_ROLES[role], *rest)


def _finding(role: str, *rest: Any) -> Found:
    return Found(_ROLES[role], *rest)


def _release(reason: str, *rest: Any) -> Freed:
    return Freed(_REASONS[reason], *rest)


class Reader:
    """Everything the rules look at, by subject, under one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._timelines: dict[tuple[str, str], list[Told]] = {}
        tie = ("role", "person", "organization", *_PERIOD)
        self.ties = Lookup(snapshot, FactKind.TIE, "organization", tie, _tie)
        self.offices = Lookup(snapshot, FactKind.TIE, "person", tie, _tie)
        profile = ("organization_kind", "region", *_PERIOD)
        self.profiles = Lookup(
            snapshot, FactKind.PROFILE, "subject", profile, Described
        )
        about = ("organization", "about_document")
        finding = (
            "role", "person", *about, "document", "authority", "responsible",
        )  # fmt: skip
        release = ("reason", "person", *about, *_PERIOD)
        suspension = ("subject", *about, *_PERIOD)
        self._findings = tuple(
            Lookup(snapshot, FactKind.FINDING, name, (*finding, *_PERIOD), _finding)
            for name in ("organization", "person")
        )
        self._releases = tuple(
            Lookup(snapshot, FactKind.RELEASE, name, release, _release)
            for name in ("organization", "person")
        )
        self._suspensions = tuple(
            Lookup(snapshot, FactKind.SUSPENSION, name, suspension, Rested)
            for name in ("organization", "subject")
        )

    def preload(self, subjects: Iterable[str]) -> None:
        """Read what the first stage needs about these subjects in a few passes."""
        wanted = set(subjects)
        self.ties.preload(wanted)
        self.profiles.preload(wanted)
        for pair in (self._findings, self._releases, self._suspensions):
            for lookup in pair:
                lookup.preload(wanted)

    def findings(self, about: str) -> list[Found]:
        """Return the findings in matters of an organization or of one person."""
        return _both(self._findings, about)

    def releases(self, about: str) -> list[Freed]:
        """Return the releases in matters of an organization or of one person."""
        return _both(self._releases, about)

    def suspensions(self, about: str) -> list[Rested]:
        """Return the suspensions in matters of an organization or of one person."""
        return _both(self._suspensions, about)

    def kinds(self, organization: str) -> list[Told]:
        """Return the kinds of the organization over all time, without gaps."""
        return self._timeline(organization, "kind")

    def regions(self, organization: str) -> list[Told]:
        """Return where the organization is registered over all time, without gaps."""
        return self._timeline(organization, "region")

    def _timeline(self, organization: str, field: str) -> list[Told]:
        known = self._timelines.get((organization, field))
        if known is None:
            known = timeline(
                (p.valid_from, p.valid_to, getattr(p, field))
                for p in self.profiles.of(organization)
            )
            self._timelines[organization, field] = known
        return known


def timeline(told: Iterable[tuple[int, int, str]]) -> list[Told]:
    """Return what profiles tell of one thing over all time.

    Of two profiles the one that began later counts. Days that no profile covers
    take the next one to come, else the last one before: a register of today mostly
    does not tell since when it is so. Such days are marked.
    """
    facts = sorted(t for t in told if t[2] and t[0] < t[1])
    if not facts:
        return [Told(UNKNOWN, OPEN, "", covered=False)]
    days = sorted({UNKNOWN, OPEN, *(day for t in facts for day in t[:2])})
    spans: list[Told] = []
    for begins, ends in pairwise(days):
        covering = [t for t in facts if t[0] <= begins < t[1]]
        later = [t for t in facts if t[0] > begins]
        value = (covering or later[:1] or [max(facts, key=_ending)])[-1][2]
        spans.append(Told(begins, ends, value, covered=bool(covering)))
    return spans


def _ending(told: tuple[int, int, str]) -> tuple[int, int, str]:
    return told[1], told[0], told[2]


def told_on(spans: list[Told], day: int) -> Told:
    """Return what is told of the day."""
    return next(span for span in spans if span.valid_from <= day < span.valid_to)


def _both(pair: tuple[Lookup[T], ...], about: str) -> list[T]:
    """Join what names the subject as the organization concerned and as the person.

    A matter of a person himself names no organization, or himself in its place.
    """
    by_organization, by_person = pair
    own = [f for f in by_person.of(about) if not getattr(f, "organization")]  # noqa: B009  # any of the three tuples
    return [*by_organization.of(about), *own]
