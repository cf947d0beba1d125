"""Every route with every key: who may call it is declared and kept."""

import re

import pytest
from fastapi import APIRouter, FastAPI

from api import app as application
from api.app import create_app
from api.keys import KeyRole
from api.openapi import Declared, declared_routes
from tests.unit.api.conftest import World

OPEN = {
    "/",
    "/docs",
    "/docs/oauth2-redirect",
    "/livez",
    "/readyz",
    "/openapi.json",
    "/static-offline-docs/{path}",
}
"""What anybody may open without a key."""

VALUES = {
    "subject": "org:91230700MA00000001",
    "effect": "0" * 24,
    "key": "0" * 32,
    "job": "0" * 32,
    "digest": "0" * 64,
    "measure": "wrong_codes",
    "version": "2024-07-01",
    "watchlist": "0" * 16,
    "model": "none",
    "lead": "0" * 24,
}


def address(route: Declared) -> str:
    path = re.sub(r"\{(\w+)\}", lambda m: VALUES[m[1]], route.path)
    if "/rules/" in path:
        path = path.replace("0" * 32, "PERSON-DEFAULTER-OFFICE-BAN")
    return f"{path}?q=a" if path == "/v1/subjects" else path


def send(world: World, route: Declared, key: str | None) -> int:
    (method,) = route.methods - {"HEAD"}
    more = {"json": {}} if method in {"POST", "PUT"} else {}
    return world.call(method, address(route), key=key, **more).status_code


def test_what_needs_no_key_is_a_short_list(world: World) -> None:
    found = {r.path for r in declared_routes(world.app) if r.role is None}
    assert found == OPEN


def test_every_route_lets_in_those_it_declares_and_nobody_else(world: World) -> None:
    routes = [r for r in declared_routes(world.app) if r.role is not None]
    assert len(routes) > 20
    for route in routes:
        assert route.role is not None
        assert send(world, route, None) == 401, route
        assert send(world, route, "cg_nonsense") == 401, route
        for role in KeyRole:
            allowed = role.may(route.role)
            assert (send(world, route, role.value) != 403) is allowed, (route, role)


def test_a_route_without_a_role_keeps_the_application_from_starting(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    careless = APIRouter()

    @careless.get("/v1/careless")
    async def read_careless() -> None:
        """Ask nobody."""

    routers = (*application.ROUTERS, careless)
    monkeypatch.setattr(application, "ROUTERS", routers)
    with pytest.raises(RuntimeError, match="/v1/careless"):
        create_app(world.service)


def test_roles_include_those_before_them() -> None:
    assert KeyRole.OPERATOR.may(KeyRole.WRITER)
    assert KeyRole.WRITER.may(KeyRole.READER)
    assert not KeyRole.READER.may(KeyRole.WRITER)
    assert not KeyRole.WRITER.may(KeyRole.OPERATOR)


def test_both_headers_carry_a_key(world: World) -> None:
    key = world.keys["reader"]
    answer = world.get("/v1/rules", key=None, headers={"X-API-Key": key})
    assert answer.status_code == 200


@pytest.mark.parametrize("header", ["Basic YTpi", "Bearer", "Bearer ", "bearer x"])
def test_a_header_that_carries_none_does_not_open(world: World, header: str) -> None:
    answer = world.get("/v1/rules", key=None, headers={"Authorization": header})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")


def test_the_pages_work_without_internet(world: World) -> None:
    page = world.get("/docs", key=None)
    assert page.status_code == 200
    links = re.findall(r'(?:href|src)="([^"]+)"', page.text)
    assert links
    assert all(link.startswith("/") for link in links)
    for link in links:
        assert world.get(link, key=None).status_code == 200
    assert isinstance(world.app, FastAPI)
