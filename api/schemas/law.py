"""The law book as answers show it."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import Field

from api.schemas.base import BasisRef, Label, Word
from api.schemas.problem import CLOSED


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundsItem:
    """What keeps a measure relevant and proportionate."""

    __pydantic_config__ = CLOSED

    relevance: Annotated[Label, Field(description="How it bears on the conduct.")]
    proportionality: Annotated[
        Label, Field(description="What keeps it in measure with the gravity.")
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdItem:
    """From how much on something weighs: times, days or yuan."""

    __pydantic_config__ = CLOSED

    key: str
    label: Label
    value: Annotated[str, Field(description="Whole number, as text.")]
    unit: Word
    within: Annotated[str | None, Field(description="Period for times, as P1Y.")]
    active: Annotated[bool, Field(description="Unverified ones are never reached.")]
    evidence: Word
    checked_on: date | None
    basis: list[BasisRef]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleVersionItem:
    """What a rule says over a half-open period."""

    __pydantic_config__ = CLOSED

    id: Annotated[str, Field(examples=["PERSON-DEFAULTER-OFFICE-BAN@2024-07-01"])]
    in_force_from: date
    in_force_to: Annotated[
        date | None, Field(description="First day after it (exclusive); null: open.")
    ]
    last_day: date | None
    active: Annotated[bool, Field(description="Whether it may have effects at all.")]
    evidence: Word
    checked_on: Annotated[
        date | None, Field(description="The day a named jurist checked it.")
    ]
    doubts: list[str]
    basis: list[BasisRef]
    bounds: Annotated[
        BoundsItem | None, Field(description="Of the measure that it brings.")
    ]
    thresholds: Annotated[
        list[ThresholdItem], Field(description="One of these must be reached.")
    ]
    definition: Annotated[
        dict[str, Any], Field(description="The version as in the law file.")
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleItem:
    """A liability rule with its versions."""

    __pydantic_config__ = CLOSED

    key: str
    title: Label
    topic: str
    jurisdiction: Annotated[str, Field(description="CN, or a GB/T 2260 prefix.")]
    versions: list[RuleVersionItem]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListItem:
    """A list of dishonest subjects."""

    __pydantic_config__ = CLOSED

    key: str
    label: Label
    owner: str
    subjects: str
    severe: bool
    sanctions: Annotated[
        bool, Field(description="Whether an entry may have consequences by law.")
    ]
    measures: list[Word]
    basis: list[BasisRef]
    aliases: list[str]
    evidence: Word
    term: Annotated[str | None, Field(description="Usual length, as P3Y.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureItem:
    """Something that may happen to a subject."""

    __pydantic_config__ = CLOSED

    key: str
    code: Annotated[str | None, Field(description="National number, S01 to S14.")]
    label: Label
    measure_class: str
    targets: list[Word]
    needs_statute: bool
    bounds: Annotated[
        BoundsItem | None, Field(description="null where nobody comes to bear it.")
    ]
    basis: list[BasisRef]
