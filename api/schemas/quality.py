"""Data quality: figures, the rows behind them, and how they moved."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from pydantic import ConfigDict, Field

from api.schemas.base import Label, SourceRef, SubjectRef, Word
from api.schemas.problem import CLOSED


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupItem:
    """What a figure is about; null: it is not told apart by that mark."""

    __pydantic_config__ = CLOSED

    source: Annotated[str | None, Field(description="Key of the data source.")]
    department: str | None
    region: Annotated[
        str | None, Field(description="GB/T 2260; empty: the rows do not say.")
    ]
    month: Annotated[str | None, Field(description="Of arrival, such as 2026-11.")]
    field: Annotated[
        str | None, Field(description="Such as profile.organization.uscc.")
    ]
    field_label: Label | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BucketItem:
    """So many took up to so many working days, and more than the bucket before."""

    __pydantic_config__ = CLOSED

    up_to: Annotated[int | None, Field(description="Null: longer than all before.")]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitsItem:
    """How long it took, in working days from the decision to the first arrival."""

    __pydantic_config__ = CLOSED

    median: int
    p90: int
    p99: int
    longest: int
    buckets: list[BucketItem]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactPlace:
    """A fact, and the line it came from."""

    __pydantic_config__ = CLOSED

    kind: Word
    key: str
    department: str | None
    region: str | None
    source: SourceRef


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingPlace:
    """A row in quarantine."""

    __pydantic_config__ = CLOSED

    file: str
    file_digest: str
    line: int
    source: str
    department: str | None
    region: str | None
    since: datetime | None
    reasons: list[Word]


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityRow:
    """One thing that a figure counts, and where it stands."""

    __pydantic_config__ = CLOSED

    name: Annotated[
        str, Field(description="In short: a code, the key of a fact, file and line.")
    ]
    found: Annotated[Label, Field(description="What is not as it should be.")]
    field: Annotated[str | None, Field(description="The field it is about, if any.")]
    subjects: list[SubjectRef]
    facts: list[FactPlace]
    waiting: list[WaitingPlace]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsQuery:
    """How the rows that the numerator counts are listed."""

    __pydantic_config__ = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "cli": "creditgraph quality rows wrong_codes --source registrations",
                    "api": "/v1/data-quality/wrong_codes/rows?source=registrations",
                }
            ]
        },
    )

    cli: str
    api: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureItem:
    """So many of so many, with the query that lists them."""

    __pydantic_config__ = CLOSED

    measure: Word
    unit: Annotated[Word, Field(description="What is counted.")]
    group: GroupItem
    numerator: Annotated[int, Field(description="Not as they should be.")]
    denominator: Annotated[int, Field(description="Looked at.")]
    rate: Annotated[float | None, Field(description="Null: nothing was looked at.")]
    counts: Annotated[Label, Field(description="What the numerator counts.")]
    among: Annotated[Label, Field(description="What the denominator counts.")]
    target: Annotated[
        float | None, Field(description="The rate should stay below; null: none set.")
    ]
    met: bool | None
    waits: WaitsItem | None
    examples: list[str]
    rows: RowsQuery


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendFigure:
    """A figure as it was."""

    __pydantic_config__ = CLOSED

    measure: Word
    group: GroupItem
    numerator: int
    denominator: int
    rate: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendPoint:
    """The figures after the last load of a day."""

    __pydantic_config__ = CLOSED

    day: date
    load: int
    figures: list[TrendFigure]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendItem:
    """The last days on which anything was loaded, the earliest first."""

    __pydantic_config__ = CLOSED

    points: list[TrendPoint]
