"""Watchlists with a threshold."""

from typing import Annotated, Final

from fastapi import APIRouter, Path, Request, Response

from api.access import Sight
from api.dependencies import Present, Reader, Served, json_answer, meta, page
from api.errors import described
from api.finding import subject_of
from api.schemas.base import Answer, Page
from api.schemas.watching import (
    NewWatchlist,
    ToWatch,
    WatchlistItem,
    WatchlistRef,
)
from api.service import Service
from api.showing import watching
from api.watchlists import Watchlist, Watchlists
from graph.errors import NotFound

router = APIRouter(prefix="/v1", tags=["risk"])

_READ: Final = described(
    "not_found", "bad_input", "too_large", "unsupported_media_type"
)
ListId = Annotated[str, Path(pattern=r"^[0-9a-f]{16}$", description="Of a watchlist.")]


def watchlists_of(request: Request) -> Watchlists:
    """Return the watchlists of the deployment."""
    found: Watchlists = request.app.state.watchlists
    return found


def _known(
    service: Service, seen: Sight, texts: list[str]
) -> tuple[tuple[str, ...], list[str]]:
    """Return the identifiers of what is asked for, and what is not found."""
    found, missing = list[str](), list[str]()
    for text in texts:
        try:
            found.append(subject_of(service, seen, text))
        except NotFound:
            missing.append(text)
    return tuple(found), missing


@router.get("/watchlists", response_model=Page[WatchlistRef], responses=_READ)
def list_watchlists(request: Request, caller: Reader, seen: Present) -> Response:
    """本密钥的关注名单。Watchlists.

    The watchlists that this key made, the oldest first.
    """
    items = [watching.ref(one) for one in watchlists_of(request).of(caller.key.id)]
    return json_answer(page(request, seen, items, next_cursor=None, total=len(items)))


@router.post(
    "/watchlists",
    response_model=Answer[WatchlistItem],
    responses=_READ,
    status_code=201,
)
def make_watchlist(
    request: Request, service: Served, caller: Reader, seen: Present, body: NewWatchlist
) -> Response:
    """新建关注名单：最多 10,000 个主体和一个分数线。A new watchlist.

    Up to 10,000 subjects and the score from which they are told; what is not found is
    named and left out. Watching changes nothing about anybody.
    """
    subjects, missing = _known(service, seen, body.subjects)
    made = watchlists_of(request).add(
        caller.key.id, body.name, body.threshold, subjects, service.clock.now()
    )
    return _answer(request, service, seen, made, missing, status=201)


@router.get(
    "/watchlists/{watchlist}", response_model=Answer[WatchlistItem], responses=_READ
)
def read_watchlist(
    request: Request, service: Served, caller: Reader, seen: Present, watchlist: ListId
) -> Response:
    """关注名单及今日评分，达到分数线的标明。Its scores.

    The watched subjects with their scores of today, the highest first, and which of
    them reach the threshold.
    """
    found = watchlists_of(request).find(caller.key.id, watchlist)
    return _answer(request, service, seen, found, [])


@router.put(
    "/watchlists/{watchlist}", response_model=Answer[WatchlistItem], responses=_READ
)
def change_watchlist(
    request: Request,
    service: Served,
    caller: Reader,
    seen: Present,
    watchlist: ListId,
    body: ToWatch,
) -> Response:
    """改写关注名单的主体和分数线。Change it.

    Other subjects and another threshold; the whole list is replaced.
    """
    subjects, missing = _known(service, seen, body.subjects)
    changed = watchlists_of(request).replace(
        caller.key.id, watchlist, body.threshold, subjects
    )
    return _answer(request, service, seen, changed, missing)


@router.delete("/watchlists/{watchlist}", responses=_READ, status_code=204)
def remove_watchlist(request: Request, caller: Reader, watchlist: ListId) -> Response:
    """删去关注名单。Remove it.

    The list is forgotten; nothing about its subjects changes.
    """
    watchlists_of(request).remove(caller.key.id, watchlist)
    return Response(status_code=204)


def _answer(
    request: Request,
    service: Service,
    seen: Sight,
    found: Watchlist,
    missing: list[str],
    status: int = 200,
) -> Response:
    scored = service.risks.of(seen.snapshot, seen.day)
    item = watching.watchlist(found, scored, seen, missing)
    return json_answer(Answer(meta=meta(request, seen), item=item), status=status)
