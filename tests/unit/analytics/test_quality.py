"""Each measure on the smallest facts that show it, with its denominator."""

from dataclasses import replace
from datetime import date

from analytics.quality.measures import Measure, measured
from graph.law.calendar import WorkingCalendar
from graph.records import Fact, Profile, Record, Tie
from graph.vocabulary import Category, RecordKind, Role
from tests.journal import Journal

DAY = date(2026, 1, 5)
PROFILE = Profile(
    subject="org:x",
    name="甲（伊春）公司",
    uscc="91230717MXEXAMP18K",
    established_on=date(2020, 1, 1),
)
RECORD = Record(
    kind=RecordKind.PENALTY,
    authority="机关",
    document_number="文1",
    subject="org:x",
    category=Category.ADMINISTRATIVE,
    department="城管",
    decided_on=date(2025, 12, 19),
)


def told(*facts: Fact) -> dict[tuple[str, str], Measure]:
    """Measure facts that were recorded on 2 January 2026."""
    found = measured(Journal(*facts).now(), WorkingCalendar.published(), DAY)
    return {(m.key, m.group): m for m in found}


def counts(measure: Measure) -> tuple[int, int]:
    return measure.numerator, measure.denominator


def test_one_code_with_two_names_is_counted_once_and_spelling_does_not_matter() -> None:
    spelled = replace(PROFILE, name="甲(伊春) 公司", valid_from=date(2021, 1, 1))
    other = replace(PROFILE, name="乙公司", valid_from=date(2022, 1, 1))
    assert counts(told(PROFILE, spelled)["code_with_names", ""]) == (0, 1)
    found = told(PROFILE, spelled, other)["code_with_names", ""]
    assert counts(found) == (1, 1)
    assert found.examples == ("org:x",)
    past = replace(other, valid_to=date(2023, 1, 1))
    assert counts(told(PROFILE, past)["code_with_names", ""]) == (0, 1)


def test_one_name_with_two_codes() -> None:
    other = replace(PROFILE, subject="org:y", uscc="91230717MXEXAMP26E")
    assert counts(told(PROFILE, other)["name_with_codes", ""]) == (1, 1)


def test_two_representatives_on_the_day_and_not_one_after_the_other() -> None:
    first = Tie(
        person="per:a",
        organization="org:x",
        role=Role.LEGAL_REPRESENTATIVE,
        valid_from=date(2020, 1, 1),
    )
    second = replace(first, person="per:b", valid_from=date(2024, 1, 1))
    director = replace(second, person="per:c", role=Role.DIRECTOR)
    assert counts(told(first, second, director)["two_representatives", ""]) == (1, 1)
    left = replace(first, valid_to=date(2024, 1, 1))
    assert counts(told(left, second)["two_representatives", ""]) == (0, 1)


def test_a_record_from_before_its_subject_was_there() -> None:
    early = replace(RECORD, document_number="文0", decided_on=date(2019, 12, 31))
    found = told(PROFILE, RECORD, early)["before_establishment", ""]
    assert counts(found) == (1, 2)
    assert len(found.examples) == 1


def test_late_is_after_seven_working_days_by_department() -> None:
    # From 19 December to 2 January, which is a holiday, are eight working days.
    in_time = replace(
        RECORD, document_number="文2", decided_on=date(2025, 12, 22), department="应急"
    )
    found = told(PROFILE, RECORD, in_time)
    assert counts(found["late_records", "城管"]) == (1, 1)
    assert counts(found["late_records", "应急"]) == (0, 1)


def test_nothing_looked_at_has_no_rate() -> None:
    assert told(PROFILE)["before_establishment", ""].rate is None
