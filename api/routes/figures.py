"""Figures for dashboards: sectors, regions, the spread between sectors, the overview."""

from typing import Annotated, Final

from fastapi import APIRouter, Query, Response

from analytics.dashboards.groups import by_region, by_sector, cells
from analytics.dashboards.overview import figures
from analytics.features.sectors import WINDOW
from api.dependencies import Asked, json_answer, meta, page
from api.errors import described
from api.schemas.base import Answer, Label, Page
from api.schemas.risk import GroupItem, OverviewItem, SectorMatrix
from api.showing import risk as showing

router = APIRouter(prefix="/v1", tags=["risk"])

_READ: Final = described("bad_input")
_COUNTED: Final = Label(
    zh="同一组织与多家相邻的计多次，区间因此偏窄；共同人员不等于因果",
    en="one that is next to several counts for each, so intervals are too narrow; "
    "common people are no cause",
)


@router.get("/sectors", response_model=Page[GroupItem], responses=_READ)
def read_sectors(asked: Asked) -> Response:
    """各行业门类的概况：组织数、有不良和严重记录的、评分分布。By sector.

    Figures by section of the national classification: organizations, those with adverse
    and serious records, scores by band.
    """
    request, service, seen = asked
    scored = service.risks.of(seen.snapshot, seen.day)
    items = [showing.sector_group(g, scored.card) for g in by_sector(scored)]
    return json_answer(page(request, seen, items, next_cursor=None, total=len(items)))


@router.get("/sectors/matrix", response_model=Answer[SectorMatrix], responses=_READ)
def read_matrix(asked: Asked) -> Response:
    """跨行业传播矩阵：一个行业出事一年后，关联组织所在行业的实际与预期。The matrix.

    Of organizations that share people with one in trouble, by sector of both: how many
    had trouble within the following year, against how many would have had at the rate
    of their sector, with exact intervals.
    """
    request, service, seen = asked
    found = cells(service.risks.of(seen.snapshot, seen.day).cut)
    item = SectorMatrix(
        sectors=showing.sections(),
        cells=[showing.cell(one) for one in found],
        window_days=WINDOW,
        note=_COUNTED,
    )
    return json_answer(Answer(meta=meta(request, seen), item=item))


@router.get("/regions", response_model=Page[GroupItem], responses=_READ)
def read_regions(asked: Asked) -> Response:
    """各市（地）的概况。By region.

    Figures by prefecture: organizations, those with adverse and serious records, scores
    by band.
    """
    request, service, seen = asked
    scored = service.risks.of(seen.snapshot, seen.day)
    items = [showing.region_group(g, scored.card) for g in by_region(scored)]
    return json_answer(page(request, seen, items, next_cursor=None, total=len(items)))


@router.get("/overview", response_model=Answer[OverviewItem], responses=_READ)
def read_overview(
    asked: Asked,
    months: Annotated[int, Query(ge=1, le=120, description="Of the trend.")] = 12,
) -> Response:
    """概览：关键数字、逐月趋势、各数据源的新鲜度等级。Overview.

    Key figures of the day, the trend by month, and how fresh each source is.
    """
    request, service, seen = asked
    scored = service.risks.of(seen.snapshot, seen.day)
    effects = len(seen.view.in_force(tuple(seen.view.derivation.effects.values())))
    item = showing.overview(figures(scored.cut, months), scored, effects)
    return json_answer(Answer(meta=meta(request, seen), item=item))
