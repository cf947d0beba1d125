"""Facts as single objects: for rows written by hand, for tests and for showing.

In bulk, facts move as Arrow tables (graph.batch); one of these exists only at the
edge. Field names equal the columns of graph.schema. `valid_to` is exclusive.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

import pyarrow as pa

from graph.schema import SCHEMAS
from graph.vocabulary import (
    Capacity,
    Category,
    ContactKind,
    EndReason,
    FactKind,
    Judgement,
    OrganizationKind,
    OrganizationStatus,
    Outcome,
    PenaltyKind,
    RecordKind,
    Relation,
    ReleaseReason,
    ReviewState,
    Role,
    Term,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What every fact carries: its period and who may read it."""

    kind_of_fact: ClassVar[FactKind]

    valid_from: date | None = None
    valid_to: date | None = None
    department: str = ""
    region: str = ""
    sector: str = ""
    public: bool = True
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile(Fact):
    """How a subject is described from a day on."""

    kind_of_fact = FactKind.PROFILE

    subject: str
    name: str
    uscc: str | None = None
    organization_kind: OrganizationKind | None = None
    status: OrganizationStatus | None = None
    established_on: date | None = None
    id_masked: str | None = None
    address: str | None = None
    legal_form: str | None = None
    business_scope: str | None = None
    capital_yuan: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie(Fact):
    """A person holds a role in an organization over a half-open period."""

    kind_of_fact = FactKind.TIE

    person: str
    organization: str
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding(Fact):
    """A subject holds a share; exact fractions, None where unknown.

    With `share_to` the share lies between the two, both ends included; so do votes.
    """

    kind_of_fact = FactKind.HOLDING

    holder: str
    organization: str
    share_num: int | None = None
    share_den: int | None = None
    share_to_num: int | None = None
    share_to_den: int | None = None
    votes_num: int | None = None
    votes_den: int | None = None
    votes_to_num: int | None = None
    votes_to_den: int | None = None
    direct: bool | None = None
    amount_yuan: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch(Fact):
    """An organization is a branch of another."""

    kind_of_fact = FactKind.BRANCH

    branch: str
    parent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Fact):
    """A relation between two subjects that is no post, share or branch.

    `document` tells apart what one document each says (a guarantee contract); `about`
    is the identifier of the organization that a relation is about (一致行动).
    """

    kind_of_fact = FactKind.LINK

    subject: str
    other: str
    relation: Relation
    document: str = ""
    about: str | None = None
    amount_yuan: Decimal | None = None
    content: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Fact):
    """A subject is reached at an address or number, which others may share.

    `anchor` is an identifier (graph.identity); `text` shows it, numbers masked.
    """

    kind_of_fact = FactKind.CONTACT

    subject: str
    anchor: str
    kind: ContactKind
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record(Fact):
    """One entry of a subject's credit record."""

    kind_of_fact = FactKind.RECORD

    kind: RecordKind
    authority: str
    document_number: str
    subject: str
    category: Category
    authority_name: str | None = None
    title: str | None = None
    decided_on: date | None = None
    act_from: date | None = None
    act_to: date | None = None
    penalty_kinds: tuple[PenaltyKind, ...] = ()
    fine_yuan: Decimal | None = None
    forfeited_yuan: Decimal | None = None
    content: str | None = None
    facts_text: str | None = None
    basis_text: str | None = None
    licence: str | None = None
    list_name: str | None = None
    field: str | None = None
    publicity_to: date | None = None
    outcome: Outcome | None = None
    grade: str | None = None
    review: ReviewState | None = None
    capacity: Capacity | None = None
    due_on: date | None = None
    amount_yuan: Decimal | None = None
    plan_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sanction(Fact):
    """An authority imposed measures on a subject, or put it on a list.

    `list` is a key of the law book's lists, or "" when no list is meant;
    `measures` are keys of its measures. `valid_from` is the day it takes effect.
    """

    kind_of_fact = FactKind.SANCTION

    authority: str
    document_number: str
    subject: str
    list: str = ""
    authority_name: str | None = None
    measures: tuple[str, ...] = ()
    field: str | None = None
    decided_on: date | None = None
    listed_on: date | None = None
    act_from: date | None = None
    act_to: date | None = None
    end_reason: EndReason | None = None
    end_document: str | None = None
    end_authority: str | None = None
    record_key: str | None = None
    content: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(Fact):
    """An authority found whether a person is responsible; from `valid_from` on.

    `about_document` is the document number of the sanction or record concerned.
    """

    kind_of_fact = FactKind.FINDING

    person: str
    organization: str
    about_document: str
    document: str
    authority: str
    role: Role
    responsible: bool
    fine_yuan: Decimal | None = None
    content: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Release(Fact):
    """A person is freed, from `valid_from` on, of what follows from a document."""

    kind_of_fact = FactKind.RELEASE

    person: str
    organization: str
    about_document: str
    document: str
    authority: str
    reason: ReleaseReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspension(Fact):
    """Consequences for `subject` (the organization or one person) rest for a while."""

    kind_of_fact = FactKind.SUSPENSION

    subject: str
    organization: str
    about_document: str
    document: str
    authority: str
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityLink(Fact):
    """A reviewer or register says that two identifiers mean one subject, or not."""

    kind_of_fact = FactKind.IDENTITY_LINK

    left: str
    right: str
    document: str
    authority: str
    judgement: Judgement


FACT_CLASSES: dict[FactKind, type[Fact]] = {
    c.kind_of_fact: c
    for c in (
        Profile,
        Tie,
        Holding,
        Branch,
        Link,
        Contact,
        Record,
        Sanction,
        Finding,
        Release,
        Suspension,
        IdentityLink,
    )
}


def tables_of(facts: Iterable[Fact]) -> dict[FactKind, pa.Table]:
    """Return the facts as one table per kind: content columns and `line`."""
    rows: dict[FactKind, list[Fact]] = {}
    for fact in facts:
        rows.setdefault(fact.kind_of_fact, []).append(fact)
    return {kind: _table(kind, group) for kind, group in rows.items()}


def _table(kind: FactKind, facts: list[Fact]) -> pa.Table:
    columns: dict[str, pa.Array] = {
        c.name: pa.array([_plain(getattr(f, c.name)) for f in facts], c.type)
        for c in SCHEMAS[kind].columns
    }
    columns["line"] = pa.array([f.line for f in facts], pa.int32())
    return pa.table(columns)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [str(v) for v in value]
    return value


def fact_of(kind: FactKind, row: dict[str, Any]) -> Fact:
    """Return the object for one row of a fact table; words become their Terms."""
    cls = FACT_CLASSES[kind]
    names = {f.name for f in fields(cls)}
    values = {n: v for n, v in row.items() if n in names and v is not None}
    return cls(**{n: _typed(kind, n, v) for n, v in values.items()})


_TERMS: dict[str, type[Term]] = {
    "organization_kind": OrganizationKind,
    "status": OrganizationStatus,
    "role": Role,
    "category": Category,
    "judgement": Judgement,
    "end_reason": EndReason,
    "relation": Relation,
    "outcome": Outcome,
    "review": ReviewState,
    "capacity": Capacity,
}


_OWN_TERMS: dict[tuple[FactKind, str], type[Term]] = {
    (FactKind.RECORD, "kind"): RecordKind,
    (FactKind.CONTACT, "kind"): ContactKind,
    (FactKind.RELEASE, "reason"): ReleaseReason,
}


def term_of(kind: FactKind, name: str) -> type[Term] | None:
    """Return the closed list that a column of a fact takes its word from, if any."""
    return _OWN_TERMS.get((kind, name)) or _TERMS.get(name)


def _typed(kind: FactKind, name: str, value: Any) -> Any:
    if name == "penalty_kinds":
        return tuple(PenaltyKind(v) for v in value)
    if name == "measures":
        return tuple(value)
    term = term_of(kind, name)
    return term(value) if term else value
