"""Random graphs: parallel edges, loops, nodes alone, parts apart; and shapes of hubs."""

from dataclasses import dataclass

import networkx as nx
import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st

from analytics.kernels.csr import Csr, build_csr


@dataclass(frozen=True)
class Graph:
    """Edges of a graph of so many nodes."""

    nodes: int
    pairs: tuple[tuple[int, int], ...]

    @property
    def near(self) -> npt.NDArray[np.int32]:
        return np.array([a for a, _ in self.pairs], np.int32)

    @property
    def far(self) -> npt.NDArray[np.int32]:
        return np.array([b for _, b in self.pairs], np.int32)

    def csr(self, *, both: bool = True) -> Csr:
        return build_csr(self.nodes, self.near, self.far, both=both)

    def simple(self) -> "nx.Graph[int]":
        """Return the same in NetworkX, without loops and parallel edges."""
        graph: nx.Graph[int] = nx.Graph()
        graph.add_nodes_from(range(self.nodes))
        graph.add_edges_from((a, b) for a, b in self.pairs if a != b)
        return graph


@st.composite
def graphs(draw: st.DrawFn, nodes: int = 12, edges: int = 30) -> Graph:
    size = draw(st.integers(1, nodes))
    node = st.integers(0, size - 1)
    pairs = draw(st.lists(st.tuples(node, node), max_size=edges))
    return Graph(size, tuple(pairs))


def without_loops(graph: Graph) -> Graph:
    return Graph(graph.nodes, tuple((a, b) for a, b in graph.pairs if a != b))


def star(leaves: int) -> Graph:
    return Graph(leaves + 1, tuple((0, leaf) for leaf in range(1, leaves + 1)))


def chain(length: int) -> Graph:
    return Graph(length, tuple((i, i + 1) for i in range(length - 1)))


def ring(length: int) -> Graph:
    return Graph(length, tuple((i, (i + 1) % length) for i in range(length)))


def clique(size: int) -> Graph:
    pairs = tuple((i, j) for i in range(size) for j in range(i + 1, size))
    return Graph(size, pairs)
