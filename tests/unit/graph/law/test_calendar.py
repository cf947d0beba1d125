"""Working days by the official notices, and terms by the Civil Code."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from graph.errors import BadInput
from graph.law.calendar import (
    BadTerm,
    CalendarUnpublished,
    TermLength,
    WorkingCalendar,
    add_term,
    parse_term,
)
from graph.law.terms import add_period

D = date.fromisoformat
CALENDAR = WorkingCalendar.published()
LAST = date(CALENDAR.last_year, 12, 28)
KNOWN = st.dates(date(CALENDAR.first_year, 1, 1), LAST)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2025-10-01", False),
        ("2025-09-28", True),  # a Sunday made up for the National Day
        ("2025-10-08", False),  # a Wednesday within it
        ("2025-10-09", True),
        ("2025-10-11", True),  # a Saturday made up
        ("2025-10-12", False),
        ("2026-02-14", True),  # a Saturday made up for the Spring Festival
        ("2026-02-20", False),
        ("2018-12-31", False),  # moved by the notice for 2019
        ("2018-12-29", True),
    ],
)
def test_days_are_worked_as_the_notices_say(day: str, worked: bool) -> None:
    assert CALENDAR.is_working_day(D(day)) is worked


def test_seven_working_days_cross_a_holiday_and_a_worked_saturday() -> None:
    assert CALENDAR.add_working_days(D("2025-09-26"), 7) == D("2025-10-13")
    assert CALENDAR.add_working_days(D("2025-09-28"), 3) == D("2025-10-09")
    assert CALENDAR.working_days_between(D("2025-09-30"), D("2025-10-11")) == 3


def test_a_day_off_counts_from_the_next_working_day() -> None:
    assert CALENDAR.add_working_days(D("2025-10-03"), 1) == D("2025-10-09")
    assert CALENDAR.add_working_days(D("2025-10-03"), -1) == D("2025-09-30")
    assert CALENDAR.add_working_days(D("2025-10-03"), 0) == D("2025-10-03")


@pytest.mark.parametrize(
    "year", [2003, CALENDAR.last_year + 1, CALENDAR.last_year + 30]
)
def test_a_year_without_a_notice_is_refused(year: int) -> None:
    day = date(year, 6, 3)
    for ask in (
        lambda: CALENDAR.is_working_day(day),
        lambda: CALENDAR.add_working_days(day, 0),
        lambda: CALENDAR.working_days_between(day, D("2025-06-03")),
        lambda: CALENDAR.working_days_between(D("2025-06-03"), day),
    ):
        with pytest.raises(CalendarUnpublished, match=str(year)) as caught:
            ask()
        assert caught.value.year == year
        assert "chinesecalendar" in caught.value.hint.en


def test_counting_into_an_unpublished_year_is_refused() -> None:
    with pytest.raises(CalendarUnpublished) as caught:
        CALENDAR.add_working_days(LAST, 7)
    assert caught.value.year == CALENDAR.last_year + 1
    with pytest.raises(CalendarUnpublished) as caught:
        CALENDAR.add_working_days(D("2004-01-02"), -7)
    assert caught.value.year == 2003


def test_the_days_before_new_year_wait_for_the_next_notice() -> None:
    assert CALENDAR.is_working_day(LAST) in {True, False}
    with pytest.raises(CalendarUnpublished) as caught:
        CALENDAR.is_working_day(LAST + timedelta(days=1))
    assert caught.value.year == CALENDAR.last_year + 1


def test_a_notice_adds_the_next_year_and_the_days_before_it() -> None:
    year = CALENDAR.last_year + 1
    eve, new_year = date(year - 1, 12, 31), date(year, 1, 1)
    longer = CALENDAR.with_year(
        year, holidays=[eve, new_year, date(year, 10, 1)], make_up_days=[]
    )
    assert not longer.is_working_day(eve)
    assert not longer.is_working_day(new_year)
    assert longer.add_working_days(LAST, 30).year == year
    assert longer.working_days_between(D("2025-09-30"), D("2025-10-11")) == 3


def test_a_notice_for_another_year_or_half_a_notice_is_refused() -> None:
    year = CALENDAR.last_year + 1
    with pytest.raises(BadInput, match=str(year)):
        CALENDAR.with_year(year + 1, holidays=[], make_up_days=[])
    with pytest.raises(BadInput, match="1 October"):
        CALENDAR.with_year(year, holidays=[date(year, 1, 1)], make_up_days=[])


def test_an_instant_is_not_taken_for_a_day() -> None:
    with pytest.raises(TypeError, match="by date"):
        CALENDAR.is_working_day(datetime(2025, 10, 1, 12))  # noqa: DTZ001  # the mistake meant


@given(KNOWN, st.integers(1, 60))
def test_the_days_counted_are_the_days_added(day: date, n: int) -> None:
    assume(day < D("2026-06-01"))
    reached = CALENDAR.add_working_days(day, n)
    assert CALENDAR.is_working_day(reached)
    assert CALENDAR.working_days_between(day, reached) == n
    assert CALENDAR.working_days_between(reached, day) == -n


@given(KNOWN, st.integers(1, 20), st.integers(0, 20))
def test_adding_twice_is_adding_the_sum(day: date, n: int, m: int) -> None:
    assume(day < D("2026-06-01"))
    once = CALENDAR.add_working_days(day, n + m)
    assert CALENDAR.add_working_days(CALENDAR.add_working_days(day, n), m) == once


@given(KNOWN, st.integers(1, 20))
def test_going_back_from_a_working_day_undoes_going_on(day: date, n: int) -> None:
    assume(day < D("2026-06-01") and CALENDAR.is_working_day(day))
    on = CALENDAR.add_working_days(day, n)
    assert CALENDAR.add_working_days(on, -n) == day


@given(KNOWN, st.integers(0, 40))
def test_counting_equals_asking_day_by_day(day: date, span: int) -> None:
    later = day + timedelta(days=span)
    assume(later <= LAST)
    days = [day + timedelta(days=i) for i in range(1, span + 1)]
    assert CALENDAR.working_days_between(day, later) == sum(
        map(CALENDAR.is_working_day, days)
    )


# --- terms -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "term", "reached"),
    [
        ("2026-01-15", "P3Y", "2029-01-15"),
        ("2026-01-15", "P1Y6M", "2027-07-15"),
        ("2026-01-15", "P30D", "2026-02-14"),
        ("2026-01-31", "P1M", "2026-02-28"),
        ("2024-01-31", "P1M", "2024-02-29"),
        ("2024-02-29", "P1Y", "2025-02-28"),
        ("2024-02-29", "P4Y", "2028-02-29"),
        ("2026-02-28", "P1M", "2026-03-28"),  # the last of a month is no special day
        (
            "2026-08-31",
            "P1Y6M",
            "2028-02-29",
        ),  # one step: not by way of a shorter month
        ("2026-12-31", "P6M", "2027-06-30"),
        ("2026-12-31", "P2M1D", "2027-03-01"),
        ("2026-01-15", "P0D", "2026-01-15"),
    ],
)
def test_a_term_is_up_on_the_corresponding_day(
    day: str, term: str, reached: str
) -> None:
    assert add_term(D(day), term) == D(reached)


def test_a_lifetime_term_has_no_end() -> None:
    assert parse_term("LIFETIME") is None
    assert add_term(D("2026-01-01"), "LIFETIME") is None
    assert add_term(D("2026-01-01"), None) is None
    assert parse_term("P1Y6M") == TermLength(months=18, days=0)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "P",
        "3Y",
        "P3",
        "P-1Y",
        "P1.5Y",
        "P3W",
        "PT3H",
        "p3y",
        "P6M1Y",
        "P３Y",
        "P3Y\n",
        "终身",
        "lifetime",
    ],
)
def test_what_is_no_term_is_refused_with_the_way_to_write_one(text: str) -> None:
    with pytest.raises(BadTerm, match="not a term") as caught:
        parse_term(text)
    assert "P3Y" in caught.value.hint.en


def test_a_term_past_the_calendar_is_refused() -> None:
    for term in ("P9000Y", "P7999Y12M31D"):
        with pytest.raises(BadTerm, match="9999"):
            add_term(D("2026-01-15"), term)


@given(st.dates(D("1950-01-01"), D("2200-12-31")), st.integers(0, 600))
def test_the_day_stays_unless_the_month_lacks_it(day: date, months: int) -> None:
    reached = add_term(day, TermLength(months=months, days=0))
    assert (reached.year * 12 + reached.month) - (day.year * 12 + day.month) == months
    assert reached.day == day.day or (reached + timedelta(days=1)).day == 1
    assert reached.day <= day.day


@given(st.dates(D("1950-01-01"), D("2200-12-31")), st.integers(0, 50))
def test_twelve_months_are_a_year(day: date, years: int) -> None:
    assert add_term(day, f"P{years}Y") == add_term(day, f"P{12 * years}M")


@given(
    st.dates(D("1950-01-01"), D("2200-12-31")),
    st.dates(D("1950-01-01"), D("2200-12-31")),
    st.integers(0, 120),
)
def test_a_later_start_never_ends_earlier(a: date, b: date, months: int) -> None:
    first, second = sorted((a, b))
    length = TermLength(months=months, days=0)
    assert add_term(first, length) <= add_term(second, length)


@given(st.dates(D("1950-01-01"), D("2200-12-31")), st.integers(1, 120))
def test_rule_periods_differ_only_where_the_corresponding_day_is_missing(
    day: date, months: int
) -> None:
    up, free = add_term(day, f"P{months}M"), add_period(day, f"P{months}M")
    assert up is not None
    missing = up.day != day.day
    assert free - up == timedelta(days=1 if missing else 0)
