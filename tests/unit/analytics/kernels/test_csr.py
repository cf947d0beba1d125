import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analytics.kernels.csr import Csr, kept
from tests.unit.analytics.kernels.graphs import Graph, graphs, star


def arcs(csr: Csr) -> list[tuple[int, int, int]]:
    return [
        (node, int(csr.other[k]), int(csr.edge[k]))
        for node in range(csr.nodes)
        for k in range(csr.indptr[node], csr.indptr[node + 1])
    ]


def expected(graph: Graph, *, both: bool) -> list[tuple[int, int, int]]:
    found = [(a, b, e) for e, (a, b) in enumerate(graph.pairs)]
    if both:
        found += [(b, a, e) for e, (a, b) in enumerate(graph.pairs)]
    return sorted(found)


@given(graphs(), st.booleans())
def test_every_edge_is_there_in_order(graph: Graph, both: bool) -> None:
    csr = graph.csr(both=both)
    assert arcs(csr) == expected(graph, both=both)
    assert (csr.indptr.dtype, csr.other.dtype, csr.edge.dtype) == (
        np.int64,
        np.int32,
        np.int32,
    )


@given(graphs(), st.data())
def test_what_is_kept_keeps_its_numbers(graph: Graph, data: st.DataObject) -> None:
    flags = data.draw(
        st.lists(st.booleans(), min_size=len(graph.pairs), max_size=len(graph.pairs))
    )
    csr = kept(graph.csr(), np.array(flags, np.bool_))
    assert arcs(csr) == [a for a in expected(graph, both=True) if flags[a[2]]]


def test_a_hundred_thousand_at_one_node() -> None:
    csr = star(100_000).csr()
    assert csr.indptr[1] == 100_000
    assert csr.other[:3].tolist() == [1, 2, 3]
