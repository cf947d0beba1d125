"""What is not decided: effects that wait for a finding, an identity or a ruling."""

from collections.abc import Collection
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from api.dependencies import Asked, Paging, Question, Slice, json_answer, page
from api.errors import described
from api.schemas.base import Page
from api.schemas.waiting import WaitingItem
from api.showing.effects import InRegion, InSector
from api.showing.listing import Where, every, listed
from api.showing.waiting import show_waiting
from graph.vocabulary import EffectStatus

router = APIRouter(prefix="/v1", tags=["effects"])

_LISTED = described("bad_input")
_PENDING = {
    "finding": EffectStatus.PENDING_FINDING,
    "identity": EffectStatus.PENDING_IDENTITY,
}


@router.get("/pending", response_model=Page[WaitingItem], responses=_LISTED)
def list_pending(
    asked: Asked,
    paging: Paging,
    waiting_for: Annotated[
        Literal["finding", "identity"] | None,
        Query(alias="for", description="finding or identity; both when absent."),
    ] = None,
    region: InRegion = None,
    sector: InSector = None,
) -> Response:
    """待责任认定、待身份核验的后果，以及怎样了结。List what is pending.

    Effects that wait for a finding or an identity, each with what settles it.
    """
    wanted = [_PENDING[waiting_for]] if waiting_for else list(_PENDING.values())
    return _answer(asked, paging, wanted, Where(region or "", sector or ""))


@router.get("/conflicts", response_model=Page[WaitingItem], responses=_LISTED)
def list_conflicts(
    asked: Asked, paging: Paging, region: InRegion = None, sector: InSector = None
) -> Response:
    """规则冲突、有待裁决的后果，以及由谁裁决。List the conflicts.

    Effects on which rules disagree and 立法法 does not say which goes first, each with
    the other side and the organ that decides.
    """
    wanted = [EffectStatus.CONFLICT]
    return _answer(asked, paging, wanted, Where(region or "", sector or ""))


def _answer(
    asked: Question, paging: Slice, wanted: Collection[EffectStatus], where: Where
) -> Response:
    request, _, seen = asked
    found, cursor, truncated = listed(
        seen,
        every(seen.view.derivation),
        paging,
        wanted=wanted,
        keep=lambda effect: where.holds(effect, seen),
    )
    return json_answer(
        page(
            request,
            seen,
            [show_waiting(effect, seen, held) for effect, held in found],
            next_cursor=cursor,
            total=None,
            truncated=truncated,
        )
    )
