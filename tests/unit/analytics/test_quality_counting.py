"""What figures rest on, against plain counting: overlaps, working days, quantiles."""

from datetime import date, timedelta
from itertools import combinations

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from analytics.quality.clashes import clashing
from analytics.quality.lateness import working_days
from analytics.quality.names import plain_names
from analytics.quality.waits import EDGES, waits_of
from graph.law.calendar import WorkingCalendar
from graph.snapshot import day_of

CALENDAR = WorkingCalendar.published()
few = st.integers(0, 3)
periods = st.lists(
    st.tuples(few, st.integers(0, 9), st.integers(0, 9), few), max_size=12
)
days = st.dates(date(2005, 1, 1), date(2025, 12, 28))


@given(periods)
def test_every_overlap_is_found_and_no_other(
    rows: list[tuple[int, int, int, int]],
) -> None:
    columns = np.array(rows, np.int64).reshape(-1, 4).T
    found = clashing(*columns)
    told = {
        frozenset(p) for p in zip(found.one.tolist(), found.other.tolist(), strict=True)
    }
    wanted = {
        frozenset((a, b))
        for a, b in combinations(range(len(rows)), 2)
        if rows[a][0] == rows[b][0]
        and rows[a][3] != rows[b][3]
        and max(rows[a][1], rows[b][1]) < min(rows[a][2], rows[b][2])
    }
    assert told == wanted
    assert len(found.one) == len(told)


@given(st.lists(st.tuples(days, st.integers(0, 3_000)), max_size=8))
def test_working_days_of_a_column_are_those_of_the_calendar(
    pairs: list[tuple[date, int]],
) -> None:
    last = date(2025, 12, 28)
    spans = [(a, min(a + timedelta(n), last)) for a, n in pairs]
    begins, ends = (
        np.array([day_of(span[end]) for span in spans], np.int32) for end in (0, 1)
    )
    told = working_days(CALENDAR, begins, ends).tolist()
    assert told == [CALENDAR.working_days_between(a, b) for a, b in spans]


@given(st.lists(st.integers(0, 200), min_size=1, max_size=60))
def test_quantiles_are_days_that_occurred_and_buckets_hold_all(
    waited: list[int],
) -> None:
    found = waits_of(np.array(waited))
    assert found is not None
    for share, day in ((0.5, found.median), (0.9, found.p90), (0.99, found.p99)):
        assert day in waited
        assert sum(w <= day for w in waited) >= share * len(waited)
    assert sum(found.buckets) == len(waited)
    assert found.buckets[0] == waited.count(0)
    assert found.buckets[-1] == sum(w > EDGES[-1] for w in waited)
    assert found.longest == max(waited)


def test_names_are_compared_without_blanks_and_widths() -> None:
    names = pa.array(["甲（伊春） 公司", "甲(伊春)公司", "abc\u3000公司", "ABC公司"])
    plain = plain_names(names).to_pylist()
    assert plain[0] == plain[1]
    assert plain[2] == plain[3]
    assert plain[0] != plain[2]
