"""What a source withdraws: it stands while another asserts it, and may come back."""

from graph.batch import DECISION, Receipt
from graph.records import Fact
from graph.scope import ALL
from graph.store.bolt import BoltStore
from graph.vocabulary import FactKind
from tests.contracts.facts import (
    DAY,
    batch,
    one_of_each,
    profile,
    record,
    sanction,
    tie,
    voiding,
)
from tests.contracts.seen import Database
from tests.journal import key_of


def keys_of(*facts: Fact) -> dict[FactKind, list[bytes]]:
    found: dict[FactKind, list[bytes]] = {}
    for fact in facts:
        found.setdefault(fact.kind_of_fact, []).append(key_of(fact))
    return found


class WithdrawingContract:
    def test_a_source_withdraws_what_it_said_of_every_kind(
        self, store: BoltStore
    ) -> None:
        facts = one_of_each()
        store.append(batch("b1", *facts))
        receipt = store.append(batch("b2", withdraws=keys_of(*facts)))
        assert receipt == Receipt(2, 0, 0, 0, 0, withdrawn=len(facts))
        for kind in FactKind:
            assert not len(store.facts.snapshot().all_rows(kind))
        assert [load.counts["withdrawn"] for load in store.loads()] == [0, len(facts)]
        assert store.verify().ok

    def test_it_stands_while_another_source_asserts_it(self, store: BoltStore) -> None:
        fact = sanction()
        store.append(batch("b1", fact, source="court"))
        store.append(batch("b2", fact, source="list"))
        for source, stands in (("list", 1), ("court", 0)):
            receipt = store.append(
                batch(f"w-{source}", source=source, withdraws=keys_of(fact))
            )
            assert receipt.withdrawn == 1
            found = store.details(FactKind.SANCTION, [key_of(fact)], scope=ALL)
            assert len(found) == stands
            assert len(store.facts.snapshot().all_rows(FactKind.SANCTION)) == stands
        assert store.verify().ok

    def test_withdrawing_again_or_what_one_never_said_changes_nothing(
        self, store: BoltStore
    ) -> None:
        store.append(batch("b1", tie(), source="court"))
        gone = keys_of(tie(), record())
        assert store.append(batch("b2", withdraws=gone)) == Receipt(1, 0, 0, 0, 2)
        store.append(batch("b3", source="court", withdraws=gone))
        again = store.append(batch("b4", source="court", withdraws=gone))
        assert again == Receipt(2, 0, 0, 0, 2)
        assert store.head() == 2

    def test_what_was_withdrawn_may_come_back(self, store: BoltStore) -> None:
        for number in range(3):
            added = store.append(batch(f"a{number}", tie()))
            assert added.added == 1
            gone = store.append(batch(f"w{number}", withdraws=keys_of(tie())))
            assert gone.withdrawn == 1
        assert store.append(batch("a3", tie())).added == 1
        assert store.verify().ok

    def test_a_decision_stands_when_the_source_withdraws(
        self, store: BoltStore
    ) -> None:
        store.append(batch("b1", sanction()))
        ended = sanction(valid_to=DAY("2025-06-01"))
        store.append(batch("b2", ended, source=DECISION))
        store.append(batch("b3", withdraws=keys_of(ended)))
        (found,) = store.details(FactKind.SANCTION, [key_of(ended)], scope=ALL).values()
        assert found["valid_to"] == DAY("2025-06-01")
        assert store.verify().ok

    def test_what_was_voided_stays_voided_when_its_source_withdraws_it(
        self, store: BoltStore
    ) -> None:
        store.append(batch("b1", record()))
        store.append(voiding("b2", record()))
        gone = store.append(batch("b3", withdraws=keys_of(record())))
        assert (gone.withdrawn, gone.known) == (0, 1)
        assert store.verify().ok

    def test_a_subject_falls_back_to_what_others_say_of_it(
        self, store: BoltStore, database: Database
    ) -> None:
        older, newer = profile(), profile(name="乙公司", valid_from=DAY("2022-01-01"))
        name = "MATCH (s:Subject {id: 'org:x'}) RETURN s.name AS name"
        store.append(batch("b1", older, source="court"))
        store.append(batch("b2", newer))
        assert database(name) == [{"name": "乙公司"}]
        store.append(batch("b3", withdraws=keys_of(newer)))
        assert database(name) == [{"name": "甲公司"}]
        store.append(batch("b4", source="court", withdraws=keys_of(older)))
        assert database(name) == [{"name": None}]
        assert store.verify().ok

    def test_another_reader_learns_of_it(
        self, store: BoltStore, other: BoltStore
    ) -> None:
        store.append(batch("b1", tie(), record()))
        store.append(batch("b2", withdraws=keys_of(tie())))
        other.catch_up()
        table = other.facts.tables[FactKind.TIE]
        assert table.until.values.tolist() == [2]
        assert other.facts.loads == store.facts.loads
