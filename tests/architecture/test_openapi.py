"""The published description of the API: checked in, so that a change is reviewed.

Write it anew with `python -m tests.architecture.test_openapi`.
"""

import asyncio
import json
import re
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from api.openapi import described_api
from tests.unit.api.conftest import open_world

SNAPSHOT = Path(__file__).with_name("openapi.json")
REFERENCE = Path(__file__).parents[2] / "docs/reference/api.md"
METHODS = ("get", "post")


@cache
def description() -> dict[str, Any]:
    loop = asyncio.new_event_loop()
    with tempfile.TemporaryDirectory() as folder:
        found = described_api(open_world(Path(folder), loop).app)
    loop.close()
    plain = json.loads(json.dumps(found))
    plain["info"]["version"] = "0"  # a release alone is no change of the API
    return dict(plain)


def operations() -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in description()["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def nested(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from nested(part)
    elif isinstance(value, list):
        for part in value:
            yield from nested(part)


def test_the_description_is_the_one_checked_in() -> None:
    assert description() == json.loads(SNAPSHOT.read_text("utf-8")), (
        "The API changed. Review it, then: python -m tests.architecture.test_openapi"
    )


def test_it_is_openapi_3_1() -> None:
    assert description()["openapi"].startswith("3.1")


@pytest.mark.parametrize("field", ["summary", "description", "tags"])
def test_every_operation_says_what_it_does(field: str) -> None:
    assert [name for name, o in operations() if not o.get(field)] == []


def test_summaries_are_in_both_languages_and_differ() -> None:
    summaries = [o["summary"] for _, o in operations()]
    assert len(set(summaries)) == len(summaries)
    for text in summaries:
        assert re.search(r"[\u4e00-\u9fff]", text)
        assert re.search(r"[a-z]{3}", text)


def test_every_operation_under_v1_names_role_security_and_problems() -> None:
    for name, operation in operations():
        if "/v1" in name:
            assert operation["x-role"] in {"reader", "writer", "operator"}, name
            assert operation["security"], name
            assert {"400", "401", "403", "422", "500"} <= set(operation["responses"])


def test_every_error_has_the_one_shape() -> None:
    for name, operation in operations():
        for status, answer in operation["responses"].items():
            if int(status) >= 400 and "readyz" not in name:
                assert set(answer["content"]) == {"application/problem+json"}, name


def test_every_text_number_and_list_that_is_sent_has_a_cap() -> None:
    for name, operation in operations():
        for parameter in operation.get("parameters", ()):
            for schema in nested(parameter["schema"]):
                kind = schema.get("type")
                place = f"{name} {parameter['name']}"
                if kind == "string":
                    caps = {"maxLength", "pattern", "enum", "format", "const"}
                    assert caps & set(schema), place
                if kind in {"integer", "number"}:
                    assert {"minimum", "maximum"} <= set(schema), place
                if kind == "array":
                    assert "maxItems" in schema, place


def asked() -> set[str]:
    """Return the names of the shapes that requests are made of."""
    queue: list[Any] = [
        operation["requestBody"]
        for path in description()["paths"].values()
        for operation in path.values()
        if "requestBody" in operation
    ]
    found: set[str] = set()
    while queue:
        for part in nested(queue.pop()):
            name = str(part.get("$ref", "")).rpartition("/")[2]
            if name and name not in found:
                found.add(name)
                queue.append(description()["components"]["schemas"][name])
    return found


def test_every_field_of_every_answer_is_always_there() -> None:
    requests = asked()
    assert {"EndRequest", "SimulationRequest", "AddSanction"} <= requests
    for name, schema in description()["components"]["schemas"].items():
        fields = set(schema.get("properties", ()))
        if name.startswith("Body_"):
            continue
        assert schema.get("additionalProperties", True) is False or not fields, name
        if name not in requests:
            assert set(schema.get("required", ())) == fields, name


def test_nothing_refers_to_what_is_not_there() -> None:
    known = {
        f"#/components/schemas/{name}"
        for name in description()["components"]["schemas"]
    }
    used = {part["$ref"] for part in nested(description()) if "$ref" in part}
    assert used <= known
    assert known <= used, "a shape that no operation uses"


def test_every_operation_is_in_the_reference_and_no_other() -> None:
    rows = re.findall(
        r"^\| `(GET|POST|PUT|DELETE) (/[^` ]*)` \|",
        REFERENCE.read_text("utf-8"),
        re.MULTILINE,
    )
    assert {f"{m} {p}" for m, p in rows} == {name for name, _ in operations()}


if __name__ == "__main__":
    text = json.dumps(description(), ensure_ascii=False, indent=1, sort_keys=True)
    SNAPSHOT.write_text(text + "\n", "utf-8")
