"""How good what arrived is: `quality`, `quality rows`, `quality trend`."""

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from analytics.quality.looked import By, Figure
from analytics.quality.measures import Dimension, Measure
from analytics.quality.report import Point
from api.access import Sight
from api.console import Terminal, terminal
from api.quality import QualityBoard
from api.quality_report import (
    Told,
    breakdowns,
    csv_text,
    group_text,
    markdown,
    met_text,
    rate_text,
    row_of,
)
from api.schemas.quality import QualityRow
from api.service import Service
from api.showing.quality import show_entry, show_point
from graph.errors import BadInput
from graph.scope import ALL

app = typer.Typer(invoke_without_command=True)

Json = Annotated[bool, typer.Option("--json", help="输出 JSON。Print JSON.")]
AsOf = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="基准日，默认今天。The day asked about."),
]
KnownAt = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%dT%H:%M:%S.%f", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d"],
        help="已知时点（UTC）：按当时已载入的回答。As known at this instant (UTC).",
    ),
]
Group = Annotated[
    list[str] | None,
    typer.Option(
        "--by",
        help="分组：source、department、region、month，可多次。Group by these; repeatable.",
    ),
]
Wanted = Annotated[
    list[str] | None,
    typer.Option("--measure", help="只看这些指标。Only these measures; repeatable."),
]

_LISTED = 50
_POINTS = 12


def register(parent: typer.Typer) -> None:
    """Add the commands to the application."""
    parent.add_typer(
        app, name="quality", help="数据质量：重错码、迟报、矛盾、完整率。Data quality."
    )


@app.callback()
def quality(
    context: typer.Context,
    by: Group = None,
    measure: Wanted = None,
    every: Annotated[
        bool, typer.Option("--all", help="没有问题的也列出。Also what is in order.")
    ] = False,
    csv_file: Annotated[
        Path | None,
        typer.Option("--csv", help="另存为 CSV，全部指标。Also write all as CSV."),
    ] = None,
    as_markdown: Annotated[
        bool, typer.Option("--markdown", help="输出 Markdown 报告。Print Markdown.")
    ] = False,
    with_trend: Annotated[
        bool, typer.Option("--trend", help="报告附历次载入的变化。Add the trend.")
    ] = False,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
) -> None:
    """数据质量：重错码、迟报、矛盾、完整率，各有分子、分母、例子和明细。Data quality."""
    if context.invoked_subcommand:
        return
    term = terminal(context)
    marks, wanted = _marks(by), _measures(measure)
    told = _told(term, as_of, known_at)
    with term.service() as service:
        board, seen = QualityBoard(service), _sight(service, as_of, known_at)
        found = board.look(seen)
        points = (
            board.trend(seen, measures=wanted, points=_POINTS) if with_trend else []
        )
    whole = as_markdown or as_json or csv_file is not None
    chosen = marks if by or not whole else None
    parts = list(breakdowns(found, chosen, wanted))
    if csv_file:
        _write(csv_file, csv_text(row_of(f, b, told) for b, fs in parts for f in fs))
    if as_json:
        term.json(_json(seen, told, parts, points))
    elif as_markdown:
        text = markdown(told, _heading(term, seen), parts, points, every=every)
        term.print(text)
    else:
        figures = [f for _, fs in parts for f in fs]
        if not measure and not every:
            figures = [f for f in figures if f.measure is not Measure.EMPTY_FIELDS]
        _print(term, told, figures, every=every)
        _print_trend(term, points)


@app.command()
def rows(
    context: typer.Context,
    measure: Annotated[
        str, typer.Argument(help="指标，例如 wrong_codes。Measure, for example.")
    ],
    source: Annotated[str | None, typer.Option(help="数据源。Source.")] = None,
    department: Annotated[str | None, typer.Option(help="部门。Department.")] = None,
    region: Annotated[str | None, typer.Option(help="地区代码。Region.")] = None,
    month: Annotated[
        str | None, typer.Option(help="到达月份，2026-11。Month of arrival.")
    ] = None,
    field: Annotated[
        str | None, typer.Option(help="字段，用于 empty_fields。Field.")
    ] = None,
    limit: Annotated[
        int, typer.Option(min=0, help="至多列出多少，0 为全部。At most; 0 lists all.")
    ] = _LISTED,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
) -> None:
    """列出一个数字背后的每一项：在哪个文件哪一行。List what a figure counts."""
    term = terminal(context)
    asked = zip(Dimension, (source, department, region, month, field), strict=True)
    marks = {dimension: text for dimension, text in asked if text is not None}
    wanted = Measure.parse(measure)
    with term.service() as service:
        seen = _sight(service, as_of, known_at)
        found = QualityBoard(service).look(seen)
        total = found.count(wanted, marks)
        entries = islice(found.entries(wanted, marks), limit or None)
        shown = [show_entry(entry, seen) for entry in entries]
    if as_json:
        plain = orjson.loads(orjson.dumps(shown))
        term.json({"measure": wanted.value, "total": total, "rows": plain})
        return
    headings = {
        "name": term.say("项", "what"),
        "found": term.say("情况", "found"),
        "subjects": term.say("主体", "subjects"),
        "places": term.say("出处", "where"),
    }
    if shown:
        term.table(headings, [_row(term, row) for row in shown])
    rest = total - len(shown)
    more = term.say(f"，另有 {rest} 项（--limit）", f", and {rest} more (--limit)")
    of = term.say(f"共 {total} 项", f"{total} in all")
    term.print(of + (more if rest else ""))


def _row(term: Terminal, row: QualityRow) -> dict[str, str]:
    facts = [
        f"{p.source.dataset} {p.source.file}:{p.source.line}"
        + (f" {p.department}" if p.department else "")
        for p in row.facts
    ]
    aside = term.say("隔离", "set aside")
    waiting = [f"{w.source} {w.file}:{w.line} ({aside})" for w in row.waiting]
    return {
        "name": row.name,
        "found": term.say(row.found.zh, row.found.en),
        "subjects": "\n".join(s.name or s.id for s in row.subjects),
        "places": "\n".join(dict.fromkeys([*facts, *waiting])),
    }


@app.command()
def trend(
    context: typer.Context,
    by: Group = None,
    measure: Wanted = None,
    points: Annotated[
        int, typer.Option(min=1, max=400, help="最近多少个载入日。So many days.")
    ] = _POINTS,
    as_json: Json = False,
) -> None:
    """历次载入之后的各项指标。The figures after each day on which files were loaded."""
    term = terminal(context)
    with term.service() as service:
        found = QualityBoard(service).trend(
            _sight(service, None, None),
            by=_marks(by),
            measures=_measures(measure),
            points=points,
        )
    if as_json:
        term.json(orjson.loads(orjson.dumps([show_point(p) for p in found])))
    else:
        _print_trend(term, found)


# ---- what was asked ------------------------------------------------------


def _sight(service: Service, as_of: datetime | None, known: datetime | None) -> Sight:
    day = as_of.date() if as_of else None
    return Sight(service.view(as_of=day, known_at=_instant(known)), ALL)


def _instant(known: datetime | None) -> datetime | None:
    return known.replace(tzinfo=UTC) if known else None


def _told(term: Terminal, as_of: datetime | None, known: datetime | None) -> Told:
    day = as_of.date().isoformat() if as_of else None
    return Told(term.say, day, _instant(known))


def _marks(by: list[str] | None) -> By:
    found = tuple(dict.fromkeys(Dimension.parse(text) for text in by or ()))
    return tuple(d for d in Dimension if d in found and d is not Dimension.FIELD)


def _measures(wanted: list[str] | None) -> tuple[Measure, ...]:
    return tuple(map(Measure.parse, wanted or ())) or tuple(Measure)


# ---- what is told --------------------------------------------------------


def _heading(term: Terminal, seen: Sight) -> str:
    snapshot = seen.snapshot
    return term.say(
        f"基准日 {seen.view.as_of}，截至第 {snapshot.seq} 次载入（{snapshot.digest[:12]}）。",
        f"As of {seen.view.as_of}, up to load {snapshot.seq} ({snapshot.digest[:12]}).",
    )


def _json(
    seen: Sight,
    told: Told,
    parts: Iterable[tuple[By, list[Figure]]],
    points: list[Point],
) -> dict[str, Any]:
    return {
        "as_of": seen.view.as_of.isoformat(),
        "load": seen.snapshot.seq,
        "snapshot": seen.snapshot.digest,
        "figures": [row_of(f, by, told) for by, figures in parts for f in figures],
        "trend": orjson.loads(orjson.dumps([show_point(p) for p in points])),
    }


def _print(term: Terminal, told: Told, figures: list[Figure], *, every: bool) -> None:
    shown = [f for f in figures if every or f.numerator or f.met is not None]
    if not shown:
        term.print(term.say("没有发现问题。", "Nothing was found."))
        return
    fields = [f for f in shown if f.measure is Measure.EMPTY_FIELDS]
    others = [f for f in shown if f.measure is not Measure.EMPTY_FIELDS]
    if others:
        _print_figures(term, told, others)
    if fields:
        _print_fields(term, told, fields)
    first = next((f for f in shown if f.numerator), shown[0])
    command = row_of(first, (), told)["cli"]
    term.print(term.say(f"明细，例如：{command}", f"The rows, for example: {command}"))
    if not fields:
        fields_by = "creditgraph quality --measure empty_fields --by source"
        term.print(term.say(f"字段完整率：{fields_by}", f"Completeness: {fields_by}"))


def _print_figures(term: Terminal, told: Told, figures: list[Figure]) -> None:
    headings = {
        "measure": term.say("指标", "measure"),
        "group": term.say("组", "group"),
        "numerator": term.say("分子", "numerator"),
        "denominator": term.say("分母", "denominator"),
        "rate": term.say("比率", "rate"),
        "met": term.say("目标", "target"),
        "example": term.say("例子", "example"),
    }
    if not any(f.group for f in figures):
        headings.pop("group")
    term.table(headings, [_cells(told, f) for f in figures])


def _print_fields(term: Terminal, told: Told, figures: list[Figure]) -> None:
    headings = {
        "group": term.say("字段", "field"),
        "filled": term.say("已填", "filled"),
        "denominator": term.say("总数", "facts"),
        "rate": term.say("完整率", "fill rate"),
    }
    rows = [
        {
            "group": group_text(f, told),
            "filled": f"{f.denominator - f.numerator:,}",
            "denominator": f"{f.denominator:,}",
            "rate": "—" if f.rate is None else f"{1 - f.rate:.2%}",
        }
        for f in figures
    ]
    term.table(headings, list(rows))


def _cells(told: Told, figure: Figure) -> dict[str, str]:
    item = figure.examples[0] if figure.examples else None
    waits = figure.waits
    name = told.say(figure.measure.zh, figure.measure.en)
    if waits:
        name += told.say(
            f"（中位 {waits.median}、p90 {waits.p90} 个工作日）",
            f" (median {waits.median}, p90 {waits.p90} working days)",
        )
    return {
        "measure": name,
        "group": group_text(figure, told),
        "numerator": f"{figure.numerator:,}",
        "denominator": f"{figure.denominator:,}",
        "rate": rate_text(figure),
        "met": met_text(figure, told),
        "example": f"{item.name} {told.say(*item.said)}" if item else "",
    }


def _print_trend(term: Terminal, points: list[Point]) -> None:
    told = Told(term.say)
    rows = [
        {
            "day": f"{point.day}",
            **_cells(told, figure),
        }
        for point in points
        for figure in point.figures
        if figure.numerator or figure.met is not None
    ]
    headings = {
        "measure": term.say("指标", "measure"),
        "group": term.say("组", "group"),
        "day": term.say("载入日", "day"),
        "numerator": term.say("分子", "numerator"),
        "denominator": term.say("分母", "denominator"),
        "rate": term.say("比率", "rate"),
    }
    if rows:
        rows.sort(key=lambda r: (r["measure"], r["group"], r["day"]))
        term.table(headings, list(rows))


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, "utf-8", newline="")
    except OSError as error:
        raise BadInput(
            f"{path} 无法写入：{error.strerror}。",
            f"{path} cannot be written: {error.strerror}.",
        ) from error
