"""Probabilities of a scorecard: what came, rising, and a file that stays a scorecard."""

from pathlib import Path

import numpy as np
import pytest

from analytics.learning.scorecards import FEWEST, table, with_calibration
from analytics.scoring.scorecard import DEFAULT, Scorecard
from graph.errors import Said


def drawn(rows: int = 6_000) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    scores = rng.integers(0, 60, rows).astype(float)
    return scores, rng.random(rows) < scores / 200


def test_shares_rise_and_count_everybody() -> None:
    scores, positive = drawn()
    rows = table(scores, positive)
    shares = [row["probability"] for row in rows]
    assert shares == sorted(set(shares))
    assert sum(row["subjects"] for row in rows) == len(scores)
    assert all(row["subjects"] >= FEWEST for row in rows)
    assert rows[-1]["to"] == 100
    expected = sum(row["subjects"] * row["probability"] for row in rows)
    assert expected == pytest.approx(positive.sum())


def test_scores_that_tell_nothing_have_one_range() -> None:
    rng = np.random.default_rng(1)
    positive = np.arange(1_000) % 10 == 0
    assert len(table(np.full(1_000, 5.0), positive[rng.permutation(1_000)])) == 1


def test_the_file_stays_a_scorecard_and_keeps_what_somebody_wrote(
    tmp_path: Path,
) -> None:
    text, on = DEFAULT.read_text("utf-8"), Said("本部署，某日起", "here, from a day on")
    path = tmp_path / "mine.yaml"
    made = with_calibration(text, table(*drawn()), on, demonstration=False)
    path.write_text(made, "utf-8")
    card = Scorecard.load(path)
    assert card.card.warning is None
    assert card.card.calibrated_on == on
    assert card.file.items == Scorecard.load().file.items
    assert made.splitlines()[:4] == text.splitlines()[:4]
    chances = card.probabilities(np.array([0.0, 30.0, 100.0]))
    assert chances is not None
    assert chances[0] < chances[1] < chances[2]
