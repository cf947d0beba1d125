"""What all answers share: the frame, words with their labels, periods, sources."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Final, Generic, TypeVar

from pydantic import BeforeValidator, ConfigDict, Field

from api.schemas.problem import CLOSED

T = TypeVar("T")

YEARS: Final = range(1900, 2200)
"""Days and instants that a request may name lie in these years."""

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def _day(value: object) -> object:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError("should be a day such as 2026-11-22")
    if int(value[:4]) not in YEARS:
        raise ValueError("should lie in the years 1900 to 2199")
    return value


Day = Annotated[date, BeforeValidator(_day)]
"""A day in a request: written 2026-11-22 and in no other way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta:
    """What the answer speaks of: the same values give the same answer again."""

    __pydantic_config__ = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "as_of": "2026-11-22",
                    "known_at": None,
                    "load": 12,
                    "snapshot": "5b3c…",
                    "law": "a41f…",
                    "service": "0.1.0",
                }
            ]
        },
    )

    as_of: Annotated[date, Field(description="基准日 The day the answer is about.")]
    known_at: Annotated[
        datetime | None,
        Field(description="已知时点 Null: everything recorded so far."),
    ]
    load: Annotated[int, Field(description="Number of the last load it rests on.")]
    snapshot: Annotated[str, Field(description="Digest of all facts it rests on.")]
    law: Annotated[str, Field(description="Digest of the law book it rests on.")]
    service: Annotated[str, Field(description="Version of this program.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Generic[T]):
    """One thing."""

    __pydantic_config__ = CLOSED

    meta: Meta
    item: T


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """One page of a list."""

    __pydantic_config__ = CLOSED

    meta: Meta
    items: list[T]
    next_cursor: Annotated[
        str | None,
        Field(description="Send as `cursor` for the next page; null on the last one."),
    ]
    total: Annotated[
        int | None, Field(description="How many there are in all; null: not counted.")
    ]
    truncated: Annotated[
        bool,
        Field(
            description="The search stopped at its limit before the page was full; "
            "`next_cursor` goes on from there."
        ),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A text in both languages."""

    __pydantic_config__ = CLOSED

    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word of a closed list: `value` is stable, the labels are for people."""

    __pydantic_config__ = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"value": "in_force", "zh": "生效", "en": "in force"}]
        },
    )

    value: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A half-open period: `valid_to` is the first day on which it is over."""

    __pydantic_config__ = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "valid_from": "2024-03-01",
                    "valid_to": "2027-03-01",
                    "last_day": "2027-02-28",
                }
            ]
        },
    )

    valid_from: Annotated[date | None, Field(description="First day; null: not known.")]
    valid_to: Annotated[
        date | None, Field(description="First day after it (exclusive); null: open.")
    ]
    last_day: Annotated[
        date | None, Field(description="Last day it holds, for people; null: open.")
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRef:
    """Where a fact came from: dataset, file, line and load."""

    __pydantic_config__ = CLOSED

    dataset: str
    file: str
    file_digest: str
    line: int
    load: int
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectRef:
    """A subject by identifier and the name the caller may see."""

    __pydantic_config__ = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "id": "org:91230700MA00000000",
                    "kind": "organization",
                    "name": "示例食品有限公司",
                    "masked": False,
                }
            ]
        },
    )

    id: str
    kind: Annotated[str, Field(description="organization or person")]
    name: Annotated[
        str | None, Field(description="Null where no readable fact names the subject.")
    ]
    masked: Annotated[bool, Field(description="Part of the name is not disclosed.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class BasisRef:
    """Where a provision stands, and what it says in our own words."""

    __pydantic_config__ = CLOSED

    instrument: Annotated[str, Field(description="Key in the law book.")]
    title: str
    article: str
    gist: Label
