"""The HTTP application: routes, error shape, background refresh, pages without internet.

The service is opened and closed by the caller; what is started here is only the task
that looks for what other processes wrote and for the new day.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from anyio import to_thread
from fastapi import FastAPI
from fastapi_offline import FastAPIOffline

from analytics.kernels import warm_up
from api import errors
from api.changes import ChangeLog
from api.gate import Gate
from api.idempotency import Answers
from api.jobs import Jobs
from api.keys import KeyRing
from api.lead_notes import LeadNotes
from api.leads import LeadBook
from api.openapi import declared_routes, described_api
from api.quality import QualityBoard
from api.routes import (
    ROUTERS,
    eligibility,
    imports,
    matching,
    quarantine,
    relations,
    scoring,
    watching,
)
from api.service import Service
from api.watchlists import Watchlists
from graph.scope import ALL

_log = logging.getLogger(__name__)

TITLE: Final = "信用关系图谱分析服务 creditgraph"
DESCRIPTION: Final = """\
供信用监管部门查询市场主体的信用记录、惩戒与任职持股关系，以及依法及于责任人的后果。

For credit regulators: credit records, sanctions, posts and holdings of market subjects,
and what follows by law for the persons who answer for them.

* Every answer says in `meta` what it speaks of: day, load, digests of facts and law.
* `as_of` asks about a day, `known_at` about what was known at an instant.
* Periods are half-open: `valid_to` is the first day after; `last_day` is for people.
* Facts outside the limits of a key are as if they were not; effects are never hidden,
  only their grounds (依据不予披露).
* Errors are RFC 9457 problems; `type` is stable.
* Writing needs an `Idempotency-Key`; sending the same request again does nothing more.
"""
_AFTER_ALL_NAMES: Final = "\uffff"
_MEGABYTE: Final = 2**20
_BODY_BYTES: Final = 64 * 1024
"""Largest body of a request that is not an upload."""
_BATCH_BYTES: Final = 4 * _MEGABYTE
"""Largest body of a batch of applicants, bidders or targets."""


def create_app(service: Service) -> FastAPI:
    """Return the application on an open service.

    Raises:
        RuntimeError: a route under /v1 declares no role.
    """
    app: FastAPI = FastAPIOffline(
        title=TITLE,
        description=DESCRIPTION,
        version=program_version(),
        docs_url="/docs",
        redoc_url=None,
        lifespan=_lifespan,
        form_limits={"max_files": imports.FILES_AT_MOST, "max_fields": 1},
        separate_input_output_schemas=False,
    )
    _attach(app, service)
    errors.install(app)
    app.add_middleware(Gate)
    for router in ROUTERS:
        app.include_router(router, max_body_size=_BODY_BYTES)
    for router in (
        eligibility.router,
        relations.router,
        matching.router,
        scoring.router,
        watching.router,
    ):
        app.include_router(router, max_body_size=_BATCH_BYTES)
    uploads = service.settings.upload_mb * _MEGABYTE
    app.include_router(imports.router, max_body_size=uploads)
    app.include_router(quarantine.router, max_body_size=uploads)
    _refuse_open_routes(app)
    app.openapi = lambda: described_api(app)  # type: ignore[method-assign]  # as FastAPI documents
    return app


def _attach(app: FastAPI, service: Service) -> None:
    """Give the application what its routes work with."""
    app.state.service = service
    app.state.keys = KeyRing(service.settings.keys_file)
    app.state.answers = Answers()
    app.state.jobs = Jobs(service)
    app.state.changes = ChangeLog(service)
    app.state.quality = QualityBoard(service)
    app.state.watchlists = Watchlists(service.settings.watchlists_file)
    app.state.leads = LeadBook()
    app.state.lead_notes = LeadNotes(service.settings.lead_notes_file)


def program_version() -> str:
    """Return the version of the installed program."""
    try:
        return version("creditgraph")
    except PackageNotFoundError:
        return "not installed"


def _refuse_open_routes(app: FastAPI) -> None:
    open_routes = [
        route.path
        for route in declared_routes(app)
        if route.path.startswith("/v1") and route.role is None
    ]
    if open_routes:
        raise RuntimeError(f"Routes without a role: {', '.join(open_routes)}.")


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    task = asyncio.create_task(_refreshing(app.state.service))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await to_thread.run_sync(app.state.jobs.close)


async def _refreshing(service: Service) -> None:
    """Keep the board up to date; a store that is away is only waited for."""
    await to_thread.run_sync(warm_up)
    while True:
        try:
            await to_thread.run_sync(_refresh, service)
        except Exception as error:  # noqa: BLE001  # the task must outlive any fault
            _log.warning("refresh failed: %s", error)
        await asyncio.sleep(service.settings.refresh_seconds)


def _refresh(service: Service) -> None:
    """Take in what others wrote, and let the indexes of names follow."""
    view = service.refresh().view
    service.search(_AFTER_ALL_NAMES, view=view, scope=ALL, limit=1)
    service.matcher.prepare(view.snapshot)
