"""The network around a subject, within a budget; what was cut is always told.

What is cut first is decided by weight, then by identifier, level by level. A hub (an
address of thousands of companies) is shown but not followed, unless it was asked for.
"""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from analytics.network.network import Network

Reason = Literal["nodes", "edges", "hub"]

NODES: Final = 200
EDGES: Final = 2_000
HUB: Final = 500
"""Nodes with more edges are not followed."""


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Nodes and edges around a subject.

    Args:
        depths: steps from the start, by code, nearest first.
        edges: numbers of the edges among the nodes, stronger ones first.
        unfollowed: nodes not followed to the end, and why.
        omitted_edges: how many edges among the nodes were left out.
    """

    depths: dict[int, int]
    edges: tuple[int, ...]
    unfollowed: dict[int, Reason]
    omitted_edges: int

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Return why it is not all there is; empty: it is."""
        found = set(self.unfollowed.values())
        found |= {"edges"} if self.omitted_edges else set()
        return tuple(sorted(found))


def neighbourhood(
    network: Network,
    start: int,
    *,
    depth: int = 1,
    max_nodes: int = NODES,
    max_edges: int = EDGES,
    hub: int = HUB,
) -> Neighbourhood:
    """Return what is around a node.

    Args:
        network: with only the edges that the question looks at.
        start: a node, or -1 for one without any edge.
        depth: steps away, at most.
        max_nodes: nodes, at most, the start included.
        max_edges: edges listed, at most.
        hub: nodes of more edges are not followed.
    """
    if start < 0:
        return Neighbourhood({}, (), {}, 0)
    depths: dict[int, int] = {start: 0}
    unfollowed: dict[int, Reason] = {}
    level = [start]
    for step in range(1, depth + 1):
        hubs = {n for n in level if n != start and network.degree(n) > hub}
        unfollowed |= dict.fromkeys(hubs, "hub")
        ranked = _ranked(network, [n for n in level if n not in hubs], depths)
        room = max_nodes - len(depths)
        if len(ranked) > room:
            cut = {of for _, of in ranked[room:]}
            unfollowed |= dict.fromkeys(sorted(cut), "nodes")
        level = [node for node, _ in ranked[: max(0, room)]]
        depths |= dict.fromkeys(level, step)
    edges = _among(network, depths)
    return Neighbourhood(
        depths, tuple(edges[:max_edges]), unfollowed, max(0, len(edges) - max_edges)
    )


def _ranked(
    network: Network, level: list[int], seen: dict[int, int]
) -> list[tuple[int, int]]:
    """Return unseen neighbours of a level with one they are reached from.

    The strongest edge decides, then the identifier.
    """
    best: dict[int, tuple[float, int]] = {}
    for node in level:
        others, edges = network.around(node)
        weights = network.weight[edges]
        for other, weight in zip(others.tolist(), weights.tolist(), strict=True):
            if other not in seen and best.get(other, (0.0, 0))[0] < weight:
                best[other] = weight, node
    order = sorted(best, key=lambda n: (-best[n][0], network.subject(n)))
    return [(node, best[node][1]) for node in order]


def _among(network: Network, nodes: dict[int, int]) -> list[int]:
    """Return the edges between nodes, stronger first, then by their ends and facts."""
    inside = np.fromiter(nodes, np.int64, len(nodes))
    found = []
    for node in nodes:
        others, edges = network.around(node)
        near = network.near[edges] == node
        found.append(edges[near][np.isin(others[near], inside)])
    edges = np.concatenate(found) if found else np.empty(0, np.int32)
    return sorted(edges.tolist(), key=lambda e: _order(network, e))


def _order(network: Network, number: int) -> tuple[float, str, str, int, int]:
    edge = network.edge(number)
    return -edge.weight, edge.near, edge.far, edge.type.code, edge.row
