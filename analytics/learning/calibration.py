"""From raw scores to probabilities, fitted on a later window than the model.

Isotonic regression where there are positives enough (Zadrozny and Elkan 2002), else a
logistic curve (Platt 1999); both never fall.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

Float64 = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

ENOUGH: Final = 200
"""Positives from which isotonic steps are more than noise."""


@dataclass(frozen=True, slots=True)
class Curve:
    """Knots of a rising curve: raw scores and probabilities; between them a line."""

    raw: tuple[float, ...]
    probability: tuple[float, ...]

    def of(self, raw: Float64) -> Float64:
        """Return probabilities: float64[n] in [0, 1]."""
        return np.interp(raw, self.raw, self.probability)


def calibrate(raw: Float64, positive: Flags) -> Curve:
    """Return the curve that turns these raw scores into what came."""
    if int(positive.sum()) >= ENOUGH:
        return _isotonic(raw, positive)
    model = LogisticRegression(C=1e6).fit(raw[:, None], positive)
    slope = max(float(model.coef_[0, 0]), 0.0)
    knots = np.linspace(float(raw.min()), float(raw.max()), 50)
    chance = 1 / (1 + np.exp(-(slope * knots + float(model.intercept_[0]))))
    return Curve(tuple(knots.tolist()), tuple(chance.tolist()))


def _isotonic(raw: Float64, positive: Flags) -> Curve:
    model = IsotonicRegression(y_min=0.0, y_max=1.0, out_of_bounds="clip")
    model.fit(raw, positive.astype(np.float64))
    return Curve(
        tuple(model.X_thresholds_.tolist()), tuple(model.y_thresholds_.tolist())
    )
