"""May somebody hold this office, bid, get this permit on this day?"""

from fastapi import APIRouter, Response

from api.dependencies import Asked, json_answer, meta
from api.eligibility import Judging
from api.errors import described
from api.schemas.base import Answer
from api.schemas.eligibility import EligibilityAnswers, EligibilityRequest
from api.showing.eligibility import show_answers

router = APIRouter(prefix="/v1", tags=["eligibility"])


@router.post(
    "/eligibility:batch",
    response_model=Answer[EligibilityAnswers],
    responses=described("bad_input", "too_large", "unsupported_media_type"),
)
def judge(asked: Asked, body: EligibilityRequest) -> Response:
    """可不可以：批量查询任职、许可、采购等是否受限。May they?

    Up to 10,000 applicants: `yes`, `no` with the effects and provisions that bar, or
    `to_check` with the reason. Nothing is written.
    """
    judged = Judging(asked.seen, asked.service.keys).judge(body)
    item = show_answers(judged, asked.seen)
    return json_answer(Answer(meta=meta(asked.request, asked.seen), item=item))
