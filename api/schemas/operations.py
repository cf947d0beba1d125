"""How the service stands."""

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field

from api.schemas.problem import CLOSED


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusItem:
    """What the store holds, as `creditgraph status` prints it."""

    __pydantic_config__ = CLOSED

    status: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Liveness:
    """The process answers."""

    __pydantic_config__ = CLOSED

    status: Annotated[str, Field(examples=["alive"])]
    service: Annotated[str, Field(description="Version of this program.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """Whether requests can be served, check by check."""

    __pydantic_config__ = CLOSED

    status: Annotated[str, Field(description="ready or not_ready")]
    checks: Annotated[
        dict[str, str], Field(description="ok, or what is the matter, by check.")
    ]
