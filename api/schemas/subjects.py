"""Subjects and the facts about them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import ConfigDict, Field

from api.schemas.base import Label, Period, SourceRef, SubjectRef, Word
from api.schemas.problem import CLOSED


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectHit:
    """A subject whose code, identifier or name matched."""

    __pydantic_config__ = CLOSED

    subject: SubjectRef
    uscc: Annotated[str | None, Field(description="统一社会信用代码")]
    matched: Annotated[
        str, Field(description="The name that matched; may be a former one.")
    ]
    score: Annotated[
        float | None,
        Field(description="Null: it begins as asked. Else 0–1, how similar it is."),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many readable facts name the subject."""

    __pydantic_config__ = CLOSED

    records: int
    sanctions: int
    ties: int
    holdings: int
    branches: int
    links: int
    contacts: int
    effects: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectItem:
    """How a subject is described on the day."""

    __pydantic_config__ = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "subject": {
                        "id": "org:91230700MA00000000",
                        "kind": "organization",
                        "name": "示例食品有限公司",
                        "masked": False,
                    },
                    "aliases": [],
                    "uscc": "91230700MA00000000",
                    "organization_kind": {
                        "value": "company",
                        "zh": "公司",
                        "en": "company",
                    },
                    "status": {"value": "active", "zh": "存续", "en": "active"},
                    "identity": None,
                    "region": "230717",
                    "sector": "C",
                    "established_on": "2015-06-01",
                    "id_masked": None,
                    "address": None,
                    "legal_form": None,
                    "business_scope": None,
                    "capital_yuan": None,
                    "period": {
                        "valid_from": "2015-06-01",
                        "valid_to": None,
                        "last_day": None,
                    },
                    "source": None,
                    "counts": {
                        "records": 3,
                        "sanctions": 1,
                        "ties": 4,
                        "holdings": 2,
                        "branches": 0,
                        "links": 1,
                        "contacts": 2,
                        "effects": 0,
                    },
                }
            ]
        },
    )

    subject: SubjectRef
    aliases: Annotated[
        list[str], Field(description="Other identifiers that mean the same subject.")
    ]
    uscc: str | None
    organization_kind: Word | None
    status: Word | None
    identity: Annotated[
        Word | None, Field(description="Persons: how well it is known who it is.")
    ]
    region: Annotated[str | None, Field(description="GB/T 2260")]
    sector: Annotated[str | None, Field(description="GB/T 4754 section letter")]
    established_on: date | None
    id_masked: Annotated[
        str | None,
        Field(description="Masked document number; only for personal_data keys."),
    ]
    address: Annotated[str | None, Field(description="With `texts=true`.")]
    legal_form: Annotated[str | None, Field(description="With `texts=true`.")]
    business_scope: Annotated[str | None, Field(description="With `texts=true`.")]
    capital_yuan: Annotated[
        Decimal | None, Field(description="With `texts=true`; decimal as text.")
    ]
    period: Annotated[Period, Field(description="While this description holds.")]
    source: SourceRef | None
    counts: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordTexts:
    """The long columns of a record, read from the store when asked for."""

    __pydantic_config__ = CLOSED

    title: str | None
    content: str | None
    facts_text: str | None
    basis_text: str | None
    licence: str | None
    fine_yuan: Decimal | None
    forfeited_yuan: Decimal | None
    plan_number: Annotated[str | None, Field(description="Plan of an inspection.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordItem:
    """One entry of a credit record."""

    __pydantic_config__ = CLOSED

    key: Annotated[str, Field(description="32 hex digits; names the fact for good.")]
    kind: Word
    category: Word
    subject: SubjectRef
    authority: str
    authority_name: str | None
    document_number: str
    decided_on: date | None
    act: Annotated[Period, Field(description="When the act was committed.")]
    penalty_kinds: list[Word]
    list_name: str | None
    field: str | None
    publicity_to: Annotated[
        date | None, Field(description="First day without publicity (exclusive).")
    ]
    outcome: Annotated[
        Word | None, Field(description="What came of it, or how it stands.")
    ]
    grade: Annotated[
        str | None, Field(description="Of an evaluation, as it was given.")
    ]
    review: Annotated[
        Word | None, Field(description="Self-declared: only uncontested ones count.")
    ]
    capacity: Annotated[Word | None, Field(description="As what it stands in a case.")]
    due_on: Annotated[date | None, Field(description="Last day to perform or correct.")]
    amount_yuan: Annotated[Decimal | None, Field(description="Decimal as text.")]
    period: Period
    texts: Annotated[RecordTexts | None, Field(description="With `texts=true`.")]
    source: SourceRef


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRef:
    """A list of the law book."""

    __pydantic_config__ = CLOSED

    key: str
    label: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionEnd:
    """Why and by which document a sanction ended."""

    __pydantic_config__ = CLOSED

    reason: Word | None
    document: str | None
    authority: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionItem:
    """A sanction: what an authority imposed on a subject, or put it on a list for."""

    __pydantic_config__ = CLOSED

    key: Annotated[str, Field(description="32 hex digits; names the fact for good.")]
    subject: SubjectRef
    on_list: Annotated[ListRef | None, Field(description="Null: no list is meant.")]
    measures: list[Word]
    authority: str
    authority_name: str | None
    document_number: str
    field: str | None
    decided_on: date | None
    listed_on: date | None
    act: Annotated[Period, Field(description="When the act was committed.")]
    period: Period
    in_force: Annotated[bool, Field(description="Whether it holds on the day.")]
    ended: Annotated[SanctionEnd | None, Field(description="Null: not ended.")]
    record_key: Annotated[str | None, Field(description="The record it rests on.")]
    content: Annotated[str | None, Field(description="With `texts=true`.")]
    source: SourceRef


@dataclass(frozen=True, slots=True, kw_only=True)
class TieItem:
    """A person holds a post in an organization."""

    __pydantic_config__ = CLOSED

    key: str
    person: SubjectRef
    organization: SubjectRef
    role: Word
    period: Period
    held: Annotated[bool, Field(description="Whether it is held on the day.")]
    source: SourceRef
