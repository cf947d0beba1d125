"""Random choices from one seeded stream, equal on every machine.

Only doubles are taken from the generator, and only sums and products are made of
them: NumPy has never changed that stream, and both are exact on every processor.
"""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]
Floats: TypeAlias = NDArray[np.float64]


class Draw:
    """One stream of choices; the order of the calls decides what comes out."""

    def __init__(self, seed: int) -> None:
        self._generator = np.random.Generator(np.random.PCG64(seed))

    def uniform(self, count: int) -> Floats:
        """Return numbers in [0, 1)."""
        return self._generator.random(count)

    def chance(self, count: int, probability: float) -> Flags:
        """Return True with this probability."""
        return np.less(self.uniform(count), probability)

    def below(self, count: int, bound: int | Ints) -> Ints:
        """Return integers in [0, bound)."""
        return (self.uniform(count) * bound).astype(np.int64)

    def leaning(self, count: int, bound: int) -> Ints:
        """Return integers in [0, bound), the low ones more often."""
        u = self.uniform(count)
        return (u * u * bound).astype(np.int64)

    def pick(self, count: int, weights: Sequence[int]) -> Ints:
        """Return positions in `weights`, each as often as its weight says."""
        edges = np.cumsum(np.asarray(weights, dtype=np.int64))
        drawn = self.below(count, int(edges[-1]))
        return np.searchsorted(edges, drawn, side="right").astype(np.int64)

    def order(self, count: int) -> Ints:
        """Return the numbers 0 … count - 1 in a random order."""
        return np.argsort(self.uniform(count), kind="stable").astype(np.int64)
