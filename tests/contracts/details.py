"""Whole facts, under a scope."""

from decimal import Decimal

import pytest

from graph.batch import DECISION
from graph.scope import ALL, Scope
from graph.store.bolt import BoltStore
from graph.vocabulary import FactKind
from tests.contracts.facts import DAY, batch, one_of_each, profile, record, tie
from tests.journal import key_of

MARKED = {"department": "税务局", "sector": "C", "region": "230717", "public": False}


class DetailsContract:
    def test_every_column_comes_back_as_it_was_given(self, store: BoltStore) -> None:
        given = profile(
            capital_yuan=Decimal("12345678901234567.123456"),
            business_scope="长" * 9_000,
        )
        store.append(batch("b1", given))
        (found,) = store.details(FactKind.PROFILE, [key_of(given)], scope=ALL).values()
        assert found["capital_yuan"] == Decimal("12345678901234567.123456")
        assert found["business_scope"] == "长" * 9_000
        assert found["valid_from"] == DAY("2020-01-01")
        assert found["valid_to"] is None
        assert found["public"] is True

    def test_facts_of_every_kind_are_found_by_key(self, store: BoltStore) -> None:
        facts = one_of_each()
        store.append(batch("b1", *facts))
        for fact in facts:
            found = store.details(fact.kind_of_fact, [key_of(fact)], scope=ALL)
            assert list(found) == [key_of(fact)]

    def test_a_key_that_nobody_asserts_is_left_out(self, store: BoltStore) -> None:
        store.append(batch("b1", tie(), record()))
        for kind in (FactKind.TIE, FactKind.RECORD):
            assert store.details(kind, [bytes(16)], scope=ALL) == {}
            assert store.details(kind, [], scope=ALL) == {}

    @pytest.mark.parametrize(
        ("scope", "sees"),
        [
            (ALL, True),
            (Scope(), True),
            (Scope(departments=frozenset({"税务局"})), True),
            (Scope(departments=frozenset({"法院"})), False),
            (Scope(departments=frozenset()), False),
            (Scope(sectors=frozenset({"C", "D"})), True),
            (Scope(sectors=frozenset({"D"})), False),
            (Scope(regions=("2307",)), True),
            (Scope(regions=("2301", "2307")), True),
            (Scope(regions=("2301",)), False),
            (Scope(regions=()), False),
            (Scope(departments=frozenset({"税务局"}), regions=("2301",)), False),
        ],
    )
    def test_what_the_scope_does_not_allow_is_as_if_it_were_not(
        self, store: BoltStore, scope: Scope, *, sees: bool
    ) -> None:
        for fact in (record(**MARKED), tie(**MARKED)):
            store.append(batch(f"b{fact.kind_of_fact}", fact))
            found = store.details(fact.kind_of_fact, [key_of(fact)], scope=scope)
            assert bool(found) is sees

    def test_a_public_fact_is_open_to_all(self, store: BoltStore) -> None:
        store.append(batch("b1", record(**(MARKED | {"public": True}))))
        nobody = Scope(departments=frozenset(), sectors=frozenset(), regions=())
        assert store.details(FactKind.RECORD, [key_of(record())], scope=nobody)

    def test_unmarked_facts_are_closed_to_a_limited_reader(
        self, store: BoltStore
    ) -> None:
        store.append(batch("b1", record(public=False)))
        limited = Scope(regions=("23",))
        assert store.details(FactKind.RECORD, [key_of(record())], scope=limited) == {}

    @pytest.mark.parametrize("fact", [record(), tie()], ids=["node", "relationship"])
    def test_a_decision_wins_and_else_the_later_load(
        self, store: BoltStore, fact: object
    ) -> None:
        make = record if fact == record() else tie
        kind, key = make().kind_of_fact, key_of(make())
        for name, source, department in (
            ("b1", "registry", "甲"),
            ("b2", DECISION, "乙"),
            ("b3", "court", "丙"),
        ):
            store.append(batch(name, make(department=department), source=source))
        assert store.details(kind, [key], scope=ALL)[key]["department"] == "乙"

    def test_a_hidden_winner_hides_the_fact(self, store: BoltStore) -> None:
        store.append(batch("b1", record(public=True), source="registry"))
        store.append(batch("b2", record(public=False), source=DECISION))
        limited = Scope(departments=frozenset({"税务局"}))
        assert store.details(FactKind.RECORD, [key_of(record())], scope=limited) == {}

    def test_details_agree_with_the_snapshot(self, store: BoltStore) -> None:
        for n, source in enumerate(("registry", "court", DECISION, "registry")):
            store.append(batch(f"b{n}", record(department=f"单位{n}"), source=source))
            snapshot = store.facts.snapshot()
            row = snapshot.row_of(FactKind.RECORD, key_of(record()))
            assert row is not None
            (found,) = store.details(
                FactKind.RECORD, [key_of(record())], scope=ALL
            ).values()
            said = snapshot.text(FactKind.RECORD, row, "department")
            assert found["department"] == said
