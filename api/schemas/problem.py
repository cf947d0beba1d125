"""The one shape of every error answer (RFC 9457)."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import ConfigDict, Field

CLOSED = ConfigDict(extra="forbid")
"""Configuration of every answer: what is not declared cannot be in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldError:
    """One field of the request that is wrong."""

    __pydantic_config__ = CLOSED

    field: Annotated[
        str, Field(description="Where it stands.", examples=["query.limit"])
    ]
    value: Annotated[
        str | None,
        Field(description="What was sent, shortened and masked.", examples=["10…(5)"]),
    ]
    reason: Annotated[
        str,
        Field(description="What is wrong.", examples=["should be at most 500"]),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemAnswer:
    """Why a request was not done. `type` is stable; texts may be reworded."""

    __pydantic_config__ = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "type": "urn:creditgraph:problem:not_found",
                    "title": "没有找到 Not found",
                    "status": 404,
                    "detail": "没有代码、标识或名称为“91230700MA00000000”的主体。",
                    "hint": "可以按名称开头查找。",
                    "errors": [],
                    "request_id": "6f1f0c6e2d5b4a7f9d3c1b2a49583746",
                }
            ]
        },
    )

    type: Annotated[
        str,
        Field(
            description="Stable name of the problem; docs/reference/problems.md "
            "explains each.",
            examples=["urn:creditgraph:problem:not_found"],
        ),
    ]
    title: Annotated[str, Field(description="The kind of problem, zh then en.")]
    status: Annotated[int, Field(description="HTTP status.")]
    detail: Annotated[
        str, Field(description="What is wrong this time, as Accept-Language asks.")
    ]
    hint: Annotated[
        str, Field(description="What to do about it, likewise; may be empty.")
    ]
    errors: Annotated[
        list[FieldError], Field(description="Wrong fields, where there are any.")
    ]
    request_id: Annotated[str, Field(description="Also in the header X-Request-Id.")]
