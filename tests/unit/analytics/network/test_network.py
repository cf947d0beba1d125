from datetime import date
from fractions import Fraction

import pytest

from analytics.network.edges import ALL_TYPES, BY_VALUE, EDGE_TYPES, chosen
from analytics.network.network import Network, network_of, stamp
from graph.errors import UnknownTerm
from graph.records import IdentityLink, Profile
from graph.scope import Scope
from graph.snapshot import day_of
from graph.vocabulary import ContactKind, Judgement, Role
from tests.journal import Journal
from tests.unit.analytics.network.facts import (
    DAY,
    at,
    branch,
    guarantees,
    holds,
    network,
    post,
)


def edges(found: Network) -> set[tuple[str, str, str]]:
    every = (found.edge(number) for number in range(found.edges))
    return {(e.near, e.type.value, e.far) for e in every}


def test_every_kind_of_fact_makes_an_edge() -> None:
    found = network(
        post("li", "A"),
        holds("li", "A", "51"),
        branch("B", "A"),
        guarantees("A", "C"),
        at("A", "x"),
        at("B", "7", ContactKind.PHONE),
    )
    assert edges(found) == {
        ("per:li", "legal_representative", "org:A"),
        ("per:li", "holds", "org:A"),
        ("org:B", "branch_of", "org:A"),
        ("org:A", "guarantees", "org:C"),
        ("org:A", "registered_address", "anc:x"),
        ("org:B", "phone", "anc:7"),
    }
    assert found.degree(found.code("org:A")) == 5


def test_edge_types_have_one_word_each_and_fit_into_an_integer() -> None:
    assert len(BY_VALUE) == len(EDGE_TYPES) < 64
    assert all(0 < t.weight <= 1 for t in EDGE_TYPES)
    assert [t.code for t in EDGE_TYPES] == list(range(len(EDGE_TYPES)))


@pytest.mark.parametrize(
    ("day", "there"),
    [("2020-05-31", False), ("2020-06-01", True), ("2021-12-31", True), ("2022-01-01", False)],
)  # fmt: skip
def test_an_edge_holds_from_its_first_day_to_the_day_before_its_end(
    day: str, there: bool
) -> None:
    fact = post("li", "A", valid_from=date(2020, 6, 1), valid_to=date(2022, 1, 1))
    assert bool(network(fact, day=date.fromisoformat(day)).edges) is there


def test_linked_identifiers_are_one_node_until_the_link_is_voided() -> None:
    link = IdentityLink(
        left="per:li", right="per:li2", judgement=Judgement.SAME, document="1",
        authority="x",
    )  # fmt: skip
    journal = Journal(post("li", "A"), post("li2", "B"), link)
    found = network_of(journal.now(), day_of(DAY))
    assert found.code("per:li") == found.code("per:li2") >= 0
    assert found.degree(found.code("per:li")) == 2
    journal.void(link)
    parted = network_of(journal.now(), day_of(DAY))
    assert parted.code("per:li") != parted.code("per:li2")
    assert parted.degree(parted.code("per:li")) == 1


def test_what_the_scope_hides_is_not_there() -> None:
    journal = Journal(
        post("li", "A", public=False, department="tax"),
        at("A", "x", public=True),
    )
    seen = journal.now().under(Scope(departments=frozenset({"police"})))
    found = network_of(seen, day_of(DAY))
    assert edges(found) == {("org:A", "registered_address", "anc:x")}
    assert found.code("per:li") < 0 or found.degree(found.code("per:li")) == 0


def test_a_subject_without_edges_has_no_node_or_no_edges() -> None:
    found = network(post("li", "A"))
    assert found.code("org:nobody") == -1


def test_shares_are_compared_exactly_and_unknown_ones_stay() -> None:
    found = network(
        holds("a", "T", "1/3"),
        holds("b", "T", "24.99"),
        holds("c", "T", "25"),
        holds("d", "T", None),
        holds("e", "T", "10-25"),
        holds("f", "T", "10-24"),
        post("g", "T"),
    )
    left = found.only(ALL_TYPES, Fraction(1, 4))
    others, _ = left.around(left.code("org:T"))
    assert {left.subject(o) for o in others.tolist()} == {
        "per:a", "per:c", "per:d", "per:e", "per:g",
    }  # fmt: skip
    third = found.only(chosen(["holds"]), Fraction(1, 3))
    others, _ = third.around(third.code("org:T"))
    assert {third.subject(o) for o in others.tolist()} == {"per:a", "per:d"}


def test_relations_are_chosen_by_word_or_family() -> None:
    found = network(post("li", "A"), post("li", "A", Role.DIRECTOR), at("A", "x"))
    assert edges(found) > {("per:li", "director", "org:A")}
    only = found.only(chosen(["posts"]), Fraction(0))
    assert only.degree(only.code("org:A")) == 2
    one = found.only(chosen(["director", "contacts"]), Fraction(0))
    assert one.degree(one.code("org:A")) == 2
    assert chosen([]) == ALL_TYPES
    with pytest.raises(UnknownTerm, match="posts"):
        chosen(["friends"])


def test_a_load_that_touches_no_edge_leaves_the_stamp() -> None:
    journal = Journal(post("li", "A"))
    before = stamp(journal.now(), 1)
    journal.add(Profile(subject="org:A", name="甲"))
    assert stamp(journal.now(), 1) == before
    journal.add(post("wang", "A"))
    assert stamp(journal.now(), 1) != before
    assert stamp(journal.now(), 2) != stamp(journal.now(), 1)
