"""Each measure on the smallest facts that show it: figures counted by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from analytics.quality.completeness import FORMS, Form, labelled
from analytics.quality.looked import Figure
from analytics.quality.measures import DEFINITIONS, GROUPED_BY, Dimension, Measure
from analytics.quality.report import Quality, quality_of, trend
from analytics.quality.waiting import WaitingCode, WaitingRow, waiting_at
from graph.errors import Said
from graph.law.calendar import WorkingCalendar
from graph.records import Fact, IdentityLink, Profile, Record, Sanction, Tie
from graph.scope import Scope
from graph.vocabulary import (
    Category,
    FactKind,
    Judgement,
    OrganizationKind,
    RecordKind,
    Role,
    SubjectKind,
)
from tests.journal import START, Journal

DAY = date(2026, 1, 5)
CODE, OTHER, THIRD = "91230717MXEXAMP18K", "91230717MXEXAMP26E", "91230719MXY0MRJE16"
DOUBTFUL = "91230717MXEXAMP19N"
"""It passes GB 32100; the organization code inside fails GB 11714."""

CALENDAR = WorkingCalendar.published()
REGISTERED = Profile(
    subject=f"org:{CODE}",
    name="甲（伊春）公司",
    uscc=CODE,
    organization_kind=OrganizationKind.COMPANY,
    established_on=date(2020, 1, 1),
    valid_from=date(2020, 1, 1),
    region="230717",
    department="市监",
)
MENTIONED = Profile(subject=f"org:{CODE}", name="甲(伊春) 公司", uscc=CODE)
RECORD = Record(
    kind=RecordKind.PENALTY,
    authority="机关",
    document_number="文1",
    subject=f"org:{CODE}",
    category=Category.ADMINISTRATIVE,
    department="城管",
    region="230717",
    decided_on=date(2025, 12, 19),
)
LISTED = Sanction(
    authority="机关",
    document_number="列1",
    list="market_supervision",
    subject=f"org:{CODE}",
    decided_on=date(2025, 12, 22),
    department="城管",
)
REPRESENTATIVE = Tie(
    person="per:a",
    organization=f"org:{CODE}",
    role=Role.LEGAL_REPRESENTATIVE,
    valid_from=date(2020, 1, 1),
)
SET_ASIDE = WaitingRow(
    file_digest="ab" * 32,
    file="登记.csv",
    source="registrations",
    line=7,
    department="市监",
    region="230717",
    sector="",
    since=datetime(2026, 1, 2, tzinfo=UTC),
    until=None,
    codes=(WaitingCode("91230719MXY0MRJE10", True),),
    name="丙公司",
    described=None,
    reasons=("code",),
    told=Said("代码校验不通过", "the code fails its check"),
)


def looked(
    journal: Journal, *, waiting: Sequence[WaitingRow] = (), scope: Scope | None = None
) -> Quality:
    """Look at the facts of a journal, whose first load was on 2 January 2026."""
    snapshot = journal.now().under(scope) if scope else journal.now()
    rows = waiting_at(waiting, None, snapshot.scope)
    return quality_of(snapshot, rows, CALENDAR, DAY, {})


def told(*facts: Fact, waiting: Sequence[WaitingRow] = ()) -> dict[Measure, Figure]:
    """Return the figures in all, of facts of one source."""
    return in_all(looked(Journal(*facts), waiting=waiting))


def in_all(quality: Quality) -> dict[Measure, Figure]:
    return {f.measure: f for f in quality.figures() if not f.group}


def counts(figure: Figure) -> tuple[int, int]:
    return figure.numerator, figure.denominator


def grouped(
    quality: Quality, measure: Measure, *by: Dimension
) -> Mapping[tuple[str, ...], tuple[int, int]]:
    found = quality.figures(by, measures=[measure])
    return {tuple(f.group.values()): counts(f) for f in found}


# ---- codes ---------------------------------------------------------------


def test_a_wrong_code_that_was_set_aside_still_counts_as_wrong() -> None:
    other = replace(REGISTERED, subject=f"org:{OTHER}", name="乙公司", uscc=OTHER)
    right = SET_ASIDE._replace(line=8, codes=(WaitingCode(OTHER, False),))
    again = SET_ASIDE._replace(line=9)
    found = told(REGISTERED, other, RECORD, waiting=[SET_ASIDE, right, again])
    # Two codes stand in facts, one of them waits too; the wrong one waits twice.
    assert counts(found[Measure.WRONG_CODES]) == (1, 3)
    assert counts(found[Measure.WRONG_OR_DUPLICATE_CODES]) == (1, 3)
    assert found[Measure.WRONG_CODES].rate == 1 / 3
    assert found[Measure.WRONG_CODES].met is False
    (item,) = found[Measure.WRONG_CODES].examples
    assert item.name == "91230719MXY0MRJE10"
    assert [row.line for row in item.waiting] == [7, 9]


def test_codes_are_told_apart_by_who_sent_them() -> None:
    quality = looked(Journal(REGISTERED, RECORD), waiting=[SET_ASIDE])
    assert grouped(quality, Measure.WRONG_CODES, Dimension.DEPARTMENT) == {
        ("城管",): (0, 1),
        ("市监",): (1, 2),
    }
    assert grouped(quality, Measure.WRONG_CODES, Dimension.SOURCE) == {
        ("registrations",): (1, 1),
        ("s",): (0, 1),
    }
    both = Dimension.SOURCE, Dimension.MONTH
    assert grouped(quality, Measure.WRONG_CODES, *both) == {
        ("registrations", "2026-01"): (1, 1),
        ("s", "2026-01"): (0, 1),
    }


def test_a_code_that_fails_inside_is_doubtful_and_not_wrong() -> None:
    found = told(REGISTERED, replace(REGISTERED, subject=f"org:{DOUBTFUL}", name="丁"))
    assert counts(found[Measure.DOUBTFUL_CODES]) == (1, 2)
    assert counts(found[Measure.WRONG_CODES]) == (0, 2)


def test_one_code_registered_under_two_names_by_two_sources() -> None:
    journal = Journal(REGISTERED)
    journal.add(replace(REGISTERED, name="甲(伊春) 公司"), source="t")
    assert counts(in_all(looked(journal))[Measure.DUPLICATE_CODES]) == (0, 1)
    journal.add(replace(REGISTERED, name="乙公司"), source="u")
    found = in_all(looked(journal))
    assert counts(found[Measure.DUPLICATE_CODES]) == (1, 1)
    assert counts(found[Measure.WRONG_OR_DUPLICATE_CODES]) == (1, 1)
    (item,) = found[Measure.DUPLICATE_CODES].examples
    assert item.said.zh == "登记名称：甲（伊春）公司、甲(伊春) 公司、乙公司"


def test_a_later_file_renames_and_one_file_duplicates() -> None:
    renamed = replace(REGISTERED, name="新甲公司", valid_from=date(2024, 1, 1))
    journal = Journal(REGISTERED)
    journal.add(renamed)
    assert counts(in_all(looked(journal))[Measure.DUPLICATE_CODES]) == (0, 1)
    found = told(REGISTERED, renamed)[Measure.DUPLICATE_CODES]
    assert counts(found) == (1, 1)
    ended = replace(REGISTERED, valid_to=date(2024, 1, 1))
    assert counts(told(ended, renamed)[Measure.DUPLICATE_CODES]) == (0, 1)


def test_a_code_whose_second_name_was_set_aside_is_duplicated() -> None:
    row = SET_ASIDE._replace(
        codes=(WaitingCode(CODE, False),), described=f"org:{CODE}", name="丙公司"
    )
    found = told(REGISTERED, waiting=[row])[Measure.DUPLICATE_CODES]
    assert counts(found) == (1, 1)
    assert found.examples[0].said.zh == "登记名称：甲（伊春）公司、丙公司"
    same = row._replace(name="甲(伊春)公司")
    assert counts(told(REGISTERED, waiting=[same])[Measure.DUPLICATE_CODES]) == (0, 1)


def test_one_name_with_two_codes_on_the_day() -> None:
    other = replace(REGISTERED, subject=f"org:{OTHER}", uscc=OTHER)
    found = told(REGISTERED, other)[Measure.NAMES_WITH_CODES]
    assert counts(found) == (1, 1)
    assert found.examples[0].said.zh == f"代码：{CODE}、{OTHER}"
    gone = replace(other, valid_to=date(2023, 1, 1))
    assert counts(told(REGISTERED, gone)[Measure.NAMES_WITH_CODES]) == (0, 1)


def test_a_name_that_was_never_registered_under_its_code() -> None:
    journal = Journal(REGISTERED)
    journal.add(MENTIONED, source="t")
    journal.add(replace(MENTIONED, name="乙公司"), source="u")
    journal.add(Profile(subject=f"org:{THIRD}", name="未登记", uscc=THIRD), source="u")
    found = in_all(looked(journal))[Measure.NAME_MISMATCHES]
    assert counts(found) == (1, 2)
    assert found.examples[0].said.zh == "写作“乙公司”，该代码登记为“甲（伊春）公司”"


# ---- contradictions ------------------------------------------------------


def test_two_representatives_on_one_day_and_not_one_after_the_other() -> None:
    second = replace(REPRESENTATIVE, person="per:b", valid_from=date(2024, 1, 1))
    director = replace(second, person="per:c", role=Role.DIRECTOR)
    found = told(REPRESENTATIVE, second, director)[Measure.TWO_REPRESENTATIVES]
    assert counts(found) == (1, 1)
    assert found.examples[0].said.zh == "2 人任期重叠，自 2024-01-01"
    assert len(found.examples[0].facts) == 2
    left = replace(REPRESENTATIVE, valid_to=date(2024, 1, 1))
    assert counts(told(left, second)[Measure.TWO_REPRESENTATIVES]) == (0, 1)


def test_a_past_overlap_of_representatives_is_found() -> None:
    first = replace(REPRESENTATIVE, valid_to=date(2022, 1, 1))
    second = replace(
        first, person="per:b", valid_from=date(2021, 12, 31), valid_to=date(2023, 1, 1)
    )
    third = replace(REPRESENTATIVE, person="per:c", valid_from=date(2023, 1, 1))
    figure = told(first, second, third)[Measure.TWO_REPRESENTATIVES]
    assert counts(figure) == (1, 1)
    assert "2021-12-31" in figure.examples[0].said.zh


def test_a_representative_since_nobody_knows_when_is_one_from_arrival_on() -> None:
    former = replace(REPRESENTATIVE, valid_to=date(2025, 1, 1))
    present = replace(REPRESENTATIVE, person="per:b", valid_from=None)
    assert counts(told(former, present)[Measure.TWO_REPRESENTATIVES]) == (0, 1)


def test_one_name_with_and_without_a_number_is_no_second_representative() -> None:
    scoped = replace(REPRESENTATIVE, person="per:scoped:1")
    names = [Profile(subject=s, name="张三") for s in ("per:a", "per:scoped:1")]
    found = told(REPRESENTATIVE, scoped, *names)[Measure.TWO_REPRESENTATIVES]
    assert counts(found) == (0, 1)
    other = Profile(subject="per:scoped:1", name="李四")
    found = told(REPRESENTATIVE, scoped, names[0], other)[Measure.TWO_REPRESENTATIVES]
    assert counts(found) == (1, 1)


def test_linked_identities_are_one_representative() -> None:
    second = replace(REPRESENTATIVE, person="per:b")
    link = IdentityLink(
        left="per:a",
        right="per:b",
        document="认1",
        authority="机关",
        judgement=Judgement.SAME,
    )
    assert counts(told(REPRESENTATIVE, second)[Measure.TWO_REPRESENTATIVES]) == (1, 1)
    found = told(REPRESENTATIVE, second, link)[Measure.TWO_REPRESENTATIVES]
    assert counts(found) == (0, 1)


def test_decisions_from_before_their_subject_was_there() -> None:
    early = replace(RECORD, document_number="文0", decided_on=date(2019, 12, 31))
    nobody = replace(RECORD, subject=f"org:{OTHER}")
    found = told(REGISTERED, RECORD, early, nobody, LISTED)
    assert counts(found[Measure.BEFORE_ESTABLISHMENT]) == (1, 3)
    (item,) = found[Measure.BEFORE_ESTABLISHMENT].examples
    assert item.said.zh == "2019-12-31 决定，主体 2020-01-01 才成立"


def test_entries_on_lists_without_their_decision() -> None:
    journal = Journal(RECORD)
    key = journal.now().keys(FactKind.RECORD, journal.now().asserted(FactKind.RECORD))
    based = replace(LISTED, document_number="列2", record_key=key[0].hex())
    lost = replace(LISTED, document_number="列3", record_key="00" * 16)
    undated = replace(LISTED, document_number="列4", decided_on=None)
    measure = replace(LISTED, document_number="罚1", list="", decided_on=None)
    journal.add(LISTED, based, lost, undated, measure)
    found = in_all(looked(journal))[Measure.LISTS_WITHOUT_DECISION]
    assert counts(found) == (2, 4)
    assert {i.said.zh for i in found.examples} == {"所依据的记录已不存在", "无决定日期"}


# ---- lateness ------------------------------------------------------------


def test_late_is_after_seven_working_days_by_department() -> None:
    # From 19 December to 2 January, which is a holiday, are eight working days.
    in_time = replace(
        RECORD, document_number="文2", decided_on=date(2025, 12, 22), department="应急"
    )
    quality = looked(Journal(RECORD, in_time))
    assert grouped(quality, Measure.LATE_RECORDS, Dimension.DEPARTMENT) == {
        ("城管",): (1, 1),
        ("应急",): (0, 1),
    }
    waits = in_all(quality)[Measure.LATE_RECORDS].waits
    assert waits is not None
    assert (waits.median, waits.p90, waits.p99, waits.longest) == (7, 8, 8, 8)
    assert waits.buckets == (0, 0, 1, 1, 0, 0, 0, 0)


def test_a_correction_does_not_make_a_decision_late() -> None:
    decided = replace(RECORD, decided_on=date(2025, 12, 30))
    journal = Journal(decided)
    for _ in range(20):
        journal.add(replace(decided, document_number="其他"))
        journal.add(replace(decided, field="food"))
        journal.add(decided)
    figure = in_all(looked(journal))[Measure.LATE_RECORDS]
    assert figure.denominator == 2
    assert figure.waits is not None
    assert figure.waits.longest <= 2


def test_what_no_policy_wants_in_seven_days_is_not_late() -> None:
    honour = replace(RECORD, kind=RecordKind.HONOUR)
    by_hand = Journal()
    by_hand.decide(RECORD, LISTED)
    assert counts(told(honour)[Measure.LATE_RECORDS]) == (0, 0)
    found = in_all(looked(by_hand))
    assert counts(found[Measure.LATE_RECORDS]) == (0, 0)
    assert counts(found[Measure.LATE_SANCTIONS]) == (0, 0)


def test_a_decision_from_before_the_first_schedule_is_late() -> None:
    old = replace(RECORD, decided_on=date(1999, 1, 4))
    figure = told(old)[Measure.LATE_RECORDS]
    assert counts(figure) == (1, 1)
    assert figure.waits is not None
    assert figure.waits.longest > 5_000


# ---- completeness --------------------------------------------------------


def test_each_field_of_each_source_has_its_fill_rate() -> None:
    journal = Journal(REGISTERED, replace(REGISTERED, subject="org:x", region=""))
    journal.add(replace(RECORD, region=None))
    fields = grouped(looked(journal), Measure.EMPTY_FIELDS, Dimension.SOURCE)
    assert fields["s", "profile.organization.region"] == (1, 2)
    assert fields["s", "profile.organization.uscc"] == (0, 2)
    assert fields["s", "record.decided_on"] == (0, 1)
    assert ("s", "profile.organization.address") not in fields
    assert ("s", "record.region") not in fields


def test_a_field_that_a_source_is_to_fill_is_told_even_when_nobody_does() -> None:
    form = Form(FactKind.PROFILE, SubjectKind.ORGANIZATION)
    filled = {("s", form): {"address", "organization_kind"}}
    unknown = replace(
        REGISTERED, subject="org:x", organization_kind=OrganizationKind.UNKNOWN
    )
    person = Profile(subject="per:a", name="张三")
    snapshot = Journal(REGISTERED, unknown, person).now()
    quality = quality_of(snapshot, (), CALENDAR, DAY, filled)
    fields = grouped(quality, Measure.EMPTY_FIELDS)
    assert fields["profile.organization.address",] == (2, 2)
    assert fields["profile.organization.organization_kind",] == (1, 2)
    assert fields["profile.person.name",] == (0, 1)
    assert ("profile.organization.uscc",) not in fields


def test_every_field_has_labels() -> None:
    assert (
        labelled("profile.person.id_masked").zh == "主体概况（自然人）·证件号码（脱敏）"
    )
    assert labelled("record.decided_on").en == "record: decided_on"
    assert labelled("nonsense") == ("nonsense", "nonsense")
    assert {form.kind for form in FORMS} == set(FactKind)


def test_rows_that_wait_are_counted_with_those_that_were_taken() -> None:
    other = SET_ASIDE._replace(line=9, department="")
    facts = [replace(RECORD, line=2), replace(REGISTERED, line=2)]
    facts += [replace(LISTED, line=3)]
    quality = looked(Journal(*facts), waiting=[SET_ASIDE, other])
    by = grouped(quality, Measure.ROWS_SET_ASIDE, Dimension.DEPARTMENT)
    assert by == {("城管",): (0, 2), ("市监",): (1, 1), ("",): (1, 1)}


# ---- sources -------------------------------------------------------------


def test_a_source_that_has_not_sent_for_longer_than_usual_is_stale() -> None:
    journal = Journal()
    for n in range(4):  # on 2, 3, 4 and 5 January: three working days fall on 4 and 5
        journal.add(replace(RECORD, document_number=f"文{n}"))
    journal.add(RECORD, source="once")
    snapshot = journal.now()

    def stale(day: date) -> tuple[int, int]:
        quality = quality_of(snapshot, (), CALENDAR, day, {})
        return counts(in_all(quality)[Measure.STALE_SOURCES])

    assert stale(date(2026, 1, 6)) == (0, 1)
    assert stale(date(2026, 1, 7)) == (1, 1)


# ---- lists, scopes, trend ------------------------------------------------


def every_measure() -> tuple[Journal, list[WaitingRow]]:
    """Return facts and rows in which every measure but one counts something."""
    journal = Journal(
        REGISTERED,
        replace(REGISTERED, subject=f"org:{OTHER}", uscc=OTHER),
        RECORD,
        replace(RECORD, document_number="文0", decided_on=date(2019, 12, 31)),
        replace(LISTED, decided_on=date(2025, 12, 1)),
        replace(LISTED, document_number="列4", decided_on=None),
        REPRESENTATIVE,
        replace(REPRESENTATIVE, person="per:b"),
        replace(REGISTERED, subject=f"org:{DOUBTFUL}", uscc=DOUBTFUL, name="丁公司"),
    )
    journal.add(replace(REGISTERED, name="乙公司"), source="t")
    journal.add(replace(MENTIONED, name="戊公司"), source="u")
    rows = [SET_ASIDE, SET_ASIDE._replace(line=8, department="城管")]
    return journal, rows


def test_the_list_of_a_figure_has_as_many_entries_as_its_numerator() -> None:
    journal, rows = every_measure()
    quality = looked(journal, waiting=rows)
    shown = set()
    for by in ((), *((d,) for d in GROUPED_BY), GROUPED_BY):
        for figure in quality.figures(by):
            found = list(quality.entries(figure.measure, figure.group))
            assert len(found) == figure.numerator, (figure.measure, figure.group)
            assert quality.count(figure.measure, figure.group) == figure.numerator
            names = [entry.item.name for entry in found]
            assert {i.name for i in figure.examples} <= set(names)
            assert len(figure.examples) == min(3, figure.numerator)
            if figure.numerator:
                shown.add(figure.measure)
    assert shown == set(Measure) - {Measure.STALE_SOURCES}


def test_a_list_goes_on_behind_any_of_its_entries() -> None:
    journal, rows = every_measure()
    quality = looked(journal, waiting=rows)
    for measure in Measure:
        whole = list(quality.entries(measure, {}))
        for place, entry in enumerate(whole):
            rest = list(quality.entries(measure, {}, after=entry[:2]))
            assert [e[:2] for e in rest] == [e[:2] for e in whole[place + 1 :]]


def test_a_reader_with_limits_is_told_about_his_own_only() -> None:
    journal, rows = every_measure()
    theirs = looked(journal, waiting=rows, scope=Scope(departments=frozenset({"城管"})))
    by = Dimension.DEPARTMENT
    for figure in theirs.figures((by,)):
        assert figure.group[by] == "城管" or figure.denominator == 0
    found = in_all(theirs)
    # His facts have no line of their own here: they count as one row.
    assert counts(found[Measure.ROWS_SET_ASIDE]) == (1, 2)
    assert counts(found[Measure.LATE_RECORDS]) == (2, 2)
    # What is public and of others he is measured against: the day of establishment.
    assert counts(found[Measure.BEFORE_ESTABLISHMENT]) == (1, 3)
    assert counts(found[Measure.TWO_REPRESENTATIVES]) == (0, 0)


def test_the_trend_shows_each_day_as_it_was() -> None:
    journal = Journal(RECORD)
    journal.add(replace(RECORD, document_number="文2", decided_on=date(2026, 1, 2)))
    taken = SET_ASIDE._replace(
        since=START + timedelta(days=1), until=START + timedelta(days=2)
    )
    points = trend(
        journal.now(),
        [taken],
        CALENDAR,
        {},
        measures=[Measure.LATE_RECORDS, Measure.ROWS_SET_ASIDE],
        points=5,
    )
    assert [p.day for p in points] == [date(2026, 1, 2), date(2026, 1, 3)]
    told = [[(f.measure, *counts(f)) for f in p.figures] for p in points]
    late, aside = Measure.LATE_RECORDS, Measure.ROWS_SET_ASIDE
    assert told[0] == [(late, 1, 1), (aside, 1, 2)]
    assert told[1] == [(late, 1, 2), (aside, 0, 2)]
    assert len(trend(journal.now(), [], CALENDAR, {}, points=1)) == 1


def test_nothing_looked_at_has_no_rate_and_meets_no_target() -> None:
    empty = told(Profile(subject="per:a", name="张三"))
    assert empty[Measure.WRONG_CODES].rate is None
    assert empty[Measure.WRONG_CODES].met is None
    assert set(DEFINITIONS) == set(Measure)
