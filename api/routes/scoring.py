"""Scores of many organizations at once."""

from fastapi import APIRouter, Response

from analytics.scoring.assessing import Scored
from api.access import Sight
from api.dependencies import Asked, json_answer, meta
from api.errors import described
from api.finding import subject_of
from api.schemas.base import Answer
from api.schemas.risk import NOT_AN_EFFECT, BatchItem, BatchRow, ToScore
from api.service import Service
from api.showing import risk as showing
from graph.errors import NotFound

router = APIRouter(prefix="/v1", tags=["risk"])


@router.post(
    "/risk:batch",
    response_model=Answer[BatchItem],
    responses=described("bad_input", "too_large", "unsupported_media_type"),
)
def score_batch(asked: Asked, body: ToScore) -> Response:
    """批量查询最多 10,000 个代码的评分；查不到的列为空。Scores of many.

    Scores of up to 10,000 codes, in their order; what is not found, or not an
    organization that is scored, comes back empty.
    """
    request, service, seen = asked
    scored = service.risks.of(seen.snapshot, seen.day)
    rows = [_batch_row(scored, service, seen, text) for text in body.subjects]
    item = BatchItem(
        items=rows,
        not_found=sum(row.id is None for row in rows),
        model=showing.model_ref(scored.card),
        note=NOT_AN_EFFECT,
    )
    return json_answer(Answer(meta=meta(request, seen), item=item))


def _batch_row(scored: Scored, service: Service, seen: Sight, text: str) -> BatchRow:
    canonical = seen.snapshot.identities.canonical
    place = scored.matrix.row.get(
        canonical(text if text.startswith("org:") else f"org:{text.upper()}")
    )
    if place is None:
        place = _looked_up(scored, service, seen, text)
    if place is None:
        return BatchRow(
            asked=text, id=None, score=None, probability=None, band=None, rank=None
        )
    score, chances = float(scored.scores[place]), scored.probabilities
    return BatchRow(
        asked=text,
        id=scored.matrix.subjects[place],
        score=score,
        probability=None if chances is None else float(chances[place]),
        band=scored.card.band(score).key,
        rank=int(scored.ranks[place]),
    )


def _looked_up(scored: Scored, service: Service, seen: Sight, text: str) -> int | None:
    try:
        return scored.matrix.row.get(subject_of(service, seen, text))
    except NotFound:
        return None
