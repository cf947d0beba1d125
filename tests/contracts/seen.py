"""The database as somebody sees it who looks past the store."""

from collections.abc import Iterator
from typing import Any

import neo4j

from graph.store.embedded import Endpoint


class Database:
    """Reads and changes a store's database by hand, with any Cypher."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._driver = neo4j.GraphDatabase.driver(
            endpoint.uri,
            auth=(endpoint.user, endpoint.password),
            notifications_min_severity="OFF",
        )

    def close(self) -> None:
        self._driver.close()

    def __call__(self, text: str, **values: Any) -> list[dict[str, Any]]:
        """Run any text and return its rows."""
        answer = self._driver.execute_query(
            text,  # type: ignore[arg-type]  # a test may send anything
            values,
            database_=self._endpoint.database,
        )
        return [dict(record.items()) for record in answer.records]

    def graph(self) -> list[str]:
        """Return every node and relationship that draws a fact, as sorted texts."""
        return sorted([*self._nodes(), *self._relationships()])

    def _nodes(self) -> Iterator[str]:
        text = (
            "MATCH (n) WHERE NOT (n:Load OR n:Page OR n:Ledger OR n:Meta) "
            "RETURN labels(n) AS labels, properties(n) AS properties"
        )
        for row in self(text):
            yield f"{sorted(row['labels'])} {_text(row['properties'])}"

    def _relationships(self) -> Iterator[str]:
        text = (
            "MATCH (a)-[x]->(b) WHERE type(x) <> 'HAS_PAGE' "
            "RETURN coalesce(a.id, a.key) AS a, type(x) AS type, "
            "coalesce(b.id, b.key) AS b, properties(x) AS properties"
        )
        for row in self(text):
            yield f"{row['a']} {row['type']} {row['b']} {_text(row['properties'])}"


def _text(properties: dict[str, Any]) -> str:
    return str(sorted((name, str(value)) for name, value in properties.items()))
