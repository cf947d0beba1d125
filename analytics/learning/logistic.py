"""The baseline: logistic regression with an L2 penalty on standardised features.

What is not known is the median, with a column that says so; so is what was learnt kept
as plain numbers, and the parts of the raw score are exact.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from analytics.learning.design import Design

Float64 = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Linear:
    """A raw score that is a sum: base, and for each feature weight × distance.

    Args:
        base: raw score of a row of medians.
        median: float64[features]; so is `scale`.
        weight: float64[features], for a known value.
        unknown: float64[features], for one that is not known.
    """

    base: float
    median: Float64
    scale: Float64
    weight: Float64
    unknown: Float64

    def raw(self, values: Float64) -> Float64:
        """Return the raw score: float64[n] for float64[n, features]."""
        found: Float64 = self.base + self._terms(values).sum(axis=1)
        return found

    def parts(self, row: Float64) -> tuple[float, Float64]:
        """Return what is common to all rows, and the part of each feature."""
        return self.base, self._terms(row[None, :])[0]

    def _terms(self, values: Float64) -> Float64:
        missing = np.isnan(values)
        distance = (np.where(missing, self.median, values) - self.median) / self.scale
        # Counts have long tails; a tenfold count is not ten times the risk.
        tamed = np.sign(distance) * np.log1p(np.abs(distance))
        return np.where(missing, self.unknown, self.weight * tamed)


def fit(design: Design, strength: float = 1.0) -> Linear:
    """Return the baseline fitted to a design.

    Args:
        design: what to fit to.
        strength: inverse of the penalty (C).

    Raises:
        BadInput: nothing can be learnt from it.
    """
    design.check()
    values, width = design.values, design.values.shape[1]
    known = ~np.isnan(values)
    median = np.array([np.median(c[k]) if k.any() else 0.0 for c, k in zip(values.T, known.T, strict=True)])  # fmt: skip
    filled = np.where(known, values, median)
    scale = filled.std(axis=0)
    scale[scale == 0] = 1.0
    distance = (filled - median) / scale
    tamed = np.sign(distance) * np.log1p(np.abs(distance))
    model = LogisticRegression(C=strength, max_iter=2_000)
    model.fit(np.hstack([tamed, ~known]), design.positive)
    weights = model.coef_[0]
    base = float(model.intercept_[0])
    return Linear(base, median, scale, weights[:width], weights[width:])
