"""Owners with their ways, groups, close links and beneficial owners."""

from fractions import Fraction

import pytest

from analytics.ownership.beneficial import beneficial_owners_of
from analytics.ownership.groups import close_links_of, group_of
from analytics.ownership.owners import ownership_of
from analytics.ownership.relations import Relations
from graph.records import Branch, Profile, Tie
from graph.vocabulary import OrganizationKind, Role
from tests.unit.analytics.ownership.holding import exact, graph_of, holds, named
from tests.unit.analytics.ownership.test_integrated import EXAMPLE


def asked(question, subject, *facts, **more):
    graph = graph_of(*facts)
    return question(named(subject), graph, Relations(graph), **more)


def state(name: str) -> Profile:
    return Profile(
        subject=named(name), name="某机关", organization_kind=OrganizationKind.ORGAN
    )


def post(person: str, organization: str, role: Role) -> Tie:
    return Tie(person=named(person), organization=named(organization), role=role)


def test_owners_come_with_their_ways_and_products():
    found = ownership_of(named("C"), graph_of(*EXAMPLE), "up")
    top = next(o for o in found.items if o.other == named("p"))
    assert [(w.subjects[1], w.share.low) for w in top.ways] == [
        (named("A"), exact("18")), (named("B"), exact("12.75")),
    ]  # fmt: skip
    assert sum(w.share.low for w in top.ways) == top.share.low
    assert top.ends_here
    assert top.depth == found.depth == 2
    assert (found.persons, found.opaque) == (exact("30.75"), exact("69.25"))


def test_ways_are_limited_and_it_is_told():
    found = ownership_of(named("C"), graph_of(*EXAMPLE), "up", ways=1)
    top = next(o for o in found.items if o.other == named("p"))
    assert len(top.ways) == 1
    assert top.ways_truncated


def test_a_group_has_a_head_members_and_branches():
    branch = Branch(branch=named("Z"), parent=named("A"))
    found = asked(group_of, "C", *EXAMPLE, branch)
    assert found.heads == (named("p"),)
    assert {m.subject: m.part for m in found.members} == {
        named("p"): "head", named("A"): "controlled", named("B"): "controlled",
        named("C"): "controlled", named("Z"): "branch",
    }  # fmt: skip


def test_the_state_makes_no_group():
    facts = [
        state("S"), holds("S", "A", "100"), holds("S", "B", "100"),
        holds("A", "C", "60"),
    ]  # fmt: skip
    found = asked(group_of, "C", *facts)
    assert found.heads == (named("A"),)
    assert found.state == (named("S"),)
    assert named("B") not in {m.subject for m in found.members}
    assert asked(group_of, "B", *facts).heads == (named("B"),)


@pytest.mark.parametrize(
    ("share", "linked"), [("19.99", False), ("20", True), ("1/5", True)]
)
def test_a_fifth_is_a_close_link(share, linked):
    found = asked(close_links_of, "A", holds("p", "A", share))
    assert [i.certain for i in found.items] == ([True] if linked else [])


def test_a_common_owner_links_and_the_state_does_not():
    facts = [holds("X", "A", "30"), holds("X", "B", "25")]
    found = asked(close_links_of, "A", *facts)
    common = [(i.other, i.third) for i in found.items if i.kind == "common_owner"]
    assert common == [(named("B"), named("X"))]
    stopped = asked(close_links_of, "A", *facts, state("X"))
    assert stopped.state == (named("X"),)
    assert [i.kind for i in stopped.items] == ["owner"]
    higher = asked(close_links_of, "A", *facts, threshold=Fraction(2, 7))
    assert [i.kind for i in higher.items] == ["owner"]


@pytest.mark.parametrize(
    ("share", "owner"), [("24.99", False), ("25.00", True), ("1/4", True)]
)
def test_a_quarter_makes_a_beneficial_owner(share, owner):
    found = asked(beneficial_owners_of, "A", holds("p", "A", share))
    assert [o.person for o in found.owners] == ([named("p")] if owner else [])
    assert found.standing == ("owners" if owner else "fallback")


def test_the_examples_of_the_rules_are_beneficial_owners():
    (found,) = asked(beneficial_owners_of, "C", *EXAMPLE).owners
    assert found.criteria == ("ownership", "votes", "control")
    weak = asked(
        beneficial_owners_of, "C", holds("p", "A", "40"), holds("A", "C", "90")
    )
    assert [o.criteria for o in weak.owners] == [("ownership",)]


def test_an_unknown_share_makes_a_possible_owner():
    found = asked(beneficial_owners_of, "A", holds("p", "A"), holds("q", "A", "60"))
    assert [(o.person, o.possible) for o in found.owners] == [
        (named("p"), ("ownership", "votes")), (named("q"), ()),
    ]  # fmt: skip


def test_without_owners_those_who_manage_count():
    facts = [
        *(holds(h, "A", "20") for h in "pqrst"),
        post("u", "A", Role.LEGAL_REPRESENTATIVE),
        post("v", "A", Role.PRINCIPAL_IN_CHARGE),
    ]
    found = asked(beneficial_owners_of, "A", *facts)
    assert found.standing == "fallback"
    assert [(o.person, o.criteria) for o in found.owners] == [
        (named("v"), ("management",))
    ]


def test_in_a_company_of_the_state_it_is_the_legal_representative():
    facts = [state("S"), holds("S", "A", "51"), holds("p", "A", "49"),
             post("u", "A", Role.LEGAL_REPRESENTATIVE)]  # fmt: skip
    found = asked(beneficial_owners_of, "A", *facts)
    assert found.standing == "state_owned"
    assert [o.person for o in found.owners] == [named("u")]


def test_what_is_on_file_is_compared_with_what_is_computed():
    facts = [holds("p", "A", "60"), post("q", "A", Role.BENEFICIAL_OWNER)]
    found = asked(beneficial_owners_of, "A", *facts)
    assert found.unfiled == (named("p"),)
    assert found.unmet == (named("q"),)
    assert [(o.person, o.declared) for o in found.owners] == [
        (named("p"), False), (named("q"), True),
    ]  # fmt: skip
