"""What each route declares, to hold every answer of every test against."""

import re
from functools import cache
from typing import Any

import httpx
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from pydantic import TypeAdapter

from api.errors import MEDIA_TYPE, PROBLEMS, URN
from api.schemas.problem import ProblemAnswer


class Declared:
    """The routes of an application with their answers."""

    def __init__(self, app: FastAPI) -> None:
        self._routes = [
            (re.compile(_pattern(route.path)), route.methods or set(), route)
            for route in iter_route_contexts(app.routes)
            if getattr(route, "response_model", None) is not None and route.path
        ]

    def check(self, method: str, answer: httpx.Response) -> None:
        """Hold an answer against its declaration; unknown fields fail too."""
        assert answer.headers["x-request-id"]
        assert answer.headers["cache-control"] == "no-store"
        kind = answer.headers.get("content-type", "").split(";")[0]
        if kind == MEDIA_TYPE:
            check_problem(answer)
        elif kind == "application/json" and not answer.url.path.endswith(".json"):
            route = self._route(method, answer.url.path)
            assert str(answer.status_code) in self._documented(route)
            _adapter(route.response_model).validate_json(answer.content)

    def _route(self, method: str, path: str) -> Any:
        found = [r for p, m, r in self._routes if p.fullmatch(path) and method in m]
        return min(found, key=lambda r: r.path.count("{"))

    def _documented(self, route: Any) -> set[str]:
        return {str(route.status_code or 200), *map(str, route.responses)}


def _pattern(path: str) -> str:
    return re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path))


@cache
def _adapter(model: Any) -> TypeAdapter[Any]:
    return TypeAdapter(model)


def check_problem(answer: httpx.Response) -> None:
    """Hold an error answer against the one shape and the one table."""
    found = _adapter(ProblemAnswer).validate_json(answer.content)
    assert found.status == answer.status_code
    assert found.type.startswith(URN)
    assert PROBLEMS[found.type.removeprefix(URN)].status == answer.status_code
    assert found.request_id == answer.headers["x-request-id"]
    assert found.detail
