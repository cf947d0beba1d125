"""The servers that other tests rely on really are there, empty and separate."""

import neo4j
import pytest

from graph.store.embedded import Endpoint
from tests.servers import wipe


def _count(endpoint: Endpoint, cypher: str) -> int:
    with neo4j.GraphDatabase.driver(
        endpoint.uri, auth=(endpoint.user, endpoint.password)
    ) as driver:
        answer = driver.execute_query(cypher, database_=endpoint.database)
    return int(answer.records[0][0])


def _check_wiping(endpoint: Endpoint) -> None:
    wipe(endpoint)
    made = "UNWIND range(1, 300) AS i CREATE (:Probe {i: i})-[:NEXT]->(:Probe) "
    assert _count(endpoint, made + "RETURN count(*)") == 300
    wipe(endpoint)
    assert _count(endpoint, "MATCH (n) RETURN count(n)") == 0


@pytest.mark.embedded
def test_the_embedded_server_is_wiped(embedded_endpoint: Endpoint) -> None:
    _check_wiping(embedded_endpoint)


@pytest.mark.neo4j
def test_a_real_neo4j_is_wiped(neo4j_endpoint: Endpoint) -> None:
    _check_wiping(neo4j_endpoint)


@pytest.mark.neo4j
def test_it_really_is_neo4j(neo4j_endpoint: Endpoint) -> None:
    components = "CALL dbms.components() YIELD name WHERE name STARTS WITH 'Neo4j' "
    assert _count(neo4j_endpoint, components + "RETURN count(*)") == 1
