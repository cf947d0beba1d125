"""Single features by hand."""

import math

import pytest

from graph.vocabulary import Outcome, PenaltyKind, RecordKind, Role
from tests.unit.analytics.features.facts import (
    D,
    at,
    cut,
    guarantee,
    holding,
    inspection,
    listed,
    org,
    penalty,
    post,
    values,
)


def test_penalties_and_their_repetition() -> None:
    facts = (
        org("A"), org("B"),
        penalty("A", "1"), penalty("A", "2"), penalty("A", "3", field="tax"),
        penalty("A", "4", decided_on=D("2020-01-01")),
    )  # fmt: skip
    assert values("penalties", *facts) == {"A": 4, "B": 0}
    assert values("penalties_last_year", *facts) == {"A": 3, "B": 0}
    assert values("repeated_penalties", *facts) == {"A": 1, "B": 0}
    assert values("penalized_fields", *facts) == {"A": 2, "B": 0}
    assert values("days_since_penalty", *facts) == {"A": 142, "B": 3650}


def test_recency_halves_every_year() -> None:
    facts = (org("A"), penalty("A", decided_on=D("2024-06-01")))
    assert values("penalty_recency", *facts)["A"] == pytest.approx(0.5)


def test_a_commitment_is_overdue_from_the_day_after() -> None:
    due = {
        "kind": RecordKind.COMMITMENT,
        "penalty_kinds": (),
        "due_on": D("2025-05-22"),
    }
    facts = (
        org("A"), org("B"),
        penalty("A", "1", **due),
        penalty("B", "2", **due, outcome=Outcome.FULFILLED),
    )  # fmt: skip
    assert values("days_overdue", *facts) == {"A": 10, "B": 0}


def test_shares_of_failed_inspections_are_unknown_without_any() -> None:
    facts = (
        org("A"), org("B"),
        inspection("A", Outcome.UNQUALIFIED, "1"),
        inspection("A", Outcome.QUALIFIED, "2"),
    )  # fmt: skip
    found = values("failed_share", *facts)
    assert found["A"] == 0.5
    assert math.isnan(found["B"])


def test_rates_are_smoothed_and_leave_oneself_out() -> None:
    facts = (
        org("A"), org("B"), org("C"), org("D"),
        post("li", "A"), post("li", "B"), post("li", "C"), penalty("B"),
    )  # fmt: skip
    base = cut(*facts).base.adverse
    assert base == 0.25
    found = values("person_rate", *facts)
    assert found["A"] == pytest.approx((1 + 2 * base) / (2 + 2))
    assert found["B"] == pytest.approx((0 + 2 * base) / (2 + 2))
    assert found["D"] == pytest.approx(base)
    assert values("representative_neighbours", *facts) == {
        "A": 2, "B": 2, "C": 2, "D": 0,
    }  # fmt: skip


def test_an_address_of_agents_makes_no_neighbours_but_is_counted() -> None:
    names = [f"N{i}" for i in range(60)]
    facts = [org(n) for n in names] + [at(n, "agent") for n in names]
    facts += [org("A"), org("B"), at("A", "here"), at("B", "here")]
    assert values("address_neighbours", *facts)["N0"] == 0
    assert values("same_address", *facts)["N0"] == 59
    assert values("address_neighbours", *facts)["A"] == 1


def test_two_posts_of_one_person_in_one_company_are_no_neighbour() -> None:
    facts = (org("A"), org("B"), post("li", "A"), post("li", "A", role=Role.DIRECTOR))
    assert values("shared_person_companies", *facts) == {"A": 0, "B": 0}


def test_depth_and_group_follow_majorities_only() -> None:
    facts = (
        *(org(n) for n in "ABCD"),
        holding("org:A", "B", 51), holding("org:B", "C", 51), holding("org:A", "D", 50),
    )  # fmt: skip
    assert values("ownership_depth", *facts) == {"A": 0, "B": 1, "C": 2, "D": 0}
    assert values("group_size", *facts) == {"A": 2, "B": 2, "C": 2, "D": 0}


def test_rings_count_their_members_and_end_the_climb() -> None:
    facts = (
        *(org(n) for n in "ABC"),
        holding("org:A", "B", 60), holding("org:B", "A", 60),
        guarantee("A", "B"), guarantee("B", "C"), guarantee("C", "A"),
    )  # fmt: skip
    assert values("holding_ring", *facts) == {"A": 2, "B": 2, "C": 0}
    assert values("guarantee_ring", *facts) == {"A": 3, "B": 3, "C": 3}
    assert values("ownership_depth", *facts)["C"] == 0


def test_contagion_passes_chains_and_never_returns_to_its_origin() -> None:
    chain = (*(org(n) for n in "ABC"), guarantee("A", "B"), guarantee("B", "C"))
    found = values("called_on_at_most", *chain, listed("C"))
    assert found["B"] == pytest.approx(0.8 * 0.5)
    assert found["A"] == pytest.approx(0.8 * 0.8 * 0.5)
    assert found["C"] == 0
    ring = (*chain, guarantee("C", "A"), listed("C"))
    assert values("called_on_at_most", *ring)["C"] == pytest.approx(0)
    low, high = values("called_on_at_least", *ring), values("called_on_at_most", *ring)
    assert all(low[n] <= high[n] for n in low)


def test_steps_to_the_nearest_other_sanctioned_one() -> None:
    facts = (
        *(org(n) for n in "ABCD"),
        post("li", "A"), post("li", "B"), post("wang", "B"), post("wang", "C"),
        listed("C"),
    )  # fmt: skip
    assert values("steps_to_sanctioned", *facts) == {"A": 4, "B": 2, "C": 9, "D": 9}
    both = (*facts, listed("A", "2"))
    assert values("steps_to_sanctioned", *both) == {"A": 4, "B": 2, "C": 4, "D": 9}


def test_trouble_in_another_sector_is_counted_there_only() -> None:
    facts = (
        org("A", sector="C"), org("B", sector="F"), org("D", sector="C"),
        post("li", "A"), post("li", "B"), post("li", "D"), penalty("B"), penalty("D"),
    )  # fmt: skip
    assert values("troubled_in_other_sectors", *facts) == {"A": 1, "B": 1, "D": 1}
    assert values("neighbours_in_other_sectors", *facts) == {"A": 1, "B": 2, "D": 1}


def test_severe_is_heavier_than_money() -> None:
    heavy = (PenaltyKind.FINE, PenaltyKind.BUSINESS_STOPPED)
    facts = (org("A"), org("B"), penalty("A", penalty_kinds=heavy), penalty("B", "2"))
    assert values("severe_penalties", *facts) == {"A": 1, "B": 0}


def test_a_new_representative_is_not_one_of_the_foundation() -> None:
    facts = (
        org("A"), org("B", established_on=D("2025-03-01")),
        post("li", "A", valid_from=D("2025-03-02")),
        post("wang", "B", valid_from=D("2025-03-02")),
    )  # fmt: skip
    assert values("new_representatives", *facts) == {"A": 1, "B": 0}
    assert values("days_since_new_representative", *facts) == {"A": 91, "B": 3650}
