"""Learnt models: parts that add up, directions that hold, files that refuse."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.ensemble import HistGradientBoostingClassifier

from analytics.features.matrix import named
from analytics.learning.boosting import Growth, _forest, grow
from analytics.learning.calibration import ENOUGH, calibrate
from analytics.learning.design import Design
from analytics.learning.logistic import fit
from analytics.learning.model import LearnedModel
from analytics.learning.modelfile import (
    Fitted,
    Origin,
    Text,
    _digest,
    load_model,
    read_file,
    write_model,
)
from analytics.validation.ranking import auc
from graph.errors import BadInput

NAMES = ("penalties", "sanctions", "age", "person_rate", "failed_share")
FEATURES = named(NAMES)
ORIGIN = Origin(
    data=Text(
        zh="演示：在虚构城市上训练", en="Demonstration: trained on an invented city"
    ),
    invented=True,
    train="2023-11-22",
    calibrate="2024-11-22",
    test="2025-11-22",
    known_then=False,
    seed=0,
    owner="部署单位",
    expires="2027-11-22",
    versions={"numpy": "2"},
)


def invented(rows: int = 2_000, seed: int = 0) -> Design:
    rng = np.random.default_rng(seed)
    values = rng.random((rows, len(NAMES))) * 5
    values[rng.random(values.shape) < 0.1] = np.nan
    told = np.nan_to_num(values)
    raw = told[:, 0] + 2 * told[:, 3] - told[:, 2] - 4 + rng.normal(0, 1, rows)
    return Design("invented", FEATURES, values, raw > 0, np.arange(rows) // 3)


DESIGN = invented()
FOREST = grow(DESIGN, Growth(rounds=40))
LINEAR = fit(DESIGN)


def fitted(core=FOREST) -> Fitted:  # type: ignore[no-untyped-def]
    return Fitted(
        key="test",
        features=FEATURES,
        horizon=365,
        sector=None,
        core=core,
        curve=calibrate(core.raw(DESIGN.values), DESIGN.positive),
        base=DESIGN.base,
        typical=np.nanmedian(DESIGN.values, axis=0),
        origin=ORIGIN,
    )


def model(tmp_path: Path, core=FOREST) -> LearnedModel:  # type: ignore[no-untyped-def]
    path = tmp_path / "model.json"
    write_model(path, fitted(core), {})
    return load_model(path)


def test_our_trees_say_what_the_library_says() -> None:
    library = HistGradientBoostingClassifier(max_iter=30, max_depth=4, random_state=0)
    library.fit(DESIGN.values, DESIGN.positive)
    ours = _forest(library).raw(DESIGN.values)
    assert np.allclose(ours, library.decision_function(DESIGN.values))


@pytest.mark.parametrize("core", [FOREST, LINEAR], ids=["trees", "linear"])
def test_parts_add_up_to_the_raw_score(core) -> None:  # type: ignore[no-untyped-def]
    raw = core.raw(DESIGN.values)
    for row, whole in zip(DESIGN.values[:50], raw, strict=False):
        common, parts = core.parts(row)
        assert common + parts.sum() == pytest.approx(whole)


@pytest.mark.parametrize("core", [FOREST, LINEAR], ids=["trees", "linear"])
def test_it_has_learnt_something(core) -> None:  # type: ignore[no-untyped-def]
    other = invented(seed=1)
    assert auc(core.raw(other.values), other.positive) > 0.9


@settings(max_examples=60, deadline=None)
@given(
    row=st.lists(st.floats(0, 6), min_size=5, max_size=5),
    place=st.integers(0, 4),
    more=st.floats(0, 3),
)
def test_trees_follow_the_published_directions(
    row: list[float], place: int, more: float
) -> None:
    higher = list(row)
    higher[place] += more
    less, moved = FOREST.raw(np.array([row, higher]))
    direction = FEATURES[place].direction
    assert direction * (moved - less) >= -1e-9


def test_without_directions_they_may_not() -> None:
    wrong = Design("x", FEATURES, DESIGN.values, ~DESIGN.positive, DESIGN.groups)
    free = grow(wrong, Growth(rounds=40, monotonic=False))
    held = grow(wrong, Growth(rounds=40))
    assert auc(free.raw(wrong.values), wrong.positive) > 0.9
    assert auc(held.raw(wrong.values), wrong.positive) < 0.7


@pytest.mark.parametrize("core", [FOREST, LINEAR], ids=["trees", "linear"])
def test_a_file_gives_the_same_model_back(tmp_path: Path, core) -> None:  # type: ignore[no-untyped-def]
    found = model(tmp_path, core)
    assert np.array_equal(found.core.raw(DESIGN.values), core.raw(DESIGN.values))
    scores = found.scores(DESIGN.values)
    assert scores.min() >= 0
    assert scores.max() <= 100
    for row, score in zip(DESIGN.values[:30], scores, strict=False):
        parts = found.contributions(row)
        assert sum(part.points for part in parts) == pytest.approx(score)
        for change in found.changes(row):
            assert change.score < score
    assert found.card.warning is not None
    assert "虚构" in found.card.warning.zh


def test_a_column_that_nobody_has_is_no_obstacle() -> None:
    values = DESIGN.values.copy()
    values[:, 4] = np.nan
    bare = Design("x", FEATURES, values, DESIGN.positive, DESIGN.groups)
    for core in (grow(bare, Growth(rounds=10)), fit(bare)):
        assert auc(core.raw(values), bare.positive) > 0.8


def test_chances_rise_with_scores(tmp_path: Path) -> None:
    found = model(tmp_path)
    chances = found.probabilities(np.linspace(0, 100, 200))
    assert chances is not None
    assert (np.diff(chances) >= 0).all()
    assert 0 <= chances[0] <= chances[-1] <= 1


def test_both_ways_of_calibrating_say_what_came() -> None:
    for rows in (150, 4_000):
        design = invented(rows, seed=2)
        raw = FOREST.raw(design.values)
        chances = calibrate(raw, design.positive).of(raw)
        assert bool(design.positive.sum() >= ENOUGH) is (rows == 4_000)
        assert chances.mean() == pytest.approx(design.base, abs=0.03)


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.json"
    write_model(path, fitted(), {"metrics": 1})
    content = json.loads(path.read_text("utf-8"))
    content["base"] = 0.5
    path.write_text(json.dumps(content), "utf-8")
    with pytest.raises(BadInput, match="digest"):
        read_file(path)


def test_other_features_are_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "model.json"
    write_model(path, fitted(), {})
    content = json.loads(path.read_text("utf-8"))
    content["features_digest"] = "0" * 16
    content["digest"] = _digest(content)
    path.write_text(json.dumps(content), "utf-8")
    with pytest.raises(BadInput, match="penalties"):
        load_model(path)
    content["features"][0] = "no_such_feature"
    content["digest"] = _digest(content)
    path.write_text(json.dumps(content), "utf-8")
    with pytest.raises(BadInput, match="no_such_feature"):
        load_model(path)


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"format": 2}'])
def test_what_is_no_model_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "model.json"
    path.write_text(text, "utf-8")
    with pytest.raises(BadInput, match="not a model file"):
        read_file(path)


@pytest.mark.parametrize(
    ("positives", "told"),
    [(0, "of 100 organizations 0"), (5, "5 had"), (100, "100 had")],
)
def test_too_little_to_learn_from_is_told(positives: int, told: str) -> None:
    design = invented(100)
    positive = np.arange(100) < positives
    few = Design(
        "training, 2024-01-01", FEATURES, design.values, positive, design.groups
    )
    for learn in (fit, lambda d: grow(d, Growth())):
        with pytest.raises(BadInput, match=told):
            learn(few)
    empty = few.rows(np.zeros(100, bool))
    with pytest.raises(BadInput, match="no organization"):
        fit(empty)
