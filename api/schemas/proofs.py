"""A proof of an effect, as `analytics.proof` writes and checks it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from analytics.proof.canonical import Algorithm
from api.schemas.effects import CauseRef
from api.schemas.problem import CLOSED

Digest = Annotated[
    str,
    Field(
        pattern="^[0-9a-f]{64}$",
        description="Digest of the canonical JSON of everything beside it.",
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What is proven."""

    __pydantic_config__ = CLOSED

    effect: str
    bearer: str
    measure: str
    scope: list[str]
    jurisdiction: str
    day: date
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFrom:
    """The state of the store from which the proof was written."""

    __pydantic_config__ = CLOSED

    load: int
    facts: str
    law: str
    recorded_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenSource:
    """Where a fact came from."""

    __pydantic_config__ = CLOSED

    dataset: str
    file: str
    file_digest: str
    line: int
    load: int
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenFact:
    """A fact that the effect follows from, or that could stand against it."""

    __pydantic_config__ = CLOSED

    fact: int
    kind: str
    key: str
    says: Annotated[dict[str, Any], Field(description="Fields of the fact, no names.")]
    source: ProvenSource
    digest: Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """A dated version of a rule, or what rules refer to, word for word."""

    __pydantic_config__ = CLOSED

    part: str
    text: dict[str, Any]
    digest: Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a step gives."""

    __pydantic_config__ = CLOSED

    effect: str
    measure: str
    status: str
    valid_from: date | None
    valid_to: date | None
    suspended: list[tuple[date | None, date | None]]
    ended_by: str | None
    flags: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One application of a rule."""

    __pydantic_config__ = CLOSED

    step: int
    rule: Annotated[str, Field(description="Key and version, KEY@2024-07-01.")]
    cause: CauseRef
    bearer: str
    role: str
    organization: str | None
    gives: Given
    digest: Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofDocument:
    """Facts, provisions and steps from which an effect follows; no names in it."""

    __pydantic_config__ = CLOSED

    format: Literal["creditgraph-proof/1"]
    algorithm: Algorithm
    claim: Claim
    known: KnownFrom
    facts: list[ProvenFact]
    law: list[Provision]
    steps: list[Step]
    digest: Digest
