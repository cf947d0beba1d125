"""Who is asked to answer: holders of a role at the anchor, found persons, oneself.

Leaving after the anchor sheds nothing and a successor inherits nothing, because only
the anchor is looked at. With `current` the role counts while it is held; a sticky
one, once held, as long as the trigger lasts.
"""

from collections.abc import Collection, Container, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from analytics.propagation.anchors import Dated, act
from analytics.propagation.cases import Case, kind_named, kind_of
from analytics.propagation.periods import ALWAYS, Period, intersect, merge
from analytics.propagation.provisions import Provisions
from analytics.propagation.reading import Held, told_on
from graph.identity import is_person
from graph.law.model import (
    FIRST_ANSWERING,
    BearerClause,
    FindingNeed,
    OrganizationsClause,
)
from graph.snapshot import UNKNOWN
from graph.vocabulary import Role, SubjectKind

ONLY_BY_FINDING = frozenset({Role.DIRECT_SUPERVISOR, Role.DIRECTLY_RESPONSIBLE})
"""Roles that nobody is registered with: an authority names who had them."""

START_UNKNOWN = "role_start_unknown"
NOT_AT_ACT = "not_in_role_at_act"
BY_FINDING = "role_by_finding"
PARTY_HIMSELF = "party_himself"
KIND_ASSUMED = "kind_of_another_day"


class Stretch(NamedTuple):
    """When somebody answers by his role, before findings are looked at.

    `doubts` are what only a finding can settle; empty: the role is certain.
    """

    period: Period
    doubts: tuple[str, ...] = ()


class Candidate(NamedTuple):
    """Somebody whom a clause names, and when."""

    bearer: str
    role: Role
    organization: str
    stretches: tuple[Stretch, ...]
    needs_finding: bool = False
    flags: tuple[str, ...] = ()
    ties: tuple[Held, ...] = ()

    @property
    def about(self) -> str:
        """Return the subject in whose matters findings and releases are looked up."""
        return self.organization or self.bearer


class Roles(NamedTuple):
    """The roles that answer over a period, because of the organization's kind."""

    period: Period
    roles: tuple[Role, ...]
    flags: tuple[str, ...]


def candidates(
    case: Case, clause: BearerClause | OrganizationsClause
) -> Iterator[Candidate]:
    """Yield everybody whom the clause names for the trigger."""
    if isinstance(clause, OrganizationsClause):
        yield from _organizations(case, clause)
    elif clause.role is Role.SELF:
        yield from _oneself(case, clause)
    else:
        yield from _holders(case, clause, _answering(case, clause))


def _oneself(case: Case, clause: BearerClause) -> Iterator[Candidate]:
    cause, needs = case.cause, clause.finding is FindingNeed.REQUIRED
    always = (Stretch(ALWAYS),)
    organization = "" if cause.concerns_person else cause.subject
    yield Candidate(cause.subject, Role.SELF, organization, always, needs)
    targets = case.law.law.measures[case.version.effect.measure].targets
    if organization and SubjectKind.PERSON in targets:
        himself = [r for r in _first(case) if PARTY_HIMSELF in r.flags]
        yield from _holders(case, clause, himself)


def _answering(case: Case, clause: BearerClause) -> list[Roles]:
    """Return the roles that the clause means, over time."""
    if clause.role == FIRST_ANSWERING:
        return _first(case)
    return [Roles(ALWAYS, (Role(clause.role),), ())]


def _first(case: Case) -> list[Roles]:
    """Yield who stands for the organization, as its kind was at the anchor."""
    spans = case.reader.kinds(case.cause.subject)
    if case.anchor is not None:
        told = told_on(spans, case.anchor.first)
        return [_standing_for(case.law, told.value, covered=told.covered)]
    return [
        _standing_for(case.law, told.value, covered=told.covered)._replace(
            period=told[:2]
        )
        for told in spans
    ]


@lru_cache(maxsize=1024)
def _standing_for(law: Provisions, value: str, *, covered: bool) -> Roles:
    """Return who stands for an organization of a kind, whenever."""
    kind = kind_named(value)
    flags = () if covered or not value else (KIND_ASSUMED,)
    if law.is_party_himself(kind):
        flags = (*flags, PARTY_HIMSELF)
    return Roles(ALWAYS, law.answering(kind), flags)


def _holders(
    case: Case, clause: BearerClause, spans: list[Roles]
) -> Iterator[Candidate]:
    """Yield who held one of the roles at the anchor, then who was only found to."""
    wanted: Collection[Role] = (
        spans[0].roles
        if len(spans) == 1
        else dict.fromkeys(role for span in spans for role in span.roles)
    )
    found = _positive(case, wanted)
    holders = case.reader.holders(case.cause.subject)
    for role in wanted:
        if role not in holders or role in ONLY_BY_FINDING:
            continue
        for person, ties in holders[role].items():
            if not is_person(person) and not _may_be_organization(case):
                case.note("not_borne", person, role)
                continue
            stretches, flags = _stretches(case, clause, spans, role, ties)
            if stretches:
                found.discard((person, role))
                yield _candidate(case, clause, person, role, stretches, flags, ties)
            elif (person, role) not in found:
                _note_absence(case, person, role, ties)
    for person, role in sorted(found):
        if is_person(person) or _may_be_organization(case):
            yield _found(case, spans, person, role)


def _may_be_organization(case: Case) -> bool:
    """Return whether an organization that holds a role can bear the measure."""
    targets = case.law.law.measures[case.version.effect.measure].targets
    return SubjectKind.ORGANIZATION in targets


def _candidate(
    case: Case,
    clause: BearerClause,
    person: str,
    role: Role,
    stretches: list[Stretch],
    flags: tuple[str, ...],
    ties: list[Held],
) -> Candidate:
    needs = clause.finding is FindingNeed.REQUIRED
    organization = case.cause.subject
    return Candidate(
        person, role, organization, tuple(stretches), needs, flags, tuple(ties)
    )


def _found(case: Case, spans: list[Roles], person: str, role: Role) -> Candidate:
    """Return somebody in a role because an authority found him to have it."""
    always = tuple(Stretch(span.period) for span in spans if role in span.roles)
    organization = case.cause.subject
    return Candidate(
        person, role, organization, always, needs_finding=True, flags=(BY_FINDING,)
    )


def _positive(case: Case, roles: Container[Role]) -> set[tuple[str, Role]]:
    """Return who was found responsible in one of the roles, in this matter."""
    return {
        (finding.person, finding.role)
        for finding in case.reader.findings.of(case.cause.subject)
        if finding.responsible
        and finding.role in roles
        and finding.about in case.cause.documents
    }


def _stretches(
    case: Case,
    clause: BearerClause,
    spans: list[Roles],
    role: Role,
    ties: list[Held],
) -> tuple[list[Stretch], tuple[str, ...]]:
    """Return when the ties make their holder answer, and what is assumed."""
    answering = [span for span in spans if role in span.roles]
    flags = (
        answering[0].flags
        if len(answering) == 1
        else tuple(dict.fromkeys(f for span in answering for f in span.flags))
    )
    if case.anchor is not None:
        return _at_anchor(case, case.anchor, ties), (*case.anchor.flags, *flags)
    if case.life is None:
        return [], flags
    certain = [t for t in ties if t.valid_from != UNKNOWN]
    unsure = [t for t in ties if t.valid_from == UNKNOWN]
    windows = [span.period for span in answering]
    limit = case.life.period
    sticky = clause.sticky
    pieces = [Stretch(p) for p in _while_held(certain, windows, limit, sticky=sticky)]
    doubtful = _while_held(unsure, windows, limit, sticky=sticky)
    return [*pieces, *(Stretch(p, (START_UNKNOWN,)) for p in doubtful)], flags


def _at_anchor(case: Case, anchor: Dated, ties: list[Held]) -> list[Stretch]:
    """Return one stretch without limits if the role was held at the anchor."""
    begins, ends = anchor.period
    held = [
        t
        for t in ties
        if t.valid_from < ends and begins < t.valid_to and t.valid_from < t.valid_to
    ]
    if not held:
        return []
    if all(t.valid_from == UNKNOWN for t in held):
        return [Stretch(ALWAYS, (START_UNKNOWN,))]
    period = act(case.cause) if case.version.act_check else None
    if period is not None and not any(intersect(_period(t), period) for t in ties):
        return [Stretch(ALWAYS, (NOT_AT_ACT,))]
    return [Stretch(ALWAYS)]


def _while_held(
    ties: Iterable[Held], windows: list[Period], limit: Period, *, sticky: bool
) -> list[Period]:
    """Return when the role is held within the limit; sticky: from then to its end."""
    pieces = merge(
        piece
        for tie in ties
        for window in windows
        if (shared := intersect((tie.valid_from, tie.valid_to), window))
        and (piece := intersect(shared, limit))
    )
    return [(pieces[0][0], limit[1])] if sticky and pieces else pieces


def _period(tie: Held) -> Period:
    return tie.valid_from, tie.valid_to


def _note_absence(case: Case, person: str, role: Role, ties: list[Held]) -> None:
    """Note by how many days the role was missed, in the tie that came nearest."""
    if case.notes is None:
        return
    begins = case.cause.begins
    first, end = case.anchor.period if case.anchor else (begins, begins + 1)
    earlier = [t for t in ties if t.valid_to <= first]
    if earlier:
        tie = max(earlier, key=lambda t: t.valid_to)
        reason, day, days = "left_before", first, first - tie.valid_to + 1
    else:
        tie = min(ties, key=lambda t: t.valid_from)
        reason, day, days = "came_after", end - 1, tie.valid_from - end + 1
    case.note(
        reason, person, role, anchor=case.version.anchor, anchor_day=day, days=days,
        valid_from=tie.valid_from, valid_to=tie.valid_to,
    )  # fmt: skip


def _organizations(case: Case, clause: OrganizationsClause) -> Iterator[Candidate]:
    """Yield the organizations where the trigger's person holds one of the offices."""
    if case.life is None:
        return
    offices: dict[tuple[str, Role], list[Held]] = {}
    for tie in case.reader.offices.of(case.cause.subject):
        if tie.role in clause.organizations_of:
            offices.setdefault((tie.organization, tie.role), []).append(tie)
    for (organization, role), ties in offices.items():
        windows = [
            span[:2]
            for span in case.reader.kinds(organization)
            if not clause.organization_kinds
            or kind_of(span) in clause.organization_kinds
        ]
        stretches = [
            Stretch(period, doubts)
            for doubts, group in _by_certainty(ties)
            for period in _while_held(group, windows, case.life.period, sticky=False)
        ]
        if stretches:
            yield Candidate(
                organization, role, organization, tuple(stretches), ties=tuple(ties)
            )


def _by_certainty(ties: list[Held]) -> list[tuple[tuple[str, ...], list[Held]]]:
    certain = [t for t in ties if t.valid_from != UNKNOWN]
    unsure = [t for t in ties if t.valid_from == UNKNOWN]
    return [((), certain), ((START_UNKNOWN,), unsure)]
