"""The batch door of the embedded server: nodes and relationships in one stream.

The server reads JSON lines as they come, vertices before edges, and links them without
looking anything up. It is an interface of the server's own (HTTP, loopback only); days
are days there only where the schema says so, which is why every type is declared first.
"""

import base64
import http.client
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, Final
from urllib.parse import quote

import orjson
import pyarrow as pa

from graph.errors import StoreError, StoreUnavailable
from graph.identity import ANCHOR_KINDS
from graph.schema import SCHEMAS
from graph.store.bulk.painting import Edges, Nodes, Painting
from graph.store.embedded import BatchDoor
from graph.store.shapes import LINKS, NODES
from graph.vocabulary import FactKind

_PATIENCE: Final = 1_800.0
_BLOCK: Final = 1 << 20
_DESCRIBED: Final = ("established_on",)


def draw(door: BatchDoor, painting: Painting) -> dict[str, int]:
    """Hand the whole graph to the server; return how much was written.

    Raises:
        StoreError: the server refused a record.
        StoreUnavailable: it went away.
    """
    _declare(door)
    lines = chain(
        (line for nodes in painting.nodes() for line in _node_lines(nodes)),
        (line for edges in painting.edges() for line in _edge_lines(edges)),
    )
    path = f"/api/v1/batch/{door.database}?returnIdMapping=false&wal=true"
    answer = _post(door, path, _blocks(lines), "application/x-ndjson")
    return {
        "nodes": int(answer["verticesCreated"]),
        "relationships": int(answer["edgesCreated"]),
    }


def _declare(door: BatchDoor) -> None:
    """Declare the types that do not exist, and which properties are days."""
    kinds = ("Organization", "Person", *(kind.capitalize() for kind in ANCHOR_KINDS))
    for kind in kinds:
        _sql(door, f"CREATE VERTEX TYPE `{kind}` IF NOT EXISTS")
        name = _class((kind, "Subject"))
        _sql(
            door,
            f"CREATE VERTEX TYPE `{name}` IF NOT EXISTS EXTENDS `{kind}`, `Subject`",
        )
    for column in _DESCRIBED:
        _sql(door, f"CREATE PROPERTY `Subject`.`{column}` IF NOT EXISTS DATE")
    for kind, shape in NODES.items():
        _declare_days(door, shape.label, kind)
    for kind, link in LINKS.items():
        for type_ in link.types.values():
            _sql(door, f"CREATE EDGE TYPE `{type_}` IF NOT EXISTS")
            _declare_days(door, type_, kind)
    joins = {s.link for s in NODES.values()} | {"ISSUED_BY", "CONCERNS", "BASED_ON"}
    for type_ in sorted(joins):
        _sql(door, f"CREATE EDGE TYPE `{type_}` IF NOT EXISTS")


def _declare_days(door: BatchDoor, type_: str, kind: FactKind) -> None:
    for column in SCHEMAS[kind].columns:
        if pa.types.is_date(column.type):
            _sql(door, f"CREATE PROPERTY `{type_}`.`{column.name}` IF NOT EXISTS DATE")


def _class(labels: Iterable[str]) -> str:
    return "~".join(sorted(labels))


def _node_lines(nodes: Nodes) -> Iterator[bytes]:
    head = {"@type": "vertex", "@class": _class(nodes.labels)}
    for name, row in zip(nodes.ids.to_pylist(), nodes.table.to_pylist(), strict=True):
        yield orjson.dumps(head | {"@id": name} | _said(row))


def _edge_lines(edges: Edges) -> Iterator[bytes]:
    head = {"@type": "edge", "@class": edges.type}
    starts, ends = edges.starts.to_pylist(), edges.ends.to_pylist()
    rows = edges.table.to_pylist() if edges.table is not None else [{}] * len(starts)
    for start, end, row in zip(starts, ends, rows, strict=True):
        yield orjson.dumps(head | {"@from": start, "@to": end} | _said(row))


def _said(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None}


def _blocks(lines: Iterable[bytes]) -> Iterator[bytes]:
    block = bytearray()
    for line in lines:
        block += line
        block += b"\n"
        if len(block) >= _BLOCK:
            yield bytes(block)
            block.clear()
    yield bytes(block)


def _sql(door: BatchDoor, command: str) -> None:
    body = orjson.dumps({"language": "sql", "command": command})
    _post(door, f"/api/v1/command/{quote(door.database)}", iter([body]))


def _post(
    door: BatchDoor,
    path: str,
    body: Iterator[bytes],
    kind: str = "application/json",
) -> dict[str, Any]:
    token = base64.b64encode(f"{door.user}:{door.password}".encode()).decode()
    headers = {"Authorization": f"Basic {token}", "Content-Type": kind}
    connection = http.client.HTTPConnection("127.0.0.1", door.port, timeout=_PATIENCE)
    try:
        connection.request("POST", path, body, headers, encode_chunked=True)
        answer = connection.getresponse()
        text = answer.read()
    except (OSError, http.client.HTTPException) as error:
        raise StoreUnavailable(
            f"内嵌服务器没有应答：{error}",
            f"The embedded server does not answer: {error}",
        ) from error
    finally:
        connection.close()
    if answer.status != http.client.OK:
        said = text[:500].decode("utf-8", "replace")
        raise StoreError(
            f"内嵌服务器拒绝批量写入：{said}",
            f"The embedded server refused the bulk load: {said}",
        )
    found: dict[str, Any] = orjson.loads(text)
    return found
