"""The changes feed: what each load did to effects."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from analytics.propagation.feed import ChangeKind
from api.changes import ChangeLog
from api.dependencies import Limit, Present, json_answer, meta
from api.errors import described
from api.schemas.changes import ChangesPage
from api.showing.changes import Position, Wanted, show_changes_since

router = APIRouter(prefix="/v1", tags=["changes"])


@router.get(
    "/changes",
    response_model=ChangesPage,
    responses=described("bad_input", "store_unavailable"),
)
def list_changes(
    request: Request,
    seen: Present,
    since: Annotated[
        str,
        Query(
            pattern=r"^\d{1,9}(\.\d{1,9})?$",
            max_length=20,
            description="载入的序号（0 为从头），或者上次回答的 next。A load number "
            "(0: from the beginning), or `next` of the last answer.",
            examples=["12", "12.500"],
        ),
    ] = "0",
    kind: Annotated[
        list[ChangeKind] | None,
        Query(description="Kinds wanted; all when absent.", max_length=5),
    ] = None,
    *,
    news: Annotated[bool, Query(description="Leave out what was back-filled.")] = False,
    limit: Limit = 100,
) -> Response:
    """后果的变化：每次载入（含日切）产生、消除、变化了哪些后果。What changed.

    What each load did to effects, the beginnings of days included, in the order of the
    loads, with cause and event date. Ask again with `next`; the same `since` gives the
    same changes again.
    """
    log: ChangeLog = request.app.state.changes
    position = Position.parse(since, last=log.seq)
    shown = show_changes_since(
        log,
        position,
        seen.scope,
        wanted=Wanted(tuple(kind or ()), news),
        limit=limit,
    )
    return json_answer(
        ChangesPage(
            meta=meta(request, seen),
            items=shown.items,
            next=shown.position.text,
            more=shown.more,
        )
    )
