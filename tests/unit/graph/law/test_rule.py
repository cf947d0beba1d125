"""Versions by day, periods half-open, terms counted by calendar."""

from datetime import date

import pytest

from graph.law.book import LawBook
from graph.law.model import Term, TermStart
from graph.law.terms import add_period


@pytest.mark.parametrize(
    ("day", "version"),
    [
        ("2010-09-30", None),
        ("2010-10-01", "2010-10-01"),
        ("2015-07-21", "2010-10-01"),
        ("2015-07-22", "2015-07-22"),
        ("2099-01-01", "2015-07-22"),
    ],
)
def test_a_day_has_the_version_in_force_on_it(
    book: LawBook, day: str, version: str | None
) -> None:
    rule = book.rules["CONSUMPTION-RESTRICTION"]

    found = rule.on(date.fromisoformat(day))

    assert (found and rule.version_id(found)) == (
        version and f"CONSUMPTION-RESTRICTION@{version}"
    )


@pytest.mark.parametrize(
    ("start", "period", "end"),
    [
        ("2024-07-01", "P3Y", "2027-07-01"),
        ("2024-02-29", "P3Y", "2027-03-01"),
        ("2024-02-29", "P4Y", "2028-02-29"),
        ("2023-08-31", "P6M", "2024-03-01"),
        ("2023-12-15", "P1M", "2024-01-15"),
        ("2023-12-31", "P90D", "2024-03-30"),
        ("2024-01-01", "P9999Y", "9999-12-31"),
        ("2024-01-01", "P99999999999D", "9999-12-31"),
    ],
)
def test_a_period_ends_on_the_same_day_of_the_target_month(
    start: str, period: str, end: str
) -> None:
    assert add_period(date.fromisoformat(start), period) == date.fromisoformat(end)


@pytest.mark.parametrize("length", ["as_trigger", "LIFETIME"])
def test_a_term_without_a_length_of_its_own_has_no_end(length: str) -> None:
    term = Term(length=length, starts=TermStart.TRIGGER)

    assert term.end(date(2024, 7, 1)) is None
    assert term.follows_trigger == (length == "as_trigger")
    assert term.is_lifetime == (length == "LIFETIME")


def test_a_term_of_years_ends() -> None:
    term = Term(length="P5Y", starts=TermStart.DECISION)

    assert term.end(date(2021, 5, 6)) == date(2026, 5, 6)


def test_only_a_sentence_binds_before_its_length_is_counted() -> None:
    assert [s for s in TermStart if s.binds_before] == [TermStart.SENTENCE_COMPLETED]
