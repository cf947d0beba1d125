"""The changes feed: what each load did to effects."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from api.schemas.acts import ReasonItem
from api.schemas.base import Meta, Word
from api.schemas.effects import EffectItem
from api.schemas.problem import CLOSED


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadRef:
    """The entry of the journal that caused a change."""

    __pydantic_config__ = CLOSED

    seq: int
    kind: Annotated[Word, Field(description="facts, law, day, judgement, receipt")]
    day: Annotated[date, Field(description="The day on which it was learnt.")]
    recorded_at: datetime
    source: Annotated[
        str | None, Field(description="Null where the key does not see everything.")
    ]
    file: Annotated[str | None, Field(description="Null: no file, or as `source`.")]
    document: Annotated[
        str | None, Field(description="Of the act that it is, if it is one.")
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeItem:
    """One change of one effect."""

    __pydantic_config__ = CLOSED

    cursor: Annotated[str, Field(description="Send as `since` to go on after it.")]
    load: LoadRef
    kind: Annotated[Word, Field(description="gained, lost, changed, altered, past")]
    effect: EffectItem
    before: Annotated[Word | None, Field(description="Null: it did not stand.")]
    after: Annotated[Word | None, Field(description="Null: it does not stand.")]
    event_date: Annotated[
        date,
        Field(
            description="The day on which it happened by law; where something is taken "
            "back that should never have been, the day on which that was learnt."
        ),
    ]
    differs_from: Annotated[
        date | None,
        Field(description="First day on which the effect stands otherwise than told."),
    ]
    backfilled: Annotated[
        bool,
        Field(description="A file brought an old event after its time: no news."),
    ]
    reasons: Annotated[
        list[ReasonItem],
        Field(description="Grounds that came, went or changed; none: the day came."),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesPage:
    """Changes in the order of the loads; the same `since` gives the same again."""

    __pydantic_config__ = CLOSED

    meta: Meta
    items: list[ChangeItem]
    next: Annotated[
        str, Field(description="Send as `since` next time, also when nothing came.")
    ]
    more: Annotated[bool, Field(description="There is more to be had at once.")]
