"""Which of many subjects belong together, how strongly, by which shortest evidence.

Strength lies in [0, 1]: the noisy-or over all shortest paths between two subjects of
the products of their edge weights (analytics.network.edges), less where a path runs
through what many share: an address of 64 companies counts a sixth. It orders what an
officer looks at first; it says nothing of fault.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from analytics.kernels.linking import APART, Linked, linked
from analytics.network.network import Network

STEPS: Final = 2
HUB: Final = 500
PAIRS: Final = 500


@dataclass(frozen=True, slots=True)
class Path:
    """A way from one subject to another.

    Args:
        nodes: codes, one more than edges.
        edges: numbers of edges of the network.
    """

    nodes: tuple[int, ...]
    edges: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two subjects that are linked.

    Args:
        left: place in the list that was asked about; so is `right`.
        steps: length of the shortest path.
        strength: in [0, 1].
        path: the strongest of the shortest ones.
    """

    left: int
    right: int
    steps: int
    strength: float
    path: Path


@dataclass(frozen=True, slots=True)
class Grouped:
    """How the subjects of a list belong together.

    Args:
        groups: places in the list, larger groups first; those alone are in none.
        pairs: the strongest pairs first, up to the limit.
        total: how many pairs are linked in all.
        hubs: nodes that many share and that were not followed, by code, with how
            many of the list reach each.
        exhausted: a budget ran out, so some links may be missing.
    """

    groups: tuple[tuple[int, ...], ...]
    pairs: tuple[Pair, ...]
    total: int
    hubs: dict[int, int]
    exhausted: bool


def grouped(
    network: Network,
    codes: Sequence[int],
    *,
    steps: int = STEPS,
    strength: float = 0.0,
    hub: int = HUB,
    pairs: int = PAIRS,
) -> Grouped:
    """Return which of the nodes belong together.

    Args:
        network: with only the edges that the question looks at.
        codes: different nodes, -1 for those without any edge.
        steps: longest path that counts as a link.
        strength: pairs below it are no link.
        hub: nodes of more edges are not followed.
        pairs: at most so many are told one by one.
    """
    places = [place for place, code in enumerate(codes) if code >= 0]
    seeds = np.array([codes[place] for place in places], np.int32)
    found = linked(network.csr, network.weight, seeds, steps=steps, hub=hub)
    upper = np.triu(found.distance != APART, 1) & (found.strength >= strength)
    left, right = np.nonzero(upper)
    first = _strongest(found, left, right, pairs)
    return Grouped(
        groups=_groups(len(places), left, right, places),
        pairs=tuple(_pair(found, i, j, places) for i, j in first),
        total=len(left),
        hubs={node: n for node, n in found.hubs.items() if n > 1},
        exhausted=found.exhausted,
    )


def _strongest(
    found: Linked, left: npt.NDArray[np.int64], right: npt.NDArray[np.int64], most: int
) -> list[tuple[int, int]]:
    """Return the strongest pairs, the shorter path first among equals."""
    keys = (right, left, found.distance[left, right], -found.strength[left, right])
    order = np.lexsort(keys)[:most]
    return list(zip(left[order].tolist(), right[order].tolist(), strict=True))


def _pair(found: Linked, left: int, right: int, places: list[int]) -> Pair:
    nodes, edges = found.path(left, right)
    return Pair(
        places[left],
        places[right],
        int(found.distance[left, right]),
        round(float(found.strength[left, right]), 4),
        Path(tuple(nodes), tuple(edges)),
    )


def _groups(
    size: int,
    left: npt.NDArray[np.int64],
    right: npt.NDArray[np.int64],
    places: list[int],
) -> tuple[tuple[int, ...], ...]:
    """Return the connected sets of more than one, larger ones first."""
    joined = np.arange(size)
    for i, j in zip(left.tolist(), right.tolist(), strict=True):
        low, high = sorted((joined[i], joined[j]))
        if low != high:
            joined[joined == high] = low
    members: dict[int, list[int]] = {}
    for seed, root in enumerate(joined.tolist()):
        members.setdefault(root, []).append(places[seed])
    several = [tuple(m) for m in members.values() if len(m) > 1]
    return tuple(sorted(several, key=lambda m: (-len(m), m)))
