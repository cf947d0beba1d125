"""The chains by which somebody is owned, beside all chains there are."""

from fractions import Fraction
from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.ownership import ways as searching
from analytics.ownership.region import Direction, region
from analytics.ownership.ways import Way, ways_in
from graph.records import Holding
from tests.unit.analytics.ownership.holding import graph_of, holds, named

NAMES = "ABCDE"


@st.composite
def registers(draw: st.DrawFn) -> list[Holding]:
    """Small groups with cross-holdings, shares known and unknown."""
    pairs = st.tuples(st.sampled_from("abABCDE"), st.sampled_from(NAMES))
    told = draw(st.sets(pairs.filter(lambda p: p[0] != p[1]), max_size=14))
    shares = st.sampled_from(["1", "2", "5", "10", "10-20", None])
    return [holds(*pair, draw(shares)) for pair in sorted(told)]


def all_chains(
    facts: list[Holding], owner: str, owned: str
) -> list[tuple[Fraction, Fraction, tuple[str, ...]]]:
    """Return every chain between two by trying every order of everybody between."""
    graph = graph_of(*facts)
    between = [named(n) for n in "abABCDE" if named(n) not in (owner, owned)]
    found = []
    for size in range(len(between) + 1):
        for middle in permutations(between, size):
            chain = (owner, *middle, owned)
            high = low = Fraction(1)
            for step in pairwise(chain):
                share = graph.share(*step)
                high, low = high * share.high, low * share.low
            if high:
                found.append((-high, -low, chain))
    return sorted(found)


@settings(deadline=None, max_examples=40)
@given(registers(), st.sampled_from(["up", "down"]))
def test_all_chains_are_found_largest_first(
    facts: list[Holding], direction: Direction
) -> None:
    start = named("A")
    within = region(graph_of(*facts), start, direction)
    found = ways_in(within, limit=1_000)
    for other in set(within.depths) - {start}:
        ends = (other, start) if direction == "up" else (start, other)
        told = [(-w.share.high, -w.share.low, w.subjects) for w in found.to(other)]
        assert told == all_chains(facts, *ends)
    assert not found.truncated


@settings(deadline=None, max_examples=40)
@given(registers(), st.integers(1, 3))
def test_of_few_the_largest_is_there_and_more_are_told(
    facts: list[Holding], limit: int
) -> None:
    start = named("A")
    within = region(graph_of(*facts), start, "up")
    found = ways_in(within, limit=limit)
    for other in set(within.depths) - {start}:
        every = all_chains(facts, other, start)
        ways = found.to(other)
        assert len(ways) == min(limit, len(every))
        assert -ways[0].share.high == every[0][0]
        if len(every) > limit:
            assert other in found.truncated


def clique(size: int) -> list[Holding]:
    names = [f"C{n:02}" for n in range(size)]
    return [holds(one, other, "1") for one in names for other in names if one != other]


def test_where_everybody_holds_everybody_each_is_still_reached(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The steps run out long before the chains do: 10⁹ lead through fourteen."""
    monkeypatch.setattr(searching, "_STEPS", 500)
    within = region(graph_of(*clique(14)), named("C00"), "up")
    found = ways_in(within)
    others = set(within.depths) - {within.start}
    for other in others:
        first = found.to(other)[0]
        assert isinstance(first, Way)
        assert first.subjects == (other, within.start)
    assert others <= found.truncated


def test_a_line_of_a_thousand_is_one_chain() -> None:
    line = [holds(f"L{n:03}", f"L{n + 1:03}", "99") for n in range(999)]
    within = region(graph_of(*line), named("L999"), "up", max_nodes=1_000)
    found = ways_in(within)
    (way,) = found.to(named("L000"))
    assert way.share.low == Fraction(99, 100) ** 999
    assert len(way.subjects) == 1_000
    assert not found.truncated
