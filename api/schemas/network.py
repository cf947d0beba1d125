"""How subjects are connected: neighbours, networks, paths, groups, time lines."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.schemas.acts import PRINTABLE
from api.schemas.base import Label, Period, SourceRef, SubjectRef, Word
from api.schemas.problem import CLOSED

GROUPED_AT_MOST: Final = 1_000
TARGETS_AT_MOST: Final = 10_000

NOT_NEGATIVE: Final = Label(
    zh="没有列出的联系不等于没有联系",
    en="a missing link is not a negative finding",
)

Text = Annotated[
    str, StringConstraints(min_length=1, max_length=200, pattern=PRINTABLE)
]
RelationWord = Annotated[
    Text,
    Field(
        description="关系，或者 posts、holdings、branches、links、contacts。"
        "A relation or a family of them.",
        examples=["posts"],
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeItem:
    """A connection between two subjects on the day; it reads from near to far."""

    __pydantic_config__ = CLOSED

    key: Annotated[str, Field(description="32 hex digits: the fact that makes it.")]
    fact: Annotated[Word, Field(description="Kind of that fact.")]
    relation: Word
    near: Annotated[str, Field(description="Identifier.")]
    far: Annotated[str, Field(description="Identifier.")]
    share: Annotated[str | None, Field(description="Of a holding, as 51 % or 1/3.")]
    weight: Annotated[float, Field(description="0–1: orders what is shown, no more.")]
    period: Period
    source: SourceRef


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjacentItem:
    """A neighbour and the edge to it."""

    __pydantic_config__ = CLOSED

    other: SubjectRef
    outward: Annotated[bool, Field(description="The subject asked about is `near`.")]
    edge: EdgeItem


@dataclass(frozen=True, slots=True, kw_only=True)
class CountItem:
    """How many edges of one relation there are in one direction."""

    __pydantic_config__ = CLOSED

    relation: Word
    outward: bool
    edges: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjacentPage:
    """Counts of all relations first, then a page of the edges asked for."""

    __pydantic_config__ = CLOSED

    subject: SubjectRef
    counts: list[CountItem]
    items: list[AdjacentItem]
    total: Annotated[int, Field(description="Edges asked for, over all pages.")]
    next_cursor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeItem:
    """A node of a network."""

    __pydantic_config__ = CLOSED

    subject: SubjectRef
    depth: Annotated[int, Field(description="Steps from the subject asked about.")]
    degree: Annotated[int, Field(description="Edges of those asked for, all told.")]
    effects: Annotated[int, Field(description="Effects in force that it bears.")]
    sanctions: Annotated[int, Field(description="Readable sanctions in force on it.")]
    unfollowed: Annotated[
        Word | None, Field(description="Why not everything next to it is shown.")
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkItem:
    """The network around a subject."""

    __pydantic_config__ = CLOSED

    nodes: list[NodeItem]
    edges: list[EdgeItem]
    truncated: bool
    reasons: Annotated[list[Word], Field(description="Why it is not all there is.")]
    explored: Annotated[int, Field(description="Nodes whose edges were looked at.")]
    omitted_edges: Annotated[
        int, Field(description="Edges among these nodes that are not listed.")
    ]
    note: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class PathItem:
    """A way from one subject to another: one edge fewer than subjects."""

    __pydantic_config__ = CLOSED

    steps: int
    subjects: list[SubjectRef]
    edges: list[EdgeItem]
    avoided: Annotated[
        bool, Field(description="It runs through a subject that was to be avoided.")
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class PathsItem:
    """The shortest ways between two subjects, shortest first."""

    __pydantic_config__ = CLOSED

    source: SubjectRef
    target: SubjectRef
    items: list[PathItem]
    truncated: Annotated[
        bool, Field(description="The search stopped at its budget or at hubs.")
    ]
    hubs: Annotated[
        list[SubjectRef], Field(description="Not followed for their many edges.")
    ]
    note: Label


class ToGroup(BaseModel):
    """Which subjects, and what counts as a link between two of them."""

    model_config = ConfigDict(extra="forbid")

    subjects: Annotated[
        list[Text],
        Field(
            min_length=2,
            max_length=GROUPED_AT_MOST,
            description="统一社会信用代码、注册号或标识。Codes or identifiers.",
            examples=[["91230717MXP1MEKM21", "91230717MXP1PP0Q4W"]],
        ),
    ]
    relations: Annotated[
        list[RelationWord], Field(max_length=50, description="None: all.")
    ] = []  # pydantic copies defaults
    min_share: Annotated[str, Field(description="Holdings below it do not link.")] = "0"
    max_steps: Annotated[
        int, Field(ge=1, le=4, description="Longest path that is a link.")
    ] = 2
    min_strength: Annotated[
        float, Field(ge=0, le=1, description="Weaker links do not count.")
    ] = 0.0
    limit: Annotated[int, Field(ge=1, le=5_000, description="Pairs listed.")] = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class PairItem:
    """Two subjects that are linked, with the strongest of the shortest paths."""

    __pydantic_config__ = CLOSED

    left: str
    right: str
    steps: int
    strength: Annotated[
        float,
        Field(
            description="0–1, over all shortest paths; less through what many share. "
            "It orders what to look at; it says nothing of fault."
        ),
    ]
    path: PathItem


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedHub:
    """What several of the subjects have in common but too many others as well."""

    __pydantic_config__ = CLOSED

    subject: SubjectRef
    reached_by: int
    degree: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupedItem:
    """Which of the subjects belong together."""

    __pydantic_config__ = CLOSED

    groups: Annotated[
        list[list[SubjectRef]], Field(description="Larger first; those alone in none.")
    ]
    alone: Annotated[list[str], Field(description="Identifiers of those in no group.")]
    not_found: Annotated[list[str], Field(description="As they were sent.")]
    pairs: list[PairItem]
    total_pairs: int
    hubs: Annotated[list[SharedHub], Field(description="Not followed, so no link.")]
    truncated: Annotated[
        bool, Field(description="A budget ran out, or not all pairs are listed.")
    ]
    kind: Annotated[str, Field(description="Always `lead`: a hint for an officer.")]
    note: Label


class OneToMany(BaseModel):
    """One subject against many."""

    model_config = ConfigDict(extra="forbid")

    subject: Text
    targets: Annotated[list[Text], Field(min_length=1, max_length=TARGETS_AT_MOST)]
    relations: Annotated[
        list[RelationWord], Field(max_length=50, description="None: all.")
    ] = []  # pydantic copies defaults
    min_share: Annotated[str, Field(description="Holdings below it do not link.")] = "0"
    max_steps: Annotated[int, Field(ge=1, le=6)] = 4
    paths: Annotated[
        int, Field(ge=0, le=1_000, description="So many paths are told in full.")
    ] = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachedItem:
    """A target that is linked with the subject."""

    __pydantic_config__ = CLOSED

    target: Annotated[str, Field(description="As it was sent.")]
    subject: SubjectRef
    steps: int
    path: Annotated[PathItem | None, Field(description="Of the nearest ones.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class OneToManyItem:
    """Which of the targets are linked with the subject, nearest first."""

    __pydantic_config__ = CLOSED

    subject: SubjectRef
    items: list[ReachedItem]
    apart: Annotated[
        list[str], Field(description="Targets without a path, as they were sent.")
    ]
    not_found: list[str]
    hubs: list[SubjectRef]
    truncated: bool
    note: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class EventItem:
    """Something that began or ended, on its own day."""

    __pydantic_config__ = CLOSED

    on: Annotated[
        date, Field(description="`ended`: the first day on which it is no longer true.")
    ]
    what: Word
    near: SubjectRef
    relation: Word
    far: SubjectRef
    share: str | None
    key: str
    fact: Word
    source: SourceRef
