from itertools import islice

import networkx as nx
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analytics.kernels.paths import Way, back, shortest_ways, spread
from tests.unit.analytics.kernels.graphs import (
    Graph,
    chain,
    clique,
    graphs,
    ring,
    star,
)


def flags(graph: Graph, *closed: int) -> np.ndarray:
    found = np.zeros(graph.nodes, np.bool_)
    found[list(closed)] = True
    return found


def is_path(graph: Graph, way: Way) -> bool:
    steps = zip(way.nodes, way.nodes[1:], way.edges, strict=False)
    return len(way.nodes) == len(way.edges) + 1 == len(set(way.nodes)) and all(
        {a, b} == set(graph.pairs[e]) for a, b, e in steps
    )


def lengths(
    graph: Graph, source: int, target: int, steps: int, closed: set[int]
) -> list[int]:
    """Return the lengths of all simple paths, shortest first, by NetworkX."""
    open_ = graph.simple().subgraph(
        n for n in range(graph.nodes) if n not in closed - {source, target}
    )
    try:
        paths = list(islice(nx.shortest_simple_paths(open_, source, target), 400))
    except nx.NetworkXNoPath:
        return []
    return [len(p) - 1 for p in paths if len(p) - 1 <= steps]


@given(graphs(9, 20), st.data())
def test_the_shortest_paths_are_those_of_networkx(
    graph: Graph, data: st.DataObject
) -> None:
    node = st.integers(0, graph.nodes - 1)
    source, target = data.draw(node), data.draw(node)
    if source == target:
        return
    steps, count = data.draw(st.integers(1, 6)), data.draw(st.integers(1, 8))
    closed = data.draw(st.sets(node, max_size=3))
    found = shortest_ways(
        graph.csr(), source, target, count=count, steps=steps,
        closed=flags(graph, *closed),
    )  # fmt: skip
    assert all(is_path(graph, way) for way in found.found)
    assert all((w.nodes[0], w.nodes[-1]) == (source, target) for w in found.found)
    assert all(not closed & set(w.nodes[1:-1]) for w in found.found)
    assert len({w.nodes for w in found.found}) == len(found.found)
    told = [len(way.edges) for way in found.found]
    assert told == lengths(graph, source, target, steps, closed)[:count]
    assert not found.exhausted


def test_the_same_place_is_no_step_away() -> None:
    graph = chain(3)
    found = shortest_ways(graph.csr(), 1, 1, steps=3, closed=flags(graph))
    assert found.found == (Way((1,), ()),)


def test_a_closed_node_is_told_and_not_run_through() -> None:
    graph = star(5_000)
    found = shortest_ways(graph.csr(), 1, 2, steps=6, closed=flags(graph, 0))
    assert (found.found, found.shut) == ((), (0,))
    through = shortest_ways(graph.csr(), 1, 2, steps=6, closed=flags(graph))
    assert through.found == (Way((1, 0, 2), (0, 1)),)
    ends = shortest_ways(graph.csr(), 0, 2, steps=6, closed=flags(graph, 0, 2))
    assert ends.found == (Way((0, 2), (1,)),)


def test_both_ways_round_a_ring() -> None:
    graph = ring(9)
    found = shortest_ways(graph.csr(), 0, 4, count=5, steps=8, closed=flags(graph))
    assert [w.nodes for w in found.found] == [(0, 1, 2, 3, 4), (0, 8, 7, 6, 5, 4)]


def test_a_thousand_parallel_edges_are_one_step() -> None:
    graph = Graph(2, ((0, 1),) * 1_000)
    found = shortest_ways(graph.csr(), 0, 1, count=9, steps=6, closed=flags(graph))
    assert found.found == (Way((0, 1), (0,)),)


def test_a_budget_stops_the_search_and_is_told() -> None:
    graph = clique(300)
    csr = graph.csr()
    found = shortest_ways(
        csr, 0, 299, count=50, steps=6, closed=flags(graph), budget=5_000
    )
    assert found.exhausted
    assert found.arcs <= 5_000
    assert found.found[0].nodes == (0, 299)
    assert not shortest_ways(
        csr, 0, 299, count=3, steps=6, closed=flags(graph)
    ).exhausted


def test_a_chain_of_ten_thousand_is_longer_than_six() -> None:
    graph = chain(10_000)
    found = shortest_ways(graph.csr(), 0, 9_999, steps=6, closed=flags(graph))
    assert found.found == ()
    assert found.arcs < 50


@given(graphs(12, 30), st.data())
def test_distances_to_many_are_those_of_networkx(
    graph: Graph, data: st.DataObject
) -> None:
    node = st.integers(0, graph.nodes - 1)
    source, steps = data.draw(node), data.draw(st.integers(1, 6))
    closed = data.draw(st.sets(node, max_size=3))
    open_ = graph.simple()
    for shut in closed - {source}:
        # Reached, but not left again.
        open_ = nx.DiGraph(open_)
        open_.remove_edges_from(list(open_.out_edges(shut)))
    told = nx.single_source_shortest_path_length(open_, source, cutoff=steps)
    distance, parent, via = spread(
        graph.csr(), source, np.ones(graph.nodes, np.bool_), steps=steps,
        closed=flags(graph, *closed),
    )  # fmt: skip
    assert {n: d for n, d in enumerate(distance.tolist()) if d >= 0} == dict(told)
    for reached in told:
        way = back(parent, via, reached)
        assert is_path(graph, way)
        assert (way.nodes[0], len(way.edges)) == (source, told[reached])


def test_a_spread_stops_when_all_are_reached() -> None:
    graph = chain(10)
    wanted = flags(graph, 3)
    distance, _, _ = spread(graph.csr(), 1, wanted, steps=6, closed=flags(graph))
    assert distance.tolist() == [1, 0, 1, 2, -1, -1, -1, -1, -1, -1]
