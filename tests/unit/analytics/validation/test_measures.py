"""Measures of ranking and of probabilities, held against scikit-learn and by hand."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, brier_score_loss, roc_auc_score

from analytics.validation.bootstrap import difference, interval, weights
from analytics.validation.folds import digest, grouped_folds
from analytics.validation.ranking import (
    auc,
    average_precision,
    hits,
    kolmogorov_smirnov,
    lift_at,
    precision_at,
    weighted_auc,
    weighted_average_precision,
)
from analytics.validation.reliability import brier, calibration_error, reliability
from graph.errors import BadInput

rows = st.lists(st.tuples(st.integers(0, 6), st.booleans()), min_size=2, max_size=60)


def split(pairs: list[tuple[int, bool]]) -> tuple[np.ndarray, np.ndarray]:
    scores, positive = zip(*pairs, strict=True)
    return np.array(scores, float), np.array(positive)


@given(pairs=rows)
def test_they_are_those_of_scikit_learn(pairs: list[tuple[int, bool]]) -> None:
    scores, positive = split(pairs)
    assume(0 < positive.sum() < len(positive))
    assert auc(scores, positive) == pytest.approx(roc_auc_score(positive, scores))
    assert average_precision(scores, positive) == pytest.approx(
        average_precision_score(positive, scores)
    )


@given(pairs=rows, seed=st.integers(0, 99))
def test_a_weight_is_a_row_as_often(pairs: list[tuple[int, bool]], seed: int) -> None:
    scores, positive = split(pairs)
    times = np.random.default_rng(seed).integers(0, 4, len(scores))
    often, told = np.repeat(scores, times), np.repeat(positive, times)
    assume(0 < told.sum() < len(told))
    weight = times.astype(float)
    assert weighted_auc(scores, positive, weight) == pytest.approx(auc(often, told))
    assert weighted_average_precision(scores, positive, weight) == pytest.approx(
        average_precision(often, told)
    )


@given(pairs=rows, budget=st.integers(0, 70), seed=st.integers(0, 99))
def test_the_order_of_rows_helps_nobody(
    pairs: list[tuple[int, bool]], budget: int, seed: int
) -> None:
    scores, positive = split(pairs)
    order = np.random.default_rng(seed).permutation(len(scores))
    assert hits(scores, positive, budget) == pytest.approx(
        hits(scores[order], positive[order], budget)
    )


def test_by_hand() -> None:
    scores = np.array([4.0, 3, 3, 1])
    positive = np.array([True, True, False, False])
    assert auc(scores, positive) == pytest.approx(3.5 / 4)
    assert kolmogorov_smirnov(scores, positive) == pytest.approx(0.5)
    assert hits(scores, positive, 2) == pytest.approx(1.5)
    assert precision_at(scores, positive, 2) == pytest.approx(0.75)
    assert lift_at(scores, positive, 0.25) == pytest.approx(2)
    assert np.isnan(auc(scores, np.ones(4, bool)))
    assert np.isnan(average_precision(scores, np.zeros(4, bool)))


def test_probabilities_that_are_what_they_say() -> None:
    said = np.repeat([0.1, 0.9], 10)
    came = np.array([True] + [False] * 9 + [True] * 9 + [False])
    table = reliability(said, came)
    assert [(b.rows, b.came) for b in table] == [(10, 0.1), (10, 0.9)]
    assert calibration_error(table) == pytest.approx(0)
    assert brier(said, came) == pytest.approx(brier_score_loss(came, said))


def test_draws_take_whole_groups() -> None:
    groups = np.array([0, 0, 1, 2, 2, 2])
    for drawn in weights(groups, 20, seed=1):
        assert len(set(drawn[:2])) == len(set(drawn[3:])) == 1
        assert drawn[0] + drawn[2] + drawn[3] == 3


def test_an_interval_holds_its_value_and_a_difference_of_the_same_is_nothing() -> None:
    rng = np.random.default_rng(0)
    positive = rng.random(400) < 0.3
    scores = positive + rng.normal(0, 1, 400)
    groups = np.arange(400) // 4

    def metric(weight: np.ndarray) -> float:
        return weighted_auc(scores, positive, weight)

    found = interval(metric, groups)
    assert found.low < found.value < found.high
    same = difference(metric, metric, groups)
    assert (same.value, same.low, same.high) == (0, 0, 0)


@given(
    groups=st.lists(st.integers(0, 9), min_size=5, max_size=80), seed=st.integers(0, 9)
)
def test_a_group_is_never_split(groups: list[int], seed: int) -> None:
    _, number = np.unique(groups, return_inverse=True)
    assume(number.max() >= 2)
    folds = grouped_folds(number, 3, seed)
    for group in np.unique(number):
        assert len(set(folds[number == group])) == 1
    assert digest(folds) == digest(grouped_folds(number, 3, seed))


def test_too_few_groups_are_told() -> None:
    with pytest.raises(BadInput, match="2 components"):
        grouped_folds(np.array([0, 0, 1]), 3)
