"""Scores of risk and figures for dashboards: leads for an officer, never effects."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.base import Label, SourceRef, SubjectRef, Word
from api.schemas.network import Text
from api.schemas.problem import CLOSED

SCORED_AT_MOST: Final = 10_000

NOT_AN_EFFECT: Final = Label(
    zh="评分是供核查的线索，不是信用评价，不产生任何法律后果",
    en="a score is a lead to be checked, no credit rating, and has no legal effect",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRef:
    """The model that a score is from."""

    __pydantic_config__ = CLOSED

    id: str
    kind: Annotated[str, Field(description="scorecard or learned")]
    label: Label
    digest: str
    horizon_days: Annotated[
        int, Field(description="A new serious record within so many days is meant.")
    ]
    sector: Annotated[Word | None, Field(description="Null: of any sector.")]
    warning: Annotated[Label | None, Field(description="To be shown with the score.")]
    calibrated_on: Annotated[
        Label | None, Field(description="Null: it gives no probability.")
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskBand:
    """A band of scores."""

    __pydantic_config__ = CLOSED

    value: str
    zh: str
    en: str
    least: Annotated[float, Field(description="Its lowest score.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceItem:
    """A fact that counted, one's own or a neighbour's."""

    __pydantic_config__ = CLOSED

    key: Annotated[str, Field(description="32 hex digits: the fact.")]
    fact: Annotated[Word, Field(description="Kind of the fact.")]
    title: Annotated[Word | None, Field(description="Kind of record, list or post.")]
    document_number: str | None
    decided_on: date | None
    other: Annotated[
        SubjectRef | None, Field(description="Whose fact it is; null: its own.")
    ]
    via: Annotated[
        SubjectRef | None, Field(description="What both share; null: direct.")
    ]
    source: SourceRef


@dataclass(frozen=True, slots=True, kw_only=True)
class ContributionItem:
    """A part of the score; all parts add up to it exactly."""

    __pydantic_config__ = CLOSED

    feature: Annotated[str | None, Field(description="Null: common to everybody.")]
    family: str | None
    label: Annotated[Label | None, Field(description="What the feature says.")]
    unit: Word | None
    value: Annotated[float | None, Field(description="Null: not known.")]
    points: float
    reason: Label
    evidence: list[EvidenceItem]
    evidence_total: Annotated[int, Field(description="Pieces, listed or not.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeItem:
    """What the score would be were one feature otherwise and nothing else."""

    __pydantic_config__ = CLOSED

    feature: str
    label: Label
    value: float
    to: float
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposureItem:
    """Organizations of one sector with common people."""

    __pydantic_config__ = CLOSED

    sector: Word
    neighbours: int
    troubled: Annotated[int, Field(description="With open adverse records.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskItem:
    """The score of one organization with all that it rests on."""

    __pydantic_config__ = CLOSED

    kind: Literal["lead"]
    subject: SubjectRef
    score: Annotated[float, Field(ge=0, le=100)]
    probability: Annotated[
        float | None, Field(description="Calibrated; null: the model is not.")
    ]
    band: RiskBand
    rank: Annotated[int, Field(description="1: nobody has a higher score.")]
    of: Annotated[int, Field(description="Organizations that were scored.")]
    contributions: list[ContributionItem]
    changes: list[ChangeItem]
    exposures: list[ExposureItem]
    built_at: Annotated[
        int,
        Field(
            description="Load as of which features of the whole graph, shares of the "
            "whole and the rank are; all else is as of the load in `meta`."
        ),
    ]
    model: ModelRef
    note: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskRow:
    """A score in a list."""

    __pydantic_config__ = CLOSED

    kind: Literal["lead"]
    subject: SubjectRef
    score: float
    probability: float | None
    band: RiskBand
    rank: int
    sector: Word | None
    region: Annotated[str | None, Field(description="Four digits of the prefecture.")]
    reasons: Annotated[list[Label], Field(description="The weightiest, at most 3.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskList:
    """Organizations by score, the highest first."""

    __pydantic_config__ = CLOSED

    items: list[RiskRow]
    total: Annotated[int, Field(description="That fit the filters, over all pages.")]
    budget: Annotated[int, Field(description="So many may be inspected.")]
    expected: Annotated[
        float | None,
        Field(description="Of the budget, how many are expected to have a record."),
    ]
    expected_at_random: float | None
    next_cursor: str | None
    model: ModelRef
    note: Label


class ToScore(BaseModel):
    """Codes or identifiers of organizations."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    subjects: Annotated[list[Text], Field(min_length=1, max_length=SCORED_AT_MOST)]


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRow:
    """The score of one of many."""

    __pydantic_config__ = CLOSED

    asked: str
    id: Annotated[str | None, Field(description="Null: not found, or not scored.")]
    score: float | None
    probability: float | None
    band: str | None
    rank: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchItem:
    """Scores in the order of the request."""

    __pydantic_config__ = CLOSED

    items: list[BatchRow]
    not_found: int
    model: ModelRef
    note: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureItem:
    """A feature of the catalogue."""

    __pydantic_config__ = CLOSED

    name: str
    family: str
    label: Label
    unit: Word
    direction: Annotated[int, Field(description="1: more is more risk; -1: less; 0.")]
    whole: Annotated[bool, Field(description="It follows from the whole graph.")]
    coverage: Annotated[float, Field(description="Share with a value.")]
    drift: Annotated[
        float | None,
        Field(description="PSI against a year before; null: nothing to compare with."),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupItem:
    """Figures of one sector or region."""

    __pydantic_config__ = CLOSED

    key: str
    label: Label
    organizations: int
    adverse: int
    serious: int
    mean_score: float
    bands: Annotated[dict[str, int], Field(description="Organizations by band.")]
    expected: Annotated[
        float | None, Field(description="New serious records within the horizon.")
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class CellItem:
    """Spread from one sector to another over common people."""

    __pydantic_config__ = CLOSED

    source: str
    target: str
    exposed: int
    observed: int
    expected: float
    ratio: Annotated[float | None, Field(description="Null: nothing was expected.")]
    low: Annotated[float | None, Field(description="Of the ratio, 95 %.")]
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorMatrix:
    """What followed trouble in one sector, by sector of neighbours."""

    __pydantic_config__ = CLOSED

    sectors: list[Word]
    cells: list[CellItem]
    window_days: int
    note: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthItem:
    """What began and ended in a month, up to the day asked about."""

    __pydantic_config__ = CLOSED

    month: Annotated[str, Field(description="As 2026-11.")]
    penalties: int
    sanctions: int
    ended: int
    founded: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FreshnessItem:
    """When a source last brought something new."""

    __pydantic_config__ = CLOSED

    source: str
    last: date
    days: int
    grade: Annotated[
        str, Field(description="A: within 7 days, B: 30, C: 90, D: longer.")
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewItem:
    """Key figures, trends by month, freshness of the sources."""

    __pydantic_config__ = CLOSED

    organizations: int
    adverse: int
    serious: int
    open_records: int
    open_sanctions: int
    effects: Annotated[int, Field(description="In force on the day.")]
    bands: dict[str, int]
    months: list[MonthItem]
    sources: list[FreshnessItem]
    model: ModelRef
    note: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCard:
    """The card of a model: what it is from, what it reads, how well it was measured."""

    __pydantic_config__ = CLOSED

    model: ModelRef
    bands: list[RiskBand]
    features: list[str]
    features_digest: str
    markdown: Annotated[str, Field(description="The card for people.")]
    report: Annotated[
        dict[str, Any], Field(description="Its evaluation; empty for a scorecard.")
    ]
