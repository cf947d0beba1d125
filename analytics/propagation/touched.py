"""Which triggers and which bearers a change of facts can reach.

A trigger looks only at facts that name its subject or, where the organizations of a
person answer for him, one of these. So the subjects named in the rows that came or
went, and the persons tied to them, say what has to be evaluated again: old and new
versions of a row alike. A link between identities reaches every fact of both groups.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from analytics.propagation.triggers import RECORD_KINDS
from graph.snapshot import Changes, Snapshot
from graph.snapshot.index import Rows
from graph.vocabulary import FactKind, RecordKind

READ = (
    FactKind.PROFILE,
    FactKind.TIE,
    FactKind.RECORD,
    FactKind.SANCTION,
    FactKind.FINDING,
    FactKind.RELEASE,
    FactKind.SUSPENSION,
    FactKind.IDENTITY_LINK,
)
"""Kinds of facts that rules look at; shares and branches are not among them."""

_TRIGGERS = (FactKind.SANCTION, FactKind.RECORD)

TriggerKey = tuple[FactKind, bytes]


@dataclass
class Touched:
    """What has to be looked at again."""

    triggers: set[TriggerKey] = field(default_factory=set)
    bearers: set[str] = field(default_factory=set)
    """Subjects whose effects may set off something else than before."""


def rows_changed(changes: Changes) -> int:
    """Return how many rows changed of the kinds that rules look at."""
    return sum(len(changes.rows.get(kind, ())) for kind in READ)


def touched(before: Snapshot, after: Snapshot, changes: Changes) -> Touched:
    """Return what the changes between two views can reach."""
    walk = _Walk(before, after)
    for kind in READ:
        rows = changes.rows.get(kind)
        if rows is not None and len(rows):
            walk.take(kind, rows)
    return walk.found


class _Walk:
    def __init__(self, before: Snapshot, after: Snapshot) -> None:
        self.before, self.after = before, after
        self.found = Touched()

    def take(self, kind: FactKind, rows: Rows) -> None:
        """Follow the changed rows of one kind."""
        names = set(self._names(kind, rows))
        if kind is FactKind.SANCTION:
            self._trigger(kind, rows)
            # A record gives way to the sanction that states its outcome.
            for name in names:
                self._triggers_of(name, (FactKind.RECORD,))
        elif kind is FactKind.RECORD:
            self._trigger(kind, rows)
            # Findings may name the record that a sanction rests on.
            for name in names:
                self._triggers_of(name, (FactKind.SANCTION,))
            states = [
                w == RecordKind.PERSON_STATE for w in self._texts(kind, "kind", rows)
            ]
            for name in set(self._texts(kind, "subject", rows[states])):
                self._answering(name)
        elif kind is FactKind.IDENTITY_LINK:
            group = {m for name in names for m in self._members(name)}
            for name in group | self._neighbours(group):
                self._around(name)
        else:
            for name in names:
                self._around(name)

    def _around(self, name: str) -> None:
        """Note the triggers of a subject, and whose effects may reach it."""
        self._triggers_of(name, _TRIGGERS)
        for member in self._members(name):
            self._bearer(member)
            rows = self._rows(FactKind.TIE, "organization", member)
            for person in set(self._texts(FactKind.TIE, "person", rows)):
                self._bearer(person)
                self._triggers_of(person, _TRIGGERS)

    def _answering(self, name: str) -> None:
        """Note the triggers of which a person may bear what follows."""
        self._around(name)
        for member in self._members(name):
            for kind in (FactKind.TIE, FactKind.FINDING):
                rows = self._rows(kind, "person", member)
                for organization in set(self._texts(kind, "organization", rows)):
                    self._triggers_of(organization, _TRIGGERS)

    def _bearer(self, name: str) -> None:
        self.found.bearers.add(self.before.identities.canonical(name))
        self.found.bearers.add(self.after.identities.canonical(name))

    def _triggers_of(self, name: str, kinds: Iterable[FactKind]) -> None:
        for member in self._members(name):
            for kind in kinds:
                self._trigger(kind, self._rows(kind, "subject", member))

    def _trigger(self, kind: FactKind, rows: Rows) -> None:
        if kind is FactKind.RECORD and len(rows):
            words = self._texts(kind, "kind", rows)
            rows = rows[[word in RECORD_KINDS for word in words]]
        if len(rows):
            self.found.triggers.update((kind, k) for k in self.after.keys(kind, rows))

    def _members(self, name: str) -> set[str]:
        return {
            *self.before.identities.members(name),
            *self.after.identities.members(name),
        }

    def _neighbours(self, names: Iterable[str]) -> set[str]:
        """Return every subject that stands in one fact with one of the names."""
        return {
            other
            for name in names
            for kind in READ
            for column in self.after.tables[kind].by_subject
            for other in self._names(kind, self._rows(kind, column, name))
        }

    def _rows(self, kind: FactKind, column: str, name: str) -> Rows:
        """Return every version that names the subject, standing or not."""
        code = self.after.subjects.known(name)
        found = (
            self.after.tables[kind].by_subject[column].rows(code) if code > 0 else ()
        )
        return np.array(found, np.int64)

    def _names(self, kind: FactKind, rows: Rows) -> Iterator[str]:
        for column in self.after.tables[kind].by_subject:
            yield from self._texts(kind, column, rows)

    def _texts(self, kind: FactKind, column: str, rows: Rows) -> Iterator[str]:
        for text in self.after.tables[kind].columns[column].values_at(rows):
            if text:
                yield text
