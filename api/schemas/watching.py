"""Watchlists, and scores that moved."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.base import Label, SubjectRef
from api.schemas.network import Text
from api.schemas.problem import CLOSED
from api.schemas.risk import ModelRef, RiskBand

WATCHED_AT_MOST: Final = 10_000

Threshold = Annotated[
    float, Field(ge=0, le=100, description="A score of it or more is told.")
]


class ToWatch(BaseModel):
    """Subjects to watch, and from which score on they are told."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    threshold: Threshold
    subjects: Annotated[list[Text], Field(min_length=1, max_length=WATCHED_AT_MOST)]


class NewWatchlist(ToWatch):
    """A watchlist to be made."""

    name: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchlistRef:
    """A watchlist of the key."""

    __pydantic_config__ = CLOSED

    id: str
    name: str
    threshold: float
    subjects: Annotated[int, Field(description="How many are watched.")]
    created: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedRow:
    """A watched subject with its score."""

    __pydantic_config__ = CLOSED

    subject: SubjectRef
    score: Annotated[float | None, Field(description="Null: it is not scored.")]
    band: RiskBand | None
    reached: Annotated[bool, Field(description="The score reaches the threshold.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchlistItem:
    """A watchlist with the scores of the day, the highest first."""

    __pydantic_config__ = CLOSED

    watchlist: WatchlistRef
    items: list[WatchedRow]
    reached: Annotated[int, Field(description="How many reach the threshold.")]
    not_found: Annotated[list[str], Field(description="Asked for and not found.")]
    model: ModelRef
    note: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class PartMoved:
    """A feature that gives more points, or fewer, than it did."""

    __pydantic_config__ = CLOSED

    feature: str
    points: float
    reason: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreMoved:
    """A score that is another one than it was."""

    __pydantic_config__ = CLOSED

    subject: SubjectRef
    before: Annotated[float | None, Field(description="Null: it was not scored.")]
    after: Annotated[float | None, Field(description="Null: it is not scored.")]
    band_before: RiskBand | None
    band_after: RiskBand | None
    gained: list[PartMoved]
    lost: list[PartMoved]
    event_date: Annotated[
        date | None,
        Field(description="Last day of what it rests on, not of its loading."),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoresMoved:
    """Scores that moved since a load, those that rose most first."""

    __pydantic_config__ = CLOSED

    since: Annotated[int, Field(description="Number of the load.")]
    day_before: Annotated[date, Field(description="The day it was looked at on.")]
    items: list[ScoreMoved]
    total: Annotated[int, Field(description="How many moved, listed or not.")]
    next: Annotated[int, Field(description="Send as `since` next time.")]
    model: ModelRef
    note: Label
