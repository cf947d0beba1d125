"""The additive scorecard: points by steps, each with its reason, and their sum.

Where the sum passes 0 or 100 the part that is cut off is a contribution of its own,
so that the parts always add up to the score exactly.
"""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np

from analytics.features.feature import Feature
from analytics.features.matrix import named
from analytics.scoring.model import (
    Band,
    Card,
    Change,
    Contribution,
    Float64,
    check_features,
)
from analytics.scoring.reading import Item, Labels, ScorecardFile, read_scorecard
from graph.errors import Said

DEFAULT: Final = Path(__file__).parent / "cards" / "default.yaml"
_LOWEST: Final = 0.0
_HIGHEST: Final = 100.0
_CUT: Final = Said("总分以 0 至 100 为限", "the score ends at 0 and at 100")
_INVENTED: Final = Said(
    "演示：概率以虚构城市校准，部署单位用自己的记录校准之前只供演示。",
    "Demonstration: its probabilities were calibrated on an invented city, until the "
    "deployment calibrates it on its own records.",
)


@dataclass(frozen=True)
class Scorecard:
    """A scorecard as it stands in its file."""

    file: ScorecardFile
    features: tuple[Feature, ...]
    digest: str

    @classmethod
    def load(cls, path: Path = DEFAULT) -> "Scorecard":
        """Return the scorecard of a file.

        Raises:
            BadInput: the file is wrong, names a feature that there is not, or was
                written for features as they no longer are.
        """
        file = read_scorecard(path)
        features = named([item.feature for item in file.items])
        check_features(path.name, features, file.features)
        digest = hashlib.sha256(file.model_dump_json(by_alias=True).encode())
        return cls(file, features, digest.hexdigest())

    @cached_property
    def card(self) -> Card:
        """Return what it says of itself."""
        file, calibration = self.file, self.file.calibration
        return Card(
            id=f"{file.key}-{file.version}-{self.digest[:12]}",
            kind="scorecard",
            label=_said(file.title),
            features=self.features,
            digest=self.digest,
            horizon=file.horizon_days,
            sector=None,
            bands=tuple(Band(b.key, b.least, Said(b.zh, b.en)) for b in file.bands),
            warning=_INVENTED if calibration and calibration.demonstration else None,
            calibrated_on=_said(calibration.on) if calibration else None,
        )

    def points(self, values: Float64) -> Float64:
        """Return the points by feature: float64[n, features] for the same shape."""
        points = np.empty(values.shape)
        for column, item in enumerate(self.file.items):
            points[:, column] = _points(item, values[:, column])
        return points

    def scores(self, values: Float64) -> Float64:
        """Return float64[n] in 0–100 for float64[n, features]."""
        total = self.points(values).sum(axis=1) + self.file.base
        scores: Float64 = np.clip(total, _LOWEST, _HIGHEST)
        return scores

    def probabilities(self, scores: Float64) -> Float64 | None:
        """Return the observed share at each score, None without a calibration."""
        calibration = self.file.calibration
        if calibration is None:
            return None
        bounds = np.array([row.to for row in calibration.table])
        shares = np.array([row.probability for row in calibration.table])
        found: Float64 = shares[np.searchsorted(bounds, scores, "left")]
        return found

    def contributions(self, row: Float64) -> tuple[Contribution, ...]:
        """Return the parts of one score, the largest first; they add up to it."""
        points = self.points(row[None, :])[0]
        parts = [
            Contribution(feature, float(value), float(given), _said(item.why))
            for feature, value, given, item in zip(
                self.features, row, points, self.file.items, strict=True
            )
            if given
        ]
        parts.sort(key=lambda part: (-abs(part.points), self.features.index(_of(part))))
        base = float(self.file.base)
        total = float(points.sum()) + base
        cut = min(max(total, _LOWEST), _HIGHEST) - total
        common = [Contribution(None, base, base, _said(self.file.base_why))]
        if cut:
            common.append(Contribution(None, total, cut, _CUT))
        return (*parts, *(part for part in common if part.points))

    def changes(self, row: Float64) -> tuple[Change, ...]:
        """Return the nearest step of each feature at which the score is lower."""
        points = self.points(row[None, :])[0]
        total = float(points.sum()) + self.file.base
        score = min(max(total, _LOWEST), _HIGHEST)
        found = []
        for feature, item, value, given in zip(
            self.features, self.file.items, row, points, strict=True
        ):
            if (to := _lower(item, float(value), float(given))) is None:
                continue
            less = total - float(given) + to[1]
            lower = min(max(less, _LOWEST), _HIGHEST)
            if lower < score:
                found.append(Change(feature, float(value), to[0], lower))
        return tuple(
            sorted(found, key=lambda change: (change.score, change.feature.name))
        )


def _of(part: Contribution) -> Feature:
    assert part.feature is not None  # noqa: S101  # parts of features come first
    return part.feature


def _said(labels: Labels) -> Said:
    return Said(labels.zh, labels.en)


def _points(item: Item, values: Float64) -> Float64:
    bounds = np.array([step.least for step in item.steps])
    steps = np.array([0.0, *(float(step.points) for step in item.steps)])
    found = steps[np.searchsorted(bounds, values, "right")]
    return np.where(np.isnan(values), float(item.unknown), found)


def _lower(item: Item, value: float, given: float) -> tuple[float, float] | None:
    """Return the nearest value with fewer points, and those; None: there is none.

    Below the first step the value told is zero, or one below the step.
    """
    if np.isnan(value):
        return None
    first = item.steps[0].least
    below = 0.0 if first > 0 else first - 1
    options = [(below, 0.0)] if first > below else []
    options += [(step.least, float(step.points)) for step in item.steps]
    fewer = [option for option in options if option[1] < given]
    return min(fewer, key=lambda option: (abs(option[0] - value), option), default=None)
