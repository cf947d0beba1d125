"""Scores of risk as leads, and the catalogue of features they are made of."""

from typing import Annotated, Final

from fastapi import APIRouter, Query, Response

from analytics.features.sectors import WINDOW
from api.dependencies import Asked, Paging, json_answer, meta, page
from api.errors import described
from api.finding import subject_of
from api.ranking import drifts, ranked
from api.routes.subjects import Named
from api.schemas.base import Answer, Page
from api.schemas.risk import (
    NOT_AN_EFFECT,
    FeatureItem,
    ModelRef,
    RiskItem,
    RiskList,
)
from api.showing import risk as showing
from api.showing.cursors import read_cursor, write_cursor
from graph.errors import BadInput, NotFound
from graph.vocabulary import Section

router = APIRouter(prefix="/v1", tags=["risk"])

_READ: Final = described("not_found", "bad_input")


@router.get("/risk/top", response_model=Answer[RiskList], responses=_READ)
def read_top(
    asked: Asked,
    paging: Paging,
    budget: Annotated[
        int, Query(ge=1, le=100_000, description="So many may be inspected.")
    ] = 100,
    region: Annotated[
        str | None, Query(pattern=r"^\d{2,4}$", description="Digits it begins with.")
    ] = None,
    sector: Annotated[Section | None, Query(description="Letter A–T.")] = None,
    sanction_list: Annotated[
        str | None,
        Query(alias="list", max_length=100, description="On this severe list."),
    ] = None,
    band: Annotated[
        str | None, Query(max_length=50, description="Key of a band.")
    ] = None,
) -> Response:
    """检查预算以内评分最高的组织，可按地区、行业、名单、等级筛选。Highest scores.

    The organizations with the highest scores, at most as many as may be inspected; how
    many of them are expected to have a serious record, and how many of as many picked
    at random.
    """
    request, service, seen = asked
    scored = service.risks.of(seen.snapshot, seen.day)
    order = ranked(scored, region=region, sector=sector, on=sanction_list, band=band)
    within = order[:budget]
    start = _after(paging.cursor, seen.snapshot.digest)
    taken = within[start : start + paging.limit]
    further = start + len(taken)
    chances = scored.probabilities
    item = RiskList(
        items=[showing.row(scored, int(place), seen) for place in taken],
        total=len(order),
        budget=budget,
        expected=None if chances is None else round(float(chances[within].sum()), 2),
        expected_at_random=(
            None
            if chances is None or not len(order)
            else round(float(chances[order].mean()) * len(within), 2)
        ),
        next_cursor=(
            write_cursor(further, seen.snapshot.digest)
            if further < len(within)
            else None
        ),
        model=showing.model_ref(scored.card),
        note=NOT_AN_EFFECT,
    )
    return json_answer(Answer(meta=meta(request, seen), item=item))


def _after(cursor: str | None, digest: str) -> int:
    if cursor is None:
        return 0
    place, made_of = read_cursor(cursor, int, str)
    assert isinstance(place, int)  # noqa: S101  # asked for
    if made_of != digest or place < 0:
        raise BadInput(
            "清单此后已有变化，游标不再适用。",
            "The list has changed since; the cursor no longer fits.",
            hint_zh="请从第一页重新查询，或者用 known_at 固定已知时点。",
            hint_en="Begin at the first page, or pin the list by known_at.",
        )
    return place


@router.get("/risk/{subject}", response_model=Answer[RiskItem], responses=_READ)
def read_risk(asked: Asked, subject: Named) -> Response:
    """一家组织的风险评分：各项贡献之和等于总分，附所依据的记录和关系。Its score.

    The score of an organization: parts that add up to it, each with the records and
    links it rests on; what would change it; exposure by sector. A lead, no effect.
    """
    request, service, seen = asked
    found = subject_of(service, seen, subject)
    account = service.risks.one(seen.snapshot, seen.day, found)
    if account is None:
        raise NotFound(
            f"“{subject}”没有评分：只对基准日存续、有登记概况的组织评分。",
            f"{subject!r} has no score: only organizations that are described and "
            "not gone on the day are scored.",
        )
    item = showing.risk(account, service.risks.model.card, seen)
    return json_answer(Answer(meta=meta(request, seen), item=item))


@router.get("/features", response_model=Page[FeatureItem], responses=_READ)
def read_features(asked: Asked) -> Response:
    """特征目录：含义、单位、方向，覆盖率，与一年前相比的漂移。Features.

    The catalogue of features: what each says, its unit and direction, how many
    organizations have a value, and how far it moved within a year (PSI).
    """
    request, service, seen = asked
    scored = service.risks.of(seen.snapshot, seen.day)
    before = service.risks.of(seen.snapshot, seen.day - WINDOW)
    matrix = scored.matrix
    items = showing.features(
        matrix.features, matrix.coverage, drifts(before.matrix, matrix)
    )
    return json_answer(page(request, seen, items, next_cursor=None, total=len(items)))


@router.get("/models", response_model=Page[ModelRef], responses=_READ)
def read_models(asked: Asked) -> Response:
    """在用的评分模型及其说明。Models.

    The model that scores are from, what it predicts, and what must be said beside it.
    """
    request, service, seen = asked
    items = [showing.model_ref(service.risks.model.card)]
    return json_answer(page(request, seen, items, next_cursor=None, total=len(items)))
