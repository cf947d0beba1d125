"""Graph features of organizations: what the models see, and nothing after the cut."""

from analytics.features.cut import Cut, Outcomes, outcomes
from analytics.features.feature import FAMILIES, Direction, Feature, Unit
from analytics.features.matrix import CATALOGUE, FeatureMatrix, build, catalogue_digest

__all__ = [
    "CATALOGUE",
    "FAMILIES",
    "Cut",
    "Direction",
    "Feature",
    "FeatureMatrix",
    "Outcomes",
    "Unit",
    "build",
    "catalogue_digest",
    "outcomes",
]
