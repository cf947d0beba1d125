"""Liveness, readiness, status, and the background refresh."""

import asyncio
from collections import namedtuple

import pytest

from tests.unit.api import city
from tests.unit.api.conftest import World

Usage = namedtuple("Usage", "total used free")


def test_it_is_alive_and_ready(world: World) -> None:
    assert world.get("/livez", key=None).json()["status"] == "alive"
    answer = world.get("/readyz", key=None)
    assert answer.status_code == 200
    assert answer.json()["checks"] == {"store": "ok", "law": "ok", "disk": "ok"}


def test_it_is_not_ready_without_its_store_but_alive(world: World) -> None:
    world.store.is_away = True
    answer = world.get("/readyz", key=None)
    assert answer.status_code == 503
    assert answer.json()["checks"]["store"] == "store_unavailable"
    assert world.get("/livez", key=None).status_code == 200


def test_a_store_that_keeps_silent_is_waited_for_no_longer_than_a_second(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    monkeypatch.setattr(world.store, "head", lambda: time.sleep(3))
    begun = time.monotonic()
    answer = world.get("/readyz", key=None)
    assert time.monotonic() - begun < 2
    assert answer.json()["checks"]["store"] == "no answer within 1 s"


def test_it_is_not_ready_when_the_disk_is_nearly_full(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: Usage(1000, 960, 40))
    answer = world.get("/readyz", key=None)
    assert answer.status_code == 503
    assert answer.json()["checks"]["disk"] == "only 4.0% free"


def test_status_tells_operators_what_the_store_holds(world: World) -> None:
    found = world.get("/v1/status", key="operator").json()["item"]["status"]
    assert found["facts"] == len(city.facts())


def test_what_another_process_wrote_is_seen_without_a_request(world: World) -> None:
    settings = world.service.settings.model_copy(update={"refresh_seconds": 0.01})
    world.service.settings = settings
    world.store.append(city.batch("late", [city.profile("org:late", "迟到有限公司")]))

    async def serve() -> None:
        async with world.app.router.lifespan_context(world.app):
            await asyncio.sleep(0.2)
            world.store.is_away = True
            await asyncio.sleep(0.1)
            world.store.is_away = False

    assert world.get("/v1/subjects?q=迟到").json()["items"] == []
    world.loop.run_until_complete(serve())
    assert len(world.get("/v1/subjects?q=迟到").json()["items"]) == 1


def test_the_address_itself_leads_to_the_description(world: World) -> None:
    answer = world.get("/", key=None)
    assert answer.headers["location"] == "/docs"
