"""Finding subjects by names that are not written as they are registered."""

from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.schemas.acts import PRINTABLE
from api.schemas.base import Meta, SubjectRef, Word
from api.schemas.problem import CLOSED

MOST: Final = 1_000

Text = Annotated[
    str, StringConstraints(min_length=1, max_length=200, pattern=PRINTABLE)
]


class ToMatch(BaseModel):
    """One subject to find: a name, a code or a part of one, or both."""

    model_config = ConfigDict(extra="forbid")

    name: Text | None = None
    code: Annotated[
        str | None,
        StringConstraints(pattern=r"^[0-9A-Za-z]{4,18}$"),
        Field(description="统一社会信用代码、注册号或其中一段。A code or part of one."),
    ] = None
    region: Annotated[
        str | None,
        StringConstraints(pattern=r"^(\d{2}|\d{4}|\d{6})$"),
        Field(description="GB/T 2260 code or prefix."),
    ] = None
    reference: Annotated[
        Text | None, Field(description="Returned as it is: your own number.")
    ] = None


class MatchRequest(BaseModel):
    """Subjects to find."""

    model_config = ConfigDict(extra="forbid")

    queries: Annotated[list[ToMatch], Field(min_length=1, max_length=MOST)]
    limit: Annotated[int, Field(ge=1, le=10, description="Hits of each query.")] = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureItem:
    """One comparison; the shares of all add up to the score."""

    __pydantic_config__ = CLOSED

    feature: Word
    value: Annotated[float, Field(description="0–1")]
    share: Annotated[float, Field(description="What it adds to the score.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchHit:
    """A subject that may be meant."""

    __pydantic_config__ = CLOSED

    subject: SubjectRef
    matched: Annotated[str, Field(description="The name that fits best.")]
    former: Annotated[bool, Field(description="It is no name of the day asked about.")]
    score: Annotated[float, Field(description="0–1; orders hits, no probability.")]
    verdict: Annotated[Word, Field(description="match, possible or unlikely")]
    features: list[FeatureItem]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchItem:
    """What was found for one query, the best first."""

    __pydantic_config__ = CLOSED

    number: Annotated[int, Field(description="Place of the query, from 0.")]
    reference: str | None
    hits: list[MatchHit]


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """From which score on a hit is a match, or possible."""

    __pydantic_config__ = CLOSED

    match: float
    possible: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchAnswer:
    """What was found for each query."""

    __pydantic_config__ = CLOSED

    meta: Meta
    thresholds: Thresholds
    items: list[MatchItem]
