"""The journal: what a batch adds, and that sending it again adds nothing."""

from datetime import timedelta

import neo4j
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from neo4j.exceptions import ConstraintError, IncompleteCommit

from graph.batch import DECISION, Receipt
from graph.errors import AlreadyVoided, BadInput, NotFound, StoreError
from graph.scope import ALL
from graph.store import bolt
from graph.store.bolt import BoltStore
from graph.store.queries import TEXTS
from graph.vocabulary import FactKind, LoadKind, Role
from tests.contracts.facts import (
    DAY,
    START,
    batch,
    one_of_each,
    profile,
    record,
    tie,
    voiding,
)
from tests.contracts.seen import Database
from tests.journal import key_of

HOSTILE = [
    "' OR 1=1 WITH 0 as _l00 MATCH (n) DETACH DELETE n //",
    "a`) RETURN 1 UNION MATCH (n) DETACH DELETE n //",
    "\\u0027}) DETACH DELETE n //",
    "“引号”‘单引号’`反引号`\"'",
    "$ids {{}} __LABEL__ __TYPE__ ${x}",
    "换\n行\t制表\r\x00零",
    "𠮷野家 \U0001f600 \u202e",
    "",
]


class JournalContract:
    def test_new_facts_are_added_and_the_same_rows_again_are_known(
        self, store: BoltStore
    ) -> None:
        facts = one_of_each()
        first = store.append(batch("b1", *facts))
        again = store.append(batch("b2", *facts))
        assert first == Receipt(1, len(facts), 0, 0, 0)
        assert again == Receipt(1, 0, 0, 0, len(facts))
        assert [load.batch for load in store.loads()] == ["b1"]

    def test_a_batch_sent_again_gets_the_same_receipt(
        self, store: BoltStore, database: Database
    ) -> None:
        first = store.append(batch("b1", tie(), profile()))
        before = database.graph()
        other_content = batch("b1", tie("per:z"))
        for again in (batch("b1", tie(), profile()), other_content):
            receipt = store.append(again)
            assert receipt == Receipt(first.seq, 2, 0, 0, 0, repeated=True)
        assert database.graph() == before
        assert store.head() == 1

    def test_a_lost_acknowledgement_doubles_nothing(
        self, store: BoltStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        commit = neo4j.ManagedTransaction._commit
        lost: list[bool] = []

        def commit_and_lose(tx: neo4j.ManagedTransaction) -> None:
            commit(tx)
            if not lost:
                lost.append(True)
                raise IncompleteCommit("the line went dead")

        store.catch_up()
        writing = store._write

        def losing(work, **more):  # type: ignore[no-untyped-def]
            with monkeypatch.context() as patch:
                patch.setattr(neo4j.ManagedTransaction, "_commit", commit_and_lose)
                return writing(work, **more)

        monkeypatch.setattr(store, "_write", losing)
        receipt = store.append(batch("b1", tie()))
        assert lost
        assert receipt == Receipt(1, 1, 0, 0, 0, repeated=True)
        assert store.facts.seq == store.head() == 1
        assert store.verify().ok

    def test_a_commit_that_another_overtook_is_tried_again(
        self, store: BoltStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The commit of a writer that was killed may come in between."""
        refused: list[str] = []

        def refuse_once(tx: neo4j.ManagedTransaction) -> None:
            if not refused:
                refused.append("a unique key")
                raise ConstraintError("somebody else has written load 1")
            commit(tx)

        commit = neo4j.ManagedTransaction._commit
        monkeypatch.setattr(neo4j.ManagedTransaction, "_commit", refuse_once)
        receipt = store.append(batch("b1", tie()))
        assert refused
        assert receipt == Receipt(1, 1, 0, 0, 0)
        assert store.verify().ok

    def test_a_key_that_is_refused_for_good_is_told(
        self, store: BoltStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(_: neo4j.ManagedTransaction) -> None:
            raise ConstraintError("taken")

        monkeypatch.setattr(bolt, "_OVERTAKEN", 0.3)
        monkeypatch.setattr(neo4j.ManagedTransaction, "_commit", refuse)
        with pytest.raises(StoreError, match="taken"):
            store.append(batch("b1", tie()))

    def test_other_content_of_the_same_fact_replaces_it(self, store: BoltStore) -> None:
        store.append(batch("b1", tie()))
        receipt = store.append(batch("b2", tie(valid_to=DAY("2024-01-01"))))
        assert receipt == Receipt(2, 0, 1, 0, 0)
        (stands,) = store.details(FactKind.TIE, [key_of(tie())], scope=ALL).values()
        assert stands["valid_to"] == DAY("2024-01-01")

    def test_content_that_comes_back_is_a_new_version(self, store: BoltStore) -> None:
        for name, end in (("a", None), ("b", DAY("2024-01-01")), ("c", None)):
            store.append(batch(name, tie(valid_to=end)))
        (stands,) = store.details(FactKind.TIE, [key_of(tie())], scope=ALL).values()
        assert stands["valid_to"] is None
        assert store.facts.tables[FactKind.TIE].size == 3
        assert store.verify().ok

    def test_a_source_replaces_only_what_it_said_itself(self, store: BoltStore) -> None:
        store.append(batch("b1", tie(), source="registry"))
        first = store.append(batch("b2", tie(), source="court"))
        second = store.append(
            batch("b3", tie(valid_to=DAY("2024-01-01")), source="court")
        )
        assert (first.added, second.replaced) == (1, 1)
        table = store.facts.tables[FactKind.TIE]
        believed = [row for row in range(3) if table.until.values[row] > 3]
        assert believed == [0, 2]
        assert store.verify().ok

    def test_a_void_ends_what_every_source_said(self, store: BoltStore) -> None:
        store.append(batch("b1", record(), source="registry"))
        store.append(batch("b2", record(), source="court"))
        receipt = store.append(voiding("b3", record()))
        assert receipt == Receipt(3, 0, 0, 1, 0)
        assert store.details(FactKind.RECORD, [key_of(record())], scope=ALL) == {}
        assert store.verify().ok

    def test_a_voided_fact_is_not_revived_and_the_lines_are_named(
        self, store: BoltStore
    ) -> None:
        store.append(batch("b1", record()))
        store.append(voiding("b2", record()))
        with pytest.raises(AlreadyVoided, match="lines 17"):
            store.append(batch("b3", tie(), record(line=17)))
        assert store.head() == 2

    def test_a_void_of_what_nobody_says_is_refused(self, store: BoltStore) -> None:
        with pytest.raises(NotFound, match=key_of(record()).hex()):
            store.append(voiding("b1", record()))

    def test_one_fact_with_two_contents_in_a_batch_is_refused(
        self, store: BoltStore
    ) -> None:
        two = (tie(line=1), tie(valid_to=DAY("2024-01-01"), line=2))
        with pytest.raises(BadInput, match="comes twice"):
            store.append(batch("b1", *two))
        assert store.head() == 0

    def test_the_order_of_rows_in_a_batch_does_not_matter(
        self, store: BoltStore, database: Database
    ) -> None:
        facts = [*one_of_each(), *(tie(f"per:{n}") for n in range(5))]
        facts += [
            profile(valid_from=DAY(f"202{n}-06-01"), name=f"名{n}") for n in "123"
        ]
        store.append(batch("b1", *facts))
        before = database.graph()
        store.start_over()
        store.prepare(key_check="0f", purpose="demo")
        store.append(batch("b1", *reversed(facts)))
        assert database.graph() == before

    def test_instants_never_run_backwards(self, store: BoltStore) -> None:
        store.append(batch("b1", tie("per:1"), recorded_at=START))
        early = START - timedelta(days=400)
        store.append(batch("b2", tie("per:2"), recorded_at=early))
        late = START + timedelta(microseconds=1)
        store.append(batch("b3", tie("per:3"), recorded_at=late))
        assert [load.recorded_at for load in store.loads()] == [START, START, late]

    def test_an_instant_without_a_zone_is_refused(self, store: BoltStore) -> None:
        with pytest.raises(BadInput, match="no time zone"):
            store.append(batch("b1", tie(), recorded_at=START.replace(tzinfo=None)))

    def test_a_load_says_what_it_was(self, store: BoltStore) -> None:
        note = {"document": "决〔2025〕1号", "actor": "操作员"}
        store.append(batch("b1", tie(), file="十月.csv", digest="ab", note=note))
        (load,) = store.loads()
        assert (load.file, load.digest, load.note) == ("十月.csv", "ab", note)
        counts = dict.fromkeys(("replaced", "voided", "withdrawn", "known"), 0)
        assert load.counts == {"added": 1, **counts}
        assert len(load.chain) == 64

    def test_another_user_catches_up_with_what_was_written(
        self, store: BoltStore, other: BoltStore
    ) -> None:
        store.append(batch("b1", *one_of_each()))
        store.append(batch("b2", tie("per:z")))
        assert other.catch_up() == 2
        assert other.catch_up() == 0
        assert other.facts.snapshot().digest == store.facts.snapshot().digest
        assert other.append(batch("b3", tie("per:z"))).known == 1

    def test_pages_are_read_in_order_and_in_part(self, store: BoltStore) -> None:
        for n in range(4):
            store.append(batch(f"b{n}", tie(f"per:{n}"), profile(f"org:{n}")))
        assert [page.seq for page in store.pages()] == [1, 1, 2, 2, 3, 3, 4, 4]
        assert {page.seq for page in store.pages(since=1, until=3)} == {2, 3}
        assert [load.seq for load in store.loads(since=2)] == [3, 4]

    def test_a_law_book_is_kept_by_content(self, store: BoltStore) -> None:
        book = bytes(range(256)) * 4_000
        law = {"kind": LoadKind.LAW, "source": "law", "payload": book}
        receipt = store.append(batch("law:1", **law))
        assert (receipt.seq, receipt.new) == (1, 0)
        store.append(batch("b", tie()))
        assert store.payload(1) == book
        assert store.payload(2) == b""
        assert [load.seq for load in store.law_books()] == [1]
        assert store.append(batch("law:1", **law)).repeated
        with pytest.raises(NotFound, match="no load 3"):
            store.payload(3)

    def test_a_day_is_journaled_once(self, store: BoltStore, other: BoltStore) -> None:
        day = batch("day:2026-01-02", kind=LoadKind.DAY, note={"day": "2026-01-02"})
        assert store.append(day).seq == 1
        assert other.append(day) == Receipt(1, 0, 0, 0, 0, repeated=True)
        assert [load.kind for load in other.facts.loads] == [LoadKind.DAY]

    @pytest.mark.parametrize("text", HOSTILE)
    def test_hostile_text_comes_back_as_data(
        self, store: BoltStore, database: Database, text: str
    ) -> None:
        hostile = profile(f"org:{text}", name=text, address=text, department=text)
        store.append(batch(f"b{text}", hostile, source=text, file=text))
        (found,) = store.details(
            FactKind.PROFILE, [key_of(hostile)], scope=ALL
        ).values()
        assert (found["name"], found["address"]) == (text, text)
        (load,) = store.loads()
        assert (load.batch, load.source, load.file) == (f"b{text}", text, text)
        assert database("MATCH (s:Subject) RETURN s.id AS id") == [
            {"id": f"org:{text}"}
        ]
        assert store.verify().ok

    @settings(
        max_examples=15,
        deadline=None,
        # One promise, kept by each server's own class: executors differ on purpose.
        suppress_health_check=[
            HealthCheck.function_scoped_fixture,
            HealthCheck.differing_executors,
        ],
    )
    @given(text=st.text(min_size=1, max_size=200))
    def test_any_text_is_data_and_only_known_queries_are_sent(
        self, store: BoltStore, text: str
    ) -> None:
        sent: set[str] = set()
        run = neo4j.ManagedTransaction.run

        def noting(tx, query, parameters=None, **more):  # type: ignore[no-untyped-def]
            sent.add(query)
            return run(tx, query, parameters, **more)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(neo4j.ManagedTransaction, "run", noting)
            fact = profile("org:t", name=text, address=text)
            store.append(batch(f"b:{store.head()}:{text}", fact, source=DECISION))
            found = store.details(FactKind.PROFILE, [key_of(fact)], scope=ALL)
        assert found[key_of(fact)]["name"] == text
        assert sent <= set(TEXTS.values())

    def test_a_role_outside_the_vocabulary_is_refused(self, store: BoltStore) -> None:
        wrong = tie(role="BOSS_OF]->() DETACH DELETE n //")
        with pytest.raises(BadInput, match="Role has no word"):
            store.append(batch("b1", wrong))
        assert store.append(batch("b1", tie(role=Role.SELF))).seq == 1
