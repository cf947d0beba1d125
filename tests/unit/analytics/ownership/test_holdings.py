"""Reading who holds what on a day."""

from datetime import date
from fractions import Fraction

import pytest

from analytics.ownership.interval import Interval, percent
from graph.records import Holding, IdentityLink
from graph.scope import Scope
from graph.vocabulary import FactKind, Judgement
from tests.journal import Journal
from tests.unit.analytics.ownership.holding import (
    DAY,
    exact,
    graph_of,
    holds,
    named,
)


def share(graph, holder, organization):
    stake = graph.stake(named(holder), named(organization))
    return stake and stake.share


def test_a_known_share_is_exact():
    graph = graph_of(holds("p", "A", "1/3"))
    assert share(graph, "p", "A") == Interval.exactly(Fraction(1, 3))


def test_an_unknown_share_is_at_most_what_the_others_leave():
    graph = graph_of(holds("p", "A", "60"), holds("q", "A"))
    assert share(graph, "q", "A") == Interval(Fraction(0), exact("40"))


def test_a_band_is_cut_by_what_the_others_leave():
    graph = graph_of(holds("p", "A", "60"), holds("q", "A", "25-50"))
    assert share(graph, "q", "A") == Interval(exact("25"), exact("40"))
    assert share(graph, "p", "A") == Interval.exactly(exact("60"))


def test_several_holdings_of_one_pair_are_added():
    first = holds("p", "A", "20", valid_from=date(2020, 1, 1))
    second = holds("p", "A", "15", valid_from=date(2022, 1, 1))
    stake = graph_of(first, second).stake(named("p"), named("A"))
    assert stake is not None
    assert stake.share == Interval.exactly(exact("35"))
    assert len(stake.rows) == 2


def test_linked_identifiers_are_one_holder():
    same = IdentityLink(
        left=named("p"), right=named("q"), document="d", authority="a",
        judgement=Judgement.SAME,
    )  # fmt: skip
    graph = graph_of(holds("p", "A", "20"), holds("q", "A", "15"), same)
    assert [s.share.low for s in graph.into(named("A")).stakes] == [exact("35")]


def test_a_holding_counts_from_its_first_day_and_not_on_its_end():
    fact = holds("p", "A", "20", valid_from=DAY, valid_to=date(2026, 11, 24))
    held = [
        share(graph_of(fact, day=date(2026, 11, d)), "p", "A") is not None
        for d in (21, 22, 23, 24)
    ]
    assert held == [False, True, True, False]


def test_what_is_told_as_indirect_is_no_stake():
    graph = graph_of(holds("p", "A", "20", direct=False))
    assert graph.into(named("A")).stakes == ()
    assert graph.held_by(named("p")) == ()


@pytest.mark.parametrize("direct", [True, False, None])
def test_whether_a_holding_is_direct_may_be_left_open(direct):
    held = holds("p", "A", "20", direct=direct)
    assert Journal(held).now().fact(FactKind.HOLDING, 0) == held


def test_the_scope_hides_holdings():
    fact = holds("p", "A", "20", public=False, department="tax")
    graph = graph_of(fact)
    graph.snapshot = graph.snapshot.under(Scope(departments=frozenset({"market"})))
    assert graph.into(named("A")).stakes == ()


def test_a_register_above_the_whole_contradicts_itself_and_widens():
    register = graph_of(holds("p", "A", "80"), holds("q", "A", "40")).into(named("A"))
    assert register.is_contradictory
    assert register.stated == exact("120")
    assert [s.share for s in register.stakes] == [
        Interval(exact("60"), exact("80")),
        Interval(exact("20"), exact("40")),
    ]


def test_own_shares_do_not_vote():
    graph = graph_of(holds("A", "A", "10"), holds("p", "A", "50"))
    stakes = {s.holder: s for s in graph.into(named("A")).stakes}
    assert stakes[named("p")].votes == Interval.exactly(Fraction(5, 9))
    assert stakes[named("A")].votes == Interval.exactly(Fraction(0))
    assert stakes[named("p")].share == Interval.exactly(exact("50"))


def test_votes_are_not_equity():
    fact = Holding(
        holder=named("p"), organization=named("A"),
        share_num=1, share_den=10, votes_num=6, votes_den=10,
    )  # fmt: skip
    stake = graph_of(fact).stake(named("p"), named("A"))
    assert stake is not None
    assert (stake.share.low, stake.votes.low) == (Fraction(1, 10), Fraction(6, 10))


def test_percentages_say_when_they_are_rounded():
    assert percent(Fraction(1, 4)) == "25%"
    assert percent(Fraction(3075, 10000)) == "30.75%"
    assert percent(Fraction(1, 3)) == "≈33.3333%"
    assert Interval(Fraction(0), Fraction(1, 2)).text() == "0%–50%"
