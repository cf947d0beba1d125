"""Trees as plain arrays: predicted and taken apart without the library that grew them.

The part of a feature is the sum, along the path of a row, of the changes in the mean
of the leaves below (Saabas 2014); base and parts add up to the raw score. The mean of a
node weighs its leaves by the training rows in them.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numba import njit

Float64 = npt.NDArray[np.float64]
Int32 = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Forest:
    """Nodes of all trees, one after the other; children by their place among all.

    Args:
        base: raw score before any tree.
        roots: int32[trees], place of each root.
        feature: int32[nodes], column tested; -1 at a leaf.
        threshold: float64[nodes]; a value up to it goes left.
        missing_left: bool[nodes], where a value that is not known goes.
        left: int32[nodes]; so is `right`.
        value: float64[nodes], of a leaf its score, of another node the mean below.
    """

    base: float
    roots: Int32
    feature: Int32
    threshold: Float64
    missing_left: Flags
    left: Int32
    right: Int32
    value: Float64

    @property
    def _nodes(
        self,
    ) -> tuple[Int32, Int32, Float64, Flags, Int32, Int32, Float64]:
        return (
            self.roots,
            self.feature,
            self.threshold,
            self.missing_left,
            self.left,
            self.right,
            self.value,
        )

    def raw(self, values: Float64) -> Float64:
        """Return the raw score: float64[n] for float64[n, features]."""
        found: Float64 = _raw(*self._nodes, values, self.base)
        return found

    def parts(self, row: Float64) -> tuple[float, Float64]:
        """Return what is common to all rows, and the part of each feature.

        Args:
            row: float64[features].
        """
        parts = np.zeros(len(row))
        common = _parts(*self._nodes, row, parts)
        return self.base + float(common), parts


@njit(cache=True, nogil=True)
def _below(feature, threshold, missing_left, left, right, row, at):  # type: ignore[no-untyped-def]
    x = row[feature[at]]
    goes_left = missing_left[at] if np.isnan(x) else x <= threshold[at]
    return left[at] if goes_left else right[at]


@njit(cache=True, nogil=True)
def _raw(roots, feature, threshold, missing_left, left, right, value, rows, base):  # type: ignore[no-untyped-def]
    found = np.full(len(rows), base)
    for i in range(len(rows)):
        for root in roots:
            at = root
            while feature[at] >= 0:
                at = _below(feature, threshold, missing_left, left, right, rows[i], at)
            found[i] += value[at]
    return found


@njit(cache=True, nogil=True)
def _parts(roots, feature, threshold, missing_left, left, right, value, row, parts):  # type: ignore[no-untyped-def]
    common = 0.0
    for root in roots:
        at = root
        common += value[at]
        while feature[at] >= 0:
            to = _below(feature, threshold, missing_left, left, right, row, at)
            parts[feature[at]] += value[to] - value[at]
            at = to
    return common
