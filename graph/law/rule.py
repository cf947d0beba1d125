"""A liability rule: trigger, bearers, anchor, effect, term, ends, exceptions, basis.

Every field of a version is written in its file; only `in_force_to`, `checked_on` and
`doubts` may be absent. A condition never tests that an effect is absent: there is no
field for it, so the least fixed point over effects always exists.
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Discriminator, StringConstraints, Tag
from pydantic import Field as Constraint

from graph.law.base import Basis, Jurisdiction, LawModel, RuleKey, Text, WordKey
from graph.law.terms import AS_TRIGGER, LIFETIME, add_period
from graph.law.words import (
    ExceptionOutcome,
    FindingEffectFrom,
    FindingNeed,
    Subjects,
    TermStart,
    TriggerOn,
)
from graph.vocabulary import (
    Anchor,
    EndedBy,
    Evidence,
    JurisdictionBy,
    OrganizationKind,
    Role,
    SubjectKind,
    VersionAt,
)

SEVERE: Literal["severe"] = "severe"
"""In `trigger.lists`: every severe list of the book that may sanction."""

FIRST_ANSWERING: Literal["first_answering"] = "first_answering"
"""In `bearers`: whoever the role rule of the organization's kind names."""

Length = Annotated[
    str, StringConstraints(pattern=r"^(as_trigger|LIFETIME|P[1-9]\d*[YMD])$")
]


class Trigger(LawModel):
    """What sets the rule off.

    It matches when the sanction stands on one of `lists` or carries one of
    `measures`, and its field is one of `fields` (empty: any). For `on: effect` the
    measure of the effect counts. Convictions and insolvencies are sanctions that
    carry a measure of class `judicial`.

    Args:
        thresholds: one of these must be reached; empty: none is needed.
    """

    on: TriggerOn
    subject: Subjects
    lists: tuple[WordKey, ...]
    measures: tuple[WordKey, ...]
    fields: tuple[WordKey, ...]
    thresholds: tuple[WordKey, ...] = ()


class BearerClause(LawModel):
    """Persons who bear the effect: holders of a role in the sanctioned organization.

    `self` is the subject of the trigger; `sticky` keeps a holder who has left.
    """

    role: Role | Literal["first_answering"]
    finding: FindingNeed
    sticky: bool

    @property
    def bears(self) -> SubjectKind | None:
        """Return what kind of subject bears; None: the trigger's own."""
        return None if self.role is Role.SELF else SubjectKind.PERSON


class OrganizationsClause(LawModel):
    """Organizations that bear the effect: where the trigger's subject holds an office.

    The office counts while it is held, on the day asked about.

    Args:
        organizations_of: the offices that count.
        organization_kinds: kinds of organization that are bound; empty means any.
    """

    organizations_of: tuple[Role, ...] = Constraint(min_length=1)
    organization_kinds: tuple[OrganizationKind, ...]

    @property
    def bears(self) -> SubjectKind | None:
        """Return what kind of subject bears."""
        return SubjectKind.ORGANIZATION


def _bearer_tag(value: Any) -> str:
    if isinstance(value, dict):
        return "organizations" if "organizations_of" in value else "persons"
    return "organizations" if isinstance(value, OrganizationsClause) else "persons"


Bearer = Annotated[
    Annotated[BearerClause, Tag("persons")]
    | Annotated[OrganizationsClause, Tag("organizations")],
    Discriminator(_bearer_tag),
]


class EffectClause(LawModel):
    """The measure that lands on the bearer, and where it reaches.

    `scope_fields` empty means every field; the two texts are what a reader sees.
    """

    measure: WordKey
    scope_fields: tuple[WordKey, ...]
    scope_zh: Text
    scope_en: Text


class Term(LawModel):
    """How long the effect lasts, once nothing else has ended it."""

    length: Length
    starts: TermStart

    @property
    def follows_trigger(self) -> bool:
        """Return whether the effect lasts exactly as long as its trigger."""
        return self.length == AS_TRIGGER

    @property
    def is_lifetime(self) -> bool:
        """Return whether the effect never ends by itself."""
        return self.length == LIFETIME

    def end(self, start: date) -> date | None:
        """Return the first day on which the effect no longer holds.

        None where the effect has no end of its own (as its trigger, or for life).
        """
        if self.follows_trigger or self.is_lifetime:
            return None
        return add_period(start, self.length)


class When(LawModel):
    """When an exception applies: every condition that is written must hold.

    Conditions are about the sanction, its subject and the bearer's role only; `rules`
    asks whether one of these rules is in force for the sanction (另有规定), never
    whether anything follows from it.
    """

    organization_kinds: tuple[OrganizationKind, ...] = ()
    fields: tuple[WordKey, ...] = ()
    lists: tuple[WordKey, ...] = ()
    measures: tuple[WordKey, ...] = ()
    roles: tuple[Role, ...] = ()
    rules: tuple[RuleKey, ...] = ()


class RuleException(LawModel):
    """法律、法规、规章另有规定的除外: where the rule does not do what it says."""

    when: When
    outcome: ExceptionOutcome
    doubtful: bool
    basis: tuple[Basis, ...] = Constraint(min_length=1)
    note: str


class RuleVersion(LawModel):
    """What the rule says over the half-open period [in_force_from, in_force_to).

    Args:
        act_check: a holder at the anchor who is known not to have held the role at
            the act is only pending a finding.
        checked_on: the day a named jurist of the deployment checked it; never set
            in the shipped book.
        doubts: what is not certain about this version, shown with it.
        basis: the first is the provision on which the rule rests.
    """

    in_force_from: date
    in_force_to: date | None = None
    trigger: Trigger
    bearers: tuple[Bearer, ...] = Constraint(min_length=1)
    anchor: Anchor
    act_check: bool
    effect: EffectClause
    term: Term
    ended_by: tuple[EndedBy, ...] = Constraint(min_length=1)
    version_at: VersionAt
    jurisdiction_by: JurisdictionBy
    finding_effect_from: FindingEffectFrom
    exceptions: tuple[RuleException, ...]
    evidence: Evidence
    checked_on: date | None = None
    doubts: tuple[Text, ...] = ()
    basis: tuple[Basis, ...] = Constraint(min_length=1)

    @property
    def is_active(self) -> bool:
        """Return whether the version may have effects: unverified ones never do."""
        return self.evidence is not Evidence.UNVERIFIED

    def in_force_on(self, day: date) -> bool:
        """Return whether the day lies in the version's period."""
        return self.in_force_from <= day and (
            self.in_force_to is None or day < self.in_force_to
        )


class Rule(LawModel):
    """One rule with its dated versions, neither edited into the other.

    Rules that regulate the same thing share a `topic` and are compared by
    precedence (graph.law.precedence).
    """

    key: RuleKey
    title: Text
    title_en: Text
    topic: WordKey
    jurisdiction: Jurisdiction
    versions: tuple[RuleVersion, ...] = Constraint(min_length=1)

    def on(self, day: date) -> RuleVersion | None:
        """Return the version in force on the day, None where there is none."""
        return next((v for v in self.versions if v.in_force_on(day)), None)

    def version_id(self, version: RuleVersion) -> str:
        """Return the identifier of one version, for example KEY@2024-07-01."""
        return f"{self.key}@{version.in_force_from.isoformat()}"
