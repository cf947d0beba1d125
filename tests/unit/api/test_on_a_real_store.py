"""The whole way on the embedded store: load, read, end, restart, retry."""

import asyncio
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.app import create_app
from api.clock import FixedClock
from api.keys import KeyRing
from api.service import Service
from api.settings import Settings
from api.wiring import open_service
from tests.unit.api import city

pytestmark = [pytest.mark.embedded, pytest.mark.xdist_group("embedded-http")]

CITY = Path(__file__).parents[3] / "examples/city"
FILES = ("registrations.csv", "posts.csv", "severe_lists.csv")


class Server:
    """The application on an open service, until the next start."""

    def __init__(self, service: Service, key: str) -> None:
        self.app, self.key = create_app(service), key
        self.loop = asyncio.new_event_loop()

    def close(self) -> None:
        self.app.state.jobs.close()
        self.loop.run_until_complete(self.loop.shutdown_default_executor())
        self.loop.close()

    def call(self, method: str, path: str, **more: Any) -> httpx.Response:
        headers = {"X-API-Key": self.key, **more.pop("headers", {})}

        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            base = "http://api"
            async with httpx.AsyncClient(transport=transport, base_url=base) as client:
                return await client.request(method, path, headers=headers, **more)

        return self.loop.run_until_complete(send())

    def items(self, path: str) -> list[dict[str, Any]]:
        answer = self.call("GET", path)
        assert answer.status_code == 200, answer.text
        return list(answer.json()["items"])

    def finished(self, where: str) -> dict[str, Any]:
        while True:
            job = dict(self.call("GET", where).json()["item"])
            if job["state"]["value"] in {"done", "failed"}:
                return job
            time.sleep(0.1)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data", embedded_memory="512m")


def start(settings: Settings, key: str = "") -> tuple[Service, Server]:
    service = open_service(settings, FixedClock.on(city.TODAY))
    ring = KeyRing(settings.keys_file)
    if not key:
        _, key = ring.create("e2e", now=service.clock.now(), role="operator")
    return service, Server(service, key)


def load(server: Server) -> list[dict[str, Any]]:
    files = [("files", (n, (CITY / n).read_bytes(), "text/csv")) for n in FILES]
    headers = {"Idempotency-Key": "city-2026"}
    answer = server.call("POST", "/v1/imports", files=files, headers=headers)
    assert answer.status_code == 202, answer.text
    job = server.finished(answer.headers["location"])
    assert job["problem"] is None
    return list(job["reports"])


def test_a_city_is_loaded_read_changed_and_changed_only_once(
    settings: Settings,
) -> None:
    service, server = start(settings)
    with service:
        reports = load(server)
        assert sum(r["new"] for r in reports) > 0
        effect = next(
            e
            for e in server.items("/v1/effects?status=in_force&limit=500")
            if e["grounds"][0]["cause"]["kind"] == "sanction"
            and e["measure"]["value"] == "personal_record"
        )
        key = effect["grounds"][0]["cause"]["key"]
        texts = server.call("GET", f"/v1/sanctions/{key}?texts=true").json()["item"]
        assert texts["key"] == key
        told = server.call("GET", f"/v1/effects/{effect['id']}/explanation")
        assert "依据" in told.json()["item"]["text"]
        body = {"document": "信修1号", "authority": "某局", "reason": "list_exit"}
        url, once = f"/v1/sanctions/{key}:end", {"Idempotency-Key": "exit-2026-1"}
        first = server.call("POST", url, json=body, headers=once)
        assert first.status_code == 200, first.text
        seq = service.store.facts.seq
        ids = [e["id"] for e in server.items(f"/v1/effects?cause={key}")]
        assert effect["id"] not in ids
        assert server.call("GET", "/readyz").json()["checks"]["store"] == "ok"
        server.close()

    service, server = start(settings, server.key)
    with service:
        assert service.store.facts.seq == seq
        again = server.call("POST", url, json=body, headers=once)
        assert again.headers["idempotent-replay"] == "true"
        assert again.json()["item"] == first.json()["item"]
        reports = load(server)
        assert sum(r["new"] for r in reports) == 0
        server.close()
