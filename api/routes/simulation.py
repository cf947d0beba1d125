"""What if: a scenario tried, nothing written."""

from functools import partial

from fastapi import APIRouter, Request, Response

from api.dependencies import Reader, Served, json_answer, meta
from api.errors import described
from api.finding import subject_of
from api.schemas.base import Answer
from api.schemas.simulation import SimulationItem, SimulationRequest
from api.showing.simulation import show_simulation
from api.simulating import simulate

router = APIRouter(prefix="/v1", tags=["simulation"])

_TRIED = described(
    "not_found",
    "bad_input",
    "unknown_term",
    "already_voided",
    "too_large",
    "unsupported_media_type",
    "store_unavailable",
)


@router.post("/simulate", response_model=Answer[SimulationItem], responses=_TRIED)
def try_scenario(
    request: Request, service: Served, caller: Reader, body: SimulationRequest
) -> Response:
    """如果……：假设事实或者规则有变，后果如何变化；什么也不写入。What if.

    What would follow if facts were added, ended or voided, or rules applied otherwise:
    effects gained, lost and changed, with reasons, and the size of the difference by
    sector, region, measure and rule. Nothing is written.
    """
    found = simulate(service, caller.scope, body, find=partial(subject_of, service))
    item = show_simulation(found)
    return json_answer(Answer(meta=meta(request, found.before), item=item))
