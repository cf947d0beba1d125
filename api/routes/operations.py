"""How the service stands: for load balancers and operators."""

import shutil
from typing import Final

from anyio import move_on_after, to_thread
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from api.dependencies import Operator, Present, Served, json_answer, meta
from api.errors import described
from api.schemas.base import Answer
from api.schemas.operations import Liveness, Readiness, StatusItem
from api.service import Service
from graph.errors import CreditGraphError

router = APIRouter(tags=["operations"])

_PING_SECONDS: Final = 1.0
_FREE_AT_LEAST: Final = 0.05


@router.get(
    "/v1/status",
    response_model=Answer[StatusItem],
    responses=described("store_unavailable"),
)
def read_status(
    request: Request, service: Served, _: Operator, seen: Present
) -> Response:
    """存储里有什么、何时载入、当前后果数。How the service stands.

    What the store holds, what was loaded last, and how many effects stand.
    """
    item = StatusItem(status=service.status())
    return json_answer(Answer(meta=meta(request, seen), item=item))


@router.get("/livez", response_model=Liveness)
async def read_liveness(request: Request) -> Response:
    """进程是否存活。Is the process alive?

    The process answers; nothing else is looked at.
    """
    return json_answer(Liveness(status="alive", service=request.app.version))


@router.get(
    "/readyz",
    response_model=Readiness,
    responses={503: {"model": Readiness, "description": "暂不能服务 Not ready"}},
)
async def read_readiness(service: Served) -> Response:
    """能否服务：存储 1 秒内应答、法规库已载入、磁盘余量大于 5 %。Can it serve?

    Whether requests can be served: the store answers within a second, the law book is
    loaded, more than 5 % of the disk is free.
    """
    checks = {
        "store": await _store(service),
        "law": "ok" if service.board.law.rules else "no rules",
        "disk": await to_thread.run_sync(_disk, service),
    }
    ready = set(checks.values()) == {"ok"}
    answer = Readiness(status="ready" if ready else "not_ready", checks=checks)
    return json_answer(answer, status=200 if ready else 503)


@router.get("/", include_in_schema=False)
async def open_pages() -> Response:
    """Lead people who open the address to the interactive description."""
    return RedirectResponse("/docs")


async def _store(service: Service) -> str:
    with move_on_after(_PING_SECONDS):
        try:
            await to_thread.run_sync(service.store.head, abandon_on_cancel=True)
        except CreditGraphError as error:
            return type(error).code
        return "ok"
    return f"no answer within {_PING_SECONDS:g} s"


def _disk(service: Service) -> str:
    usage = shutil.disk_usage(service.settings.data)
    free = usage.free / usage.total
    return "ok" if free > _FREE_AT_LEAST else f"only {free:.1%} free"
