"""Rows on their way to a query: cells in its order, days by their place in a list."""

from datetime import date

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from graph.store.properties import sent_rows
from graph.store.queries import CELLS, TEXTS

DAYS = st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1))


def test_a_text_has_the_place_of_a_cell_where_its_file_has_the_name() -> None:
    cells = CELLS["add_persons"]
    assert cells == ("id", "identity")
    assert "{id: r[0], identity: r[1]}" in TEXTS["add_persons"]
    assert "collect(r[0]) AS ids" in TEXTS["add_persons"]


def test_rows_that_are_maps_keep_their_names() -> None:
    assert "add_rules" not in CELLS
    assert "r.id" in TEXTS["add_authorities"]


@given(st.lists(st.tuples(DAYS, DAYS), max_size=20))
def test_days_come_back_from_their_places(pairs: list[tuple[date, date]]) -> None:
    begins, ends = [a for a, _ in pairs], [b for _, b in pairs]
    table = pa.table(
        {
            "key": pa.array([bytes(16)] * len(pairs), pa.binary(16)),
            "valid_from": pa.array(begins, pa.date32()),
            "valid_to": pa.array(ends, pa.date32()),
            "person": pa.array([f"p{n}" for n in range(len(pairs))], pa.string()),
        }
    )
    places = {"person": {"p0": 7}}
    cells = ("valid_to", "person_at", "key", "valid_from")
    sent = sent_rows(table, cells, places)
    found = [(sent.days[row[3]], sent.days[row[0]]) for row in sent.rows]
    assert found == pairs
    assert [row[1] for row in sent.rows] == [7, *[None] * 20][: len(pairs)]
    assert {row[2] for row in sent.rows} <= {"00" * 16}
    assert len(set(sent.days)) == len(sent.days)
