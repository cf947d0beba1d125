"""Who owns and who controls whom, as answers show it."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from api.schemas.base import Label, SubjectRef, Word
from api.schemas.effects import ExplanationItem
from api.schemas.problem import CLOSED

Explained = Annotated[
    ExplanationItem,
    Field(description="The same as a tree, with the facts it rests on."),
]
Truncated = Annotated[
    bool,
    Field(
        description="Not everything was looked at: what is missing is no negative "
        "finding, and bounds allow for it."
    ),
]
Explored = Annotated[int, Field(description="How many subjects were looked at.")]
Certain = Annotated[
    bool, Field(description="False: it depends on shares that are not known.")
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareItem:
    """A share between two bounds; computed exactly, decimals are for people."""

    __pydantic_config__ = CLOSED

    low: float
    high: float
    exact: Annotated[
        str | None,
        Field(description="As a fraction; null where not known or very long."),
    ]
    text: Annotated[str, Field(description="In percent; ≈ where rounded.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class WayItem:
    """One chain of holdings, from the owner to what it owns."""

    __pydantic_config__ = CLOSED

    subjects: list[SubjectRef]
    share: Annotated[ShareItem, Field(description="Product of the shares.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnedItem:
    """What one subject owns of another directly and through others."""

    __pydantic_config__ = CLOSED

    subject: SubjectRef
    share: Annotated[ShareItem, Field(description="Integrated: over all ways.")]
    direct: Annotated[ShareItem, Field(description="Of it held directly.")]
    depth: Annotated[int, Field(description="Steps of the shortest way.")]
    ways: Annotated[list[WayItem], Field(description="The largest ones first.")]
    ways_truncated: Annotated[bool, Field(description="There may be more ways.")]
    ends_here: Annotated[
        bool, Field(description="Nobody is recorded to hold anything of it.")
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class RingItem:
    """Organizations that hold shares in each other, or one that holds its own."""

    __pydantic_config__ = CLOSED

    members: list[SubjectRef]
    self_owned: Annotated[
        bool, Field(description="Nobody outside owns any of it: no owner behind it.")
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnershipItem:
    """Everybody above a subject, or everything below it."""

    __pydantic_config__ = CLOSED

    subject: SubjectRef
    direction: Literal["up", "down"]
    items: Annotated[list[OwnedItem], Field(description="Largest share first.")]
    total: Annotated[int, Field(description="How many there are, listed or not.")]
    rings: list[RingItem]
    contradictory: Annotated[
        list[SubjectRef],
        Field(description="More than the whole is said to be held of these."),
    ]
    depth: Annotated[int, Field(description="Levels looked at.")]
    persons: Annotated[
        ShareItem | None, Field(description="What persons own in the end; up only.")
    ]
    organizations: Annotated[
        ShareItem | None,
        Field(description="Of organizations without recorded holders; up only."),
    ]
    opaque: Annotated[
        ShareItem | None, Field(description="What is traced to nobody; up only.")
    ]
    explored: Explored
    truncated: Truncated
    explanation: Explained


@dataclass(frozen=True, slots=True, kw_only=True)
class ControllerItem:
    """A subject that controls another; computed it is a lead, declared a fact."""

    __pydantic_config__ = CLOSED

    subject: SubjectRef
    certain: Certain
    ultimate: Annotated[bool, Field(description="Nobody else controls it.")]
    by_votes: Annotated[
        bool, Field(description="The votes suffice without any declaration.")
    ]
    declared: Annotated[bool, Field(description="A fact says so: see explanation.")]
    votes: Annotated[ShareItem, Field(description="Added up in the organization.")]
    in_concert: Annotated[
        list[SubjectRef], Field(description="Whose votes count for acting in concert.")
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class ControllersItem:
    """Who controls an organization."""

    __pydantic_config__ = CLOSED

    subject: SubjectRef
    items: Annotated[list[ControllerItem], Field(description="Ultimate ones first.")]
    declared: list[SubjectRef]
    disagreement: Annotated[
        bool,
        Field(description="Votes and declarations differ: a finding to be checked."),
    ]
    explored: Explored
    truncated: Truncated
    explanation: Explained


@dataclass(frozen=True, slots=True, kw_only=True)
class BeneficialOwnerItem:
    """A person who stands behind an organization in the end."""

    __pydantic_config__ = CLOSED

    person: SubjectRef
    criteria: Annotated[
        list[str],
        Field(description="ownership, votes, control, management, state_owned"),
    ]
    possible: Annotated[
        list[str], Field(description="Criteria met or not, shares being unknown.")
    ]
    share: ShareItem
    votes: ShareItem | None
    declared: Annotated[bool, Field(description="On file: a fact; else a lead.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class BeneficialOwnersItem:
    """The beneficial owners of an organization, computed and on file."""

    __pydantic_config__ = CLOSED

    subject: SubjectRef
    standing: Annotated[
        str, Field(description="owners, fallback, state_owned or exempt")
    ]
    items: list[BeneficialOwnerItem]
    unfiled: Annotated[
        list[SubjectRef], Field(description="Meet a criterion, are not on file.")
    ]
    unmet: Annotated[
        list[SubjectRef], Field(description="Are on file, meet no criterion.")
    ]
    explored: Explored
    truncated: Truncated
    explanation: Explained


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseLinkItem:
    """A subject closely linked with the one asked about."""

    __pydantic_config__ = CLOSED

    subject: SubjectRef
    kind: Annotated[str, Field(description="owner, owned or common_owner")]
    certain: Certain
    share: ShareItem
    third: Annotated[SubjectRef | None, Field(description="The common owner.")]
    third_share: Annotated[
        ShareItem | None, Field(description="Of the subject asked about.")
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseLinksItem:
    """Everybody closely linked with a subject."""

    __pydantic_config__ = CLOSED

    subject: SubjectRef
    threshold: Annotated[str, Field(description="As a fraction; reached is enough.")]
    basis: Annotated[Label | None, Field(description="Null: the reader's own.")]
    items: list[CloseLinkItem]
    total: int
    state: Annotated[
        list[SubjectRef],
        Field(description="Organs of the state: no common owners (公司法 265(4))."),
    ]
    truncated: Truncated


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberItem:
    """One member of a group."""

    __pydantic_config__ = CLOSED

    subject: SubjectRef
    part: Word
    heads: list[SubjectRef]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupItem:
    """Everything under one control with a subject."""

    __pydantic_config__ = CLOSED

    subject: SubjectRef
    heads: Annotated[
        list[SubjectRef], Field(description="Several where they control together.")
    ]
    items: Annotated[list[MemberItem], Field(description="Heads first.")]
    total: int
    state: Annotated[
        list[SubjectRef],
        Field(description="Organs of the state above: they make no group."),
    ]
    truncated: Truncated
