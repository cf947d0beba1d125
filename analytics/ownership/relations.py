"""Facts beside the holdings that bear on control: declarations, concert, posts, state.

All are read on the day of the graph and under its scope.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from analytics.ownership.holdings import HoldingGraph
from graph.identity import is_person
from graph.snapshot import OPEN, UNKNOWN
from graph.vocabulary import FactKind, OrganizationKind, Relation, Role

CONTROLLING: Final = (Role.ACTUAL_CONTROLLER, Role.INVESTOR, Role.OPERATOR)
"""Posts that say by themselves who is in control; the latter two own the business."""

MANAGING: Final = (
    Role.PRINCIPAL_IN_CHARGE,
    Role.MANAGING_PARTNER,
    Role.SENIOR_MANAGER,
    Role.LEGAL_REPRESENTATIVE,
)
"""Who manages from day to day, the closest to it first."""

_STATE: Final = re.compile("国有资产监督管理|国资委|财政[部厅局]|人民政府$|国务院")


@dataclass(frozen=True, slots=True)
class Declared:
    """A fact that says who controls an organization, or benefits from it."""

    subject: str
    organization: str
    kind: FactKind
    row: int


class Relations:
    """What is declared about subjects of a holding graph."""

    def __init__(self, graph: HoldingGraph) -> None:
        self.graph, self.snapshot = graph, graph.snapshot
        self._state: dict[str, bool] = {}
        self._over: dict[str, list[Declared]] = {}
        self._by: dict[str, list[Declared]] = {}
        self._partners: dict[str, tuple[tuple[str, str], ...]] = {}

    # ---- declared ---------------------------------------------------------

    def declared_over(self, organization: str) -> list[Declared]:
        """Return who is declared, or registered, to control an organization."""
        if organization not in self._over:
            self._over[organization] = [
                *self.holding_post(organization, CONTROLLING),
                *self._links(organization, "other", "subject"),
            ]
        return self._over[organization]

    def declared_by(self, subject: str) -> list[Declared]:
        """Return what a subject is declared, or registered, to control."""
        if subject not in self._by:
            self._by[subject] = [
                *self._posts(subject),
                *self._links(subject, "subject", "other"),
            ]
        return self._by[subject]

    def _posts(self, subject: str) -> Iterator[Declared]:
        kind = FactKind.TIE
        for row in self._current(kind, "person", subject):
            if self.snapshot.text(kind, row, "role") in CONTROLLING:
                yield Declared(subject, self._far(kind, row, "organization"), kind, row)

    def holding_post(
        self, organization: str, roles: tuple[Role, ...]
    ) -> list[Declared]:
        """Return who holds one of the posts, in the order of the posts."""
        kind = FactKind.TIE
        found = [
            (roles.index(Role(role)), self._far(kind, row, "person"), row)
            for row in self._current(kind, "organization", organization)
            if (role := self.snapshot.text(kind, row, "role")) in roles
        ]
        return [Declared(p, organization, kind, row) for _, p, row in sorted(found)]

    def role(self, declared: Declared) -> Role | None:
        """Return the post that a declaration rests on, None for a relation."""
        if declared.kind is not FactKind.TIE:
            return None
        return Role(self.snapshot.text(declared.kind, declared.row, "role"))

    def _links(self, subject: str, near: str, far: str) -> Iterator[Declared]:
        kind = FactKind.LINK
        for row in self._current(kind, near, subject):
            if self.snapshot.text(kind, row, "relation") == Relation.CONTROLS:
                other = self._far(kind, row, far)
                pair = (other, subject) if near == "other" else (subject, other)
                yield Declared(*pair, kind, row)

    # ---- concert ----------------------------------------------------------

    def concerts(self, subject: str) -> tuple[tuple[str, str], ...]:
        """Return with whom a subject acts in concert, and about which organization.

        The organization is empty where the agreement is about all of them.
        """
        known = self._partners.get(subject)
        if known is None:
            known = self._partners[subject] = tuple(sorted(self._concerts(subject)))
        return known

    def _concerts(self, subject: str) -> set[tuple[str, str]]:
        kind, found = FactKind.LINK, set[tuple[str, str]]()
        for near, far in (("subject", "other"), ("other", "subject")):
            for row in self._current(kind, near, subject):
                if self.snapshot.text(kind, row, "relation") == Relation.CONCERT:
                    about = self.snapshot.text(kind, row, "about")
                    about = self.graph.canonical(about) if about else ""
                    found.add((self._far(kind, row, far), about))
        return found

    def in_concert(self, subject: str, organization: str) -> set[str]:
        """Return everybody who votes with the subject in an organization."""
        found, queue = {subject}, [subject]
        for one in queue:
            for partner, about in self.concerts(one):
                if about in ("", organization) and partner not in found:
                    found.add(partner)
                    queue.append(partner)
        return found - {subject}

    # ---- the state --------------------------------------------------------

    def is_state(self, subject: str) -> bool:
        """Return whether a subject is an organ of the state holding for the state.

        Enterprises are not related for being held by the state alone:
        公司法(2023) 265(4).
        """
        if subject not in self._state:
            self._state[subject] = not is_person(subject) and self._is_organ(subject)
        return self._state[subject]

    def _is_organ(self, subject: str) -> bool:
        kind = FactKind.PROFILE
        rows = self._current(kind, "subject", subject)
        return any(
            self.snapshot.text(kind, r, "organization_kind") == OrganizationKind.ORGAN
            or _STATE.search(self.snapshot.text(kind, r, "name"))
            for r in rows
        )

    def kinds(self, subject: str) -> set[str]:
        """Return the legal forms told of an organization on the day."""
        kind = FactKind.PROFILE
        rows = self._current(kind, "subject", subject)
        return {self.snapshot.text(kind, r, "organization_kind") for r in rows} - {""}

    def branches(self, organization: str) -> list[str]:
        """Return the branches of an organization, in order."""
        kind = FactKind.BRANCH
        rows = self._current(kind, "parent", organization)
        return sorted({self._far(kind, row, "branch") for row in rows})

    def name(self, subject: str) -> str:
        """Return the name told last, the identifier where there is none."""
        kind, best = FactKind.PROFILE, (False, UNKNOWN, -1)
        for row in self.snapshot.rows(kind, "subject", subject):
            begins = self.snapshot.day(kind, row, "valid_from")
            best = max(best, (begins <= self.graph.day, begins, row))
        return self.snapshot.text(kind, best[2], "name") if best[2] >= 0 else subject

    # ---- reading ----------------------------------------------------------

    def _far(self, kind: FactKind, row: int, column: str) -> str:
        return self.graph.canonical(self.snapshot.text(kind, row, column))

    def _current(self, kind: FactKind, column: str, subject: str) -> list[int]:
        day, snapshot = self.graph.day, self.snapshot
        return [
            row
            for row in snapshot.rows(kind, column, subject)
            if snapshot.day(kind, row, "valid_from") <= day
            and day < _end(snapshot.day(kind, row, "valid_to"))
        ]


def _end(day: int) -> int:
    return OPEN if day == UNKNOWN else day
