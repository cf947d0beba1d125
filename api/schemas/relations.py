"""What stands between two subjects besides posts: shares, branches, links, contacts."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from api.schemas.base import Period, SourceRef, SubjectRef, Word
from api.schemas.problem import CLOSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Fraction:
    """An exact share; `decimal` is for people."""

    __pydantic_config__ = CLOSED

    numerator: int
    denominator: int
    decimal: float


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingItem:
    """A subject holds a share of an organization."""

    __pydantic_config__ = CLOSED

    key: str
    holder: SubjectRef
    organization: SubjectRef
    share: Annotated[
        Fraction | None,
        Field(description="Null: not known. With `share_to`: at least so much."),
    ]
    share_to: Annotated[
        Fraction | None, Field(description="At most so much; null: `share` is exact.")
    ]
    votes: Annotated[
        Fraction | None, Field(description="Null: not known apart from the share.")
    ]
    votes_to: Annotated[
        Fraction | None, Field(description="At most so much; null: `votes` is exact.")
    ]
    direct: Annotated[
        bool | None, Field(description="False: held through others; null: not said.")
    ]
    period: Period
    held: Annotated[bool, Field(description="Whether it is held on the day.")]
    source: SourceRef


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchItem:
    """An organization is a branch of another."""

    __pydantic_config__ = CLOSED

    key: str
    branch: SubjectRef
    parent: SubjectRef
    period: Period
    held: Annotated[bool, Field(description="Whether it is one on the day.")]
    source: SourceRef


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkItem:
    """A subject stands in a relation to another, as a document says."""

    __pydantic_config__ = CLOSED

    key: str
    subject: SubjectRef
    relation: Annotated[Word, Field(description="Reads from `subject` to `other`.")]
    other: SubjectRef
    about: Annotated[
        SubjectRef | None, Field(description="The organization it is about, if any.")
    ]
    document: str
    amount_yuan: Decimal | None
    content: Annotated[str | None, Field(description="With `texts=true`.")]
    period: Period
    held: Annotated[bool, Field(description="Whether it holds on the day.")]
    source: SourceRef


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactItem:
    """A subject is reached at an address or number, which others may share."""

    __pydantic_config__ = CLOSED

    key: str
    subject: SubjectRef
    kind: Word
    anchor: Annotated[
        str,
        Field(description="Identifier of the address or number; ask for its contacts."),
    ]
    text: Annotated[
        str | None, Field(description="With `texts=true`; numbers are masked.")
    ]
    shared_by: Annotated[
        int, Field(description="Subjects reached there on the day, this one included.")
    ]
    period: Period
    held: Annotated[bool, Field(description="Whether it holds on the day.")]
    source: SourceRef
