"""Whole facts as they stand now, read from the graph under a scope.

Of several sources a decision wins over files and a later load over an earlier one,
as in graph.snapshot; a fact that the scope does not allow is not returned.
"""

from collections.abc import Sequence
from typing import Any, Final

from graph.batch import DECISION
from graph.scope import Scope
from graph.snapshot.facts import Facts
from graph.snapshot.table import halves
from graph.store.properties import columns_of
from graph.store.queries import Row, Run
from graph.store.shapes import LINKS, NODES
from graph.vocabulary import FactKind

_CHUNK: Final = 5_000


def limits_of(scope: Scope) -> dict[str, list[str] | None]:
    """Return a scope as query parameters; None is no limit."""
    return {
        "departments": _listed(scope.departments),
        "sectors": _listed(scope.sectors),
        "regions": _listed(scope.regions),
    }


def _listed(words: Sequence[str] | frozenset[str] | None) -> list[str] | None:
    return None if words is None else sorted(words)


def read(
    run: Run, facts: Facts, kind: FactKind, keys: Sequence[bytes], scope: Scope
) -> dict[bytes, dict[str, Any]]:
    """Return all columns of each fact that stands and that the scope allows."""
    values = {"decision": DECISION, **limits_of(scope)}
    found: list[Row] = []
    if kind in NODES:
        query = f"details_nodes/{NODES[kind].label}"
        texts = sorted({key.hex() for key in keys})
        for at in range(0, len(texts), _CHUNK):
            found += run(query, keys=texts[at : at + _CHUNK], **values)
    else:
        for type_, rows in starts_of(facts, kind, keys).items():
            for at in range(0, len(rows), _CHUNK):
                some = rows[at : at + _CHUNK]
                found += run(f"details_links/{type_}", rows=some, **values)
    return {
        bytes.fromhex(row["key"]): columns_of(
            kind, row["properties"] | _ends(kind, row)
        )
        for row in found
    }


def _ends(kind: FactKind, row: Row) -> Row:
    """Return the columns that a relationship says by its ends."""
    if kind not in LINKS:
        return {}
    return {LINKS[kind].start: row["start"], LINKS[kind].end: row["end"]}


def starts_of(
    facts: Facts, kind: FactKind, keys: Sequence[bytes]
) -> dict[str, list[dict[str, str]]]:
    """Return, by relationship type, the subjects where believed relationships start.

    A relationship is found through its start, because relationship indexes are not
    used by the embedded server.
    """
    shape, table = LINKS[kind], facts.tables[kind]
    starts = table.subject_codes(shape.start).values
    found: dict[str, set[tuple[str, str]]] = {}
    for key in keys:
        for row in table.believed(*halves(key)):
            word = str(table.columns[shape.column].value(row)) if shape.column else ""
            place = facts.subjects.texts[starts[row]], key.hex()
            found.setdefault(shape.type_of(word), set()).add(place)
    return {
        type_: [{"start": start, "key": key} for start, key in sorted(places)]
        for type_, places in found.items()
    }
