"""Rows that wait in quarantine."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from pydantic import ConfigDict, Field

from api.schemas.imports import IssueItem
from api.schemas.problem import CLOSED

Since = Annotated[
    datetime | None, Field(description="When it was set aside; null: not kept.")
]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingFileItem:
    """A file of which rows wait."""

    __pydantic_config__ = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "digest": "e1f45cf924a19d829453e28c193141b648b68be11bb15cc27b768fc5a75a210b",
                    "file": "registrations.csv",
                    "source": "registrations",
                    "waiting": 3,
                    "reasons": {"code": 1, "day": 2},
                    "since": "2026-11-22T01:00:00Z",
                }
            ]
        },
    )

    digest: Annotated[str, Field(description="SHA-256 of the file.")]
    file: str
    source: str
    waiting: Annotated[int, Field(description="So many rows wait.")]
    reasons: Annotated[
        dict[str, int], Field(description="Rows by reason; a row may have several.")
    ]
    since: Since


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRowItem:
    """A row that waits, with all that is wrong with it."""

    __pydantic_config__ = CLOSED

    line: int
    since: Since
    loader: Annotated[
        str | None,
        Field(description="Version of the program that judged it; null: not kept."),
    ]
    issues: list[IssueItem]
    row: Annotated[
        dict[str, str],
        Field(
            description="Cells by heading. Masked: columns that are sensitive or not "
            "described, and names of persons unless the key may see personal data."
        ),
    ]
    text: Annotated[
        str | None,
        Field(description="Masked text of a row without usable cells; else null."),
    ]
