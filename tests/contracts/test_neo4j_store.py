"""The contract on a real Neo4j, and what only a server of one's own can show."""

import pytest

from graph.store.embedded import Endpoint
from tests.contracts.store_contract import StoreContract


@pytest.mark.neo4j
class TestNeo4jStore(StoreContract):
    @pytest.fixture
    def endpoint(self, neo4j_endpoint: Endpoint) -> Endpoint:
        return neo4j_endpoint

    @pytest.fixture
    def lock_folder(self) -> None:
        return None
