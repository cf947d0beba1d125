"""Leads: patterns that an officer may look at, never effects."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from analytics.leads.words import Verdict
from api.schemas.acts import PRINTABLE, Line
from api.schemas.base import Label, Period, SourceRef, SubjectRef, Word
from api.schemas.problem import CLOSED

NO_CONSEQUENCE: Final = Label(
    zh="线索供核查，不是认定，不产生、不延长、不影响任何后果",
    en="a lead is to be checked; it is no finding and has no consequence",
)


class NewNote(BaseModel):
    """What an officer says of a lead."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    verdict: Annotated[Verdict, Field(description="useful, not_useful or known.")]
    text: Annotated[str, StringConstraints(max_length=1000, pattern=PRINTABLE)] = ""
    officer: Annotated[
        Line | None, Field(description="办理人员，记入反馈。Who says it.")
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteItem:
    """What was said of a lead."""

    __pydantic_config__ = CLOSED

    verdict: Word
    text: str
    by: str
    at: datetime
    load: Annotated[int, Field(description="The last load then.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterItem:
    """A number that a pattern works with."""

    __pydantic_config__ = CLOSED

    name: str
    value: float
    why: Annotated[str, Field(description="Chinese.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternItem:
    """A pattern: what it looks for, what it found, what officers said."""

    __pydantic_config__ = CLOSED

    name: str
    title: Label
    text: Label
    why: Annotated[Label, Field(description="Why it matters.")]
    is_not: Annotated[Label, Field(description="What must not be concluded.")]
    parameters: list[ParameterItem]
    open: Annotated[int, Field(description="Leads on the day.")]
    useful: Annotated[int, Field(description="Leads last called useful.")]
    not_useful: int
    known: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PartItem:
    """A subject and the part it plays."""

    __pydantic_config__ = CLOSED

    subject: SubjectRef
    part: Word


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureItem:
    """Something that was counted."""

    __pydantic_config__ = CLOSED

    figure: Word
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadRow:
    """A lead in a list."""

    __pydantic_config__ = CLOSED

    kind: Literal["lead"]
    id: Annotated[str, Field(description="24 hex digits.")]
    pattern: str
    title: Label
    group: Annotated[
        Word | None, Field(description="Sector or region, of no single subject.")
    ]
    parts: Annotated[list[PartItem], Field(description="The first five.")]
    parts_total: int
    since: Annotated[
        date | None, Field(description="Day of the event, not of its loading.")
    ]
    figures: list[FigureItem]
    open: Annotated[bool, Field(description="False: it is gone since the load.")]
    load: Annotated[int, Field(description="Load that brought the latest fact.")]
    verdict: Annotated[Word | None, Field(description="Null: nothing said yet.")]
    grown: Annotated[bool, Field(description="Facts came after it was last spoken of.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadFact:
    """A fact that a lead rests on: an edge of its graph, or a record of a node."""

    __pydantic_config__ = CLOSED

    key: Annotated[str, Field(description="32 hex digits.")]
    fact: Word
    title: Annotated[Word | None, Field(description="Role, relation, kind or list.")]
    near: Annotated[str, Field(description="Identifier.")]
    far: Annotated[str | None, Field(description="Identifier; null: no edge.")]
    document_number: str | None
    decided_on: date | None
    period: Period | None
    source: SourceRef


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadItem:
    """A lead with the graph it rests on, and what was said of it."""

    __pydantic_config__ = CLOSED

    lead: LeadRow
    text: Label
    why: Label
    is_not: Label
    parts: Annotated[list[PartItem], Field(description="All.")]
    nodes: Annotated[list[SubjectRef], Field(description="Of the graph.")]
    facts: list[LeadFact]
    notes: list[NoteItem]
    note: Label
