"""Ownership and control of one subject: computed from the holdings it may be read from."""

from collections.abc import Callable
from typing import Annotated, Literal, TypeVar

from fastapi import APIRouter, Query, Response

from api.dependencies import LIMIT, Asked, Question, json_answer, meta
from api.errors import described
from api.finding import subject_of
from api.routes.subjects import Named
from api.schemas.base import Answer
from api.schemas.ownership import (
    BeneficialOwnersItem,
    CloseLinksItem,
    ControllersItem,
    GroupItem,
    OwnershipItem,
)
from api.showing.explanations import Language
from api.showing.ownership import Asking
from api.showing.shares import PATTERN, share_named

T = TypeVar("T")

router = APIRouter(prefix="/v1/subjects", tags=["ownership"])

_READ = described("not_found")

Nodes = Annotated[
    int,
    Query(ge=2, le=2_000, description="Subjects looked at, at most; see truncated."),
]
Listed = Annotated[int, Query(ge=1, le=LIMIT, description="Items listed, at most.")]


@router.get(
    "/{subject}/ownership", response_model=Answer[OwnershipItem], responses=_READ
)
def read_ownership(
    asked: Asked,
    subject: Named,
    direction: Annotated[
        Literal["up", "down"], Query(description="up: the owners; down: what is owned")
    ] = "up",
    depth: Annotated[int | None, Query(ge=1, le=50, description="Steps away.")] = None,
    nodes: Nodes = 400,
    limit: Listed = 100,
    lang: Language = "zh",
) -> Response:
    """穿透持股：谁拥有它，它拥有谁；比例精确或为区间。Ownership through all levels.

    Who owns the subject, or what it owns, directly and through others: exact shares, or
    bounds where shares are unknown, with the ways, rings and what stays opaque.
    """
    return _answer(
        asked, subject, nodes, limit, lang, lambda a: a.ownership(direction, depth)
    )


@router.get(
    "/{subject}/controllers", response_model=Answer[ControllersItem], responses=_READ
)
def read_controllers(
    asked: Asked,
    subject: Named,
    nodes: Nodes = 400,
    limit: Listed = 100,
    lang: Language = "zh",
) -> Response:
    """控制者：合计表决权超过一半的，以及申报的；为什么没有。Who controls it.

    Controllers by votes added up (more than half), in concert and as declared; where
    nobody controls, why not. Computed ones are leads, declared ones facts.
    """
    return _answer(asked, subject, nodes, limit, lang, Asking.controllers)


@router.get(
    "/{subject}/beneficial-owners",
    response_model=Answer[BeneficialOwnersItem],
    responses=_READ,
)
def read_beneficial_owners(
    asked: Asked, subject: Named, nodes: Nodes = 400, lang: Language = "zh"
) -> Response:
    """受益所有人：推算的与备案的，不一致的供核对。Beneficial owners.

    Persons with 25 % or more of the capital or votes, or in control; the fallback and
    the rule for companies of the state; compared with what is on file.
    """
    return _answer(asked, subject, nodes, LIMIT, lang, Asking.beneficial_owners)


@router.get(
    "/{subject}/close-links",
    response_model=Answer[CloseLinksItem],
    responses=_READ | described("not_found", "bad_input"),
)
def read_close_links(
    asked: Asked,
    subject: Named,
    threshold: Annotated[
        str,
        Query(
            pattern=PATTERN,
            description="Decimal or fraction: 0.2, 1/3.",
        ),
    ] = "1/5",
    nodes: Nodes = 400,
    limit: Listed = 100,
) -> Response:
    """密切联系：持股达到比例（默认 20%），或者有共同的第三方。Close links.

    Owners and owned from the threshold on, and those with whom the subject has such an
    owner in common; organs of the state are no common owners.
    """
    found = share_named(threshold)
    return _answer(asked, subject, nodes, limit, "zh", lambda a: a.close_links(found))


@router.get("/{subject}/group", response_model=Answer[GroupItem], responses=_READ)
def read_group(
    asked: Asked, subject: Named, nodes: Nodes = 400, limit: Listed = 100
) -> Response:
    """所属集团：同一控制之下的成员及其地位，止于国家机关。The group it belongs to.

    Everything under one control with the subject, with the part of each; being held by
    the state alone makes no group.
    """
    return _answer(asked, subject, nodes, limit, "zh", Asking.group)


def _answer(
    asked: Question,
    subject: str,
    nodes: int,
    limit: int,
    language: str,
    question: Callable[[Asking], T],
) -> Response:
    request, service, seen = asked
    found = subject_of(service, seen, subject)
    asking = Asking(found, seen, nodes, limit, language)
    return json_answer(Answer(meta=meta(request, seen), item=question(asking)))
