"""Facts about one subject as plain tuples, read once from the columns.

The same reader serves a full derivation, which loads many subjects in one pass, and
a single change, which loads the few it needs. Identifiers come out canonical; a
name never joins anybody.
"""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import Any, Final, Generic, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from graph.identity import is_person
from graph.snapshot import OPEN, UNKNOWN, Snapshot
from graph.snapshot.columns import NumberColumn
from graph.snapshot.index import Rows
from graph.vocabulary import FactKind, RecordKind, ReleaseReason, Role

T = TypeVar("T", bound=tuple[Any, ...])
M = TypeVar("M", bound="Found | Freed | Rested")


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


class Entry(NamedTuple):
    """A record on a subject, for thresholds and states of persons.

    `amount` is text, empty where it is not told.
    """

    kind: str
    subject: str
    document_number: str
    authority: str
    field: str
    outcome: str
    decided_on: int
    amount: str
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


Holders = dict[Role, dict[str, list[Held]]]
"""Ties of one organization by role, then by person."""

_WORDS: Final[Mapping[str, Mapping[str, Any]]] = {
    "role": {role.value: role for role in Role},
    "reason": {reason.value: reason for reason in ReleaseReason},
}
"""Columns that are read as members of a vocabulary."""

_PERIOD = ("valid_from", "valid_to")


class Wanted(NamedTuple):
    """Subjects to be read in one pass, and a mark for the code of each name."""

    subjects: set[str]
    marks: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, snapshot: Snapshot, subjects: Iterable[str]) -> "Wanted":
        """Return the canonical subjects with every name they are known by."""
        known, groups = snapshot.subjects.known, snapshot.identities.groups
        wanted = set(subjects)
        codes = [known(m) for s in wanted for m in groups.get(s, (s,))]
        # One more than there are names, so that later names clip to "not wanted".
        marks = np.zeros(len(snapshot.subjects.texts) + 1, np.bool_)
        marks[[code for code in codes if code > 0]] = True
        return cls(wanted, marks)


class Lookup(Generic[T]):
    """Tuples of one kind by the subject that one column names."""

    def __init__(
        self,
        snapshot: Snapshot,
        kind: FactKind,
        column: str,
        columns: tuple[str, ...],
        make: type[T],
    ) -> None:
        self._snapshot, self._kind, self._column = snapshot, kind, column
        self._columns, self._make = columns, make
        self._table = snapshot.tables[kind]
        self._known: dict[str, Sequence[T]] = {}

    def of(self, subject: str) -> Sequence[T]:
        """Return the tuples of one subject."""
        found = self._known.get(subject)
        if found is None:
            rows = self._snapshot.rows(self._kind, self._column, subject)
            found = self._tuples(np.array(rows, np.int64)) if rows else ()
            self._known[subject] = found
        return found

    def preload(self, wanted: Wanted) -> Iterable[str]:
        """Read the tuples of many subjects in one pass; return who has any."""
        pool, first = self._snapshot.subjects.texts, self._snapshot.identities.first
        codes = self._table.subject_codes(self._column).values
        # What a writer has interned since is not wanted and not yet in this view.
        rows = np.flatnonzero(wanted.marks.take(codes, mode="clip"))
        rows = self._snapshot.standing(self._kind, rows)
        names = [pool[code] for code in codes[rows].tolist()]
        found: dict[str, list[T]] = {}
        for name, one in zip(names, self._tuples(rows), strict=True):
            found.setdefault(first.get(name, name), []).append(one)
        self._known.update(dict.fromkeys(wanted.subjects, ()))
        self._known.update(found)
        return found

    def _tuples(self, rows: Rows) -> list[T]:
        first = self._snapshot.identities.first
        values: list[Iterable[Any]] = []
        for name in self._columns:
            column: Iterable[Any] = self._table.columns[name].values_at(rows)
            if first and name in self._table.by_subject:
                column = [first.get(subject, subject) for subject in column]
            if name in _WORDS:
                column = map(_WORDS[name].__getitem__, column)
            values.append(column)
        # The tuples as such: their own constructor would take twice the time.
        make = partial(tuple.__new__, self._make)
        return list(map(make, zip(*values, rows.tolist(), strict=True)))


class Matters(Generic[M]):
    """What was decided in matters of an organization, or of one person himself.

    A matter of a person himself names no organization.
    """

    def __init__(self, by_organization: Lookup[M], by_person: Lookup[M]) -> None:
        self._by_organization, self._by_person = by_organization, by_person
        self._known: dict[str, Sequence[M]] = {}

    def of(self, about: str) -> Sequence[M]:
        """Return the decisions in matters of the subject."""
        known = self._known.get(about)
        if known is None:
            own = [f for f in self._by_person.of(about) if not f.organization]
            known = self._known[about] = (*self._by_organization.of(about), *own)
        return known

    def preload(self, wanted: Wanted) -> None:
        """Read the decisions about many subjects in two passes."""
        some = {
            *self._by_organization.preload(wanted),
            *self._by_person.preload(wanted),
        }
        self._known.update(dict.fromkeys(wanted.subjects - some, ()))


class Reader:
    """Everything the rules look at, by subject, under one snapshot.

    Args:
        snapshot: the view that is read.
        look: makes the lookups; another than `Lookup` may put suppositions over
            what was read.
    """

    def __init__(
        self, snapshot: Snapshot, look: Callable[..., Lookup[Any]] = Lookup
    ) -> None:
        self.snapshot = snapshot
        self._timelines: dict[tuple[str, str], list[Told]] = {}
        known = snapshot.words.known(RecordKind.PERSON_STATE.value)
        self._stated: Container[str] | bool = known > 0
        """Whose states there are to be read; True: not known whose."""
        self._holders: dict[str, Holders] = {}
        tie = ("role", "person", "organization", *_PERIOD)
        self.ties = look(snapshot, FactKind.TIE, "organization", tie, Held)
        self.offices = look(snapshot, FactKind.TIE, "person", tie, Held)
        profile = ("organization_kind", "region", *_PERIOD)
        self.profiles = look(snapshot, FactKind.PROFILE, "subject", profile, Described)
        named = ("kind", "subject", "document_number", "authority", "field", "outcome")
        entry = (*named, "decided_on", "amount_yuan", *_PERIOD)
        self.entries = look(snapshot, FactKind.RECORD, "subject", entry, Entry)
        about = ("organization", "about_document")
        finding = ("role", "person", *about, "document", "authority", "responsible")
        release = ("reason", "person", *about)
        self.findings = _matters(look, snapshot, FactKind.FINDING, finding, Found)
        self.releases = _matters(look, snapshot, FactKind.RELEASE, release, Freed)
        self.suspensions = _matters(
            look, snapshot, FactKind.SUSPENSION, ("subject", *about), Rested
        )

    def preload(self, subjects: Iterable[str]) -> None:
        """Read what the first stage needs about these subjects in a few passes."""
        wanted = Wanted.of(self.snapshot, subjects)
        self.ties.preload(wanted)
        self.profiles.preload(wanted)
        self.findings.preload(wanted)
        self.releases.preload(wanted)
        self.suspensions.preload(wanted)
        if self._stated is True:
            self._stated = stated_persons(self.snapshot)

    def preload_offices(self, persons: Iterable[str]) -> None:
        """Read the offices that these persons hold in one pass."""
        self.offices.preload(Wanted.of(self.snapshot, persons))

    def states(self, person: str) -> Sequence[Entry]:
        """Return what was found about the person's life and capacity, in order."""
        if not self._stated or not is_person(person):
            return ()
        if self._stated is not True and person not in self._stated:
            return ()
        kind = RecordKind.PERSON_STATE
        return sorted(e for e in self.entries.of(person) if e.kind == kind)

    def holders(self, organization: str) -> Holders:
        """Return the ties of the organization by role, then by person."""
        known = self._holders.get(organization)
        if known is None:
            known = self._holders[organization] = {}
            for tie in self.ties.of(organization):
                persons = known.setdefault(tie.role, {})
                persons.setdefault(tie.person, []).append(tie)
        return known

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
                [
                    (p.valid_from, p.valid_to, getattr(p, field))
                    for p in self.profiles.of(organization)
                ]
            )
            self._timelines[organization, field] = known
        return known


def stated_persons(snapshot: Snapshot) -> frozenset[str]:
    """Return every person about whose life or capacity something was found."""
    table = snapshot.tables[FactKind.RECORD]
    column = table.columns["kind"]
    assert isinstance(column, NumberColumn)  # noqa: S101  # words are codes
    code = snapshot.words.known(RecordKind.PERSON_STATE.value)
    rows = np.flatnonzero(column.data.values == code)
    rows = snapshot.standing(FactKind.RECORD, rows)
    canonical = snapshot.identities.canonical
    return frozenset(map(canonical, table.columns["subject"].values_at(rows)))


def _matters(
    look: Callable[..., Lookup[M]],
    snapshot: Snapshot,
    kind: FactKind,
    columns: tuple[str, ...],
    make: type[M],
) -> Matters[M]:
    person = "subject" if kind is FactKind.SUSPENSION else "person"
    pair = (
        look(snapshot, kind, column, (*columns, *_PERIOD), make)
        for column in ("organization", person)
    )
    return Matters(*pair)


def timeline(told: Sequence[tuple[int, int, str]]) -> list[Told]:
    """Return what profiles tell of one thing over all time.

    Of two profiles the one that began later counts. Days that no profile covers
    take the next one to come, else the last one before: a register of today mostly
    does not tell since when it is so. Such days are marked.
    """
    facts = sorted(t for t in told if t[2] and t[0] < t[1])
    if not facts:
        return [Told(UNKNOWN, OPEN, "", covered=False)]
    if len(facts) == 1:
        return _told_once(*facts[0])
    days = sorted({UNKNOWN, OPEN, *(day for t in facts for day in t[:2])})
    spans: list[Told] = []
    for begins, ends in pairwise(days):
        covering = [t for t in facts if t[0] <= begins < t[1]]
        if covering:
            spans.append(Told(begins, ends, covering[-1][2], covered=True))
            continue
        later = next((t for t in facts if t[0] > begins), None)
        value = (later or max(facts, key=_ending))[2]
        spans.append(Told(begins, ends, value, covered=False))
    return spans


def _told_once(begins: int, ends: int, value: str) -> list[Told]:
    """Return the time line of a single profile, as almost every organization has."""
    days = ((UNKNOWN, begins, False), (begins, ends, True), (ends, OPEN, False))
    return [Told(a, b, value, covered) for a, b, covered in days if a < b]


def _ending(told: tuple[int, int, str]) -> tuple[int, int, str]:
    return told[1], told[0], told[2]


def told_on(spans: list[Told], day: int) -> Told:
    """Return what is told of the day."""
    for span in spans:
        if day < span.valid_to:
            return span
    return spans[-1]
