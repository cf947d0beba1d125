"""Loading files: the job and its report."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from pydantic import ConfigDict, Field

from api.schemas.acts import EffectDiff
from api.schemas.base import Label, Word
from api.schemas.problem import CLOSED, ProblemAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueItem:
    """One row that could not be taken, or was taken with a doubt."""

    __pydantic_config__ = CLOSED

    line: int
    field: str
    value: Annotated[str, Field(description="Masked where the column is sensitive.")]
    reason: Word
    quarantined: Annotated[bool, Field(description="False: taken, with a doubt.")]
    message: Label
    advice: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """What became of the rows of one file: read = new + known + quarantined."""

    __pydantic_config__ = CLOSED

    file: str
    source: str
    read: int
    new: int
    known: int
    quarantined: int
    corrected: Annotated[
        int, Field(description="Facts of which the source said something else before.")
    ]
    ended: Annotated[int, Field(description="Facts the whole file has no more.")]
    withdrawn: Annotated[int, Field(description="Facts its source asserts no more.")]
    kept: Annotated[
        int, Field(description="Not in it either, but a quarantined row may be.")
    ]
    accepted: Annotated[str, Field(description="Why it was taken all the same.")]
    missed: Annotated[dict[str, str], Field(description="What it missed: figures.")]
    reasons: Annotated[dict[str, int], Field(description="Quarantined, by reason.")]
    issues: Annotated[list[IssueItem], Field(description="The first of them.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressItem:
    """How far the file is that is being read."""

    __pydantic_config__ = CLOSED

    file: str
    rows_done: int
    rows_total: Annotated[int | None, Field(description="Null: not known yet.")]
    rows_per_second: float


@dataclass(frozen=True, slots=True, kw_only=True)
class JobItem:
    """A load of files, running aside."""

    __pydantic_config__ = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "id": "7f3c0d6a1c1f9b7e4a52c3d85e900d6a",
                    "state": {"value": "running", "zh": "进行中", "en": "running"},
                    "dry_run": False,
                    "source": None,
                    "files": ["registrations.csv"],
                    "created_at": "2026-11-22T01:00:00Z",
                    "finished_at": None,
                    "progress": {
                        "file": "registrations.csv",
                        "rows_done": 20000,
                        "rows_total": 50000,
                        "rows_per_second": 21000.0,
                    },
                    "reports": [],
                    "effects": None,
                    "problem": None,
                }
            ]
        },
    )

    id: str
    state: Word
    dry_run: bool
    source: str | None
    files: list[str]
    created_at: datetime
    finished_at: datetime | None
    progress: ProgressItem | None
    reports: list[FileReport]
    effects: Annotated[
        EffectDiff | None, Field(description="What follows; null until it is done.")
    ]
    problem: Annotated[
        ProblemAnswer | None, Field(description="Why it failed; null: it did not.")
    ]
