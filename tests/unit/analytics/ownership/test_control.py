"""Control: votes added up, boundaries, concert, declarations."""

from fractions import Fraction

import pytest
from hypothesis import given, settings

from analytics.ownership.control import Control
from analytics.ownership.controllers import Controllers, controllers_of
from analytics.ownership.relations import Relations
from graph.records import Holding, Link, Profile, Tie
from graph.vocabulary import OrganizationKind, Relation, Role
from tests.unit.analytics.ownership.holding import exact, graph_of, holds, named
from tests.unit.analytics.ownership.test_integrated import EXAMPLE, facts_of, worlds


def controllers(organization: str, *facts, **budget: int) -> Controllers:
    graph = graph_of(*facts)
    return controllers_of(named(organization), graph, Relations(graph), **budget)


def ultimate(organization: str, *facts) -> set[str]:
    return {c.subject for c in controllers(organization, *facts).ultimate}


def concert(one: str, other: str, about: str | None) -> Link:
    return Link(
        subject=named(one), other=named(other), relation=Relation.CONCERT,
        about=named(about) if about else None,
    )  # fmt: skip


def test_the_worked_example_of_the_rules():
    found = controllers("C", *EXAMPLE)
    (controller,) = found.ultimate
    assert controller.subject == named("p")
    assert controller.tally.votes.low == exact("55")
    assert {t.organization for t in controller.chain} == {
        named("A"), named("B"), named("C"),
    }  # fmt: skip
    assert controller.by_votes


def test_the_counter_example_of_the_rules():
    found = controllers("C", holds("p", "A", "40"), holds("A", "C", "90"))
    assert {c.subject for c in found.ultimate} == {named("A")}


@pytest.mark.parametrize(
    ("share", "controls"),
    [("50", False), ("50.00", False), ("50.01", True), ("1/2", False), ("2/3", True)],
)
def test_more_than_half_is_more_than_half(share, controls):
    assert ultimate("A", holds("p", "A", share)) == (
        {named("p")} if controls else set()
    )


def test_two_thirds_in_three_hands_of_one_controller():
    facts = [
        holds("p", m, "51") for m in "BC"
    ] + [holds(m, "A", "1/3") for m in "BCD"]  # fmt: skip
    found = controllers("A", *facts)
    (controller,) = found.ultimate
    assert controller.tally.votes.low == Fraction(2, 3)


def test_votes_decide_and_not_equity():
    fact = Holding(
        holder=named("p"), organization=named("A"),
        share_num=9, share_den=10, votes_num=4, votes_den=10,
    )  # fmt: skip
    assert ultimate("A", fact) == set()


def test_those_who_act_in_concert_vote_together():
    facts = [holds("p", "A", "30"), holds("q", "A", "30")]
    assert ultimate("A", *facts) == set()
    assert ultimate("A", *facts, concert("p", "q", "A")) == {named("p"), named("q")}
    assert ultimate("A", *facts, concert("p", "q", "B")) == set()
    assert ultimate("A", *facts, concert("p", "q", None)) == {named("p"), named("q")}


def test_a_partner_votes_through_what_he_controls():
    facts = [
        holds("p", "A", "30"), holds("q", "B", "60"), holds("B", "A", "30"),
        concert("p", "q", "A"),
    ]  # fmt: skip
    assert named("p") in ultimate("A", *facts)


def test_a_declared_controller_controls_and_passes_control_on():
    declared = Link(subject=named("X"), other=named("A"), relation=Relation.CONTROLS)
    found = controllers("B", declared, holds("A", "B", "60"))
    (controller,) = found.ultimate
    assert controller.subject == named("X")
    assert not controller.by_votes


def test_a_declaration_that_votes_contradict_is_a_finding():
    declared = Tie(
        person=named("q"), organization=named("A"), role=Role.ACTUAL_CONTROLLER
    )
    assert controllers("A", holds("p", "A", "60"), declared).disagreement
    assert not controllers("A", holds("q", "A", "60"), declared).disagreement
    assert not controllers("A", holds("p", "A", "40"), declared).disagreement


def test_unknown_votes_make_control_possible_only():
    found = controllers("A", holds("p", "A"), holds("q", "A", "30"))
    assert found.ultimate == ()
    assert [(c.subject, c.certain) for c in found.found] == [(named("p"), False)]


def test_where_nobody_controls_the_nearest_are_named():
    found = controllers("A", holds("p", "A", "50"), holds("q", "A", "50"))
    assert found.found == ()
    assert [(s, t.votes.low) for s, t in found.nearest] == [
        (named("p"), exact("50")), (named("q"), exact("50")),
    ]  # fmt: skip


def test_a_budget_is_told():
    facts = [holds(h, "A", "10") for h in "pqrs"]
    assert controllers("A", *facts, max_nodes=3).truncated


def test_an_organ_of_the_state_is_known_by_kind_or_name():
    facts = [
        Profile(
            subject=named("S"), name="某机关", organization_kind=OrganizationKind.ORGAN
        ),
        Profile(subject=named("T"), name="伊春市人民政府国有资产监督管理委员会"),
        Profile(subject=named("U"), name="伊春森工集团有限公司"),
    ]
    relations = Relations(graph_of(*facts))
    assert [relations.is_state(named(n)) for n in "STU"] == [True, True, False]


@settings(max_examples=40, deadline=None)
@given(shares=worlds())
def test_control_is_the_least_fixed_point(shares):
    """By turns over all shares until nothing is added: slow, and nothing shared."""
    graph = graph_of(*facts_of(shares))
    names = sorted({n for pair in shares for n in pair})[:6]
    for name in names:
        ours = Control(graph, Relations(graph)).controlled_by(named(name)).certain
        theirs: set[str] = {name}
        while True:
            added = {
                o
                for o in {org for _, org in shares} - theirs
                if sum(
                    s / (1 - shares.get((o, o), Fraction(0)))
                    for (h, to), s in shares.items()
                    if to == o and h in theirs and h != o
                )
                > Fraction(1, 2)
            }
            if not added:
                break
            theirs |= added
        assert set(ours) == {named(n) for n in theirs - {name}}
