"""The contract on the embedded server."""

from pathlib import Path

import pytest

from graph.store.embedded import Endpoint
from tests.contracts.store_contract import StoreContract


@pytest.mark.embedded
class TestEmbeddedStore(StoreContract):
    @pytest.fixture
    def endpoint(self, embedded_endpoint: Endpoint) -> Endpoint:
        return embedded_endpoint

    @pytest.fixture
    def lock_folder(self, tmp_path: Path) -> Path:
        return tmp_path
