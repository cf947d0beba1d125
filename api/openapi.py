"""The published description of the API: OpenAPI 3.1, problems in one shape."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import iter_route_contexts
from pydantic import TypeAdapter

from api.dependencies import role_needed
from api.errors import MEDIA_TYPE
from api.keys import KeyRole
from api.schemas.problem import ProblemAnswer

TAGS = [
    {"name": "subjects", "description": "主体 Subjects and the facts about them"},
    {"name": "network", "description": "关系网络 Who is connected with whom, and how"},
    {
        "name": "risk",
        "description": "风险线索 Scores and figures: leads, never effects",
    },
    {"name": "leads", "description": "按模式的线索 Leads by pattern, never effects"},
    {"name": "effects", "description": "及于责任人的后果 What follows by law, and why"},
    {"name": "sanctions", "description": "惩戒 Sanctions: reading, ending, voiding"},
    {"name": "imports", "description": "数据导入 Loading files"},
    {"name": "quarantine", "description": "隔离区 Rows that wait to be corrected"},
    {"name": "quality", "description": "数据质量 How good the data are"},
    {"name": "law", "description": "法规库 The law book: rules, lists, measures"},
    {"name": "operations", "description": "运维 How the service stands"},
]


class Declared(NamedTuple):
    """A route as it can be called."""

    path: str
    methods: frozenset[str]
    role: KeyRole | None
    """None: open to everybody."""


def declared_routes(app: FastAPI) -> Iterator[Declared]:
    """Yield every route of the application, those of its routers included."""
    for route in iter_route_contexts(app.routes):
        dependant = getattr(route, "dependant", None)
        role = role_needed(dependant) if dependant else None
        yield Declared(route.path_format or "", frozenset(route.methods or ()), role)


def described_api(app: FastAPI) -> dict[str, Any]:
    """Return the description, made once."""
    if app.openapi_schema is None:
        schema = get_openapi(
            title=app.title,
            version=app.version,
            description=app.description,
            routes=app.routes,
            tags=TAGS,
            separate_input_output_schemas=False,
        )
        schemas = schema["components"]["schemas"]
        schemas.update(_problem_schemas())
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        _mend_operations(app, schema)
        app.openapi_schema = schema
    return app.openapi_schema


def _problem_schemas() -> dict[str, Any]:
    schema = TypeAdapter(ProblemAnswer).json_schema(
        ref_template="#/components/schemas/{model}", mode="serialization"
    )
    nested = schema.pop("$defs")
    return {"ProblemAnswer": schema, **nested}


def _mend_operations(app: FastAPI, schema: dict[str, Any]) -> None:
    """Say what each operation does and needs, and that its 422 is a problem too."""
    roles = {(d.path, m): d.role for d in declared_routes(app) for m in d.methods}
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            role = roles[path, method.upper()]
            if role is not None:
                operation["x-role"] = role.value
            summary, _, rest = operation.get("description", "").partition("\n")
            operation["summary"], operation["description"] = summary, rest.strip()
            for answer in operation["responses"].values():
                _mend_answer(answer)


def _mend_answer(answer: dict[str, Any]) -> None:
    content = answer.get("content", {})
    kinds = content.get("application/json", {}).get("schema", {})
    if kinds.get("$ref", "").endswith("/HTTPValidationError"):
        ref = {"$ref": "#/components/schemas/ProblemAnswer"}
        answer["content"] = {MEDIA_TYPE: {"schema": ref}}
    elif MEDIA_TYPE in content:
        content.pop("application/json", None)
