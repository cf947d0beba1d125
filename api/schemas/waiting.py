"""Effects that wait for somebody, and what settles them."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from api.schemas.base import SubjectRef, Word
from api.schemas.effects import EffectItem
from api.schemas.problem import CLOSED


@dataclass(frozen=True, slots=True, kw_only=True)
class BetweenItem:
    """A rule version that says otherwise."""

    __pydantic_config__ = CLOSED

    version: Annotated[str, Field(description="KEY@day, as in /v1/rules.")]
    article: Annotated[
        str, Field(description="Article of 立法法; empty where none was read.")
    ]
    decided_by: Annotated[
        str, Field(description="The organ that decides; empty where left open.")
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionItem:
    """What settles one ground that the caller may see."""

    __pydantic_config__ = CLOSED

    action: Word
    source: Annotated[
        str | None, Field(description="As which source it is loaded; null: it is not.")
    ]
    ground: Annotated[str, Field(description="Id of the ground of the effect.")]
    person: SubjectRef
    organization: SubjectRef | None
    role: Word
    documents: Annotated[
        list[str], Field(description="What a finding names in `about_document`.")
    ]
    authorities: Annotated[list[str], Field(description="Who issued them.")]
    versions: Annotated[
        list[BetweenItem], Field(description="Of a conflict: the other side.")
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingItem:
    """An effect that is not decided, and what would decide it."""

    __pydantic_config__ = CLOSED

    effect: EffectItem
    actions: list[ActionItem]
