"""A model from three windows: fitted to the first, calibrated on the second."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import version
from typing import Final

import numpy as np

from analytics.features import FAMILIES, Feature
from analytics.features.matrix import CATALOGUE
from analytics.learning.boosting import Growth, grow
from analytics.learning.calibration import calibrate
from analytics.learning.design import Design
from analytics.learning.logistic import Linear, fit
from analytics.learning.modelfile import Fitted, Origin, Text
from analytics.learning.trees import Forest
from analytics.learning.windows import Windows

Learner = Callable[[Design], Forest | Linear]

LASTS: Final = timedelta(days=365)
"""After so long a model is to be trained anew."""


@dataclass(frozen=True, slots=True)
class Told:
    """What only a person can say of a model.

    Args:
        key: what the model is called.
        data: what its records are.
        invented: they are of an invented city.
        owner: who answers for it.
    """

    key: str
    data: Text
    invented: bool
    owner: str


def learners(seed: int) -> dict[str, Learner]:
    """Return the ways of learning by name; all are fixed before a test set is seen."""
    return {
        "boosting": lambda design: grow(design, Growth(seed=seed)),
        "logistic": fit,
    }


def of_families(*families: str) -> tuple[Feature, ...]:
    """Return the features of some families, in the order of the catalogue."""
    return tuple(one for one in CATALOGUE if one.family in families)


STEPS: Final = (
    ("own", ("own",)),
    ("structure", ("own", "structure", "changes")),
    (
        "neighbours",
        ("own", "structure", "changes", "neighbours", "contagion", "proximity"),
    ),
    ("sectors", FAMILIES),
)
"""What an ablation adds, step by step."""


def train(
    found: Windows, features: tuple[Feature, ...], learner: str, seed: int, told: Told
) -> Fitted:
    """Return a model fitted to the first window and calibrated on the second.

    Raises:
        BadInput: there is too little to learn from in one of them.
    """
    design = found.train.design.only(features)
    later = found.calibrate.design.only(features)
    later.check()
    core = learners(seed)[learner](design)
    curve = calibrate(core.raw(later.values), later.positive)
    known = ~np.isnan(design.values)
    typical = [
        float(np.median(column[there])) if there.any() else np.nan
        for column, there in zip(design.values.T, known.T, strict=True)
    ]
    origin = Origin(
        data=told.data,
        invented=told.invented,
        train=found.train.day.isoformat(),
        calibrate=found.calibrate.day.isoformat(),
        test=found.test.day.isoformat(),
        known_then=found.known_then,
        seed=seed,
        owner=told.owner,
        expires=(found.test.day + timedelta(days=found.horizon) + LASTS).isoformat(),
        versions={n: version(n) for n in ("numpy", "scikit-learn", "creditgraph")},
    )
    return Fitted(
        key=told.key,
        features=features,
        horizon=found.horizon,
        sector=found.sector,
        core=core,
        curve=curve,
        base=design.base,
        typical=np.array(typical, np.float64),
        origin=origin,
    )
