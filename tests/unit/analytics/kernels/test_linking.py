from itertools import combinations, pairwise

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.kernels.linking import APART, Linked, linked
from tests.unit.analytics.kernels.graphs import (
    Graph,
    clique,
    graphs,
    star,
    without_loops,
)


def shared(degree: int) -> float:
    return 1.0 if degree <= 2 else 1 / np.log2(degree)


def strength(graph: Graph, weights: list[float], left: int, right: int) -> float:
    """Return noisy-or over the middles of the shortest paths, each by its best way."""
    simple = graph.simple()
    degrees = np.diff(graph.csr().indptr)
    best: dict[int, float] = {}
    for nodes in nx.all_shortest_paths(simple, left, right):
        # The first half is the longer one, as the kernel meets them.
        middle = nodes[len(nodes) // 2]
        product = 1.0
        for a, b in pairwise(nodes):
            product *= max(
                w
                for w, pair in zip(weights, graph.pairs, strict=True)
                if set(pair) == {a, b}
            )
        for node in nodes[1:-1]:
            product *= shared(int(degrees[node]))
        best[middle] = max(best.get(middle, 0.0), product)
    return float(1 - np.prod([1 - min(w, 0.999999) for w in best.values()]))


def run(graph: Graph, weights: list[float], seeds: list[int], **more: int) -> Linked:
    limits = {"steps": 4, "hub": 1_000} | more
    return linked(
        graph.csr(), np.array(weights, np.float32), np.array(seeds, np.int32), **limits
    )


@given(graphs(10, 18).map(without_loops), st.data())
def test_distance_strength_and_path_are_those_of_networkx(
    graph: Graph, data: st.DataObject
) -> None:
    size = len(graph.pairs)
    weights = data.draw(
        st.lists(st.sampled_from([0.25, 0.5, 1.0]), min_size=size, max_size=size)
    )
    node = st.integers(0, graph.nodes - 1)
    seeds = data.draw(st.lists(node, min_size=1, max_size=5, unique=True))
    steps = data.draw(st.integers(1, 4))
    found = run(graph, weights, seeds, steps=steps)
    simple = graph.simple()
    for i, j in combinations(range(len(seeds)), 2):
        try:
            length = nx.shortest_path_length(simple, seeds[i], seeds[j])
        except nx.NetworkXNoPath:
            length = APART
        if length > steps:
            assert found.distance[i, j] == APART
            assert found.strength[i, j] == 0
            continue
        assert found.distance[i, j] == found.distance[j, i] == length
        assert found.strength[i, j] == pytest.approx(
            strength(graph, weights, seeds[i], seeds[j]), abs=1e-4
        )
        nodes, edges = found.path(i, j)
        assert (nodes[0], nodes[-1], len(edges)) == (seeds[i], seeds[j], length)
        assert all(
            {a, b} == set(graph.pairs[e])
            for (a, b), e in zip(pairwise(nodes), edges, strict=True)
        )
        assert found.path(j, i) == (nodes[::-1], edges[::-1])
    assert not found.exhausted


def test_a_hub_links_nobody_and_is_told() -> None:
    graph = star(100_000)
    weights = [0.5] * 100_000
    found = run(graph, weights, [5, 6, 7], hub=500)
    assert (found.distance == APART).sum() == 9
    assert found.hubs == {0: 3}
    itself = run(graph, weights, [0, 6, 7], hub=500)
    assert itself.distance[0].tolist() == [APART, 1, 1]


def test_budgets_stop_it_and_are_told() -> None:
    graph = clique(300)
    weights = [1.0] * len(graph.pairs)
    seeds = list(range(100))
    assert not run(graph, weights, seeds).exhausted
    assert run(graph, weights, seeds, entries=5_000).exhausted
    assert run(graph, weights, seeds, meetings=5_000).exhausted


def test_a_thousand_parallel_edges_are_one_link() -> None:
    graph = Graph(2, ((0, 1),) * 1_000)
    found = run(graph, [0.5] * 1_000, [0, 1], hub=2_000)
    assert found.distance[0, 1] == 1
    assert found.strength[0, 1] == pytest.approx(0.5)
