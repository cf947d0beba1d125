"""Versions, sources, scopes and identities, without any server."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from graph.batch import (
    DECISION,
    Batch,
    Page,
    conform,
    decode_page,
    encode_pages,
    fact_keys,
    journal_table,
    versions,
)
from graph.errors import (
    AlreadyVoided,
    BadInput,
    NotFound,
    StoreDamaged,
    StoreTooNew,
)
from graph.records import (
    Fact,
    Holding,
    IdentityLink,
    Profile,
    Record,
    Sanction,
    Tie,
    tables_of,
)
from graph.scope import ALL, Scope
from graph.snapshot import OPEN, UNKNOWN, Facts, Snapshot, date_of, day_of
from graph.snapshot.facts import CHANGED, KNOWN, NEW, VOIDED
from graph.snapshot.index import RowIndex
from graph.snapshot.intake import Trial
from graph.vocabulary import Category, FactKind, Judgement, RecordKind, Role

START = datetime(2026, 1, 1, tzinfo=UTC)
D = date.fromisoformat


def tie(person: str = "per:a", org: str = "org:x", **more: object) -> Tie:
    values: dict[str, object] = {
        "person": person,
        "organization": org,
        "role": Role.LEGAL_REPRESENTATIVE,
        "valid_from": D("2020-01-01"),
    }
    return Tie(**(values | more))  # type: ignore[arg-type]


class Journal:
    """A trial on empty facts: the intake of a store, without a server."""

    def __init__(self) -> None:
        self.trial = Trial(Facts())

    @property
    def facts(self) -> Facts:
        return self.trial.facts

    def add(self, *facts: Fact, source: str = "s") -> None:
        self._append(source, tables=tables_of(facts))

    def void(self, fact: Fact) -> bytes:
        kind = fact.kind_of_fact
        key: bytes = fact_keys(kind, conform(kind, tables_of([fact])[kind]))[0].as_py()
        self._append(DECISION, voids={kind: [key]})
        return key

    def _append(self, source: str, **content: Any) -> None:
        seq = self.facts.seq + 1
        self.trial.append(
            Batch(
                batch=f"b{seq}",
                source=source,
                file=f"f{seq}.csv",
                recorded_at=START + timedelta(days=seq),
                **content,
            )
        )

    def now(self) -> Snapshot:
        return self.facts.snapshot()


@pytest.fixture
def journal() -> Journal:
    return Journal()


def ends(view: Snapshot, org: str = "org:x") -> list[int]:
    return [
        view.day(FactKind.TIE, row, "valid_to")
        for row in view.rows(FactKind.TIE, "organization", org)
    ]


def test_days_round_trip_and_marks_are_no_days() -> None:
    assert date_of(day_of(D("2026-11-22"))) == D("2026-11-22")
    assert date_of(OPEN) is None
    assert date_of(UNKNOWN) is None


def test_the_same_row_again_is_known(journal: Journal) -> None:
    journal.add(tie())
    journal.add(tie(line=7))
    assert ends(journal.now()) == [OPEN]
    assert journal.facts.tables[FactKind.TIE].size == 1


def test_a_change_and_back_again_ends_as_the_first(journal: Journal) -> None:
    first, second = tie(), tie(valid_to=D("2024-01-01"))
    for fact in (first, second, first):
        journal.add(fact)
    assert ends(journal.now()) == [OPEN]
    assert ends(journal.now().pinned(2)) == [day_of(D("2024-01-01"))]
    assert ends(journal.now().pinned(0)) == []


def test_known_at_takes_the_last_load_before_the_instant(journal: Journal) -> None:
    journal.add(tie())
    journal.add(tie(valid_to=D("2024-01-01")))
    view = journal.now()
    assert view.known_at(START + timedelta(days=1)).seq == 1
    assert view.known_at(START + timedelta(days=1, hours=23)).seq == 1
    assert view.known_at(START).seq == 0
    assert view.known_at(START + timedelta(days=1)).digest == "trial:1"


def test_a_decision_outlives_what_a_file_says_later(journal: Journal) -> None:
    journal.add(tie())
    journal.add(tie(valid_to=D("2024-01-01")), source=DECISION)
    journal.add(tie(valid_to=D("2030-01-01")))
    assert ends(journal.now()) == [day_of(D("2024-01-01"))]


def test_of_two_files_the_later_wins_and_both_stand(journal: Journal) -> None:
    journal.add(tie(), source="a")
    journal.add(tie(valid_to=D("2024-01-01")), source="b")
    assert ends(journal.now()) == [day_of(D("2024-01-01"))]
    assert len(journal.now().all_rows(FactKind.TIE)) == 1
    assert ends(journal.now().pinned(1)) == [OPEN]


def test_voiding_overrides_every_source_and_is_remembered(journal: Journal) -> None:
    journal.add(tie(), source="a")
    journal.add(tie(), source="b")
    key = journal.void(tie())
    assert ends(journal.now()) == []
    assert ends(journal.now().pinned(2)) == [OPEN]
    table = conform(FactKind.TIE, tables_of([tie()])[FactKind.TIE])
    again = journal.facts.classify(
        "c", FactKind.TIE, fact_keys(FactKind.TIE, table), versions(FactKind.TIE, table)
    )
    assert again.tolist() == [VOIDED]
    assert not journal.facts.standing(FactKind.TIE, [key])[0]


def test_classify_tells_new_changed_and_known_apart(journal: Journal) -> None:
    journal.add(tie(), tie("per:b"))
    rows = [tie(), tie("per:b", valid_to=D("2025-01-01")), tie("per:c")]
    table = conform(FactKind.TIE, tables_of(rows)[FactKind.TIE])
    found = journal.facts.classify(
        "s", FactKind.TIE, fact_keys(FactKind.TIE, table), versions(FactKind.TIE, table)
    )
    assert found.tolist() == [KNOWN, CHANGED, NEW]


def test_changes_name_what_appeared_and_what_was_closed(journal: Journal) -> None:
    journal.add(tie(), tie("per:b"))
    journal.add(tie("per:b", valid_to=D("2025-01-01")))
    assert journal.facts.changes(1).rows[FactKind.TIE].tolist() == [1, 2]
    assert journal.facts.changes(2).rows[FactKind.TIE].tolist() == []


def test_a_load_out_of_order_is_refused(journal: Journal) -> None:
    journal.add(tie())
    load = journal.facts.loads[0]
    with pytest.raises(StoreDamaged, match="Load 1 follows load 1"):
        journal.facts.apply(load, [])


def test_what_a_scope_does_not_allow_is_not_there(journal: Journal) -> None:
    journal.add(
        tie("per:a", public=False, department="d1", region="230717"),
        tie("per:b", public=False, department="d2", region="140400"),
        tie("per:c"),
    )
    view = journal.now()

    def seen(scope: Scope) -> set[str]:
        narrow = view.under(scope)
        rows = narrow.rows(FactKind.TIE, "organization", "org:x")
        assert rows == narrow.all_rows(FactKind.TIE).tolist()
        return {narrow.text(FactKind.TIE, row, "person") for row in rows}

    assert seen(ALL) == {"per:a", "per:b", "per:c"}
    assert seen(Scope(departments=frozenset({"d1"}))) == {"per:a", "per:c"}
    assert seen(Scope(regions=("2307",))) == {"per:a", "per:c"}
    assert seen(Scope(sectors=frozenset({"C"}))) == {"per:c"}
    assert not view.under(Scope(regions=("1404",))).has("per:a")


def link(judgement: Judgement, document: str) -> IdentityLink:
    return IdentityLink(
        left="per:scoped:n", right="per:a", document=document, authority="x",
        judgement=judgement,
    )  # fmt: skip


def test_a_link_joins_two_identifiers_until_it_is_taken_back(journal: Journal) -> None:
    journal.add(tie("per:a"), tie("per:scoped:n", "org:y"))
    journal.add(link(Judgement.SAME, "1"))
    view = journal.now()
    assert view.identities.canonical("per:scoped:n") == "per:a"
    assert len(view.rows(FactKind.TIE, "person", "per:a")) == 2
    assert len(view.pinned(1).rows(FactKind.TIE, "person", "per:a")) == 1
    journal.add(link(Judgement.NOT_SAME, "2"))
    assert len(journal.now().rows(FactKind.TIE, "person", "per:a")) == 1


def test_a_row_comes_back_as_the_object_it_was(journal: Journal) -> None:
    sanction = Sanction(
        authority="11230700", document_number="伊市监〔2025〕1号", subject="org:x",
        list="court_defaulter", measures=("consumption_restriction", "office_ban"),
        decided_on=D("2025-01-01"), valid_from=D("2025-01-02"), region="230700",
    )  # fmt: skip
    profile = Profile(subject="org:x", name="甲公司", valid_from=D("2020-01-01"))
    journal.add(sanction, profile)
    view = journal.now()
    assert view.fact(FactKind.SANCTION, 0) == sanction
    assert view.fact(FactKind.PROFILE, 0) == profile
    assert view.source(FactKind.SANCTION, 0).file == "f1.csv"
    key = view.key(FactKind.SANCTION, 0)
    assert view.row_of(FactKind.SANCTION, key) == 0


def test_pages_round_trip_and_older_ones_are_upcast() -> None:
    content = conform(FactKind.TIE, tables_of([tie()])[FactKind.TIE])
    table = journal_table(
        content,
        ops=[0],
        keys=fact_keys(FactKind.TIE, content),
        digests=versions(FactKind.TIE, content),
    )
    ((rows, data),) = encode_pages(table)
    assert rows == 1
    assert decode_page(FactKind.TIE, 1, data) == table
    older = table.drop_columns(["sector"])
    ((_, old_data),) = encode_pages(older)
    assert decode_page(FactKind.TIE, 1, old_data)["sector"].to_pylist() == [None]
    with pytest.raises(StoreTooNew, match="schema version 99"):
        decode_page(FactKind.TIE, 99, data)


@pytest.mark.parametrize(
    ("fact", "later"),
    [
        (
            Holding(holder="per:a", organization="org:x", share_num=1, share_den=3),
            ("share_to_num", "share_to_den", "votes_to_num", "votes_to_den", "direct"),
        ),
        (
            Record(
                kind=RecordKind.PENALTY,
                authority="局",
                document_number="1",
                subject="org:x",
                category=Category.ADMINISTRATIVE,
            ),
            (
                "outcome",
                "grade",
                "review",
                "capacity",
                "due_on",
                "amount_yuan",
                "plan_number",
            ),
        ),
    ],
)
def test_pages_of_the_first_schema_are_read_and_mean_the_same(
    fact: Fact, later: tuple[str, ...]
) -> None:
    kind = fact.kind_of_fact
    content = conform(kind, tables_of([fact])[kind])
    keys, digests = fact_keys(kind, content), versions(kind, content)
    table = journal_table(content, ops=[0], keys=keys, digests=digests)
    ((_, page),) = encode_pages(table.drop_columns(list(later)))
    read = decode_page(kind, 1, page)
    assert read == table
    again = conform(kind, read.select([*content.column_names]))
    assert versions(kind, again) == digests


def test_a_null_column_does_not_enter_the_digest() -> None:
    with_null = conform(FactKind.TIE, tables_of([tie()])[FactKind.TIE])
    assert versions(FactKind.TIE, with_null) != versions(
        FactKind.TIE,
        conform(FactKind.TIE, tables_of([tie(sector="C")])[FactKind.TIE]),
    )


def test_an_unknown_column_and_a_missing_value_are_refused() -> None:
    with pytest.raises(BadInput, match="no column shoe_size"):
        conform(FactKind.TIE, pa.table({"shoe_size": [1]}))
    with pytest.raises(BadInput, match="required column person"):
        conform(FactKind.TIE, pa.table({"person": pa.array([None], pa.string())}))


def test_the_index_finds_rows_in_base_and_overlay() -> None:
    from graph.snapshot.columns import Growing

    column, rng = Growing(np.int32), np.random.default_rng(0)
    index = RowIndex(column)
    for size in (30_000, 10, 25_000, 1, 400):
        column.extend(rng.integers(0, 500, size))
        values = column.values
        for wanted in (0, 3, 499, 1000):
            assert index.rows(wanted) == np.flatnonzero(values == wanted).tolist()


def test_a_fork_can_be_written_and_the_original_stays(journal: Journal) -> None:
    journal.add(tie(), tie("per:b"))
    fork = Journal()
    fork.trial = Trial(journal.facts)
    fork.add(tie(valid_to=D("2024-01-01")), tie("per:c"))
    assert sorted(ends(fork.now())) == [day_of(D("2024-01-01")), OPEN, OPEN]
    assert ends(journal.now()) == [OPEN, OPEN]
    assert journal.facts.seq == 1
    narrow = journal.facts.fork([FactKind.TIE])
    with pytest.raises(KeyError, match="profile"):
        narrow.apply(
            replace(fork.facts.loads[-1], seq=2), [Page(2, 0, FactKind.PROFILE, None)]
        )


def test_a_voided_or_unknown_fact_is_refused_by_name(journal: Journal) -> None:
    journal.add(tie())
    journal.void(tie())
    with pytest.raises(AlreadyVoided, match="voided before"):
        journal.void(tie())
    with pytest.raises(NotFound, match="No tie has the key"):
        journal.void(tie("per:nobody"))
    with pytest.raises(AlreadyVoided, match="lines 4"):
        journal.add(tie(line=4))


def test_one_fact_in_two_versions_in_a_batch_is_refused(journal: Journal) -> None:
    journal.add(tie(line=1), tie(line=2))
    with pytest.raises(BadInput, match="line 9"):
        journal.add(
            tie("per:z", line=8), tie("per:z", valid_to=D("2024-01-01"), line=9)
        )
