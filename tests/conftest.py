"""What all tests share: the servers and the account of Neo4j tests."""

import pytest

from tests.servers import Neo4jAccount, embedded_endpoint, neo4j_endpoint

__all__ = ["embedded_endpoint", "neo4j_endpoint"]


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Neo4jAccount(), "neo4j-account")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--kills",
        type=int,
        default=40,
        help="how often tests/crash kills a writer (make crash: 500)",
    )
