"""Which file a model of risk is in, and of which kind it is."""

from pathlib import Path
from typing import Any, Final

from analytics.learning.card import markdown
from analytics.learning.modelfile import load_model, read_file
from analytics.scoring.model import RiskModel
from analytics.scoring.scorecard import DEFAULT, Scorecard

DEMONSTRATION: Final = "demonstration"
"""The word that stands for the learnt model that comes with the service."""
SHIPPED: Final = (
    Path(__file__).parents[1] / "analytics/learning/models/demonstration.json"
)


def model_path(named: Path | None) -> Path:
    """Return the file that is meant; None is the scorecard of the service."""
    if named is None:
        return DEFAULT
    return SHIPPED if str(named) == DEMONSTRATION else named


def load_risk_model(named: Path | None) -> RiskModel:
    """Return a model: `.json` files are learnt ones, others scorecards.

    Raises:
        BadInput: its file is wrong, or made of features as they no longer are.
    """
    path = model_path(named)
    return load_model(path) if path.suffix == ".json" else Scorecard.load(path)


def card_text(named: Path | None) -> str:
    """Return the card of a model for people: Markdown, or a scorecard's own file."""
    path = model_path(named)
    if path.suffix == ".json":
        return markdown(read_file(path))
    return path.read_text("utf-8")


def report_of(named: Path | None) -> dict[str, Any]:
    """Return the evaluation that a learnt model carries; of a scorecard none."""
    path = model_path(named)
    return read_file(path).report if path.suffix == ".json" else {}
