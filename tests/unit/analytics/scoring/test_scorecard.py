"""The scorecard: parts that add up, steps at their bounds, files that are closed."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.features import Cut
from analytics.scoring.assessing import Scored
from analytics.scoring.model import columns_of
from analytics.scoring.scorecard import DEFAULT, Scorecard
from graph.errors import BadInput
from graph.records import Fact
from graph.vocabulary import FactKind
from tests.unit.analytics.features.facts import (
    guarantee,
    listed,
    matrix,
    org,
    penalty,
    post,
)

CARD = Scorecard.load()
NAMES = [item.feature for item in CARD.file.items]

cells = st.one_of(
    st.just(float("nan")),
    st.integers(0, 60).map(float),
    st.floats(0, 5, allow_nan=False),
)
rows = st.lists(cells, min_size=len(NAMES), max_size=len(NAMES)).map(np.array)


@given(row=rows)
def test_the_parts_add_up_to_the_score_exactly(row: np.ndarray) -> None:
    score = CARD.scores(row[None, :])[0]
    assert sum(part.points for part in CARD.contributions(row)) == score
    assert 0 <= score <= 100


@given(row=rows)
def test_what_would_change_it_is_what_the_score_would_be(row: np.ndarray) -> None:
    score = CARD.scores(row[None, :])[0]
    for change in CARD.changes(row):
        other = row.copy()
        other[NAMES.index(change.feature.name)] = change.to
        assert CARD.scores(other[None, :])[0] == change.score < score


@given(row=rows, feature=st.sampled_from(NAMES), more=st.floats(0, 50))
def test_points_follow_the_published_direction(
    row: np.ndarray, feature: str, more: float
) -> None:
    place = NAMES.index(feature)
    higher = row.copy()
    higher[place] += more
    less, moved = CARD.scores(np.stack([row, higher]))
    direction = CARD.features[place].direction
    if direction > 0:
        assert moved >= less
    elif direction < 0:
        assert moved <= less


def test_a_step_begins_at_its_bound() -> None:
    column = NAMES.index("opaque_share")
    values = np.zeros((3, len(NAMES)))
    values[:, column] = [0.5 - 1e-12, 0.5, np.nan]
    assert CARD.points(values)[:, column].tolist() == [0, 2, 0]


def city() -> list[Fact]:
    return [
        org("A"), org("B", sector="F"), org("C"), org("D"),
        post("li", "A"), post("li", "B"), listed("A"), penalty("A"), penalty("B", "2"),
        guarantee("D", "A"),
    ]  # fmt: skip


def test_an_assessment_tells_evidence_rank_and_exposure() -> None:
    scored = Scored(matrix(*city()), CARD)
    found = scored.assess("org:A")
    assert found.rank == 1
    assert found.of == 4
    parts = {
        p.contribution.feature.name: p for p in found.parts if p.contribution.feature
    }
    assert parts["sanctions"].contribution.points == 30
    (piece,) = parts["sanctions"].evidence.pieces
    assert piece.kind is FactKind.SANCTION
    assert [(e.sector, e.neighbours, e.troubled) for e in found.exposures] == [
        ("F", 1, 1)
    ]
    assert found.changes[0].feature.name == "sanctions"
    near = {
        p.contribution.feature.name: p.evidence
        for p in scored.assess("org:B").parts
        if p.contribution.feature
    }
    piece = near["person_serious_rate"].pieces[0]
    assert (piece.other, piece.via) == ("org:A", "per:li")


def test_scores_of_all_and_of_one_are_the_same() -> None:
    scored = Scored(matrix(*city()), CARD)
    every = dict(zip(scored.matrix.subjects, scored.scores.tolist(), strict=True))
    assert every == {s: scored.assess(s).score for s in every}
    best = [scored.matrix.subjects[row] for row in scored.order]
    assert best[0] == "org:A"


def test_a_score_without_calibration_has_no_probability() -> None:
    plain = Scorecard(
        CARD.file.model_copy(update={"calibration": None}), CARD.features, "x"
    )
    assert plain.probabilities(np.array([1.0])) is None
    assert plain.card.warning is None


def written(tmp_path: Path, old: str, new: str) -> Path:
    text = DEFAULT.read_text("utf-8")
    assert old in text
    path = tmp_path / "card.yaml"
    path.write_text(text.replace(old, new, 1), "utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("base: 2", "base: 2\nextra: 1", "extra"),
        ("- feature: abnormal\n", "- feature: no_such\n", "no_such"),
        (
            "{from: 1, points: 30}, {from: 2,",
            "{from: 2, points: 30}, {from: 1,",
            "ascend",
        ),
        ("- feature: abnormal\n", "- feature: sanctions\n", "stands twice"),
        ("{key: low, from: 0", "{key: low, from: 5", "bands"),
        ('from: "0.5", points: 2', "from: 0.5, points: 2", "card.yaml:"),
    ],
)
def test_a_wrong_file_is_refused_with_what_is_wrong(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    with pytest.raises(BadInput, match=told):
        Scorecard.load(written(tmp_path, old, new))


def test_a_card_for_other_features_is_refused(tmp_path: Path) -> None:
    line = next(
        one for one in DEFAULT.read_text("utf-8").splitlines() if "features: " in one
    )
    path = written(tmp_path, line, 'features: "0123456789abcdef"')
    with pytest.raises(BadInput, match="0123456789abcdef"):
        Scorecard.load(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"gone\.yaml"):
        Scorecard.load(tmp_path / "gone.yaml")


def test_a_card_reads_its_columns_from_any_matrix() -> None:
    found = matrix(*city())
    columns = columns_of(CARD, found)
    assert columns.shape == (4, len(NAMES))
    assert np.array_equal(columns[:, 0], found.column(NAMES[0]))
    assert isinstance(found.cut, Cut)
