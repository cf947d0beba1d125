"""Integrated ownership: worked examples, rings, bounds, and an oracle."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.ownership import region as regions
from analytics.ownership.holdings import HoldingGraph
from analytics.ownership.integrated import convergence, owned_by
from analytics.ownership.interval import Interval
from analytics.ownership.region import region
from analytics.ownership.upward import owners_of
from graph.records import Holding
from tests.unit.analytics.ownership.holding import exact, graph_of, holds, named
from tests.unit.analytics.ownership.oracle import Shares, walked_back


def owns(graph: HoldingGraph, owner: str, owned: str, **budget: int) -> Interval:
    """Ask from above and from below; both must say the same."""
    start, end = named(owner), named(owned)
    down = owned_by(start, region(graph, start, "down", **budget))
    if not budget:
        up = region(graph, end, "up")
        assert start not in up.depths or owned_by(start, up).get(end) == down.get(end)
    return down.get(end, Interval(Fraction(0), Fraction(0)))


EXAMPLE = (
    holds("p", "A", "60"),
    holds("A", "C", "30"),
    holds("p", "B", "51"),
    holds("B", "C", "25"),
)


def test_the_worked_example_of_the_rules():
    found = owns(graph_of(*EXAMPLE), "p", "C")
    assert found == Interval.exactly(Fraction("0.3075"))


def test_the_counter_example_of_the_rules():
    graph = graph_of(holds("p", "A", "40"), holds("A", "C", "90"))
    assert owns(graph, "p", "C") == Interval.exactly(Fraction("0.36"))


def test_shares_held_crosswise_go_round():
    graph = graph_of(
        holds("p", "A", "50"), holds("B", "A", "50"), holds("A", "B", "50")
    )
    assert owns(graph, "p", "A") == Interval.exactly(Fraction(2, 3))
    assert owns(graph, "p", "B") == Interval.exactly(Fraction(1, 3))
    # A walk does not come back to its owner.
    assert owns(graph, "A", "B") == Interval.exactly(Fraction(1, 2))


def test_own_shares_belong_to_the_other_holders():
    graph = graph_of(holds("A", "A", "20"), holds("p", "A", "80"))
    assert owns(graph, "p", "A") == Interval.exactly(Fraction(1))


def test_thirds_are_exact():
    graph = graph_of(
        *(holds("p", m, "1") for m in ()),
        holds("p", "A", "1/3"),
        holds("p", "B", "1/3"),
        holds("p", "C", "1/3"),
        holds("A", "D", "1/3"),
        holds("B", "D", "1/3"),
        holds("C", "D", "1/3"),
    )
    assert owns(graph, "p", "D") == Interval.exactly(Fraction(1, 3))


def test_a_ring_that_owns_itself_is_reported_and_divides_nothing_by_zero():
    graph = graph_of(
        holds("A", "B", "100"), holds("B", "A", "100"), holds("A", "C", "40")
    )
    above = region(graph, named("C"), "up")
    assert [(r.members, r.self_owned) for r in above.rings] == [
        ((named("A"), named("B")), True)
    ]
    assert owns(graph, "B", "C") == Interval.exactly(exact("40"))
    assert owns(graph, "A", "C") == Interval.exactly(exact("40"))


def test_a_ring_with_an_owner_outside_is_not_self_owned():
    graph = graph_of(
        holds("A", "B", "100"), holds("B", "A", "90"), holds("p", "A", "10")
    )
    (ring,) = region(graph, named("B"), "up").rings
    assert not ring.self_owned
    assert owns(graph, "p", "B") == Interval.exactly(Fraction(1))


def test_an_unknown_share_gives_an_interval():
    graph = graph_of(holds("p", "A"), holds("q", "A", "30"), holds("A", "B", "50"))
    assert owns(graph, "p", "B") == Interval(Fraction(0), exact("35"))


def test_the_upper_bound_never_gives_one_share_to_two():
    # Either of A and B may have the remaining 40 %, not both.
    graph = graph_of(
        holds("p", "A", "100"), holds("p", "B", "100"), holds("q", "C", "60"),
        holds("A", "C"), holds("B", "C"),
    )  # fmt: skip
    assert owns(graph, "p", "C") == Interval(Fraction(0), exact("40"))


def test_the_upper_bound_of_a_ring_of_unknown_shares():
    graph = graph_of(holds("p", "A", "10"), holds("B", "A"), holds("A", "B"))
    assert owns(graph, "p", "A") == Interval(exact("10"), Fraction(1))
    assert owns(graph, "p", "B") == Interval(Fraction(0), Fraction(1))


def test_a_budget_is_told_and_widens_the_answer():
    chain = [holds("p", "A", "100"), holds("A", "B", "50"), holds("B", "C", "50"),
             holds("A", "C", "10")]  # fmt: skip
    graph = graph_of(*chain)
    assert owns(graph, "p", "C") == Interval.exactly(exact("35"))
    below = region(graph, named("p"), "down", max_nodes=3)
    assert below.truncated
    above = region(graph, named("C"), "up", max_depth=1)
    assert above.truncated
    assert set(above.unexplored) <= {named("A"), named("B")}
    found = owned_by(named("A"), above)[named("C")]
    assert found.low <= exact("35") <= found.high


def test_the_series_is_shown_to_converge():
    graph = graph_of(
        holds("p", "A", "50"), holds("B", "A", "50"), holds("A", "B", "50")
    )
    added = convergence(named("p"), region(graph, named("p"), "down"))
    assert added[0] == 0.5
    assert sum(added) == pytest.approx(1.0)
    assert added[-1] < 1e-9


@st.composite
def worlds(draw: st.DrawFn) -> dict[tuple[str, str], Fraction]:
    """Random shares with rings; registers add up to the whole at most."""
    size = draw(st.integers(2, 60))
    shares: dict[tuple[str, str], Fraction] = {}
    for at in range(size):
        parts = draw(
            st.dictionaries(st.integers(0, size - 1), st.integers(1, 7), max_size=3)
        )
        whole = max(8, sum(parts.values()))
        for holder, part in parts.items():
            shares[f"N{holder}", f"N{at}"] = Fraction(part, whole)
    return shares


def facts_of(shares: Shares) -> list[Holding]:
    return [
        Holding(
            holder=named(h), organization=named(o),
            share_num=s.numerator, share_den=s.denominator,
        )
        for (h, o), s in shares.items()
    ]  # fmt: skip


@pytest.mark.parametrize("work", [regions.WORK, 0])
@settings(max_examples=40, deadline=None)
@given(shares=worlds(), data=st.data())
def test_it_agrees_with_a_walk_back_on_random_graphs(work, shares, data):
    names = sorted({n for pair in shares for n in pair}) or ["N0"]
    owner, owned = (data.draw(st.sampled_from(names)) for _ in range(2))
    if owner == owned:
        return
    graph = graph_of(*facts_of(shares))
    start = named(owner)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(regions, "WORK", work)
        below = owned_by(start, region(graph, start, "down", max_nodes=100))
    found = below.get(named(owned), Interval(Fraction(0), Fraction(0)))
    arrived, under_way = walked_back(owner, owned, shares, steps=24)
    assert found.low <= arrived + under_way
    assert arrived <= found.high
    assert found.high - found.low < Fraction(1, 10**9)


@settings(max_examples=40, deadline=None)
@given(shares=worlds(), data=st.data())
def test_every_value_is_the_mean_of_its_holders_values(shares, data):
    names = sorted({n for pair in shares for n in pair}) or ["N0"]
    owner = named(data.draw(st.sampled_from(names)))
    graph = graph_of(*facts_of(shares))
    found = owned_by(owner, region(graph, owner, "down", max_nodes=100))
    values = {name: share.low for name, share in found.items()} | {owner: Fraction(1)}
    for name, value in values.items():
        held = graph.into(name).stakes
        if name != owner:
            mean = sum(s.share.low * values.get(s.holder, 0) for s in held)
            assert value == mean
            assert 0 < value <= 1


@pytest.mark.parametrize("budget", [5, 100])
@settings(max_examples=30, deadline=None)
@given(shares=worlds(), data=st.data())
def test_all_owners_at_once_are_each_owner_by_himself(budget, shares, data):
    names = sorted({n for pair in shares for n in pair}) or ["N0"]
    owned = named(data.draw(st.sampled_from(names)))
    above = region(graph_of(*facts_of(shares)), owned, "up", max_nodes=budget)
    together = owners_of(owned, above)
    nothing = Interval(Fraction(0), Fraction(0))
    for owner in above.depths.keys() - {owned}:
        alone = owned_by(owner, above).get(owned, nothing)
        assert together.get(owner, nothing) == alone


@pytest.mark.parametrize("size", [2, 49, 300])
def test_a_ring_of_any_size_is_solved_exactly(size):
    """Each holds a third of the next, a person of his own the rest."""
    third = Fraction(1, 3)
    shares = {}
    for at in range(size):
        shares[f"N{at}", f"N{(at + 1) % size}"] = third
        shares[f"P{at}", f"N{at}"] = 2 * third
    above = region(graph_of(*facts_of(shares)), named("N0"), "up", max_nodes=2 * size)
    found = owners_of(named("N0"), above)
    once_round = 1 - third**size
    for back in range(1, size):
        owner = named(f"N{size - back}")
        assert found[owner] == Interval.exactly(third**back)
    for back in range(size):
        owner = named(f"P{(size - back) % size}")
        assert found[owner] == Interval.exactly(2 * third * third**back / once_round)


def test_a_ring_too_dense_to_solve_is_enclosed_and_says_so():
    size = 70
    shares = {
        (f"N{a}", f"N{b}"): Fraction(1, size)
        for a in range(size)
        for b in range(size)
        if a != b
    } | {("P0", "N0"): Fraction(1, size)}
    above = region(graph_of(*facts_of(shares)), named("N0"), "up")
    assert len(above.enclosed) == 1
    share = owned_by(named("P0"), above)[named("N0")]
    assert not share.is_exact
    assert 0 < share.high - share.low < Fraction(1, 10**9)
