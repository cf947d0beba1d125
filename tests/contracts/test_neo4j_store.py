"""The contract on a real Neo4j, and what only a server of one's own can show."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from deploy.neo4j.run import LocalNeo4j
from graph.batch import Receipt
from graph.store import bolt
from graph.store.bolt import BoltStore
from graph.store.embedded import Endpoint, any_free_port
from tests.contracts.facts import batch, tie
from tests.contracts.store_contract import StoreContract


@pytest.mark.neo4j
class TestNeo4jStore(StoreContract):
    @pytest.fixture
    def endpoint(self, neo4j_endpoint: Endpoint) -> Endpoint:
        return neo4j_endpoint

    @pytest.fixture
    def lock_folder(self) -> None:
        return None


@pytest.mark.neo4j
@pytest.mark.slow
def test_a_server_restarted_under_load_doubles_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A batch under way waits for the server; whoever gives up may send it again."""
    monkeypatch.setattr(bolt, "_WRITE_BUDGET", 120.0)
    monkeypatch.setattr(bolt, "_READ_BUDGET", 120.0)
    server = LocalNeo4j(tmp_path, port=any_free_port(), memory="512m")
    endpoint = server.start()
    store = BoltStore(endpoint)
    store.prepare(key_check="0f", purpose="demo")
    stop = threading.Event()
    receipts: list[Receipt] = []

    def write() -> None:
        while not stop.is_set():
            n = len(receipts)
            facts = (tie(f"per:{n}-{row}") for row in range(40))
            receipts.append(store.append(batch(f"b{n}", *facts)))

    writer = threading.Thread(target=write)
    try:
        writer.start()
        wait_until(lambda: len(receipts) > 5)
        server.stop()
        server.start()
        reached = len(receipts) + 3
        wait_until(lambda: len(receipts) > reached)
    finally:
        stop.set()
        writer.join()
    assert [receipt.seq for receipt in receipts] == list(range(1, len(receipts) + 1))
    assert {receipt.added for receipt in receipts} == {40}
    assert store.verify().ok
    store.close()
    server.stop()


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 150
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)
