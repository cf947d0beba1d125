"""A first load in bulk gives the same store as one entry after the other.

Both servers: the embedded one through its batch door, Neo4j through its importer.
"""

import json
from collections.abc import Callable, Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import neo4j
import pytest

from deploy.neo4j.run import LocalNeo4j
from graph.batch import Batch, Receipt
from graph.errors import BadInput, StoreError
from graph.records import Fact
from graph.store.bolt import BoltStore
from graph.store.bulk.collecting import Collector
from graph.store.bulk.importing import write_files
from graph.store.embedded import EmbeddedServer, Endpoint
from graph.vocabulary import FactKind
from tests.contracts.facts import (
    START,
    batch,
    one_of_each,
    profile,
    record,
    sanction,
    tie,
    voiding,
)
from tests.journal import key_of
from tests.servers import wipe

Append = Callable[[Batch], Receipt]
D = date.fromisoformat


def withdrawing(name: str, *facts: Fact, source: str) -> Batch:
    keys: dict[FactKind, list[bytes]] = {}
    for fact in facts:
        keys.setdefault(fact.kind_of_fact, []).append(key_of(fact))
    return Batch(batch=name, source=source, recorded_at=START, withdraws=keys)


def bring(append: Append) -> None:
    """Append everything that can become of a fact, and texts that are hard to write."""
    based = record("罚〔2025〕9号", authority_name="甲局")
    append(batch("b1", *one_of_each()))
    append(batch("b2", *one_of_each(), source="court"))
    append(
        batch(
            "b3",
            profile(name='新"名",\n第二行', uscc=""),
            tie(valid_to=D("2021-01-01")),
        )
    )
    append(
        batch(
            "b4",
            based,
            sanction("列〔2025〕9号", record_key=key_of(based).hex(), measures=()),
        )
    )
    append(
        batch(
            "b5", record("罚〔2025〕9号", authority_name="乙局", content="另一个说法")
        )
    )
    append(withdrawing("b6", tie(), source="court"))
    append(voiding("b7", record()))
    append(batch("b8", profile("org:scoped:zz", "无代码公司", valid_from=None)))


def picture(endpoint: Endpoint) -> list[str]:
    """Return every node and relationship as text, in an order of their own."""

    def plain(value: Any) -> Any:
        if isinstance(value, bytes | bytearray):
            return sha256(value).hexdigest()
        return str(value)

    def told(*parts: Any) -> str:
        return json.dumps(parts, default=plain, sort_keys=True, ensure_ascii=False)

    with neo4j.GraphDatabase.driver(
        endpoint.uri, auth=(endpoint.user, endpoint.password)
    ) as driver:
        nodes = driver.execute_query(
            "MATCH (n) RETURN labels(n) AS l, properties(n) AS p",
            database_=endpoint.database,
        ).records
        edges = driver.execute_query(
            "MATCH (a)-[x]->(b) RETURN properties(a) AS a, type(x) AS t, "
            "properties(x) AS p, properties(b) AS b",
            database_=endpoint.database,
        ).records
    names = ("id", "key", "load", "seq", "part")

    def name(properties: dict[str, Any]) -> list[Any]:
        return [properties.get(n) for n in names]

    # When a store was made, and who wrote to it last, is not part of what it says.
    passing = {"created_at", "writer"}
    found = [
        told(sorted(n["l"]), {k: v for k, v in n["p"].items() if k not in passing})
        for n in nodes
    ]
    found += [told(name(e["a"]), e["t"], e["p"], name(e["b"])) for e in edges]
    return sorted(found)


def written_singly(endpoint: Endpoint) -> tuple[str, list[str]]:
    store = BoltStore(endpoint)
    store.prepare(key_check="0f", purpose="production")
    bring(store.append)
    report = store.verify()
    assert report.ok
    store.close()
    return report.chain, picture(endpoint)


@pytest.fixture
def singly(embedded_endpoint: Endpoint) -> tuple[str, list[str]]:
    wipe(embedded_endpoint)
    return written_singly(embedded_endpoint)


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[tuple[Endpoint, BoltStore]]:
    server = EmbeddedServer(tmp_path / "store", memory="512m")
    endpoint = server.start()
    store = BoltStore(endpoint, lock_folder=tmp_path, door=server.door())
    store.prepare(key_check="0f", purpose="production")
    yield endpoint, store
    store.close()
    server.stop()


def test_the_batch_door_gives_the_same_store(
    tmp_path: Path, embedded: tuple[Endpoint, BoltStore], singly: tuple[str, list[str]]
) -> None:
    endpoint, store = embedded
    assert store.takes_bulk
    store.bulk(lambda collector: bring(collector.append), tmp_path / "spool")
    assert not store.takes_bulk
    report = store.verify()
    assert report.findings == ()
    assert (report.chain, picture(endpoint)) == singly
    assert not (tmp_path / "spool").exists()
    store.append(batch("b9", tie("per:new")))
    assert store.verify().ok


def test_a_first_load_that_stops_half_way_leaves_nothing(
    tmp_path: Path,
    embedded: tuple[Endpoint, BoltStore],
    singly: tuple[str, list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    endpoint, store = embedded
    with pytest.raises(BadInput):
        store.bulk(lambda _: _fail(), tmp_path / "spool")
    assert store.head() == 0
    monkeypatch.setattr(BoltStore, "_empty", lambda _: None)
    monkeypatch.setattr("graph.store.bulk.first_load.draw", lambda *_: _half(endpoint))
    with pytest.raises(StoreError):
        store.bulk(lambda _: None, tmp_path / "spool")
    monkeypatch.undo()
    # As after a kill: the mark stands, and half of the graph.
    assert any("half" in line for line in picture(endpoint))
    store.prepare(key_check="0f", purpose="production")
    assert not any("half" in line for line in picture(endpoint))
    store.bulk(lambda collector: bring(collector.append), tmp_path / "spool")
    assert (store.verify().chain, picture(endpoint)) == singly


def _fail() -> None:
    raise BadInput("坏文件", "a bad file")


def _half(endpoint: Endpoint) -> None:
    with neo4j.GraphDatabase.driver(
        endpoint.uri, auth=(endpoint.user, endpoint.password)
    ) as driver:
        driver.execute_query(
            "CREATE (:Subject {id: 'half'})", database_=endpoint.database
        )
    raise StoreError("断了", "it went away")


def test_a_store_with_facts_takes_no_bulk(
    tmp_path: Path, embedded: tuple[Endpoint, BoltStore]
) -> None:
    _, store = embedded
    store.append(batch("b1", tie()))
    with pytest.raises(StoreError, match="not empty"):
        store.bulk(lambda _: None, tmp_path / "spool")


@pytest.mark.neo4j
@pytest.mark.slow
def test_the_importer_gives_the_same_store(
    tmp_path: Path, singly: tuple[str, list[str]]
) -> None:
    files = tmp_path / "files"
    files.mkdir()

    def appended(collector: Collector) -> None:
        bring(collector.append)

    written = write_files(
        files, appended, key_check="0f", purpose="production", created_at=START
    )
    server = LocalNeo4j(tmp_path / "neo4j", memory="512m")
    server.import_files(written.arguments)
    endpoint = server.start()
    try:
        store = BoltStore(endpoint)
        store.prepare(key_check="0f", purpose="production")
        store.catch_up()
        report = store.verify()
        assert report.findings == ()
        assert (report.chain, picture(endpoint)) == singly
        store.append(batch("b9", tie("per:new")))
        assert store.verify().ok
        store.close()
    finally:
        server.stop()
