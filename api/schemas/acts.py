"""Acts on a sanction and what they change."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from api.schemas.base import Day, Word
from api.schemas.effects import EffectItem, GroundItem
from api.schemas.problem import CLOSED
from graph.vocabulary import EndReason

PRINTABLE = r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]*$"
"""No control characters: they would break lines of logs and ledgers."""

Line = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=200, pattern=PRINTABLE
    ),
]
"""One line of text that says something."""


class ActRequest(BaseModel):
    """What every act on a sanction carries."""

    model_config = ConfigDict(extra="forbid")

    document: Annotated[
        Line,
        Field(
            description="Number of the document that orders it.",
            examples=["伊市监信修〔2026〕17号"],
        ),
    ]
    authority: Annotated[
        Line,
        Field(
            description="Who issued the document.", examples=["伊春市市场监督管理局"]
        ),
    ]
    officer: Annotated[
        Line | None, Field(description="Who enters it; the key is noted anyway.")
    ] = None
    preview: Annotated[
        bool, Field(description="Only say what would change; nothing is written.")
    ] = False


def _word(value: object) -> object:
    """Return the stored value for a Chinese word; anything else as it is."""
    return next((r.value for r in EndReason if value == r.zh), value)


class EndRequest(ActRequest):
    """End a sanction: repaired, removed from the list, performed, expired."""

    reason: Annotated[
        EndReason,
        BeforeValidator(_word),
        Field(description="The Chinese word does too.", examples=["repair"]),
    ]
    on: Annotated[
        Day | None,
        Field(description="First day without it; today when absent."),
    ] = None


class VoidRequest(ActRequest):
    """Void a sanction that was wrong from the start."""

    reason: Annotated[
        Line,
        Field(description="Why it was wrong.", examples=["当事人身份错误"]),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonItem:
    """A ground that came, went or changed."""

    __pydantic_config__ = CLOSED

    why: Word
    before: Annotated[GroundItem | None, Field(description="Null: there was none.")]
    after: Annotated[GroundItem | None, Field(description="Null: there is none.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedEffect:
    """An effect before and after."""

    __pydantic_config__ = CLOSED

    effect: EffectItem
    before: Annotated[Word | None, Field(description="Null: there was none.")]
    after: Annotated[Word | None, Field(description="Null: there is none.")]
    reasons: Annotated[
        list[ReasonItem] | None,
        Field(description="Of a simulation; null where the act itself is the reason."),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectDiff:
    """Effects that appear, vanish or stand otherwise; long lists are cut."""

    __pydantic_config__ = CLOSED

    gained: list[ChangedEffect]
    lost: list[ChangedEffect]
    changed: list[ChangedEffect]
    gained_total: int
    lost_total: int
    changed_total: int
    truncated: Annotated[bool, Field(description="Not every effect is listed.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActItem:
    """What an act did, or would do."""

    __pydantic_config__ = CLOSED

    sanction: Annotated[str, Field(description="Key of the sanction.")]
    preview: bool
    load: Annotated[
        int | None, Field(description="The journal entry it became; null: preview.")
    ]
    effects: EffectDiff
