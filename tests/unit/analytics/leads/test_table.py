"""The table of patterns, its numbers, and how leads come and go with their facts."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from analytics.leads.detecting import (
    DEFAULT,
    PATTERNS,
    Leads,
    default_numbers,
    detect,
    read_numbers,
)
from analytics.leads.lead import Found, Lead
from analytics.leads.words import Part
from graph.errors import BadInput
from graph.identity import scoped_person_id
from graph.records import Tie
from graph.snapshot import day_of
from graph.vocabulary import Outcome, Role
from tests.journal import Journal
from tests.unit.analytics.features.facts import (
    CUT,
    D,
    at,
    guarantee,
    listed,
    org,
    penalty,
    post,
)
from tests.unit.analytics.leads.test_patterns import LISTED, PHOENIX, commitment

DAY = day_of(CUT)


def found(journal: Journal) -> Leads:
    return detect(journal.now(), DAY, {})


def test_every_pattern_says_in_two_languages_what_it_is_and_is_not() -> None:
    assert len(PATTERNS) == 13
    for one in PATTERNS:
        for said in (one.title, one.text, one.why, one.is_not):
            assert said.zh
            assert said.en.isascii()


def test_the_sanction_voided_its_leads_are_gone() -> None:
    journal = Journal(*PHOENIX)
    before = found(journal)
    assert [lead.pattern for lead in before.every] == ["phoenix"]
    journal.void(LISTED)
    assert found(journal).every == ()


def test_evidence_that_comes_later_makes_the_same_lead_newer() -> None:
    journal = Journal(*PHOENIX)
    (lead,) = found(journal).every
    assert found(journal).newest(lead) == 1
    journal.add(org("ELSEWHERE"))
    assert found(journal).newest(found(journal).every[0]) == 1
    journal.add(at("OLD", "x"), at("NEW", "x", valid_from=D("2025-03-01")))
    grown = found(journal)
    assert [one.id for one in grown.every] == [lead.id]
    assert grown.newest(grown.every[0]) == 3


def test_the_name_of_a_lead_does_not_depend_on_the_order_of_its_subjects() -> None:
    parts = (("org:A", Part.MEMBER), ("org:B", Part.EXPOSED))
    one = Lead.of("guarantee_ring", Found(parts, 0, ()))
    other = Lead.of("guarantee_ring", Found(parts[::-1], 5, ()))
    assert one.id == other.id
    assert one.id != Lead.of("circular_holdings", Found(parts, 0, ())).id


def test_people_known_by_name_only_join_nothing() -> None:
    """The same name at every company, of people without a number: no lead."""

    def named(organization: str, **more: Any) -> Tie:
        role = Role.LEGAL_REPRESENTATIVE
        who = scoped_person_id(f"org:{organization}", role, "李四光")
        return post(who.removeprefix("per:"), organization, **more)

    names = [f"C{n}" for n in range(8)]
    facts = [
        *PHOENIX[:3],
        org("OTHER", sector="H"),
        *(org(name) for name in names),
        commitment("C0", Outcome.UNFULFILLED, "7"),
        commitment("C1", None, "8"),
    ]
    begun = D("2025-03-01")
    unknown = [
        *(named(name) for name in ("OLD", *names)),
        *(named(name, valid_from=begun) for name in ("NEW", "OTHER")),
    ]
    assert found(Journal(*facts, *unknown)).every == ()
    known = [replace(tie, person="per:li") for tie in unknown]
    assert {x.pattern for x in found(Journal(*facts, *known)).every} == {
        "phoenix",
        "nominee_representative",
        "commitment_broken_elsewhere",
        "sanctioned_opens_elsewhere",
    }


def test_the_order_of_loading_changes_no_lead() -> None:
    facts = [
        *PHOENIX,
        *(org(name) for name in "ABC"),
        guarantee("A", "B"),
        guarantee("B", "C"),
        guarantee("C", "A"),
        listed("B", "9"),
        penalty("A"),
    ]
    ahead, back = Journal(*facts), Journal(*facts[::-1])
    assert [x.id for x in found(ahead).every] == [x.id for x in found(back).every]
    assert len(found(ahead).every) == 2


def test_the_numbers_come_with_reasons_and_are_read_strictly(tmp_path: Path) -> None:
    assert all(n.why for some in read_numbers().values() for n in some.values())
    assert default_numbers()["phoenix"]["months"] == 18
    text = DEFAULT.read_text("utf-8")
    for old, new, told in (
        ("  months: {value: 18", "  month: {value: 18", "phoenix"),
        ("phoenix:", "fenix:", "fenix"),
        ("value: 18,", "value: many,", "phoenix"),
    ):
        file = tmp_path / "parameters.yaml"
        file.write_text(text.replace(old, new, 1), "utf-8")
        with pytest.raises(BadInput, match=told if new != "value: many," else "valid"):
            read_numbers(file)


def test_other_numbers_find_other_leads() -> None:
    numbers = {name: dict(some) for name, some in default_numbers().items()}
    numbers["phoenix"]["months"] = 1
    assert detect(Journal(*PHOENIX).now(), DAY, {}, numbers).every == ()
