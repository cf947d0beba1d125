"""Data quality: figures with numerator and denominator, and the rows behind each."""

from itertools import islice
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import StringConstraints

from analytics.quality.looked import By
from analytics.quality.measures import GROUPED_BY, Dimension, Measure
from analytics.quality.report import rank
from api.dependencies import Asked, Paging, json_answer, meta, page
from api.errors import described
from api.quality import QualityBoard
from api.quality_report import Told, breakdowns, csv_text, markdown, row_of
from api.schemas.acts import PRINTABLE
from api.schemas.base import Answer, Page
from api.schemas.quality import FigureItem, QualityRow, TrendItem
from api.showing.cursors import bad_cursor, read_cursor, write_cursor
from api.showing.explanations import Language
from api.showing.quality import show_entry, show_figure, show_point

router = APIRouter(prefix="/v1/data-quality", tags=["quality"])

_LISTED: Final = described("bad_input", "unknown_term")
_TEXTS: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "content": {
            "text/markdown": {"schema": {"type": "string"}},
            "text/csv": {"schema": {"type": "string"}},
        }
    }
}
_UNIT: Final = "\x1f"
_WORD: Final = r"^[a-z_]{1,60}$"

Groups = Annotated[
    list[Annotated[str, StringConstraints(pattern=_WORD)]] | None,
    Query(
        max_length=len(GROUPED_BY),
        description="分组：source、department、region、month。Group by these.",
    ),
]
Measures = Annotated[
    list[Annotated[str, StringConstraints(pattern=_WORD)]] | None,
    Query(
        max_length=len(Measure),
        description="只要这些指标；不写则全部。Only these measures; all when absent.",
    ),
]


def _mark(text: str) -> Any:
    return Query(max_length=200, pattern=PRINTABLE, description=text)


@router.get("", response_model=Page[FigureItem], responses=_LISTED)
def list_figures(
    asked: Asked,
    paging: Paging,
    by: Groups = None,
    measure: Measures = None,
) -> Response:
    """各项质量指标：分子、分母、例子和明细的查询。Figures of data quality.

    Wrong and duplicate codes (重错码率), lateness against 7 working days, contradictions,
    completeness by field, rows set aside, stale sources. A key with limits is told about
    facts and rows under its own marks.
    """
    board, seen = _board(asked.request), asked.seen
    marks = _marks(by)
    found = board.look(seen).figures(marks, measures=_measures(measure))
    after = _after(paging.cursor, marks)
    rest = [f for f in found if after is None or rank(f) > after]
    shown = rest[: paging.limit]
    told = _told(asked.request)
    items = [show_figure(f, as_of=told, known_at=seen.view.known_at) for f in shown]
    last = rank(shown[-1]) if len(rest) > len(shown) else None
    return json_answer(
        page(
            asked.request,
            seen,
            items,
            next_cursor=write_cursor(*last[:2], _UNIT.join(last[2])) if last else None,
            total=len(found),
        )
    )


@router.get("/report", responses=_LISTED | _TEXTS, response_class=Response)
def read_report(
    asked: Asked,
    shape: Annotated[
        Literal["markdown", "csv"], Query(alias="format", description="格式。Format.")
    ] = "markdown",
    lang: Language = "zh",
) -> Response:
    """整份质量报告，Markdown 或 CSV。The whole report as a document.

    In all, then by source, department, region and month; with completeness by field and
    the distribution of working days.
    """
    board, seen = _board(asked.request), asked.seen
    told = Told(
        lambda zh, en: zh if lang == "zh" else en,
        _told(asked.request),
        seen.view.known_at,
    )
    parts = list(breakdowns(board.look(seen), None, Measure))
    if shape == "csv":
        text = csv_text(row_of(f, b, told) for b, figures in parts for f in figures)
        return Response(text, media_type="text/csv; charset=utf-8")
    heading = told.say(
        f"基准日 {seen.view.as_of}，截至第 {seen.snapshot.seq} 次载入。",
        f"As of {seen.view.as_of}, up to load {seen.snapshot.seq}.",
    )
    text = markdown(told, heading, parts)
    return Response(text, media_type="text/markdown; charset=utf-8")


@router.get("/trend", response_model=Answer[TrendItem], responses=_LISTED)
def read_trend(
    asked: Asked,
    by: Groups = None,
    measure: Measures = None,
    points: Annotated[
        int, Query(ge=1, le=60, description="最近多少个载入日。So many days.")
    ] = 12,
) -> Response:
    """历次载入之后的各项指标。The figures after each day of loads.

    As they were after the last load of each of the last days on which files were loaded.
    """
    found = _board(asked.request).trend(
        asked.seen, by=_marks(by), measures=_measures(measure), points=points
    )
    item = TrendItem(points=[show_point(point) for point in found])
    return json_answer(Answer(meta=meta(asked.request, asked.seen), item=item))


@router.get("/{measure}/rows", response_model=Page[QualityRow], responses=_LISTED)
def list_rows(
    asked: Asked,
    paging: Paging,
    measure: Annotated[
        str,
        Path(pattern=_WORD, description="指标。Measure.", examples=["wrong_codes"]),
    ],
    source: Annotated[str | None, _mark("数据源。Source.")] = None,
    department: Annotated[str | None, _mark("部门。Department.")] = None,
    region: Annotated[str | None, _mark("地区代码。Region.")] = None,
    month: Annotated[str | None, _mark("到达月份。Month of arrival.")] = None,
    field: Annotated[str | None, _mark("字段。Field.")] = None,
) -> Response:
    """一个数字背后的每一项：在哪个文件哪一行。The rows behind a figure.

    As many as its numerator says, each with file and line of the facts, or of the row in
    quarantine, that it is about. A mark that is given empty asks for what has none.
    """
    asked_for = zip(Dimension, (source, department, region, month, field), strict=True)
    marks = {dimension: text for dimension, text in asked_for if text is not None}
    wanted = Measure.parse(measure)
    quality = _board(asked.request).look(asked.seen)
    rest = quality.entries(wanted, marks, after=_behind(paging.cursor, wanted))
    entries = list(islice(rest, paging.limit + 1))
    shown = entries[: paging.limit]
    more = len(entries) > len(shown)
    return json_answer(
        page(
            asked.request,
            asked.seen,
            [show_entry(entry, asked.seen) for entry in shown],
            next_cursor=write_cursor(wanted.value, *shown[-1][:2]) if more else None,
            total=quality.count(wanted, marks),
        )
    )


def _behind(cursor: str | None, wanted: Measure) -> tuple[str, str] | None:
    if cursor is None:
        return None
    measure, field, key = read_cursor(cursor, str, str, str)
    if measure != wanted.value:
        raise bad_cursor()
    return field, key


def _board(request: Request) -> QualityBoard:
    board: QualityBoard = request.app.state.quality
    return board


def _told(request: Request) -> str | None:
    """Return the day that was asked about, where one was given."""
    return request.query_params.get("as_of")


def _marks(by: list[str] | None) -> By:
    found = {Dimension.parse(text) for text in by or ()}
    return tuple(d for d in GROUPED_BY if d in found)


def _measures(wanted: list[str] | None) -> tuple[Measure, ...]:
    return tuple(map(Measure.parse, wanted or ())) or tuple(Measure)


def _after(cursor: str | None, by: By) -> tuple[int, str, tuple[str, ...]] | None:
    if cursor is None:
        return None
    measure, field, marks = read_cursor(cursor, int, str, str)
    return measure, field, tuple(marks.split(_UNIT)) if by else ()
