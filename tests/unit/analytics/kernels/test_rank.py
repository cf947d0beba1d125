import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.kernels.rank import betweenness, page_rank
from tests.unit.analytics.kernels.graphs import (
    Graph,
    chain,
    graphs,
    star,
    without_loops,
)


def multigraph(graph: Graph) -> "nx.MultiGraph[int]":
    found: nx.MultiGraph[int] = nx.MultiGraph()
    found.add_nodes_from(range(graph.nodes))
    found.add_edges_from(graph.pairs)
    return found


@given(graphs(12, 30).map(without_loops), st.data())
def test_page_rank_is_that_of_networkx(graph: Graph, data: st.DataObject) -> None:
    node = st.integers(0, graph.nodes - 1)
    seeds = data.draw(st.none() | st.lists(node, min_size=1, max_size=4))
    # NetworkX adds up parallel edges of a directed multigraph as weights.
    directed = multigraph(graph).to_directed()
    back = None if seeds is None else dict.fromkeys(seeds, 1.0)
    expected = nx.pagerank(directed, personalization=back, tol=1e-12, max_iter=1_000)
    found = page_rank(
        graph.csr(), seeds=None if seeds is None else np.array(seeds, np.int32)
    )
    assert found.error < 1e-8
    assert found.rank.sum() == pytest.approx(1)
    assert found.rank.tolist() == pytest.approx(
        [expected[n] for n in range(graph.nodes)], abs=1e-6
    )


def test_rounds_that_run_out_are_told() -> None:
    found = page_rank(chain(1_000).csr(), rounds=3)
    assert found.rounds == 3
    assert found.error >= 1e-8


@given(graphs(10, 24))
def test_betweenness_is_that_of_networkx(graph: Graph) -> None:
    expected = nx.betweenness_centrality(graph.simple(), normalized=False)
    found = betweenness(graph.csr(), np.arange(graph.nodes, dtype=np.int32))
    # Every pair from both ends.
    assert found.tolist() == pytest.approx(
        [2 * expected[n] for n in range(graph.nodes)]
    )


def test_all_paths_of_a_star_run_through_its_middle() -> None:
    graph = star(10_000)
    found = betweenness(graph.csr(), np.array([1, 2, 3], np.int32))
    assert found[0] == 3 * 9_999
    assert not found[1:].any()
