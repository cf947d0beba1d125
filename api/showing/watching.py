"""Watchlists and scores that moved, as one caller may see them."""

from analytics.scoring.assessing import Scored
from analytics.scoring.model import Card, Contribution
from analytics.scoring.moving import Moved
from api.access import Sight
from api.schemas.risk import NOT_AN_EFFECT, RiskBand
from api.schemas.watching import (
    PartMoved,
    ScoreMoved,
    WatchedRow,
    WatchlistItem,
    WatchlistRef,
)
from api.showing import risk as showing
from api.showing import words
from api.watchlists import Watchlist
from graph.snapshot import date_of


def ref(found: Watchlist) -> WatchlistRef:
    """Return a watchlist without its subjects."""
    return WatchlistRef(
        id=found.id,
        name=found.name,
        threshold=found.threshold,
        subjects=len(found.subjects),
        created=found.created,
    )


def watchlist(
    found: Watchlist, scored: Scored, seen: Sight, missing: list[str]
) -> WatchlistItem:
    """Return a watchlist with the scores of its subjects, the highest first."""
    rows = [_row(subject, found.threshold, scored, seen) for subject in found.subjects]
    rows.sort(
        key=lambda row: (
            -(row.score if row.score is not None else -1.0),
            row.subject.id,
        )
    )
    return WatchlistItem(
        watchlist=ref(found),
        items=rows,
        reached=sum(row.reached for row in rows),
        not_found=missing,
        model=showing.model_ref(scored.card),
        note=NOT_AN_EFFECT,
    )


def _row(subject: str, threshold: float, scored: Scored, seen: Sight) -> WatchedRow:
    place = scored.matrix.row.get(seen.snapshot.identities.canonical(subject))
    score = None if place is None else float(scored.scores[place])
    return WatchedRow(
        subject=words.subject(subject, seen),
        score=score,
        band=_band(score, scored.card),
        reached=score is not None and score >= threshold,
    )


def _band(score: float | None, card: Card) -> RiskBand | None:
    return None if score is None else showing.band(card.band(score))


def moved(found: Moved, card: Card, seen: Sight) -> ScoreMoved:
    """Return a score that moved, and by what."""
    return ScoreMoved(
        subject=words.subject(found.subject, seen),
        before=found.before,
        after=found.after,
        band_before=_band(found.before, card),
        band_after=_band(found.after, card),
        gained=[_part(part) for part in found.gained],
        lost=[_part(part) for part in found.lost],
        event_date=None if found.on is None else date_of(found.on),
    )


def _part(part: Contribution) -> PartMoved:
    return PartMoved(
        feature=part.feature.name if part.feature else "",
        points=part.points,
        reason=showing.label(part.reason),
    )
