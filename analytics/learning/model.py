"""A learnt model behind the interface of all models: score, parts, probability.

The score is the raw score on a straight scale: so many points for every doubling of the
odds, the base rate at a fixed point, cut off at 0 and 100. So its parts add up as those
of a scorecard do, but for the rounding of floats.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from analytics.learning.calibration import Curve
from analytics.learning.logistic import Linear
from analytics.learning.trees import Forest
from analytics.scoring.model import Card, Change, Contribution
from graph.errors import Said

Float64 = npt.NDArray[np.float64]

DOUBLING: Final = 10.0
"""Points for twice the odds."""
AT_BASE: Final = 20.0
"""Points at the base rate."""
_LOWEST, _HIGHEST = 0.0, 100.0
_COMMON: Final = Said("模型的起点", "where the model begins")
_CUT: Final = Said("总分以 0 至 100 为限", "the score ends at 0 and at 100")
_CHANGES: Final = 5


@dataclass(frozen=True)
class LearnedModel:
    """A fitted model.

    Args:
        account: what it says of itself.
        core: gives raw scores and their parts.
        curve: from raw scores to probabilities.
        base: base rate of the training rows.
        typical: float64[features], medians of the training rows; NaN: mostly unknown.
    """

    account: Card
    core: Forest | Linear
    curve: Curve
    base: float
    typical: Float64

    @property
    def card(self) -> Card:
        """Return what it says of itself."""
        return self.account

    def scores(self, values: Float64) -> Float64:
        """Return float64[n] in 0–100 for float64[n, features]."""
        points = self._offset + self._factor * self.core.raw(values)
        found: Float64 = np.clip(points, _LOWEST, _HIGHEST)
        return found

    def probabilities(self, scores: Float64) -> Float64 | None:
        """Return the calibrated chance at each score: float64[n].

        Beyond 0 and 100 scores are cut off, and so are chances there.
        """
        return self.curve.of((scores - self._offset) / self._factor)

    def contributions(self, row: Float64) -> tuple[Contribution, ...]:
        """Return the parts of one score, the largest first; they add up to it."""
        common, parts = self.core.parts(row)
        points = self._factor * parts
        found = [
            Contribution(one, float(value), float(given), Said(one.zh, one.en))
            for one, value, given in zip(
                self.account.features, row, points, strict=True
            )
            if given
        ]
        found.sort(key=lambda part: -abs(part.points))
        start = self._offset + self._factor * common
        total = start + float(points.sum())
        rest = [Contribution(None, start, start, _COMMON)]
        if cut := min(max(total, _LOWEST), _HIGHEST) - total:
            rest.append(Contribution(None, total, cut, _CUT))
        return (*found, *rest)

    def changes(self, row: Float64) -> tuple[Change, ...]:
        """Return what the score would be were the heaviest features as usual."""
        score = float(self.scores(row[None, :])[0])
        found = []
        for part in self.contributions(row):
            if part.feature is None or part.points <= 0:
                continue
            place = self.account.features.index(part.feature)
            other = row.copy()
            other[place] = self.typical[place]
            lower = float(self.scores(other[None, :])[0])
            if lower < score and not math.isnan(other[place]):
                to = float(other[place])
                found.append(Change(part.feature, part.value, to, lower))
        found.sort(key=lambda change: (change.score, change.feature.name))
        return tuple(found[:_CHANGES])

    @property
    def _factor(self) -> float:
        return DOUBLING / math.log(2)

    @property
    def _offset(self) -> float:
        return AT_BASE - self._factor * math.log(self.base / (1 - self.base))
