"""How well a score puts those first of whom something came.

Everywhere: `scores` float64[n], `positive` bool[n]. Ties count half, or, where a budget
ends among equal scores, by their share, so that no order of rows helps anybody.
"""

from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt

Float64 = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_NONE: Final = float("nan")
"""What a figure is where there is one class only."""


def auc(scores: Float64, positive: Flags) -> float:
    """Return the chance that a positive is above a negative (ROC-AUC); NaN: one class.

    Mann and Whitney 1947; Hanley and McNeil 1982.
    """
    return weighted_auc(scores, positive, np.ones(len(scores)))


def weighted_auc(scores: Float64, positive: Flags, weight: Float64) -> float:
    """Return the ROC-AUC where a row counts as often as its weight says."""
    return auc_by_weight(scores, positive)(weight)


def auc_by_weight(scores: Float64, positive: Flags) -> Callable[[Float64], float]:
    """Return what gives the ROC-AUC for weights; the scores are sorted once."""
    values, place = np.unique(scores, return_inverse=True)
    size = len(values)

    def of(weight: Float64) -> float:
        good = np.bincount(place, weight * positive, size)
        bad = np.bincount(place, weight * ~positive, size)
        below = np.cumsum(bad) - bad
        pairs = good.sum() * bad.sum()
        return float((good * (below + bad / 2)).sum() / pairs) if pairs else _NONE

    return of


def average_precision(scores: Float64, positive: Flags) -> float:
    """Return the mean precision over the positives (PR-AUC as a step function)."""
    return weighted_average_precision(scores, positive, np.ones(len(scores)))


def weighted_average_precision(
    scores: Float64, positive: Flags, weight: Float64
) -> float:
    """Return the average precision where a row counts as often as its weight says."""
    return average_precision_by_weight(scores, positive)(weight)


def average_precision_by_weight(
    scores: Float64, positive: Flags
) -> Callable[[Float64], float]:
    """Return what gives the average precision for weights; sorted once."""
    values, place = np.unique(-scores, return_inverse=True)
    size = len(values)

    def of(weight: Float64) -> float:
        good = np.bincount(place, weight * positive, size)
        every = np.bincount(place, weight, size)
        total = good.sum()
        if not total:
            return _NONE
        precision = np.cumsum(good) / np.maximum(np.cumsum(every), 1e-300)
        return float((good * precision).sum() / total)

    return of


def kolmogorov_smirnov(scores: Float64, positive: Flags) -> float:
    """Return the largest distance between the shares of both classes above a score."""
    _, place = np.unique(scores, return_inverse=True)
    good = np.bincount(place, positive).cumsum()
    bad = np.bincount(place, ~positive).cumsum()
    if not (good[-1] and bad[-1]):
        return float("nan")
    return float(np.abs(good / good[-1] - bad / bad[-1]).max())


def hits(scores: Float64, positive: Flags, budget: int) -> float:
    """Return how many positives are expected among the `budget` highest scores."""
    budget = min(budget, len(scores))
    if not budget:
        return 0.0
    last = np.sort(scores)[::-1][budget - 1]
    above, equal = scores > last, scores == last
    room = budget - int(above.sum())
    return float(positive[above].sum() + room * positive[equal].mean())


def precision_at(scores: Float64, positive: Flags, budget: int) -> float:
    """Return the share of positives among the `budget` highest scores."""
    return hits(scores, positive, budget) / max(min(budget, len(scores)), 1)


def lift_at(scores: Float64, positive: Flags, share: float) -> float:
    """Return precision over the base rate within the highest share of scores."""
    budget = max(1, round(share * len(scores)))
    base = float(positive.mean()) if len(positive) else 0.0
    return precision_at(scores, positive, budget) / base if base else float("nan")
