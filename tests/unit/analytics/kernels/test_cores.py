import networkx as nx
import pytest
from hypothesis import given

from analytics.kernels.cores import core_numbers, triangles
from tests.unit.analytics.kernels.graphs import Graph, chain, clique, graphs, star


@given(graphs(12, 40))
def test_core_numbers_are_those_of_networkx(graph: Graph) -> None:
    expected = nx.core_number(graph.simple())
    assert core_numbers(graph.csr()).tolist() == [
        expected[node] for node in range(graph.nodes)
    ]


@given(graphs(12, 40))
def test_triangles_and_clustering_are_those_of_networkx(graph: Graph) -> None:
    simple, found = graph.simple(), triangles(graph.csr())
    counted, share = nx.triangles(simple), nx.clustering(simple)
    nodes = range(graph.nodes)
    assert found.closed.tolist() == [counted[n] for n in nodes]
    assert found.clustering.tolist() == pytest.approx([share[n] for n in nodes])


def test_hubs_cliques_chains_and_parallel_edges() -> None:
    assert set(core_numbers(clique(300).csr()).tolist()) == {299}
    assert triangles(clique(60).csr()).closed.tolist() == [59 * 58 // 2] * 60
    assert core_numbers(star(100_000).csr()).max() == 1
    assert not triangles(star(100_000).csr()).closed.any()
    assert core_numbers(chain(10_000).csr()).max() == 1
    assert core_numbers(Graph(2, ((0, 1),) * 1_000).csr()).tolist() == [1, 1]
    assert core_numbers(Graph(1, ()).csr()).tolist() == [0]
