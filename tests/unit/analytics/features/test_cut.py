"""What a cut lets through: nothing of later, nothing that was taken back."""

import itertools
import random
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.features import CATALOGUE, FAMILIES, Cut, build, outcomes
from analytics.features.population import SECTORS
from graph.errors import BadInput
from graph.records import Fact
from graph.scope import Scope
from graph.snapshot import day_of
from graph.vocabulary import OrganizationStatus, Outcome, PenaltyKind, RecordKind, Role
from tests.journal import Journal
from tests.unit.analytics.features.facts import (
    CUT,
    D,
    at,
    branch,
    cut,
    guarantee,
    holding,
    inspection,
    listed,
    matrix,
    org,
    penalty,
    post,
    snapshot,
    values,
)

LATER = CUT + timedelta(days=1)


def city() -> list[Fact]:
    """Some of everything, linked in every way."""
    names = "ABCDEFGH"
    facts: list[Fact] = [
        org(n, sector=SECTORS[i % 3], region="230717" if i % 2 else "230421")
        for i, n in enumerate(names)
    ]
    facts += [post("li", n) for n in "ABC"] + [post("wang", n) for n in "CDE"]
    facts += [at(n, "x") for n in "AFG"]
    facts += [holding("org:A", "B", 60), holding("org:B", "C", 51)]
    facts += [holding("per:li", "A", 70), holding("per:li", "H", 30)]
    facts += [guarantee("F", "G"), guarantee("G", "H"), guarantee("H", "F")]
    facts += [branch("E", "D"), listed("G"), listed("B", "2")]
    facts += [penalty("A"), penalty("A", "2"), penalty("C", "3"), penalty("F", "4")]
    return [*facts, inspection("D", Outcome.UNQUALIFIED, "5")]


def after_the_cut() -> list[Fact]:
    """The same kinds of facts, all of them after the cut."""
    return [
        org("Z", established_on=LATER, valid_from=LATER),
        org("A", sector="T", region="110000", valid_from=LATER),
        post("li", "H", valid_from=LATER),
        post("zhao", "A", valid_from=LATER, role=Role.DIRECTOR),
        replace(holding("org:H", "A", 99), valid_from=LATER),
        replace(guarantee("A", "G"), valid_from=LATER),
        replace(at("H", "x"), valid_from=LATER),
        replace(branch("H", "A"), valid_from=LATER),
        penalty("H", "9", decided_on=LATER),
        replace(inspection("H", Outcome.UNQUALIFIED, "10"), decided_on=LATER),
        listed("A", "11", listed_on=LATER, valid_from=LATER),
    ]


def by_subject(found) -> dict[str, tuple[float, ...]]:  # type: ignore[no-untyped-def]
    return {
        subject: tuple(map(float, np.nan_to_num(row, nan=-7.0)))
        for subject, row in zip(found.subjects, found.values, strict=True)
    }


def test_nothing_after_the_cut_changes_a_bit() -> None:
    before, after = matrix(*city()), matrix(*city(), *after_the_cut())
    assert before.subjects == after.subjects
    assert before.values.tobytes() == after.values.tobytes()


def test_what_ends_after_the_cut_is_as_open_as_what_has_no_end() -> None:
    def ending(fact: Fact) -> Fact:
        return fact if fact.valid_to else replace(fact, valid_to=LATER)

    plain, ended = matrix(*city()), matrix(*map(ending, city()))
    assert by_subject(plain) == by_subject(ended)


def test_what_is_learnt_after_the_cut_is_not_there_for_a_pinned_view() -> None:
    journal = Journal(*city())
    then = journal.now()
    journal.add(penalty("B", "77"), listed("C", "78"), source="later")
    day = day_of(CUT)
    pinned = build(Cut(journal.now().pinned(then.seq), day))
    assert pinned.values.tobytes() == build(Cut(then, day)).values.tobytes()
    assert pinned.values.tobytes() != build(Cut(journal.now(), day)).values.tobytes()


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 1_000))
def test_the_order_of_facts_is_irrelevant(seed: int) -> None:
    facts = city()
    random.Random(seed).shuffle(facts)
    ours, theirs = by_subject(matrix(*facts)), by_subject(matrix(*city()))
    assert ours.keys() == theirs.keys()
    assert all(ours[s] == pytest.approx(theirs[s]) for s in ours)


@pytest.mark.parametrize(
    "gone",
    [
        penalty("A", valid_to=CUT),
        penalty("A", publicity_to=CUT),
        listed("A", valid_to=CUT),
        penalty("A", decided_on=LATER),
    ],
    ids=["repaired", "no longer published", "off the list", "not decided yet"],
)
def test_what_is_no_longer_open_enters_no_feature(gone: Fact) -> None:
    company, other = org("A"), org("B")
    links = (company, other, post("li", "A"), post("li", "B"))
    plain, with_it = matrix(*links), matrix(*links, gone)
    different = [
        f.name
        for f, a, b in zip(
            plain.features, plain.values.T, with_it.values.T, strict=True
        )
        if not np.array_equal(a, b, equal_nan=True)
    ]
    # That an office dealt with it at all is no sign of dormancy, whatever came of it.
    assert set(different) <= {"dormant"}


def test_a_voided_record_is_as_if_it_had_never_been() -> None:
    journal = Journal(*city(), penalty("E", "9"))
    journal.void(penalty("E", "9"))
    voided = build(Cut(journal.now(), day_of(CUT)))
    assert by_subject(voided) == by_subject(matrix(*city()))


def test_oneself_is_never_among_ones_neighbours() -> None:
    """Whatever A itself did leaves every feature of its neighbourhood as it was."""
    families = {"neighbours", "sectors", "contagion", "proximity"}
    clean = [
        f for f in city() if getattr(f, "subject", "") != "org:A" or f in city()[:8]
    ]
    bad = [*clean, penalty("A", "50"), penalty("A", "51"), listed("A", "52")]
    facts = [f for f in clean if not _is_of(f, "org:A")]
    before, after = matrix(*facts), matrix(*facts, *bad[-3:])
    a, b = before.row["org:A"], after.row["org:A"]
    for f in before.features:
        if f.family in families and f.name not in _SHIFTED_BY_BASE:
            assert before.column(f.name)[a] == pytest.approx(
                after.column(f.name)[b], nan_ok=True
            ), f.name


def _is_of(fact: Fact, subject: str) -> bool:
    return fact.kind_of_fact.value in ("record", "sanction") and (
        getattr(fact, "subject", "") == subject
    )


_SHIFTED_BY_BASE = {
    f.name
    for f in CATALOGUE
    if f.name.endswith("_rate") or f.name in ("proximity", "component_ratio")
}
"""These lean on the rate of the whole city, of which everybody is a small part."""


def test_oneself_moves_a_rate_by_the_base_alone() -> None:
    facts = [f for f in city() if not _is_of(f, "org:A")]
    dirty = [*facts, penalty("A", "50"), listed("A", "52")]
    clean_cut, dirty_cut = cut(*facts), cut(*dirty)
    same_base = Cut(dirty_cut.snapshot, dirty_cut.day, given=clean_cut.base)
    before, after = build(clean_cut), build(same_base)
    a = before.row["org:A"]
    for name in _SHIFTED_BY_BASE:
        assert before.column(name)[a] == pytest.approx(after.column(name)[a]), name


def test_a_name_alone_links_nobody() -> None:
    name = "王伟"
    scoped = [replace(post("x", c), person=f"per:scoped:{c}{name}") for c in ("A", "B")]
    facts = (org("A"), org("B"), *scoped, listed("B"), penalty("B"))
    assert values("shared_person_companies", *facts) == {"A": 0, "B": 0}
    alone = matrix(org("A"), org("B"), scoped[0], listed("B"), penalty("B"))
    with_name = matrix(*facts)
    mine, other = with_name.row["org:A"], alone.row["org:A"]
    assert np.array_equal(with_name.values[mine], alone.values[other], equal_nan=True)


def test_what_a_reader_may_not_see_is_as_if_it_were_not_there() -> None:
    secret = replace(penalty("A", "88"), public=False, department="住建局")
    link = replace(post("li", "H"), public=False, department="住建局")
    seen = snapshot(*city(), secret, link).under(Scope(departments=frozenset({"x"})))
    found = build(Cut(seen, day_of(CUT)))
    assert by_subject(found) == by_subject(matrix(*city()))


def test_only_organizations_are_scored_and_none_that_is_gone() -> None:
    left = org("B", status=OrganizationStatus.DEREGISTERED, valid_from=D("2024-01-01"))
    found = matrix(org("A"), org("B"), left, post("li", "A"))
    assert found.subjects == ("org:A",)


def test_outcomes_are_what_came_within_the_days_and_what_ended_since() -> None:
    severe = (PenaltyKind.PERMIT_REVOKED,)
    facts = (
        *(org(n) for n in "ABCDE"),
        listed("A", listed_on=LATER, valid_from=LATER, valid_to=D("2025-07-01")),
        penalty("B", decided_on=D("2025-09-01"), penalty_kinds=severe),
        penalty("C", decided_on=D("2025-09-01")),  # money alone is not serious
        listed("D"),  # before the cut
        penalty("E", decided_on=D("2027-01-01"), penalty_kinds=severe),
    )
    found = outcomes(cut(*facts), 365)
    names = np.array([s.removeprefix("org:") for s in cut(*facts).subjects])
    assert set(names[found.serious]) == {"A", "B"}
    assert found.day[list(names).index("A")] == day_of(LATER)
    assert not outcomes(cut(*facts), 365, SECTORS.index("D")).serious.any()
    assert outcomes(cut(*facts), 365, SECTORS.index("C")).serious.sum() == 2


def test_the_catalogue_is_published_in_two_languages() -> None:
    assert len(CATALOGUE) >= 60
    assert [k for k, _ in itertools.groupby(f.family for f in CATALOGUE)] == list(
        FAMILIES
    )
    for one in CATALOGUE:
        assert any("一" <= c <= "鿿" for c in one.zh), one.name
        assert one.en.isascii(), one.name


def test_an_unknown_feature_is_named() -> None:
    with pytest.raises(BadInput, match="no_such"):
        values("no_such", org("A"))


def test_an_empty_city_has_an_empty_matrix() -> None:
    assert matrix().values.shape == (0, len(CATALOGUE))


def test_kinds_of_records_that_speak_against_somebody() -> None:
    facts = (
        org("A"), org("B"), org("C"), org("D"),
        inspection("A", Outcome.QUALIFIED),
        inspection("B", Outcome.OBSTRUCTED),
        penalty("C", kind=RecordKind.HONOUR, penalty_kinds=()),
        penalty("D", kind=RecordKind.COMMITMENT, outcome=Outcome.UNFULFILLED),
    )  # fmt: skip
    assert cut(*facts).adverse.tolist() == [False, True, False, True]
