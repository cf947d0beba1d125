"""How two subjects are connected, and one with many, by their shortest paths.

Nodes of very many edges are not run through, because being at the same address as a
hundred thousand others connects nobody; which ones those were is told.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from analytics.kernels.paths import Ways, back, shortest_ways, spread
from analytics.network.grouping import HUB, Path
from analytics.network.network import Network

STEPS: Final = 4
PATHS: Final = 3


@dataclass(frozen=True, slots=True)
class Connection:
    """One path, and whether it runs through a node that was to be avoided."""

    path: Path
    avoided: bool


@dataclass(frozen=True, slots=True)
class Connections:
    """The shortest paths between two nodes.

    Args:
        found: those without nodes to be avoided first, then the shorter.
        hubs: nodes not run through for their many edges.
        exhausted: the budget ran out.
    """

    found: tuple[Connection, ...]
    hubs: tuple[int, ...]
    exhausted: bool


def connections(
    network: Network,
    source: int,
    target: int,
    *,
    count: int = PATHS,
    steps: int = STEPS,
    avoid: Collection[int] = (),
    forbid: Collection[int] = (),
    hub: int = HUB,
) -> Connections:
    """Return the shortest paths between two nodes.

    Args:
        network: with only the edges that the question looks at.
        source: a node, -1 for one without any edge.
        target: another.
        count: paths, at most.
        steps: longest path.
        avoid: nodes that a path runs through only where too few others are found.
        forbid: nodes that no path runs through.
        hub: nodes of more edges are not run through.
    """
    if source < 0 or target < 0:
        return Connections((), (), exhausted=False)
    shut = closed(network, forbid, hub)
    kinder = shut.copy()
    kinder[_known(avoid)] = True
    first = shortest_ways(
        network.csr, source, target, count=count, steps=steps, closed=kinder
    )
    second = (
        shortest_ways(
            network.csr, source, target, count=count, steps=steps, closed=shut
        )
        if avoid and len(first.found) < count
        else Ways((), exhausted=False, arcs=0, shut=())
    )
    shunned = set(avoid)
    every = dict.fromkeys((*first.found, *second.found))
    found = (
        Connection(
            Path(way.nodes, way.edges),
            avoided=not shunned.isdisjoint(way.nodes[1:-1]),
        )
        for way in every
    )
    reached = {*first.shut, *second.shut}
    return Connections(
        tuple(found)[:count],
        tuple(sorted(n for n in reached if network.degree(n) > hub)),
        first.exhausted or second.exhausted,
    )


def closed(network: Network, forbid: Iterable[int], hub: int) -> npt.NDArray[np.bool_]:
    """Return the nodes that no path runs through.

    Args:
        network: whose nodes they are.
        forbid: some of them.
        hub: nodes of more edges are others.
    """
    flags: npt.NDArray[np.bool_] = network.degrees > hub
    flags[_known(forbid)] = True
    return flags


def _known(codes: Iterable[int]) -> list[int]:
    return [code for code in codes if code >= 0]


@dataclass(frozen=True, slots=True)
class Reached:
    """What one node reaches of many.

    Args:
        steps: by place of the target, -1 where there is no path.
        paths: of the nearest ones, by place.
        hubs: nodes not run through for their many edges.
    """

    steps: tuple[int, ...]
    paths: dict[int, Path]
    hubs: tuple[int, ...]


def one_to_many(
    network: Network,
    source: int,
    targets: Sequence[int],
    *,
    steps: int = STEPS,
    hub: int = HUB,
    paths: int = 100,
) -> Reached:
    """Return which of many nodes one reaches, and the nearest ones' paths.

    Args:
        network: with only the edges that the question looks at.
        source: a node, -1 for one without any edge; so each of `targets`.
        targets: nodes, some perhaps more than once.
        steps: longest path.
        hub: nodes of more edges are not run through.
        paths: so many paths are told in full.
    """
    if source < 0:
        return Reached((-1,) * len(targets), {}, ())
    wanted = np.zeros(network.nodes, np.bool_)
    wanted[_known(targets)] = True
    shut = closed(network, (), hub)
    distance, parent, via = spread(
        network.csr, source, wanted, steps=steps, closed=shut
    )
    far = tuple(int(distance[t]) if t >= 0 else -1 for t in targets)
    near = sorted(
        (place for place, d in enumerate(far) if d >= 0), key=lambda p: (far[p], p)
    )
    ways = {place: back(parent, via, targets[place]) for place in near[:paths]}
    met = np.flatnonzero(shut & (distance > 0) & (distance < steps))
    return Reached(
        far,
        {place: Path(way.nodes, way.edges) for place, way in ways.items()},
        tuple(n for n in met.tolist() if not wanted[n]),
    )
