"""A service over facts in memory, keys of every kind, and a client that needs no port.

Every answer that the client receives is compared with what its route declares.

Fixtures are small: a test that needs more facts appends a batch of its own.
"""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
from fastapi import FastAPI
from typer.testing import CliRunner, Result

from analytics.scoring.scorecard import Scorecard
from api import app as application
from api.app import create_app
from api.cli import app as command_line
from api.clock import FixedClock
from api.console import Terminal
from api.keys import KeyRing
from api.risks import Risks
from api.service import Service
from api.settings import Settings
from graph.identity import PersonKeys
from graph.law.book import LawBook
from graph.records import Fact
from graph.store.bolt import BoltStore
from loaders.quarantine import Quarantine
from tests.unit.api import city
from tests.unit.api.declared import Declared
from tests.unit.api.memory import MemoryStore

LAW = LawBook.load()

Run = Callable[..., Result]


@dataclass
class World:
    """A service, its store and a key of every kind."""

    service: Service
    store: MemoryStore
    app: FastAPI
    keys: dict[str, str]
    loop: asyncio.AbstractEventLoop
    declared: Declared

    def call(
        self, method: str, path: str, *, key: str | None = "reader", **more: Any
    ) -> httpx.Response:
        """Send a request under the named key and return the answer."""
        headers = dict(more.pop("headers", {}))
        if key is not None:
            headers["Authorization"] = f"Bearer {self.keys.get(key, key)}"
        answer = self.loop.run_until_complete(self._send(method, path, headers, more))
        self.declared.check(method, answer)
        return answer

    async def _send(
        self, method: str, path: str, headers: dict[str, str], more: dict[str, Any]
    ) -> httpx.Response:
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://api"
        ) as client:
            return await client.request(method, path, headers=headers, **more)

    def get(self, path: str, **more: Any) -> httpx.Response:
        """Send a GET request."""
        return self.call("GET", path, **more)

    def post(self, path: str, body: object, **more: Any) -> httpx.Response:
        """Send a POST request with a JSON body."""
        return self.call("POST", path, json=body, **more)

    def sanction_key(self, subject: str = city.FOOD, *, key: str = "personal") -> str:
        """Return the key of the first sanction of a subject."""
        found = self.get(f"/v1/subjects/{subject}/sanctions", key=key)
        return str(found.json()["items"][0]["key"])


def open_world(
    folder: Path,
    loop: asyncio.AbstractEventLoop,
    facts: Sequence[Fact] | None = None,
) -> World:
    """Return a world on the facts of the city, or on others."""
    settings = Settings(data=folder)
    clock = FixedClock.on(city.TODAY)
    store = MemoryStore()
    store.append(city.batch("city", list(facts or city.facts())))
    service = Service(
        settings=settings,
        clock=clock,
        store=cast("BoltStore", store),
        keys=PersonKeys(b"0" * 32),
        law=LAW,
        quarantine=Quarantine(folder / "quarantine", b"1" * 32),
        risks=Risks(Scorecard.load()),
        close=store.close,
    )
    keys = _keys(settings, clock)
    return World(service, store, _application(service), keys, loop, *_DECLARED)


_APPS: list[FastAPI] = []
_DECLARED: list[Declared] = []


def _application(service: Service) -> FastAPI:
    """Return the application on this service; building one takes half a second."""
    if not _APPS:
        _APPS.append(create_app(service))
        _DECLARED.append(Declared(_APPS[0]))
    application._attach(_APPS[0], service)
    return _APPS[0]


def _keys(settings: Settings, clock: FixedClock) -> dict[str, str]:
    ring = KeyRing(settings.keys_file)
    market: dict[str, Any] = {"departments": ("market",)}
    wanted: dict[str, dict[str, Any]] = {
        "reader": {},
        "writer": {"role": "writer"},
        "operator": {"role": "operator"},
        "personal": {"personal_data": True},
        "personal_writer": {"role": "writer", "personal_data": True},
        "limited": market,
        "limited_writer": market | {"role": "writer"},
        "housing_writer": {"departments": (city.DEPARTMENT,), "role": "writer"},
    }
    return {
        name: ring.create(name, now=clock.now(), **more)[1]
        for name, more in wanted.items()
    }


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    loop = asyncio.new_event_loop()
    yield open_world(tmp_path, loop)
    loop.run_until_complete(loop.shutdown_default_executor())
    loop.close()


@pytest.fixture
def run(world: World, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return what runs a command on the world."""

    @contextmanager
    def service(_: Terminal) -> Iterator[Service]:
        yield world.service

    monkeypatch.setattr(Terminal, "service", service)

    def invoke(*words: object, language: str = "zh") -> Result:
        settings = world.service.settings.model_copy(update={"language": language})
        terminal = Terminal(settings, world.service.clock)
        return CliRunner().invoke(command_line, [*map(str, words)], obj=terminal)

    return invoke
