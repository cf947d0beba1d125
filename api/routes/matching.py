"""Many subjects at once, by names that are not written as they are registered."""

from fastapi import APIRouter, Response

from analytics.matching.scoring import MATCH, POSSIBLE
from api.dependencies import Asked, json_answer, meta
from api.errors import described
from api.finding import similar
from api.schemas.matching import MatchAnswer, MatchItem, MatchRequest, Thresholds
from api.showing.matching import show_match

router = APIRouter(prefix="/v1", tags=["subjects"])


@router.post(
    "/subjects:match", response_model=MatchAnswer, responses=described("bad_input")
)
def match_subjects(asked: Asked, body: MatchRequest) -> Response:
    """批量匹配：名称有误、缺地名、异体、旧名，逐项说明。Match names.

    Up to 1,000 names or codes: typing errors, missing place or legal form, traditional
    characters, homophones and former names. Each hit tells what fits and how well; the
    shares of its features add up to its score. Where a whole name sounds like the one
    sent, only such names are told.
    """
    request, service, seen = asked
    items = []
    for number, query in enumerate(body.queries):
        found = similar(
            service,
            seen,
            query.name or "",
            code=query.code or "",
            region=query.region or "",
            most=body.limit,
            others=False,
        )
        items.append(
            MatchItem(
                number=number,
                reference=query.reference,
                hits=[show_match(hit, seen) for hit in found],
            )
        )
    limits = Thresholds(match=MATCH, possible=POSSIBLE)
    return json_answer(
        MatchAnswer(meta=meta(request, seen), thresholds=limits, items=items)
    )
