"""Effects: what follows by law for the persons who answer, and why."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import ConfigDict, Field

from api.schemas.base import BasisRef, Label, Period, SubjectRef, Word
from api.schemas.problem import CLOSED


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseRef:
    """What a ground rests on."""

    __pydantic_config__ = CLOSED

    kind: Annotated[
        str, Field(description="sanction, conviction, insolvency or effect")
    ]
    key: Annotated[str, Field(description="Key of the fact, or id of the effect.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRef:
    """A dated version of a rule of the law book."""

    __pydantic_config__ = CLOSED

    key: str
    version: date
    title: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundItem:
    """One reason why an effect holds."""

    __pydantic_config__ = CLOSED

    id: str
    rule: RuleRef
    basis: list[BasisRef]
    cause: CauseRef
    organization: SubjectRef | None
    role: Word
    status: Word
    period: Period
    suspended: list[Period]
    flags: Annotated[list[str], Field(description="What is not certain about it.")]
    ended_by: Annotated[str | None, Field(description="What ended it; null: nothing.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectItem:
    """What one subject bears by law; it stands while one ground stands."""

    __pydantic_config__ = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "id": "0d6a1c1f9b7e4a52c3d85e90",
                    "bearer": {
                        "id": "per:5f3c",
                        "kind": "person",
                        "name": "王*",
                        "masked": True,
                    },
                    "measure": {
                        "value": "office_ban",
                        "zh": "限制担任法定代表人、董事、监事、高级管理人员",
                        "en": "barred from office in companies",
                    },
                    "scope": [],
                    "jurisdiction": "CN",
                    "status": {"value": "in_force", "zh": "生效", "en": "in force"},
                    "period": {
                        "valid_from": "2025-01-10",
                        "valid_to": "2028-01-10",
                        "last_day": "2028-01-09",
                    },
                    "grounds": [],
                    "withheld": {"zh": "依据不予披露", "en": "grounds not disclosed"},
                }
            ]
        },
    )

    id: Annotated[
        str,
        Field(description="24 hex digits; the same after new loads and new law."),
    ]
    bearer: SubjectRef
    measure: Word
    scope: Annotated[list[Word], Field(description="Fields; empty means all.")]
    jurisdiction: Annotated[str, Field(description="CN, or a GB/T 2260 prefix.")]
    status: Word
    period: Period
    grounds: Annotated[
        list[GroundItem], Field(description="Those that the caller may see.")
    ]
    withheld: Annotated[
        Label | None,
        Field(description="Set where grounds exist that the caller may not see."),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedEffect:
    """An effect, with its explanation where asked for."""

    __pydantic_config__ = CLOSED

    effect: EffectItem
    explanation: Annotated[
        dict[str, Any] | None, Field(description="With `explain=true`.")
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplanationItem:
    """A tree of reasons: kind, zh, en, data, source, children."""

    __pydantic_config__ = CLOSED

    about: Annotated[str, Field(description="Id of the effect or key of the fact.")]
    partial: Annotated[
        bool,
        Field(
            description="The key is limited: reasons outside its limits are left out."
        ),
    ]
    explanation: dict[str, Any]
    text: Annotated[str, Field(description="The tree in words, indented.")]
