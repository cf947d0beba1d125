"""Organizations next to each other, and sums over them that leave the first one out.

Two organizations are next to each other once for everything that they share. What
more than HUB organizations share (an address of agents) says nothing about any two
of them, so it makes no neighbours; how many share it is a feature of its own.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

Int32 = npt.NDArray[np.int32]
Float64 = npt.NDArray[np.float64]

HUB: Final = 50
SMOOTHING: Final = 2.0
"""So many neighbours of the average kind are added to everybody's own (m)."""


class Peers(Protocol):
    """Who is next to whom by one relation."""

    @property
    def count(self) -> Float64:
        """Return, by organization, how many are next to it, once for each link."""
        ...

    def total(self, values: npt.NDArray[np.generic]) -> Float64:
        """Return, by organization, the sum of its neighbours' values."""
        ...

    def of(self, place: int) -> list[tuple[int, int]]:
        """Return (place of a neighbour, code of what is shared or -1), in order."""
        ...


@dataclass(frozen=True)
class Shared:
    """Neighbours by something that both have.

    Args:
        node: number of what is shared, from 0; `organization` who has it; each pair
            once. Of 2 to HUB organizations each.
        codes: by number of what is shared, its code.
        size: how many organizations there are.
        most: by organization, how many others share what it shares with the most;
            not limited by HUB.
    """

    node: Int32
    organization: Int32
    codes: Int32
    size: int
    most: Float64

    @classmethod
    def by(cls, node: Int32, organization: Int32, size: int) -> "Shared":
        """Return the neighbours by these pairs, in any order, repeated or not."""
        pairs = np.unique(node.astype(np.int64) * max(size, 1) + organization)
        codes, place = pairs // max(size, 1), (pairs % max(size, 1)).astype(np.int32)
        shared, number, sizes = np.unique(
            codes, return_inverse=True, return_counts=True
        )
        many = sizes[number]
        most = np.zeros(size)
        np.maximum.at(most, place, many - 1.0)
        kept = (many > 1) & (many <= HUB)
        return cls(
            number[kept].astype(np.int32),
            place[kept],
            shared.astype(np.int32),
            size,
            most,
        )

    def of(self, place: int) -> list[tuple[int, int]]:
        """Return (place of a neighbour, code of what is shared), in order."""
        mine = np.unique(self.node[self.organization == place])
        there = np.isin(self.node, mine) & (self.organization != place)
        pairs = zip(
            self.organization[there].tolist(),
            self.codes[self.node[there]].tolist(),
            strict=True,
        )
        return sorted(pairs)

    def within(self, group: npt.NDArray[np.integer]) -> "Shared":
        """Return the neighbours of one's own group, by the same links.

        Args:
            group: by organization, a number; negative ones are of no group.
        """
        own = group[self.organization].astype(np.int64)
        told = own >= 0
        groups = int(own.max(initial=0)) + 1
        key = self.node[told].astype(np.int64) * groups + own[told]
        keys, number = np.unique(key, return_inverse=True)
        return Shared(
            number.astype(np.int32),
            self.organization[told],
            self.codes[keys // groups],
            self.size,
            self.most,
        )

    @cached_property
    def count(self) -> Float64:
        """Return, by organization, how many are next to it, once for each link."""
        return self.total(np.ones(self.size))

    def total(self, values: npt.NDArray[np.generic]) -> Float64:
        """Return, by organization, the sum of its neighbours' values."""
        own = values[self.organization].astype(np.float64)
        sums = np.bincount(self.node, own)
        others = sums[self.node] - own if len(own) else own
        return np.bincount(self.organization, others, self.size).astype(np.float64)


@dataclass(frozen=True)
class Direct:
    """Neighbours by a fact that names both: `far` are next to `near`, each pair once."""

    near: Int32
    far: Int32
    size: int

    @classmethod
    def one_way(cls, near: Int32, far: Int32, size: int) -> "Direct":
        """Return the far ends as neighbours of the near ones, repeated or not."""
        pairs = np.unique(near.astype(np.int64) * max(size, 1) + far)
        return cls(
            (pairs // max(size, 1)).astype(np.int32),
            (pairs % max(size, 1)).astype(np.int32),
            size,
        )

    @classmethod
    def both(cls, near: Int32, far: Int32, size: int) -> "Direct":
        """Return both ends as neighbours of each other."""
        return cls.one_way(
            np.concatenate([near, far]), np.concatenate([far, near]), size
        )

    def of(self, place: int) -> list[tuple[int, int]]:
        """Return (place of a neighbour, -1), in order: nothing stands between."""
        return [(far, -1) for far in np.unique(self.far[self.near == place]).tolist()]

    @cached_property
    def count(self) -> Float64:
        """Return, by organization, how many are next to it."""
        return np.bincount(self.near, minlength=self.size).astype(np.float64)

    def total(self, values: npt.NDArray[np.generic]) -> Float64:
        """Return, by organization, the sum of its neighbours' values."""
        far = values[self.far].astype(np.float64)
        return np.bincount(self.near, far, self.size).astype(np.float64)


def smoothed(total: Float64, count: Float64, base: float) -> Float64:
    """Return rates pulled towards the base where there are few: (Σy + m·b)/(n + m)."""
    return (total + SMOOTHING * base) / (count + SMOOTHING)
