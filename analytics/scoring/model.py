"""What every model of risk is: a score with parts that add up to it, and a card.

A score is a lead. Nothing here imports what derives effects, and nothing that derives
effects imports this.
"""

from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt

from analytics.features import Feature, FeatureMatrix, catalogue_digest
from graph.errors import BadInput, Said

Float64 = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Band:
    """A range of scores with a name; it begins at `least` and ends at the next one."""

    key: str
    least: float
    label: Said


@dataclass(frozen=True, slots=True)
class Card:
    """What a model says of itself wherever its score is shown.

    Args:
        id: names the model and its content.
        kind: how it was made.
        label: what it is called.
        features: what it reads, in this order.
        digest: of its whole content.
        horizon: days within which a serious record is meant.
        sector: letter of the section it is about; None: of any.
        bands: by score, ascending.
        warning: what must be said beside every score; None: nothing.
        calibrated_on: where its probabilities are from; None: it has none.
    """

    id: str
    kind: Literal["scorecard", "learned"]
    label: Said
    features: tuple[Feature, ...]
    digest: str
    horizon: int
    sector: str | None
    bands: tuple[Band, ...]
    warning: Said | None
    calibrated_on: Said | None

    def band(self, score: float) -> Band:
        """Return the band of a score."""
        return next(b for b in reversed(self.bands) if score >= b.least)


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one feature adds to a score; `feature` is None for what everybody has.

    Args:
        value: of the feature; NaN: not known.
        points: all of a subject's add up to its score exactly.
        reason: why, in a sentence.
    """

    feature: Feature | None
    value: float
    points: float
    reason: Said


@dataclass(frozen=True, slots=True)
class Change:
    """What the score would be if one feature were otherwise and nothing else."""

    feature: Feature
    value: float
    to: float
    score: float


class RiskModel(Protocol):
    """A model of risk."""

    @property
    def card(self) -> Card:
        """Return what it says of itself."""
        ...

    def scores(self, values: Float64) -> Float64:
        """Return float64[n] in 0–100 for float64[n, len(card.features)]."""
        ...

    def probabilities(self, scores: Float64) -> Float64 | None:
        """Return float64[n], or None where it was not calibrated."""
        ...

    def contributions(self, row: Float64) -> tuple[Contribution, ...]:
        """Return the parts of one score, the largest first; they add up to it."""
        ...

    def changes(self, row: Float64) -> tuple[Change, ...]:
        """Return what would lower one score, the most first."""
        ...


def columns_of(model: RiskModel, matrix: FeatureMatrix) -> Float64:
    """Return the columns a model reads, in its order: float64[rows, features]."""
    if model.card.features == matrix.features:
        return matrix.values
    places = [matrix.names.index(one.name) for one in model.card.features]
    return np.ascontiguousarray(matrix.values[:, places])


def check_features(file: str, features: tuple[Feature, ...], declared: str) -> None:
    """Refuse a model that was made of features as they no longer are.

    Raises:
        BadInput: their names, texts, units or directions differ.
    """
    found = catalogue_digest(features)
    if found != declared:
        names = ", ".join(one.name for one in features)
        raise BadInput(
            f"{file}：模型依据的特征摘要是 {declared}，现有特征的摘要是 {found}。",
            f"{file}: the model was made of features with the digest {declared}; those "
            f"of today have {found}.",
            hint_zh=f"核对这些特征的定义后改写摘要，或者重新训练：{names}。",
            hint_en=f"Check these features and write the digest, or train anew: {names}.",
        )
