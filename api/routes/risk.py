"""Scores of risk as leads, and the catalogue of features they are made of."""

from typing import Annotated, Final

from fastapi import APIRouter, Path, Query, Request, Response

from analytics.features import catalogue_digest
from analytics.features.sectors import WINDOW
from analytics.scoring.moving import moved
from api.changes import ChangeLog
from api.dependencies import (
    Asked,
    Limit,
    Paging,
    Present,
    Reader,
    Served,
    json_answer,
    meta,
    page,
)
from api.errors import described
from api.finding import subject_of
from api.models import card_text, report_of
from api.ranking import drifts, ranked
from api.routes.subjects import Named
from api.routes.watching import watchlists_of
from api.schemas.base import Answer, Page
from api.schemas.risk import (
    NOT_AN_EFFECT,
    FeatureItem,
    ModelCard,
    ModelRef,
    RiskItem,
    RiskList,
)
from api.schemas.watching import ScoresMoved
from api.showing import risk as showing
from api.showing import watching
from api.showing.cursors import read_cursor, write_cursor
from graph.errors import BadInput, NotFound
from graph.snapshot import day_of
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


@router.get("/risk/changes", response_model=Answer[ScoresMoved], responses=_READ)
def read_moved(
    request: Request,
    service: Served,
    caller: Reader,
    seen: Present,
    since: Annotated[
        int, Query(ge=0, le=10**9, description="载入的序号。Number of a load.")
    ],
    watchlist: Annotated[
        str | None, Query(pattern=r"^[0-9a-f]{16}$", description="Only its subjects.")
    ] = None,
    least: Annotated[
        float, Query(ge=0.01, le=100, description="Points, at least.")
    ] = 1.0,
    limit: Limit = 100,
) -> Response:
    """某次载入以来评分的变化：增减了哪些项、所依据事件的日期。Scores that moved.

    What the score was after a load and on its day, and what it is now: which parts it
    gained and lost, and the event date of what it rests on.
    """
    log: ChangeLog = request.app.state.changes
    if since > log.seq:
        raise BadInput(
            f"账本到第 {log.seq} 次载入为止，没有第 {since} 次。",
            f"The journal ends with load {log.seq}; there is no {since}.",
            hint_zh="写载入的序号：上次回答中的 meta.load 或 next。",
            hint_en="Write the number of a load: meta.load or next of the last answer.",
        )
    day = log.day_of_load(since)
    now = service.risks.of(seen.snapshot, seen.day)
    before = service.risks.of(seen.snapshot.pinned(since), day_of(day))
    wanted = now.matrix.subjects + tuple(
        s for s in before.matrix.subjects if s not in now.matrix.row
    )
    if watchlist is not None:
        wanted = watchlists_of(request).find(caller.key.id, watchlist).subjects
    found = sorted(
        moved(before, now, wanted, least),
        key=lambda one: ((one.before or 0.0) - (one.after or 0.0), one.subject),
    )
    item = ScoresMoved(
        since=since,
        day_before=day,
        items=[watching.moved(one, now.card, seen) for one in found[:limit]],
        total=len(found),
        next=seen.snapshot.seq,
        model=showing.model_ref(now.card),
        note=NOT_AN_EFFECT,
    )
    return json_answer(Answer(meta=meta(request, seen), item=item))


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


@router.get("/models/{model}", response_model=Answer[ModelCard], responses=_READ)
def read_model(
    asked: Asked,
    model: Annotated[str, Path(max_length=100, pattern=r"^[a-z0-9_-]+$")],
) -> Response:
    """模型卡：数据、截止日、指标、对照、界限；评分卡则为其全文。The card.

    What a model is from, what it reads and how well it was measured; of a scorecard
    its whole file.
    """
    request, service, seen = asked
    card, named = service.risks.model.card, service.settings.risk_model
    if model != card.id:
        raise NotFound(
            f"没有在用的模型“{model}”。",
            f"No model {model!r} is in use.",
            hint_zh="GET /v1/models 列出在用的模型。",
            hint_en="GET /v1/models lists the model in use.",
        )
    item = ModelCard(
        model=showing.model_ref(card),
        bands=[showing.band(one) for one in card.bands],
        features=[one.name for one in card.features],
        features_digest=catalogue_digest(card.features),
        markdown=card_text(named),
        report=report_of(named),
    )
    return json_answer(Answer(meta=meta(request, seen), item=item))
