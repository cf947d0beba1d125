"""Questions of approval and procurement systems, and the answers."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.schemas.acts import PRINTABLE
from api.schemas.base import BasisRef, Label, SubjectRef, Word
from api.schemas.effects import RuleRef
from api.schemas.problem import CLOSED

MOST = 10_000

Text = Annotated[
    str, StringConstraints(min_length=1, max_length=200, pattern=PRINTABLE)
]
Region = Annotated[str, StringConstraints(pattern=r"^(\d{2}|\d{4}|\d{6})$")]
Purpose = Annotated[
    Text,
    Field(
        description="用途的键或名称，见 /v1/purposes。Key or name of the purpose.",
        examples=["company_office"],
    ),
]
FieldName = Annotated[
    Text,
    Field(
        description="申请所属监管领域的键或名称。Regulated field applied for.",
        examples=["food"],
    ),
]


class Applicant(BaseModel):
    """One who applies; what is not said here is taken from the request."""

    model_config = ConfigDict(extra="forbid")

    subject: Annotated[
        Text,
        Field(
            description="统一社会信用代码、注册号、公民身份号码（密钥须有个人信息权限）"
            "或者标识。Code, registration number, resident number or identifier.",
            examples=["91230717MXP1MEKM21"],
        ),
    ]
    purpose: Purpose | None = None
    field: FieldName | None = None
    organization: Annotated[
        Text | None,
        Field(description="申请所涉组织，取其地区。Organization it is about."),
    ] = None
    region: Annotated[Region | None, Field(description="GB/T 2260 code or prefix.")] = (
        None
    )
    reference: Annotated[
        Text | None, Field(description="Returned as it is: your own number.")
    ] = None


class EligibilityRequest(BaseModel):
    """Who applies for what; a plain text stands for an applicant with that code."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "purpose": "permit",
                    "field": "food",
                    "items": [
                        "91230717MXP1MEKM21",
                        {"subject": "per:5f3c", "purpose": "company_office"},
                    ],
                }
            ]
        },
    )

    purpose: Purpose | None = None
    field: FieldName | None = None
    organization: Text | None = None
    region: Region | None = None
    items: Annotated[list[Text | Applicant], Field(min_length=1, max_length=MOST)]


@dataclass(frozen=True, slots=True, kw_only=True)
class HitItem:
    """Something on record that bars, or may."""

    __pydantic_config__ = CLOSED

    effect: Annotated[
        str | None, Field(description="Id of the effect; see /v1/effects/{id}.")
    ]
    sanction: Annotated[
        str | None,
        Field(description="Key of the subject's own sanction, if it may be seen."),
    ]
    own: Annotated[bool, Field(description="Imposed on the subject himself.")]
    measure: Word | None
    on_list: Word | None
    scope: Annotated[list[Word], Field(description="Fields; empty means all.")]
    status: Word
    last_day: Annotated[date | None, Field(description="Last day; null: open.")]
    doubts: Annotated[
        list[Word], Field(description="Why it is not simply a no; empty: it bars.")
    ]
    rules: Annotated[list[RuleRef], Field(description="Of grounds that may be seen.")]
    basis: Annotated[
        list[BasisRef],
        Field(description="Why it matters for the purpose, then what it rests on."),
    ]
    withheld: Annotated[
        Label | None,
        Field(description="Set where grounds exist that the caller may not see."),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibilityItem:
    """The answer for one applicant."""

    __pydantic_config__ = CLOSED

    place: Annotated[int, Field(description="Which item of the request, from 1.")]
    reference: str | None
    subject: Annotated[
        str | None, Field(description="Identifier; null where nobody can be told.")
    ]
    named: Annotated[
        SubjectRef | None,
        Field(description="With the name the caller may see; null for a plain yes."),
    ]
    known: Annotated[
        bool, Field(description="Whether a readable fact names the subject.")
    ]
    purpose: str
    answer: Word
    doubts: Annotated[list[Word], Field(description="About the item as a whole.")]
    told: Annotated[Label | None, Field(description="What is wrong with the code.")]
    hits: list[HitItem]


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibilityAnswers:
    """Answers in the order of the request, and how many of each there are."""

    __pydantic_config__ = CLOSED

    yes: int
    no: int
    to_check: int
    answers: list[EligibilityItem]


@dataclass(frozen=True, slots=True, kw_only=True)
class BarItem:
    """What stands in the way of a purpose."""

    __pydantic_config__ = CLOSED

    measures: list[Word]
    lists: list[Word]
    outcome: Word
    by_field: Annotated[bool, Field(description="It reaches certain fields only.")]
    basis: list[BasisRef]


@dataclass(frozen=True, slots=True, kw_only=True)
class PurposeItem:
    """Something one applies for, and what bars from it."""

    __pydantic_config__ = CLOSED

    key: str
    label: Label
    applicants: list[Word]
    bars: list[BarItem]
