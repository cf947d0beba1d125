"""Opening: which store this is, and refusing one that is not ours."""

import time
from dataclasses import replace

import pytest

from graph.errors import StoreError, StoreMismatch, StoreTooNew, StoreUnavailable
from graph.store.bolt import BoltStore
from graph.store.embedded import Endpoint
from tests.contracts.facts import batch, tie
from tests.contracts.seen import Database


class OpeningContract:
    def test_an_empty_store_is_prepared_and_says_what_it_is(
        self, store: BoltStore
    ) -> None:
        assert store.info.purpose == "demo"
        assert store.info.schema_version == 1
        assert store.info.seq == 0
        assert any(char.isdigit() for char in store.info.server)

    def test_preparing_again_changes_nothing(
        self, store: BoltStore, database: Database
    ) -> None:
        before = database("MATCH (m:Meta) RETURN properties(m) AS m")
        again = store.prepare(key_check="0f", purpose="demo")
        assert database("MATCH (m:Meta) RETURN properties(m) AS m") == before
        assert again.created_at == store.info.created_at

    def test_preparing_that_stopped_half_way_is_taken_up(
        self, store: BoltStore, database: Database
    ) -> None:
        database("MATCH (n) WHERE n:Meta OR n:Ledger DETACH DELETE n")
        store.prepare(key_check="0f", purpose="demo")
        assert store.append(batch("b", tie())).seq == 1

    def test_another_person_key_is_refused(self, store: BoltStore) -> None:
        with pytest.raises(StoreMismatch, match="another person key"):
            store.prepare(key_check="aa", purpose="demo")

    def test_another_purpose_is_refused(self, store: BoltStore) -> None:
        with pytest.raises(StoreMismatch, match="for demo, not for production"):
            store.prepare(key_check="0f", purpose="production")

    def test_a_store_of_a_newer_version_is_refused(
        self, store: BoltStore, database: Database
    ) -> None:
        database("MATCH (m:Meta) SET m.schema_version = 99")
        with pytest.raises(StoreTooNew, match="99"):
            store.prepare(key_check="0f", purpose="demo")

    def test_a_page_of_a_newer_version_is_refused(
        self, store: BoltStore, other: BoltStore, database: Database
    ) -> None:
        store.append(batch("b", tie()))
        database("MATCH (p:Page) SET p.schema_version = 99")
        with pytest.raises(StoreTooNew, match="tie page"):
            other.catch_up()

    def test_a_database_of_somebody_else_is_refused_and_left_alone(
        self, blank: Endpoint, database: Database
    ) -> None:
        database("CREATE (:Invoice {id: 1})")
        store = BoltStore(blank)
        with pytest.raises(StoreMismatch, match="Invoice"):
            store.prepare(key_check="0f", purpose="demo")
        with pytest.raises(StoreMismatch, match="Invoice"):
            store.start_over()
        assert database("MATCH (n) RETURN count(n) AS c") == [{"c": 1}]
        store.close()

    def test_a_store_that_was_not_prepared_has_no_name(self, blank: Endpoint) -> None:
        store = BoltStore(blank)
        with pytest.raises(StoreError, match="not prepared"):
            _ = store.info
        store.close()

    def test_a_wrong_password_is_called_one(self, blank: Endpoint) -> None:
        store = BoltStore(replace(blank, password="no" * 8))
        with pytest.raises(StoreUnavailable, match="refuses the password of user"):
            store.prepare(key_check="0f", purpose="demo")
        store.close()

    def test_a_server_that_does_not_answer_is_named_soon(self) -> None:
        nowhere = Endpoint("bolt://127.0.0.1:9", "u", "p", "d")
        store = BoltStore(nowhere)
        begun = time.monotonic()
        with pytest.raises(StoreUnavailable, match=r"127\.0\.0\.1:9 does not answer"):
            store.prepare(key_check="0f", purpose="demo")
        assert time.monotonic() - begun < 5
        store.close()

    def test_starting_over_empties_a_demonstration(
        self, store: BoltStore, database: Database
    ) -> None:
        store.append(batch("b", tie()))
        store.start_over()
        assert database("MATCH (n) RETURN count(n) AS c") == [{"c": 0}]
        store.prepare(key_check="0f", purpose="demo")
        assert store.facts.seq == 0
        assert store.append(batch("b", tie())).added == 1

    def test_starting_over_leaves_a_real_store_alone(
        self, blank: Endpoint, database: Database
    ) -> None:
        store = BoltStore(blank)
        store.prepare(key_check="0f", purpose="production")
        with pytest.raises(StoreMismatch, match="only a demonstration"):
            store.start_over()
        assert database("MATCH (m:Meta) RETURN m.purpose AS p") == [{"p": "production"}]
        store.close()
