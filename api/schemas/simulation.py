"""What is supposed, and what would follow from it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.schemas.acts import PRINTABLE, EffectDiff, Line
from api.schemas.base import Day, Word
from api.schemas.problem import CLOSED

_MOST = 1_000
_RULES = 20

Subject = Annotated[
    Line,
    Field(
        description="代码、标识，或者 new 中声明的 new:名。Code, identifier, or a name "
        "declared in `new`.",
        examples=["91230717MXP1MEKM21"],
    ),
]
From = Annotated[Day | None, Field(description="First day on which it holds.")]
To = Annotated[Day | None, Field(description="First day on which it does not hold.")]
Key = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
About = Annotated[Line, Field(description="Number of the document it is about.")]


Words = list[Line]


class Supposition(BaseModel):
    """What every supposed fact carries."""

    model_config = ConfigDict(extra="forbid")

    valid_from: From = None
    valid_to: To = None


class NewSubject(BaseModel):
    """Somebody who is not in the store, under a name to be used in the scenario."""

    model_config = ConfigDict(extra="forbid")

    id: Annotated[str, StringConstraints(pattern=r"^new:[^\s\x00-\x1f]{1,100}$")]
    kind: Literal["organization", "person"] = "organization"
    name: Line | None = None
    organization_kind: Annotated[
        str, Field(description="Word or value of the kinds of organizations.")
    ] = "company"
    region: Annotated[str, StringConstraints(pattern=r"^(\d{6})?$")] = ""


class AddSanction(Supposition):
    """A sanction or a list entry; `list` and `measures` by key or Chinese name."""

    fact: Literal["sanction"]
    subject: Subject
    list: Line | None = None
    measures: Words = []
    field: Line | None = None
    authority: Line = "假设的机关"
    document: Line = "假设的文书"
    region: Annotated[str, StringConstraints(pattern=r"^(\d{6})?$")] = ""
    sector: Annotated[str, StringConstraints(max_length=40, pattern=PRINTABLE)] = ""
    decided_on: Day | None = None
    listed_on: Day | None = None
    act_from: From = None
    act_to: To = None


class AddPost(Supposition):
    """Somebody holds a role in an organization."""

    fact: Literal["tie"]
    person: Subject
    organization: Subject
    role: Annotated[Line, Field(examples=["legal_representative"])]


class AddHolding(Supposition):
    """Somebody holds a share; rules do not look at shares, so nothing follows."""

    fact: Literal["holding"]
    holder: Subject
    organization: Subject
    share: Annotated[
        Decimal | None, Field(gt=0, le=1, description="0.3 is 30 %.", examples=["0.3"])
    ] = None


class AddFinding(Supposition):
    """An authority finds whether a person is responsible, from `valid_from` on."""

    fact: Literal["finding"]
    person: Subject
    organization: Subject | None = None
    about_document: About
    role: Line
    responsible: bool = True


class AddRelease(Supposition):
    """A person is freed of what follows from a document."""

    fact: Literal["release"]
    person: Subject
    organization: Subject | None = None
    about_document: Line | None = None
    reason: Annotated[Line, Field(examples=["person_repair"])]


class AddSuspension(Supposition):
    """The consequences rest for a while, for the organization or for one person."""

    fact: Literal["suspension"]
    subject: Subject
    organization: Subject | None = None
    about_document: Line | None = None


AddFact = Annotated[
    AddSanction | AddPost | AddHolding | AddFinding | AddRelease | AddSuspension,
    Field(discriminator="fact"),
]

KindOfFact = Literal[
    "sanction", "tie", "holding", "finding", "record", "release", "suspension",
    "identity_link", "profile", "branch",
]  # fmt: skip


class VoidFact(BaseModel):
    """A fact that never was, whoever says so."""

    model_config = ConfigDict(extra="forbid")

    fact: KindOfFact
    key: Key


class EndFact(VoidFact):
    """A fact that ends; `on` is the first day without it."""

    on: Day | None = None
    reason: Annotated[Line, Field(description="Why a sanction ends.")] = "repair"


RuleText = Annotated[str, StringConstraints(min_length=1, max_length=40_000)]


class LawChange(BaseModel):
    """Rules that apply otherwise than in the book."""

    model_config = ConfigDict(extra="forbid")

    off: Annotated[
        list[Line],
        Field(max_length=_MOST, description="Rules or versions (KEY@day) left out."),
    ] = []
    on: Annotated[
        list[Line],
        Field(max_length=_MOST, description="Unverified versions taken as known."),
    ] = []
    jurisdictions: Annotated[
        list[Line] | None, Field(description="Only rules of these places: CN, 23, 2307")
    ] = None
    rules: Annotated[
        list[RuleText],
        Field(max_length=_RULES, description="Rules to put in, each a YAML text."),
    ] = []


class SimulationRequest(BaseModel):
    """A scenario: nothing of it is written."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "as_of": "2026-11-23",
                    "add": [
                        {
                            "fact": "sanction",
                            "subject": "91230717MXP1MEKM21",
                            "list": "market_supervision",
                            "listed_on": "2026-11-20",
                            "valid_from": "2026-11-20",
                        }
                    ],
                }
            ]
        },
    )

    as_of: Annotated[
        Day | None, Field(description="The day compared; today when absent.")
    ] = None
    new: Annotated[list[NewSubject], Field(max_length=_MOST)] = []
    add: Annotated[list[AddFact], Field(max_length=_MOST)] = []
    end: Annotated[list[EndFact], Field(max_length=_MOST)] = []
    void: Annotated[list[VoidFact], Field(max_length=_MOST)] = []
    law: LawChange | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeItem:
    """How many effects of one sector, region, measure or rule change."""

    __pydantic_config__ = CLOSED

    value: Word
    gained: int
    lost: int
    changed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SizesItem:
    """The size of a difference; an effect of several regions counts in each."""

    __pydantic_config__ = CLOSED

    sector: list[SizeItem]
    region: list[SizeItem]
    measure: list[SizeItem]
    rule: list[SizeItem]


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulationItem:
    """What would follow."""

    __pydantic_config__ = CLOSED

    supposed: Annotated[int, Field(description="Facts added, ended or voided.")]
    known: Annotated[
        int, Field(description="Of them so many say what is known already.")
    ]
    law: Annotated[str, Field(description="Digest of the book of the scenario.")]
    persons: Annotated[int, Field(description="Bearers for whom anything changes.")]
    effects: EffectDiff
    sizes: SizesItem
