"""What is not decided: effects that wait for a finding, an identity or a ruling."""

from collections.abc import Callable, Collection
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from analytics.propagation.effects import Effect
from analytics.propagation.waiting import is_disputed
from api.dependencies import Asked, Paging, Question, Slice, json_answer
from api.effect_lists import Filtered, Filters, Listing, listed
from api.errors import described
from api.schemas.base import Page
from api.schemas.waiting import WaitingItem
from api.showing.waiting import show_waiting
from graph.vocabulary import EffectStatus

router = APIRouter(prefix="/v1", tags=["effects"])

_LISTED = described("not_found", "bad_input")
_PENDING = {
    "finding": EffectStatus.PENDING_FINDING,
    "identity": EffectStatus.PENDING_IDENTITY,
}


@router.get("/pending", response_model=Page[WaitingItem], responses=_LISTED)
def list_pending(
    asked: Asked,
    paging: Paging,
    filters: Filtered,
    waiting_for: Annotated[
        Literal["finding", "identity"] | None,
        Query(alias="for", description="finding or identity; both when absent."),
    ] = None,
) -> Response:
    """待责任认定、待身份核验的后果，以及怎样了结。List what is pending.

    Effects that wait for a finding or an identity, each with what settles it.
    """
    wanted = [_PENDING[waiting_for]] if waiting_for else list(_PENDING.values())
    return _answer(asked, paging, filters, wanted=wanted)


@router.get("/conflicts", response_model=Page[WaitingItem], responses=_LISTED)
def list_conflicts(asked: Asked, paging: Paging, filters: Filtered) -> Response:
    """规则冲突、有待裁决的后果，以及由谁裁决。List the conflicts.

    Effects on which rules disagree and 立法法 does not say which goes first, each with
    the other side and the organ that decides; also where another ground puts the effect
    in force all the same.
    """
    day = asked.seen.day
    return _answer(asked, paging, filters, keep=lambda e: is_disputed(e, day))


def _answer(
    asked: Question,
    paging: Slice,
    filters: Filters,
    *,
    wanted: Collection[EffectStatus] | None = None,
    keep: Callable[[Effect], bool] = lambda _: True,
) -> Response:
    request, service, seen = asked
    listing = Listing(service, seen, filters, log=request.app.state.changes)
    found = listing.page(
        listing.candidates(undecided=True),
        paging,
        lambda effect, held: show_waiting(effect, seen, held) if keep(effect) else None,
        wanted=wanted,
    )
    return json_answer(listed(request, seen, found))
