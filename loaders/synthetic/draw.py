"""Random choices from seeded streams, equal on every machine.

Only doubles are taken from the generator, and only sums, products and square roots
are made of them: NumPy has never changed that stream, and all three are exact on every
processor. Each table and each block of rows draws from a stream of its own, so that
blocks can be made side by side and one table changes without moving the others.
"""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]
Floats: TypeAlias = NDArray[np.float64]


_PAST_LETTERS = 256
"""Added to the number of a block, so that it cannot be taken for a letter."""


class Draw:
    """One stream of choices; the order of the calls decides what comes out.

    Args:
        seed: decides everything, 0 or more.
        path: numbers that tell the streams of one seed apart.
    """

    def __init__(self, seed: int, *path: int) -> None:
        self._seed, self._path = seed, path
        self._generator = np.random.Generator(
            np.random.PCG64(np.random.SeedSequence([seed, *path]))
        )

    def child(self, name: str, block: int = 0) -> "Draw":
        """Return the stream of a table, or of one block of its rows."""
        return Draw(self._seed, *self._path, *name.encode(), _PAST_LETTERS + block)

    def uniform(self, count: int) -> Floats:
        """Return numbers in [0, 1)."""
        return self._generator.random(count)

    def chance(self, count: int, probability: float | Floats) -> Flags:
        """Return True with this probability."""
        return np.less(self.uniform(count), probability)

    def below(self, count: int, bound: int | Ints) -> Ints:
        """Return integers in [0, bound)."""
        return (self.uniform(count) * bound).astype(np.int64)

    def leaning(self, count: int, bound: int | Ints) -> Ints:
        """Return integers in [0, bound), the low ones more often."""
        u = self.uniform(count)
        return (u * u * bound).astype(np.int64)

    def heavy(self, count: int, bound: int | Ints) -> Ints:
        """Return integers in [0, bound), a few low ones very often.

        The cube of a uniform number makes the frequency of the r-th commonest fall as
        r^(-2/3): the numbers of times are heavy-tailed, with exponent 2.5.
        """
        u = self.uniform(count)
        return (u * u * u * bound).astype(np.int64)

    def pick(self, count: int, weights: Sequence[int]) -> Ints:
        """Return positions in `weights`, each as often as its weight says."""
        edges = np.cumsum(np.asarray(weights, dtype=np.int64))
        drawn = self.below(count, int(edges[-1]))
        return np.searchsorted(edges, drawn, side="right").astype(np.int64)

    def order(self, count: int) -> Ints:
        """Return the numbers 0 … count - 1 in a random order."""
        return np.argsort(self.uniform(count), kind="stable").astype(np.int64)

    def dealt(
        self, labels: Ints, sizes: Sequence[int], weights: Sequence[int]
    ) -> tuple[Ints, Ints]:
        """Deal members into groups whose sizes are as often as their weights say.

        Args:
            labels: of each member; a group has one label only.
            sizes: of groups, in members.
            weights: how often each size occurs.

        Returns:
            The number of each member's group, and the label of each group.
        """
        count = len(labels)
        order = np.lexsort((self.uniform(count), labels))
        wanted = np.asarray(sizes, dtype=np.int64)[self.pick(count, weights)]
        starts = np.zeros(count, dtype=np.bool_)
        first = np.concatenate(([0], np.cumsum(wanted)))
        starts[first[first < count]] = True
        ordered = labels[order]
        starts[1:] |= ordered[1:] != ordered[:-1]
        group = np.empty(count, dtype=np.int64)
        group[order] = np.cumsum(starts) - 1
        return group, ordered[starts]
