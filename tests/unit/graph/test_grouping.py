"""Grouping without sorting agrees with sorting; bits say which columns are filled."""

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graph.records import Profile, Record
from graph.schema import SCHEMAS
from graph.scope import Scope
from graph.snapshot.filled import bit_of
from graph.snapshot.grouping import grouped
from graph.vocabulary import Category, FactKind, PenaltyKind, RecordKind
from tests.journal import Journal

small, large = st.integers(0, 4), st.integers(0, 2**40)


@given(st.lists(st.tuples(small, large, small), max_size=40))
def test_rows_of_one_group_are_equal_and_of_two_differ(
    rows: list[tuple[int, int, int]],
) -> None:
    columns = np.array(rows, np.int64).reshape(-1, 3).T
    found = grouped(*columns)
    assert found.count == len(set(rows))
    for row, group in zip(rows, found.of.tolist(), strict=True):
        assert rows[int(found.some[group])] == row
    firsts = [rows.index(rows[int(place)]) for place in found.some]
    assert firsts == found.some.tolist()


def test_the_bits_say_which_columns_have_a_value() -> None:
    record = Record(
        kind=RecordKind.PENALTY,
        authority="机关",
        document_number="文1",
        subject="org:x",
        category=Category.ADMINISTRATIVE,
        penalty_kinds=(PenaltyKind.FINE,),
        content="罚款",
        decided_on=date(2026, 1, 1),
    )
    table = Journal(record).now().tables[FactKind.RECORD]
    bits = table.filled.values[0]
    filled = {
        c.name
        for c in SCHEMAS[FactKind.RECORD].columns
        if bits & bit_of(table.schema, c.name)
    }
    named = {"kind", "authority", "document_number", "subject", "category"}
    assert filled == named | {"penalty_kinds", "content", "decided_on", "public"}
    assert SCHEMAS[FactKind.RECORD].column("content").kept is False
    assert all(len(schema.columns) <= 64 for schema in SCHEMAS.values())


def test_each_source_asserts_for_itself() -> None:
    profile = Profile(subject="org:x", name="甲")
    journal = Journal(profile)
    journal.add(profile, source="t")
    view = journal.now()
    assert view.all_rows(FactKind.PROFILE).tolist() == [1]
    assert view.asserted(FactKind.PROFILE).tolist() == [0, 1]
    assert view.pinned(1).asserted(FactKind.PROFILE).tolist() == [0]


def test_what_is_public_is_readable_and_not_for_that_ones_own() -> None:
    journal = Journal(
        Profile(subject="org:x", name="甲", department="市监"),
        Profile(subject="org:y", name="乙", department="城管"),
        Profile(subject="org:z", name="丙", department="城管", public=False),
    )
    view = journal.now().under(Scope(departments=frozenset({"市监"})))
    rows = view.asserted(FactKind.PROFILE)
    assert rows.tolist() == [0, 1]
    assert view.own(FactKind.PROFILE, rows).tolist() == [True, False]
    assert view.all_rows(FactKind.PROFILE).tolist() == [0, 1]
