"""Who is next to a subject: counts first, then every edge in a stable order."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from analytics.network.edges import ALL_TYPES, EDGE_TYPES, EdgeType
from analytics.network.network import Network


@dataclass(frozen=True, slots=True)
class Count:
    """How many edges of one type a subject has in one direction.

    Args:
        out: the subject is the near end of the edges.
    """

    type: EdgeType
    out: bool
    edges: int


@dataclass(frozen=True, slots=True)
class Adjacent:
    """An edge of a subject, and who is at its other end.

    Args:
        other: canonical identifier.
        out: the subject is the near end.
        edge: number of the edge in the network.
    """

    other: str
    type: EdgeType
    out: bool
    weight: float
    edge: int

    @property
    def position(self) -> tuple[int, bool, float, str, int]:
        """Return where it stands: by relation, then weight, then identifier."""
        return self.type.code, self.out, -self.weight, self.other, self.edge


def counts(network: Network, code: int) -> tuple[Count, ...]:
    """Return how many edges of each type a node has, in the order of the types.

    Args:
        network: whose node it is.
        code: a node, or -1 for one without any edge.
    """
    if code < 0:
        return ()
    _, edges = network.around(code)
    out = network.near[edges] == code
    keys, found = np.unique(network.type[edges] * 2 + out, return_counts=True)
    return tuple(
        Count(EDGE_TYPES[key // 2], bool(key % 2), number)
        for key, number in zip(keys.tolist(), found.tolist(), strict=True)
    )


def adjacent(
    network: Network, code: int, *, types: int = ALL_TYPES, out: bool | None = None
) -> list[Adjacent]:
    """Return the edges of a node by relation, weight and identifier.

    Args:
        network: whose node it is.
        code: a node, or -1 for one without any edge.
        types: choice of edge types as bits.
        out: only those that begin (True) or end (False) at the node.
    """
    if code < 0:
        return []
    found = _adjacent(network, code, types)
    return sorted(
        (a for a in found if out is None or a.out is out), key=lambda a: a.position
    )


def _adjacent(network: Network, code: int, types: int) -> Iterator[Adjacent]:
    others, edges = network.around(code)
    wanted = np.array([types >> t.code & 1 for t in EDGE_TYPES], np.bool_)
    keep = wanted[network.type[edges]]
    others, edges = others[keep], edges[keep]
    outward = (network.near[edges] == code).tolist()
    kinds, weights = network.type[edges].tolist(), network.weight[edges].tolist()
    rows = zip(others.tolist(), edges.tolist(), outward, kinds, weights, strict=True)
    for other, edge, leaves, kind, weight in rows:
        name = network.subject(other)
        yield Adjacent(name, EDGE_TYPES[kind], leaves, weight, edge)
