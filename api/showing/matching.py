"""Hits of a search by similar names, as one caller may see them."""

from typing import Final

from analytics.matching.scoring import Part, Verdict
from analytics.matching.searching import Hit
from api.access import Sight
from api.schemas.base import Word
from api.schemas.matching import FeatureItem, MatchHit
from api.showing import words

VERDICTS: Final[dict[Verdict, Word]] = {
    "match": Word(value="match", zh="相符", en="match"),
    "possible": Word(value="possible", zh="可能", en="possible"),
    "unlikely": Word(value="unlikely", zh="不大可能", en="unlikely"),
}


def show_match(hit: Hit, seen: Sight) -> MatchHit:
    """Return one hit with its features."""
    return MatchHit(
        subject=words.subject(hit.subject, seen),
        matched=hit.name,
        former=hit.former,
        score=round(hit.score.value, 4),
        verdict=VERDICTS[hit.score.verdict],
        features=[_feature(part) for part in hit.score.parts],
    )


def _feature(part: Part) -> FeatureItem:
    feature = part.feature
    return FeatureItem(
        feature=Word(value=feature.key, zh=feature.zh, en=feature.en),
        value=round(part.value, 4),
        share=round(part.share, 4),
    )
