"""How well a model tells, with what must fail beside it; every figure has an interval.

Trained at an earlier cut, told at a later one. Intervals draw whole components again.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from analytics.features import Feature
from analytics.features.population import SECTORS, Population
from analytics.learning.design import FEWEST, Design
from analytics.learning.modelfile import Fitted
from analytics.learning.training import STEPS, learners, of_families
from analytics.learning.windows import Window, Windows
from analytics.scoring.model import RiskModel
from analytics.validation.bootstrap import Interval, difference, interval
from analytics.validation.drift import stability_index
from analytics.validation.folds import digest, grouped_folds
from analytics.validation.ranking import (
    auc,
    auc_by_weight,
    average_precision,
    average_precision_by_weight,
    hits,
    kolmogorov_smirnov,
    lift_at,
    precision_at,
)
from analytics.validation.reliability import brier, calibration_error, reliability

Float64 = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Progress = Callable[[str], None]
Report = dict[str, Any]

FOLDS: Final = 5
_SIZES: Final = ((0, 3, "0–2"), (3, 6, "3–5"), (6, 1 << 30, "6+"))
"""Posts and holders of an organization, for want of figures of its business."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be measured.

    Args:
        learner: name of the way of learning.
        seed: of everything that is drawn.
        budget: inspections there are, as a share of all organizations.
        draws: of each interval.
    """

    learner: str = "boosting"
    seed: int = 0
    budget: float = 0.05
    draws: int = 400


def evaluate(
    found: Windows, rewired: Windows, fitted: Fitted, asked: Asked, tell: Progress
) -> Report:
    """Return the report of a model.

    Args:
        found: the windows.
        rewired: the same with links dealt out anew.
        fitted: what was made of the first two.
        asked: what is to be measured.
        tell: called before each part.
    """
    test = found.test.design.only(fitted.features)
    raw = fitted.core.raw(test.values)
    chances = fitted.curve.of(raw)
    tell("metrics")
    report: Report = {
        "rows": {
            w.what: [len(w.positive), int(w.positive.sum())] for w in _designs(found)
        },
        "base_rate": {w.what: w.base for w in _designs(found)},
        "metrics": metrics(raw, test, asked),
        "probabilities": probabilities(chances, test.positive),
        "psi": stability_index(
            fitted.core.raw(found.train.design.only(fitted.features).values), raw
        ),
        "coverage": _coverage(found),
    }
    tell("breakdown")
    report["breakdown"] = breakdown(raw, test, found.test.matrix.cut, asked)
    tell("ablation")
    report["ablation"] = ablation(found, asked)
    report["baseline"] = _baseline(found, fitted.features, raw, asked)
    tell("folds")
    report["folds"] = folds(found.train.design.only(fitted.features), asked)
    tell("controls")
    report["controls"] = controls(found, rewired, asked)
    return report


def evaluate_model(model: RiskModel, window: Window, asked: Asked) -> Report:
    """Return how well any model tells what came in one window.

    Args:
        model: a scorecard or a learnt model.
        window: with outcomes.
        asked: what is to be measured.
    """
    window.design.check()
    design = window.design.only(model.card.features)
    scores = model.scores(design.values)
    chances = model.probabilities(scores)
    report: Report = {
        "model": model.card.id,
        "rows": [len(design.positive), int(design.positive.sum())],
        "base_rate": design.base,
        "metrics": metrics(scores, design, asked),
        "breakdown": breakdown(scores, design, window.matrix.cut, asked),
    }
    if chances is not None:
        report["probabilities"] = probabilities(chances, design.positive)
    return report


def _designs(found: Windows) -> tuple[Design, ...]:
    return found.train.design, found.calibrate.design, found.test.design


def _auc(scores: Float64, design: Design) -> Callable[[Float64], float]:
    return auc_by_weight(scores, design.positive)


def _ap(scores: Float64, design: Design) -> Callable[[Float64], float]:
    return average_precision_by_weight(scores, design.positive)


def metrics(scores: Float64, design: Design, asked: Asked) -> Report:
    """Return how well scores rank the rows of a design."""
    budget = max(1, round(asked.budget * len(scores)))
    positive, draws = design.positive, {"draws": asked.draws, "seed": asked.seed}
    return {
        "auc": asdict(interval(_auc(scores, design), design.groups, **draws)),
        "average_precision": asdict(
            interval(_ap(scores, design), design.groups, **draws)
        ),
        "ks": kolmogorov_smirnov(scores, positive),
        "budget": budget,
        "hits_at_budget": hits(scores, positive, budget),
        "precision_at_budget": precision_at(scores, positive, budget),
        "lift_at_budget": lift_at(scores, positive, asked.budget),
        "lift_at_10": lift_at(scores, positive, 0.1),
    }


def probabilities(chances: Float64, positive: Flags) -> Report:
    """Return whether probabilities are what they say."""
    table = reliability(chances, positive)
    return {
        "brier": brier(chances, positive),
        "brier_of_base": brier(np.full(len(positive), positive.mean()), positive),
        "calibration_error": calibration_error(table),
        "table": [asdict(one) for one in table],
    }


def _coverage(found: Windows) -> Report:
    """Return how many have any neighbour with people in common, on both sides."""
    names = ("shared_person_companies", "common_holder", "address_neighbours")
    return {
        window.design.what: {
            name: float((window.matrix.column(name) > 0).mean()) for name in names
        }
        for window in (found.train, found.calibrate, found.test)
    }


def breakdown(
    scores: Float64, design: Design, cut: Population, asked: Asked
) -> Mapping[str, list[Report]]:
    """Return the AUC by region, sector and size; of too few positives, only the counts."""
    sector, region = cut.described.sector, cut.described.region
    size = design.values[:, :0].shape[0]
    people = np.zeros(size)
    names = [one.name for one in design.features]
    for name in ("posts", "holders"):
        if name in names:
            people += np.nan_to_num(design.values[:, names.index(name)])
    groups = {
        "region": [(r, region == n) for n, r in enumerate(cut.described.regions)],
        "sector": [(s.value, sector == n) for n, s in enumerate(SECTORS)],
        "people": [(t, (people >= a) & (people < b)) for a, b, t in _SIZES],
    }
    return {
        what: [
            _group(key, scores, design, mine, asked) for key, mine in some if mine.any()
        ]
        for what, some in groups.items()
    }


def _group(
    key: str, scores: Float64, design: Design, mine: Flags, asked: Asked
) -> Report:
    part, positives = design.rows(mine), int(design.positive[mine].sum())
    found: Report = {"key": key, "rows": int(mine.sum()), "positives": positives}
    if min(positives, found["rows"] - positives) < FEWEST:
        return found | {"auc": None}
    _, groups = np.unique(part.groups, return_inverse=True)
    told = interval(
        _auc(scores[mine], part), groups, draws=asked.draws, seed=asked.seed
    )
    return found | {"auc": asdict(told)}


def ablation(found: Windows, asked: Asked) -> list[Report]:
    """Return what each step of features adds to the one before, on the same draws."""
    steps, before = [], None
    test = found.test.design
    for name, families in STEPS:
        features = of_families(*families)
        core = learners(asked.seed)[asked.learner](found.train.design.only(features))
        scores = core.raw(test.only(features).values)
        step = {
            "step": name,
            "features": len(features),
            "auc": auc(scores, test.positive),
            "average_precision": average_precision(scores, test.positive),
        }
        if before is not None:
            step |= _gain(before, scores, test, asked)
        steps.append(step)
        before = scores
    return steps


def _gain(before: Float64, after: Float64, test: Design, asked: Asked) -> Report:
    draws = {"draws": asked.draws, "seed": asked.seed}
    gain = difference(_auc(before, test), _auc(after, test), test.groups, **draws)
    precision = difference(_ap(before, test), _ap(after, test), test.groups, **draws)
    return {
        "auc_gain": asdict(gain),
        "average_precision_gain": asdict(precision),
        "earned": earned(gain, precision),
    }


def earned(*gains: Interval) -> bool:
    """Return whether one gain is certain and none is a certain loss."""
    return any(g.low > 0 for g in gains) and not any(g.high < 0 for g in gains)


def _baseline(
    found: Windows, features: tuple[Feature, ...], raw: Float64, asked: Asked
) -> Report:
    """Return the logistic baseline on the same features, and the model beside it."""
    test = found.test.design
    core = learners(asked.seed)["logistic"](found.train.design.only(features))
    scores = core.raw(test.only(features).values)
    return {
        "auc": auc(scores, test.positive),
        "average_precision": average_precision(scores, test.positive),
        **{
            f"model_{name}": value
            for name, value in _gain(scores, raw, test, asked).items()
            if name != "earned"
        },
    }


def folds(design: Design, asked: Asked) -> Report:
    """Return the AUC over folds of whole components, and over folds at random."""
    report: Report = {}
    alone = np.arange(len(design.positive))
    for name, groups in (("component", design.groups), ("random", alone)):
        if len(np.unique(groups)) < FOLDS:
            continue
        fold = grouped_folds(groups, FOLDS, asked.seed)
        scores = np.full(len(fold), np.nan)
        for number in range(FOLDS):
            mine = fold == number
            core = learners(asked.seed)[asked.learner](design.rows(~mine))
            scores[mine] = core.raw(design.values[mine])
        report[name] = {
            "auc": auc(scores, design.positive),
            "average_precision": average_precision(scores, design.positive),
            "digest": digest(fold),
            "rows": np.bincount(fold, minlength=FOLDS).tolist(),
        }
    return report


def controls(found: Windows, rewired: Windows, asked: Asked) -> Report:
    """Return what must fail: shuffled labels, rewired links; and what must not be used."""
    features = of_families(*STEPS[2][1])
    own = of_families(*STEPS[1][1])
    train, test = found.train.design.only(features), found.test.design.only(features)
    learner = learners(asked.seed)[asked.learner]
    rng = np.random.default_rng(asked.seed)
    dealt = Design(
        train.what,
        features,
        train.values,
        rng.permutation(train.positive),
        train.groups,
    )
    shuffled = learner(dealt).raw(test.values)
    without = learner(found.train.design.only(own)).raw(
        found.test.design.only(own).values
    )
    others = rewired.test.design.only(features)
    beside = learner(rewired.train.design.only(features)).raw(others.values)
    with_links = learner(train).raw(test.values)
    return {
        "shuffled_labels_auc": auc(shuffled, test.positive),
        "links_gain": asdict(_paired(without, with_links, test, asked)),
        "rewired_gain": asdict(_paired(without, beside, others, asked)),
        "leak_ceiling_auc": auc(
            learner(_leaking(train)).raw(_leaking(test).values), test.positive
        ),
    }


def _paired(before: Float64, after: Float64, test: Design, asked: Asked) -> Interval:
    return difference(
        _auc(before, test),
        _auc(after, test),
        test.groups,
        draws=asked.draws,
        seed=asked.seed,
    )


def _leaking(design: Design) -> Design:
    """Return a design that has seen what came: its first column is the outcome."""
    values = design.values.copy()
    values[:, 0] = design.positive
    return Design(design.what, design.features, values, design.positive, design.groups)
