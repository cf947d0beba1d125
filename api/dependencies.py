"""What routes ask for: the service, the caller, the sight, the page; and the answer.

A route declares the role it needs by the parameter it takes: `Reader`, `Writer` or
`Operator`. create_app refuses to start when a route under /v1 takes none of them.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Final, NamedTuple, TypeVar

import orjson
from anyio import CapacityLimiter, to_thread
from fastapi import Depends, Query, Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.security import APIKeyHeader, HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BeforeValidator

from api.access import Caller, Sight
from api.errors import RoleMissing
from api.keys import KeyRefused, KeyRing, KeyRole
from api.schemas.base import YEARS, Day, Meta, Page
from api.service import Service

T = TypeVar("T")

_INSTANT: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[ +-]\d{2}:\d{2})"
)
_PAST_VIEWS_AT_ONCE: Final = 2

LIMIT: Final = 500
"""No page is longer."""


# ---- the service ---------------------------------------------------------


def service_of(request: Request) -> Service:
    """Return the open service of the application."""
    service: Service = request.app.state.service
    return service


async def _served(request: Request) -> Service:
    """Return the service; `async`, because a plain function would cost a thread."""
    return service_of(request)


Served = Annotated[Service, Depends(_served)]


# ---- the caller ----------------------------------------------------------

_bearer = HTTPBearer(
    auto_error=False, description="`Authorization: Bearer cg_…`", scheme_name="bearer"
)
_header = APIKeyHeader(
    name="X-API-Key", auto_error=False, description="`X-API-Key: cg_…`"
)


class Needs:
    """A dependency that lets a caller through whose key has the role."""

    def __init__(self, role: KeyRole) -> None:
        self.role = role

    async def __call__(
        self,
        request: Request,
        bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
        header: Annotated[str | None, Depends(_header)],
    ) -> Caller:
        """Return the caller.

        Raises:
            KeyRefused: no key, or none that opens anything.
            RoleMissing: the key may not do this.
        """
        sent = bearer.credentials if bearer else header
        if not sent:
            raise KeyRefused(
                "此请求须有接口密钥。",
                "This needs an API key.",
                hint_zh="请发送 `Authorization: Bearer cg_…` 或 `X-API-Key: cg_…`。",
                hint_en="Send `Authorization: Bearer cg_…` or `X-API-Key: cg_…`.",
            )
        ring: KeyRing = request.app.state.keys
        record = ring.open(sent, now=service_of(request).clock.now())
        if not record.role.may(self.role):
            raise RoleMissing(
                f"密钥 {record.id} 的角色是 {record.role.value}，此请求须有 {self.role.value}。",
                f"The key {record.id} has the role {record.role.value}; this needs "
                f"{self.role.value}.",
                hint_zh="请向运维人员申请具有该角色的密钥。",
                hint_en="Ask the operator for a key with that role.",
            )
        return Caller(record)


Reader = Annotated[Caller, Depends(Needs(KeyRole.READER))]
Writer = Annotated[Caller, Depends(Needs(KeyRole.WRITER))]
Operator = Annotated[Caller, Depends(Needs(KeyRole.OPERATOR))]


def role_needed(dependant: Dependant) -> KeyRole | None:
    """Return the highest role among the dependencies of a route; None: open to all."""
    found = [dependant.call.role] if isinstance(dependant.call, Needs) else []
    found += [r for d in dependant.dependencies if (r := role_needed(d)) is not None]
    return max(found, key=list(KeyRole).index, default=None)


# ---- the sight -----------------------------------------------------------


def _instant(value: object) -> object:
    if not isinstance(value, str):
        return value
    if not _INSTANT.fullmatch(value):
        raise ValueError("should be an instant such as 2026-11-22T09:00:00+08:00")
    if int(value[:4]) not in YEARS:
        raise ValueError("should lie in the years 1900 to 2199")
    # A plus sign that was not written as %2B arrives as a space.
    return datetime.fromisoformat(value.replace(" ", "+")).astimezone(UTC)


AsOf = Annotated[
    Day | None,
    Query(description="基准日 The day asked about; today when absent."),
]
KnownAt = Annotated[
    Annotated[datetime, BeforeValidator(_instant)] | None,
    Query(
        description="已知时点 As it was known at this instant (with offset); "
        "everything recorded so far when absent.",
        examples=["2026-11-22T09:00:00+08:00"],
    ),
]


async def sight(
    service: Served, caller: Reader, as_of: AsOf = None, known_at: KnownAt = None
) -> Sight:
    """Return the picture as the caller may see it.

    An earlier state of knowledge may have to be derived anew; that happens in a
    thread, two at a time, so that it delays nobody else.
    """
    if known_at is None:
        return Sight(service.view(as_of=as_of), caller.scope)
    view = await to_thread.run_sync(
        lambda: service.view(as_of=as_of, known_at=known_at), limiter=_past_limiter()
    )
    return Sight(view, caller.scope)


def _past_limiter() -> CapacityLimiter:
    return _limiter


_limiter: Final = CapacityLimiter(_PAST_VIEWS_AT_ONCE)

Seen = Annotated[Sight, Depends(sight)]


async def _present(service: Served, caller: Reader) -> Sight:
    return Sight(service.view(), caller.scope)


Present = Annotated[Sight, Depends(_present)]
"""The picture of today, where no other day can be asked about."""


async def run_if(large: bool, work: Callable[[], T]) -> T:  # noqa: FBT001
    """Return the result of the work; large work is done in a thread."""
    return await to_thread.run_sync(work) if large else work()


# ---- parameters ----------------------------------------------------------

Limit = Annotated[int, Query(ge=1, le=LIMIT, description="Length of the page.")]
Cursor = Annotated[
    str | None,
    Query(
        max_length=2_000, pattern=r"^[A-Za-z0-9_-]+$", description="Of the last page."
    ),
]
Texts = Annotated[
    bool, Query(description="Read the long texts from the store too (slower).")
]


class Slice(NamedTuple):
    """Which part of a list is wanted."""

    limit: int
    cursor: str | None


async def _paging(limit: Limit = 50, cursor: Cursor = None) -> Slice:
    return Slice(limit, cursor)


Paging = Annotated[Slice, Depends(_paging)]


class Question(NamedTuple):
    """What every reading route works with."""

    request: Request
    service: Service
    seen: Sight


async def _question(request: Request, service: Served, seen: Seen) -> Question:
    return Question(request, service, seen)


Asked = Annotated[Question, Depends(_question)]


# ---- the answer ----------------------------------------------------------


def meta(request: Request, seen: Sight) -> Meta:
    """Return what the answer speaks of."""
    view = seen.view
    return Meta(
        as_of=view.as_of,
        known_at=view.known_at,
        load=view.snapshot.seq,
        snapshot=view.snapshot.digest,
        law=view.law.digest,
        service=request.app.version,
    )


def page(
    request: Request,
    seen: Sight,
    items: list[T],
    *,
    next_cursor: str | None,
    total: int | None,
    truncated: bool = False,
) -> Page[T]:
    """Return a page of a list in its frame."""
    return Page(
        meta=meta(request, seen),
        items=items,
        next_cursor=next_cursor,
        total=total,
        truncated=truncated,
    )


def json_answer(
    content: object, *, status: int = 200, headers: dict[str, str] | None = None
) -> Response:
    """Return the content as JSON, without validating again what we built."""
    return Response(
        orjson.dumps(content, default=str),
        status_code=status,
        media_type="application/json",
        headers=headers,
    )
