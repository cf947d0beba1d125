"""The report on quality as a table: for a terminal, as CSV and as Markdown."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from analytics.quality.completeness import labelled
from analytics.quality.looked import By, Figure
from analytics.quality.measures import DEFINITIONS, GROUPED_BY, Dimension, Measure, Unit
from analytics.quality.report import Point, Quality
from analytics.quality.waits import EDGES
from api.quality import BREAKDOWNS, query_of
from loaders.correcting import guarded

Say = Callable[[str, str], str]
Row = Mapping[str, object]

_TEN_THOUSAND = 10_000
_BUCKETS = tuple(f"up_to_{edge}" for edge in EDGES)
COLUMNS = (
    "by",
    "measure",
    "label",
    "unit",
    *(d.value for d in GROUPED_BY),
    "field",
    "field_label",
    "numerator",
    "denominator",
    "rate",
    "filled_rate",
    "target",
    "met",
    "median",
    "p90",
    "p99",
    "longest",
    *_BUCKETS,
    "longer",
    "examples",
    "cli",
    "api",
)
"""The columns of the CSV file; their names are the same in both languages."""


@dataclass(frozen=True, slots=True)
class Told:
    """The language and the picture of a report.

    Args:
        say: chooses between Chinese and English.
        as_of: the day asked about, where it was given.
        known_at: the instant asked about, where it was given.
    """

    say: Say
    as_of: str | None = None
    known_at: datetime | None = None


def breakdowns(
    quality: Quality, by: By | None, measures: Iterable[Measure], examples: int = 3
) -> Iterator[tuple[By, list[Figure]]]:
    """Yield the figures by the marks that were asked for, else by each of them."""
    for marks in BREAKDOWNS if by is None else (by,):
        yield marks, quality.figures(marks, measures=measures, examples=examples)


def row_of(figure: Figure, by: By, told: Told) -> dict[str, object]:
    """Return a figure under COLUMNS."""
    definition = DEFINITIONS[figure.measure]
    field = figure.group.get(Dimension.FIELD, "")
    query = query_of(figure, as_of=told.as_of, known_at=told.known_at)
    row: dict[str, object] = {
        "by": "+".join(d.value for d in by),
        "measure": figure.measure.value,
        "label": told.say(figure.measure.zh, figure.measure.en),
        "unit": told.say(definition.unit.zh, definition.unit.en),
        **{d.value: figure.group.get(d, "") for d in GROUPED_BY},
        "field": field,
        "field_label": told.say(*labelled(field)) if field else "",
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "rate": figure.rate,
        "filled_rate": 1 - figure.rate if field and figure.rate is not None else None,
        "target": definition.target,
        "met": figure.met,
        "examples": " ".join(item.name for item in figure.examples),
        "cli": query.cli,
        "api": query.api,
    }
    if figure.waits:
        waits = figure.waits
        row |= {
            "median": waits.median,
            "p90": waits.p90,
            "p99": waits.p99,
            "longest": waits.longest,
            **dict(zip([*_BUCKETS, "longer"], waits.buckets, strict=True)),
        }
    return row


def csv_text(rows: Iterable[Row]) -> str:
    """Return rows as CSV that no spreadsheet takes for formulas, with its mark."""
    out = io.StringIO()
    out.write("\ufeff")  # with it, spreadsheets take the file for UTF-8
    writer = csv.DictWriter(out, COLUMNS, restval="")
    writer.writeheader()
    for row in rows:
        writer.writerow(
            {k: guarded(v) if isinstance(v, str) else v for k, v in row.items()}
        )
    return out.getvalue()


# ---- words ---------------------------------------------------------------


def rate_text(figure: Figure) -> str:
    """Return a rate: of codes in ten-thousandths, as the target is set."""
    if figure.rate is None:
        return "—"
    if DEFINITIONS[figure.measure].unit is Unit.CODE:
        return f"{figure.rate * _TEN_THOUSAND:.2f}‱"
    return f"{figure.rate:.2%}"


def group_text(figure: Figure, told: Told) -> str:
    """Return what a figure is about, in words."""
    parts = [
        told.say(*labelled(text))
        if dimension is Dimension.FIELD
        else text or told.say("（未注明）", "(not told)")
        for dimension, text in figure.group.items()
    ]
    return " · ".join(parts)


def met_text(figure: Figure, told: Told) -> str:
    """Return whether the target is met."""
    if figure.met is None:
        return ""
    met = told.say("达标", "met") if figure.met else told.say("未达标", "missed")
    return f"{met} (＜1‱)"


# ---- Markdown ------------------------------------------------------------


def markdown(
    told: Told,
    heading: str,
    parts: Iterable[tuple[By, list[Figure]]],
    points: Sequence[Point] = (),
    *,
    every: bool = False,
) -> str:
    """Return the report as Markdown.

    Args:
        told: language and picture.
        heading: a line that says what the report speaks of.
        parts: figures by breakdown.
        points: the trend, if it is wanted.
        every: also what is in order.
    """
    lines = [f"# {told.say('数据质量报告', 'Data quality')}", "", heading, ""]
    for by, figures in parts:
        lines += _section(told, by, figures, every=every)
    if points:
        lines += _trend(told, points)
    return "\n".join(lines)


def _section(
    told: Told, by: By, figures: Sequence[Figure], *, every: bool
) -> Iterator[str]:
    say = told.say
    names = say("、", ", ").join(say(d.zh, d.en) for d in by)
    yield f"## {say(f'按{names}', f'By {names}') if by else say('总计', 'In all')}"
    yield ""
    plain = [f for f in figures if f.measure is not Measure.EMPTY_FIELDS]
    shown = [f for f in plain if every or f.numerator or (f.met is not None and not by)]
    yield from _figures(told, by, shown)
    yield from _late(told, [f for f in plain if f.waits])
    fields = [f for f in figures if f.measure is Measure.EMPTY_FIELDS]
    if not by or Dimension.SOURCE in by or every:
        yield from _fields(told, fields)


def _figures(told: Told, by: By, figures: Sequence[Figure]) -> Iterator[str]:
    say = told.say
    if not figures:
        yield from (say("没有发现问题。", "Nothing was found."), "")
        return
    yield from _table(
        (
            *((say("组", "group"),) if by else ()),
            say("指标", "measure"),
            say("分子", "numerator"),
            say("分母", "denominator"),
            say("比率", "rate"),
            say("目标", "target"),
            say("例子", "examples"),
            say("明细", "rows"),
        ),
        (
            (
                *((group_text(f, told),) if by else ()),
                say(f.measure.zh, f.measure.en),
                f"{f.numerator:,}",
                f"{f.denominator:,}",
                rate_text(f),
                met_text(f, told),
                "<br>".join(
                    f"{i.name}{say('：', ': ')}{say(*i.said)}" for i in f.examples
                ),
                f"`{query_of(f, as_of=told.as_of, known_at=told.known_at).cli}`",
            )
            for f in figures
        ),
    )
    if not by:
        yield from _definitions(told, figures)


def _definitions(told: Told, figures: Sequence[Figure]) -> Iterator[str]:
    for figure in figures:
        meant = DEFINITIONS[figure.measure]
        numerator, denominator = (
            told.say(*said) for said in (meant.numerator, meant.denominator)
        )
        name = told.say(figure.measure.zh, figure.measure.en)
        yield told.say(
            f"- {name} = {numerator} ÷ {denominator}。",
            f"- {name} = {numerator} ÷ {denominator}.",
        )
    yield ""


def _late(told: Told, figures: Sequence[Figure]) -> Iterator[str]:
    say = told.say
    if not figures:
        return
    yield f"### {say('到达所用工作日', 'Working days until arrival')}"
    yield ""
    yield from _table(
        (
            say("组", "group"),
            say("数目", "count"),
            say("中位", "median"),
            "p90",
            "p99",
            say("最长", "longest"),
            *(f"≤{edge}" for edge in EDGES),
            f">{EDGES[-1]}",
        ),
        (
            (
                " · ".join(
                    filter(None, (say(f.measure.zh, f.measure.en), group_text(f, told)))
                ),
                f"{f.denominator:,}",
                *(str(n) for n in (w.median, w.p90, w.p99, w.longest)),
                *(f"{n:,}" for n in w.buckets),
            )
            for f in figures
            if (w := f.waits)
        ),
    )


def _fields(told: Told, figures: Sequence[Figure]) -> Iterator[str]:
    say = told.say
    if not figures:
        return
    yield f"### {say('字段完整率', 'Completeness of fields')}"
    yield ""
    yield from _table(
        (
            say("字段", "field"),
            say("已填", "filled"),
            say("总数", "facts"),
            say("完整率", "fill rate"),
            say("空缺的明细", "rows that are empty"),
        ),
        (
            (
                group_text(f, told),
                f"{f.denominator - f.numerator:,}",
                f"{f.denominator:,}",
                "—" if f.rate is None else f"{1 - f.rate:.2%}",
                f"`{query_of(f, as_of=told.as_of, known_at=told.known_at).cli}`"
                if f.numerator
                else "",
            )
            for f in figures
        ),
    )


def _trend(told: Told, points: Sequence[Point]) -> Iterator[str]:
    say = told.say
    yield f"## {say('历次载入之后', 'After each day of loads')}"
    yield ""
    measures = [m for m in Measure if m is not Measure.EMPTY_FIELDS]
    by_day = [{f.measure: f for f in p.figures if not f.group} for p in points]
    yield from _table(
        (say("指标", "measure"), *(f"{p.day}" for p in points)),
        (
            (
                say(measure.zh, measure.en),
                *(
                    f"{f.numerator:,}/{f.denominator:,} {rate_text(f)}"
                    if (f := figures.get(measure))
                    else ""
                    for figures in by_day
                ),
            )
            for measure in measures
        ),
    )


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield _line(headings)
    yield _line(["---"] * len(headings))
    yield from (_line([_cell(c) for c in row]) for row in rows)
    yield ""


def _cell(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ")
    return plain.replace("<br>", "\0").replace("<", "&lt;").replace("\0", "<br>")


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
