import networkx as nx
import numpy as np
from hypothesis import given

from analytics.kernels.components import blocks, strong_components, weak_components
from tests.unit.analytics.kernels.graphs import (
    Graph,
    chain,
    clique,
    graphs,
    ring,
    star,
)


def named(groups: list[set[int]], size: int) -> list[int]:
    found = [0] * size
    for group in groups:
        for node in group:
            found[node] = min(group)
    return found


@given(graphs(14, 24))
def test_weak_components_are_those_of_networkx(graph: Graph) -> None:
    expected = named(list(nx.connected_components(graph.simple())), graph.nodes)
    assert weak_components(graph.nodes, graph.near, graph.far).tolist() == expected


@given(graphs(10, 30))
def test_strong_components_are_those_of_networkx(graph: Graph) -> None:
    directed: nx.DiGraph[int] = nx.DiGraph(list(graph.pairs))
    directed.add_nodes_from(range(graph.nodes))
    expected = named(list(nx.strongly_connected_components(directed)), graph.nodes)
    assert strong_components(graph.csr(both=False)).tolist() == expected


@given(graphs(10, 18))
def test_blocks_are_those_of_networkx(graph: Graph) -> None:
    simple = graph.simple()
    found = blocks(graph.csr(), len(graph.pairs))
    assert set(np.flatnonzero(found.cut).tolist()) == set(
        nx.articulation_points(simple)
    )
    edges: dict[frozenset[int], list[int]] = {}
    for number, pair in enumerate(graph.pairs):
        edges.setdefault(frozenset(pair), []).append(number)
    expected = list(range(len(graph.pairs)))
    for component in nx.biconnected_component_edges(simple):
        numbers = [n for pair in component for n in edges[frozenset(pair)]]
        for number in numbers:
            expected[number] = min(numbers)
    assert found.block.tolist() == expected


def test_long_chains_rings_and_hubs_need_no_recursion() -> None:
    line = chain(100_000)
    assert not weak_components(line.nodes, line.near, line.far).any()
    assert strong_components(line.csr(both=False)).tolist() == list(range(100_000))
    assert strong_components(ring(100_000).csr(both=False)).max() == 0
    found = blocks(line.csr(), len(line.pairs))
    assert found.cut.sum() == 99_998
    assert not blocks(ring(10_000).csr(), 10_000).cut.any()
    hub = star(100_000)
    assert np.flatnonzero(blocks(hub.csr(), 100_000).cut).tolist() == [0]
    thick = clique(300)
    assert not blocks(thick.csr(), len(thick.pairs)).block.any()
