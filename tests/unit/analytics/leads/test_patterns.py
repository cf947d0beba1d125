"""Each pattern finds its story, and not the story that lacks one element of it."""

from dataclasses import replace
from typing import Any

import pytest

from analytics.leads.detecting import detect
from analytics.leads.lead import Lead
from analytics.leads.words import Figure
from graph.records import Fact, Profile
from graph.snapshot import day_of
from graph.vocabulary import (
    FactKind,
    OrganizationStatus,
    Outcome,
    RecordKind,
    Role,
)
from tests.unit.analytics.features.facts import (
    CUT,
    D,
    at,
    guarantee,
    holding,
    listed,
    org,
    penalty,
    post,
    snapshot,
)

DAY = day_of(CUT)
FOUNDED = D("2025-03-01")
LISTED = listed("OLD", act_from=D("2024-11-01"))
YOUNG: dict[str, Any] = {"valid_from": FOUNDED, "established_on": FOUNDED}


def leads(pattern: str, *facts: Fact, **barred: Any) -> list[Lead]:
    people = {f"per:{name}": rows for name, rows in barred.items()}
    found = detect(snapshot(*facts), DAY, people)
    return [lead for lead in found.every if lead.pattern == pattern]


def who(lead: Lead) -> dict[str, str]:
    return {s.partition(":")[2]: p.value for s, p in lead.found.subjects}


# ---- phoenix -------------------------------------------------------------

PHOENIX = (
    org("OLD"),
    org("NEW", **YOUNG),
    LISTED,
    post("li", "OLD", valid_to=D("2025-02-01")),
    post("li", "NEW", valid_from=FOUNDED),
)


def test_the_same_person_founds_a_company_of_the_sector_soon_after() -> None:
    (lead,) = leads("phoenix", *PHOENIX)
    assert who(lead) == {"NEW": "new", "OLD": "old", "li": "person"}
    assert lead.found.since == day_of(FOUNDED)
    kinds = [kind for kind, _ in lead.found.facts]
    assert kinds == [FactKind.SANCTION, FactKind.TIE, FactKind.TIE]
    assert lead.found.figures[Figure.DAYS] == (FOUNDED - D("2025-01-10")).days


def test_a_deregistered_company_comes_back_as_well() -> None:
    gone = org(
        "OLD", status=OrganizationStatus.DEREGISTERED, valid_from=D("2025-02-01")
    )
    assert leads("phoenix", *PHOENIX, gone)


@pytest.mark.parametrize(
    ("place", "fact"),
    [
        (2, penalty("OLD")),  # nothing serious
        (4, post("wang", "NEW", valid_from=FOUNDED)),  # other people
        (1, org("NEW", sector="H", **YOUNG)),  # another sector, nothing shared
        (1, org("NEW")),  # older than the listing
    ],
)
def test_a_phoenix_that_lacks_an_element_is_none(place: int, fact: Fact) -> None:
    facts = list(PHOENIX)
    facts[place] = fact
    assert leads("phoenix", *facts) == []


def test_a_shared_address_stands_for_the_sector() -> None:
    facts = [*PHOENIX, at("OLD", "x"), at("NEW", "x", valid_from=FOUNDED)]
    facts[1] = org("NEW", sector="H", **YOUNG)
    (lead,) = leads("phoenix", *facts)
    assert lead.found.figures[Figure.CONTACTS] == 1


# ---- representatives ------------------------------------------------------


def swapped(left: str, entered: str) -> list[Lead]:
    return leads(
        "swapped_representative",
        org("OLD"),
        LISTED,
        post("li", "OLD", valid_to=D(left)),
        post("wang", "OLD", valid_from=D(entered)),
    )


def test_a_representative_who_leaves_around_the_act_is_told() -> None:
    (lead,) = swapped("2024-10-15", "2024-10-15")
    assert who(lead) == {"OLD": "punished", "li": "former", "wang": "present"}
    assert swapped("2025-02-01", "2025-02-01")  # before the decision arrived
    assert swapped("2024-05-01", "2024-05-01") == []  # long before
    assert swapped("2025-04-01", "2025-04-01") == []  # long after
    assert swapped("2024-10-15", "2025-02-01") == []  # nobody followed


def represented(number: int, *, owned: int = 0) -> list[Lead]:
    names = [f"C{n}" for n in range(number)]
    return leads(
        "nominee_representative",
        *(org(name) for name in names),
        *(post("li", name) for name in names),
        *(holding("per:li", name, 60) for name in names[:owned]),
    )


def test_who_represents_many_and_owns_none_is_told() -> None:
    (lead,) = represented(6)
    assert who(lead)["li"] == "representative"
    assert lead.found.figures[Figure.COMPANIES] == 6
    assert represented(5) == []
    assert represented(6, owned=2) == []


def person(name: str, called: str) -> Profile:
    return Profile(subject=f"per:{name}", name=called, valid_from=D("2015-01-01"))


def in_office(called: str, region: str) -> list[Lead]:
    return leads(
        "unverified_in_office",
        org("A"),
        org("B", region=region),
        person("li", "李四光"),
        person("scoped:B:li", called),
        post("li", "A"),
        post("scoped:B:li", "B"),
        li=((FactKind.TIE, 0),),
    )


def test_who_is_known_by_name_and_has_the_name_of_a_barred_person() -> None:
    (lead,) = in_office("李四光", "230722")
    assert who(lead) == {
        "B": "organization",
        "scoped:B:li": "in_office",
        "li": "barred",
    }
    assert in_office("李四广", "230722") == []
    assert in_office("李四光", "140402") == []  # another prefecture


# ---- shapes ----------------------------------------------------------------


def test_a_ring_of_guarantees_matters_with_an_exposed_member() -> None:
    ring = [guarantee("A", "B"), guarantee("B", "C"), guarantee("C", "A")]
    firms = [org(name) for name in "ABCD"]
    outside = guarantee("C", "D")
    (lead,) = leads("guarantee_ring", *firms, *ring, outside, listed("B"))
    assert who(lead) == {"B": "exposed", "A": "member", "C": "member"}
    assert len(lead.found.facts) == 3
    assert leads("guarantee_ring", *firms, *ring, outside, listed("D")) == []
    assert leads("guarantee_ring", *firms, *ring[:2], listed("B")) == []


def test_holdings_that_form_a_ring_are_told() -> None:
    firms = [org(name) for name in "ABC"]
    chain = [holding("org:A", "B", 10), holding("org:B", "C", 10)]
    assert leads("circular_holdings", *firms, *chain) == []
    (lead,) = leads("circular_holdings", *firms, *chain, holding("org:C", "A", 1))
    assert sorted(who(lead)) == ["A", "B", "C"]


def test_a_controller_of_several_sanctioned_companies_is_told_of() -> None:
    firms = [org(name) for name in "ABC"]
    two = [listed("A"), listed("B", "2")]
    major = holding("per:li", "A", 60)
    declared = post("li", "B", role=Role.ACTUAL_CONTROLLER)
    (lead,) = leads("controller_of_sanctioned", *firms, *two, major, declared)
    assert who(lead) == {"li": "controller", "A": "sanctioned", "B": "sanctioned"}
    minor = holding("per:li", "A", 50)
    assert leads("controller_of_sanctioned", *firms, *two, minor, declared) == []
    assert leads("controller_of_sanctioned", *firms, two[0], major, declared) == []


def clustered(number: int, bad: int) -> list[Lead]:
    names = [f"C{n}" for n in range(number)]
    quiet = [org(f"Q{n}") for n in range(400)]
    return leads(
        "shared_contact_cluster",
        *quiet,
        *(org(name) for name in names),
        *(at(name, "x") for name in names),
        *(penalty(name, str(n)) for n, name in enumerate(names[:bad])),
    )


def test_an_address_with_more_trouble_than_chance_is_told() -> None:
    (lead,) = clustered(6, 5)
    assert lead.found.subjects[0][0] == "anc:address:x"
    assert lead.found.figures[Figure.ADVERSE] == 5
    assert clustered(6, 0) == []
    assert clustered(4, 4) == []
    assert clustered(51, 30) == []


# ---- what happens in time -----------------------------------------------------


def commitment(name: str, outcome: Outcome | None, number: str) -> Fact:
    more: dict[str, Any] = {"kind": RecordKind.COMMITMENT, "penalty_kinds": ()}
    return penalty(name, number, outcome=outcome, **more)


def test_a_commitment_broken_elsewhere_by_the_same_representative() -> None:
    base = [org("A"), org("B"), post("li", "A")]
    broken = commitment("A", Outcome.UNFULFILLED, "1")
    open_ = commitment("B", None, "2")
    found = leads("commitment_broken_elsewhere", *base, post("li", "B"), broken, open_)
    assert [who(x) for x in found] == [{"B": "pending", "A": "broken", "li": "person"}]
    kept = commitment("B", Outcome.FULFILLED, "2")
    for facts in (
        [post("li", "B"), broken, kept],
        [post("wang", "B"), broken, open_],
        [post("li", "B"), commitment("A", Outcome.FULFILLED, "1"), open_],
    ):
        assert leads("commitment_broken_elsewhere", *base, *facts) == []


def opened(sector: str, begins: str) -> list[Lead]:
    return leads(
        "sanctioned_opens_elsewhere",
        org("OLD"),
        org("NEW", sector=sector),
        LISTED,
        post("li", "OLD"),
        post("li", "NEW", valid_from=D(begins)),
    )


def test_the_representative_of_a_sanctioned_company_opens_in_another_sector() -> None:
    (lead,) = opened("H", "2025-03-01")
    assert who(lead) == {"NEW": "new", "OLD": "sanctioned", "li": "person"}
    assert opened("C", "2025-03-01") == []
    assert opened("H", "2024-03-01") == []


def moved(region: str, day: str) -> list[Lead]:
    return leads(
        "moved_after_sanction",
        org("OLD"),
        LISTED,
        org("OLD", region=region, valid_from=D(day)),
    )


def test_a_move_to_another_prefecture_after_a_sanction() -> None:
    (lead,) = moved("140402", "2025-04-01")
    assert lead.found.since == day_of(D("2025-04-01"))
    assert moved("230722", "2025-04-01") == []
    assert moved("140402", "2024-04-01") == []


def test_much_that_changes_just_before_a_deadline() -> None:
    due = penalty("A", due_on=D("2025-05-20"))
    changes: list[Fact] = [
        post("li", "A", valid_to=D("2025-05-01")),
        post("wang", "A", valid_from=D("2025-05-02")),
        at("A", "x", valid_from=D("2025-05-03")),
        holding("per:wang", "A", 90),
    ]
    changes[3] = replace(changes[3], valid_from=D("2025-05-04"))
    (lead,) = leads("change_before_deadline", org("A"), due, *changes)
    assert lead.found.figures[Figure.CHANGES] == 4
    assert leads("change_before_deadline", org("A"), due, *changes[:1]) == []
    late = penalty("A", due_on=D("2025-12-20"))
    assert leads("change_before_deadline", org("A"), late, *changes) == []


def rate(recent: int, earlier: int) -> list[Lead]:
    firms = [org(f"S{n}", sector="P") for n in range(60)]
    firms += [org(f"T{n}", sector="F") for n in range(60)]
    late = [
        penalty(f"S{n}", f"n{n}", decided_on=D("2025-05-01")) for n in range(recent)
    ]
    past = [
        penalty(f"{x}{n}", f"{x}o{n}", decided_on=D(f"2023-{1 + n % 12:02}-11"))
        for n in range(earlier)
        for x in "ST"
    ]
    return leads("rate_rises", *firms, *late, *past)


def test_a_rate_that_rises_beyond_its_past_is_told_of_its_sector_only() -> None:
    found = [lead for lead in rate(25, 24) if lead.found.group.startswith("sector")]
    assert [lead.found.group for lead in found] == ["sector:P"]
    assert found[0].found.figures[Figure.OBSERVED] == 25
    assert rate(3, 24) == []
