"""What rules refer to: instruments, measures, lists, regulated fields, roles.

Nothing here derives anything; a measure or a list that is not in these tables does
not exist for the law book.
"""

from datetime import date
from typing import Annotated

from pydantic import Field as Constraint
from pydantic import StringConstraints

from graph.law.base import Basis, Jurisdiction, LawModel, RuleKey, Text, WordKey
from graph.law.words import (
    BarOutcome,
    ListSubjects,
    MeasureClass,
    StateOutcome,
    ThresholdUnit,
)
from graph.vocabulary import Evidence, OrganizationKind, Rank, Role, SubjectKind

MeasureCode = Annotated[str, StringConstraints(pattern=r"^S(0[1-9]|1[0-4])$")]
ListTerm = Annotated[str, StringConstraints(pattern=r"^P\d+[YMD]$")]
Within = Annotated[str, StringConstraints(pattern=r"^P[1-9]\d*[YMD]$")]


class Instrument(LawModel):
    """One dated text of one legal instrument; an amended text is another one.

    Args:
        number: the number or date by which the text is told apart.
        issuer: who published it.
        maker: the organ that made it (制定机关); precedence by special or later
            provision holds only between texts of one maker.
        source: where its text was read, or which secondary source names it.
    """

    key: RuleKey
    title: Text
    number: Text
    issuer: Text
    maker: Text
    rank: Rank
    jurisdiction: Jurisdiction
    in_force_from: date
    repealed_from: date | None = None
    evidence: Evidence
    source: Text


class Measure(LawModel):
    """Something that may happen to a subject: imposed, or following by law.

    Args:
        code: number in the national list of measures, None outside it.
        targets: kinds of subject that can bear it.
        needs_statute: whether a document below a statute cannot found it.
        relevance: how it has to do with the conduct (关联), `law check` asks for it
            where somebody can come to bear the measure.
        proportionality: what keeps it in measure with the gravity (比例), likewise.
    """

    key: WordKey
    code: MeasureCode | None = None
    zh: Text
    en: Text
    measure_class: MeasureClass
    targets: tuple[SubjectKind, ...] = Constraint(min_length=1)
    needs_statute: bool
    relevance: str = ""
    relevance_en: str = ""
    proportionality: str = ""
    proportionality_en: str = ""
    basis: tuple[Basis, ...]


class ListDefinition(LawModel):
    """A list of dishonest subjects.

    Args:
        owner: the authority that keeps it.
        severe: whether it is a list of severely dishonest subjects (严重失信).
        measures: what an entry imposes by law; may be empty.
        legal_basis: empty means that an entry can never sanction anybody.
        aliases: other names under which sources deliver it.
        term: usual length of an entry, None where it has none.
    """

    key: WordKey
    zh: Text
    en: Text
    owner: Text
    subjects: ListSubjects
    severe: bool
    measures: tuple[WordKey, ...]
    legal_basis: tuple[Basis, ...]
    aliases: tuple[Text, ...]
    evidence: Evidence
    term: ListTerm | None = None
    note: str = ""

    @property
    def sanctions(self) -> bool:
        """Return whether an entry may have consequences by law."""
        return bool(self.legal_basis) and self.evidence is not Evidence.UNVERIFIED


class Field(LawModel):
    """A regulated field to which a ban or a permit belongs."""

    key: WordKey
    zh: Text
    en: Text


class RoleRule(LawModel):
    """Who answers for one kind of organization: 法定代表人或者主要负责人.

    Args:
        first_answering: the role that stands for the organization by registration.
        also: roles that stand beside it (delegated representative).
        party_himself: the holder is the sanctioned party, nothing is passed on.
    """

    organization_kind: OrganizationKind
    first_answering: Role
    also: tuple[Role, ...]
    party_himself: bool
    note: str
    basis: tuple[Basis, ...] = Constraint(min_length=1)

    @property
    def answering(self) -> tuple[Role, ...]:
        """Return every role that `first_answering` stands for in this kind."""
        return (self.first_answering, *self.also)


class Bar(LawModel):
    """What stands in the way of a purpose: measures borne, or lists stood on.

    Args:
        outcome: whether it bars by itself, or somebody has to look.
        by_field: whether it reaches one regulated field only.
    """

    measures: tuple[WordKey, ...]
    lists: tuple[WordKey, ...]
    outcome: BarOutcome
    by_field: bool
    basis: tuple[Basis, ...] = Constraint(min_length=1)


class Purpose(LawModel):
    """Something that one applies for and may be barred from: an office, a permit.

    Args:
        applicants: kinds of subject that can apply.
    """

    key: WordKey
    zh: Text
    en: Text
    applicants: tuple[SubjectKind, ...] = Constraint(min_length=1)
    bars: tuple[Bar, ...] = Constraint(min_length=1)


Quantity = Annotated[str, StringConstraints(pattern=r"^[1-9]\d{0,15}$")]
"""A whole number in quotes, as every number in a law file."""


class Threshold(LawModel):
    """From how much on something weighs: 屡犯不改, 拒不履行, 重大损失 as a number.

    A rule names it in `trigger.thresholds`. An unverified one is never reached.

    Args:
        value: reached from this number of `unit` on.
        within: for `times`, the period that ends with the decision.
        fields: sanctions, and for `times` penalties, of these fields only; empty: any.
        lists: sanctions that are entries on these lists only; empty: any sanction.
        checked_on: the day a named jurist of the deployment checked it; never set in
            the shipped book.
    """

    key: WordKey
    zh: Text
    en: Text
    value: Quantity
    unit: ThresholdUnit
    within: Within | None
    fields: tuple[WordKey, ...]
    lists: tuple[WordKey, ...]
    basis: tuple[Basis, ...] = Constraint(min_length=1)
    evidence: Evidence
    checked_on: date | None = None
    note: str

    @property
    def limit(self) -> int:
        """Return the number from which on it is reached."""
        return int(self.value)

    @property
    def is_active(self) -> bool:
        """Return whether it may be reached: an unverified one never is."""
        return self.evidence is not Evidence.UNVERIFIED


class PersonState(LawModel):
    """What death, minority or want of capacity does to effects already there.

    Where the text is not verified, effects are only marked, whatever is written.
    """

    key: WordKey
    zh: Text
    en: Text
    outcome: StateOutcome
    basis: tuple[Basis, ...] = Constraint(min_length=1)
    evidence: Evidence
    checked_on: date | None = None
    note: str

    @property
    def ends(self) -> bool:
        """Return whether effects end when the state begins."""
        known = self.evidence is not Evidence.UNVERIFIED
        return known and self.outcome is StateOutcome.ENDS
