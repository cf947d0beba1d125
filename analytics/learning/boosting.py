"""Gradient boosting by histograms, held to the published directions of the features.

Friedman 2001; Ke et al. 2017 (histograms). scikit-learn grows the trees; they are kept
as plain arrays, so that a model file is no program.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from analytics.learning.design import Design
from analytics.learning.trees import Forest


@dataclass(frozen=True, slots=True)
class Growth:
    """How trees are grown; fixed before any test set is seen."""

    rounds: int = 150
    rate: float = 0.05
    depth: int = 4
    leaf: int = 20
    l2: float = 1.0
    seed: int = 0
    monotonic: bool = True


def grow(design: Design, growth: Growth) -> Forest:
    """Return the trees fitted to a design.

    Raises:
        BadInput: nothing can be learnt from it.
    """
    design.check()
    directions = [int(one.direction) for one in design.features]
    model = HistGradientBoostingClassifier(
        max_iter=growth.rounds,
        learning_rate=growth.rate,
        max_depth=growth.depth,
        min_samples_leaf=growth.leaf,
        l2_regularization=growth.l2,
        random_state=growth.seed,
        early_stopping=False,
        monotonic_cst=directions if growth.monotonic else None,
    )
    # A column without any value cannot be cut into bins; zeros are never split on.
    empty = np.isnan(design.values).all(axis=0)
    model.fit(np.where(empty, 0.0, design.values), design.positive)
    return _forest(model)


def _forest(model: Any) -> Forest:
    """Return the trees of a fitted classifier of two classes."""
    trees = [predictors[0].nodes for predictors in model._predictors]  # noqa: SLF001  # no public way
    starts = np.concatenate(([0], np.cumsum([len(t) for t in trees])))
    nodes = np.concatenate(trees)
    shift = np.repeat(starts[:-1], [len(t) for t in trees])
    leaf = nodes["is_leaf"].astype(np.bool_)
    left = np.where(leaf, 0, nodes["left"] + shift).astype(np.int32)
    right = np.where(leaf, 0, nodes["right"] + shift).astype(np.int32)
    return Forest(
        base=float(model._baseline_prediction.ravel()[0]),  # noqa: SLF001  # no public way
        roots=starts[:-1].astype(np.int32),
        feature=np.where(leaf, -1, nodes["feature_idx"]).astype(np.int32),
        threshold=nodes["num_threshold"].astype(np.float64),
        missing_left=nodes["missing_go_to_left"].astype(np.bool_),
        left=left,
        right=right,
        value=_means(nodes["value"], nodes["count"], leaf, left, right),
    )


def _means(value: Any, count: Any, leaf: Any, left: Any, right: Any) -> Any:
    """Return leaf values, and for other nodes the mean below; children come later."""
    means = value.astype(np.float64)
    for at in range(len(means) - 1, -1, -1):
        if not leaf[at]:
            a, b = left[at], right[at]
            whole = float(count[a]) + float(count[b])
            means[at] = (count[a] * means[a] + count[b] * means[b]) / whole
    return means
