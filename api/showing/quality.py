"""Figures of quality and the rows behind them, as answers show them."""

from datetime import datetime

from analytics.quality.completeness import labelled
from analytics.quality.looked import Figure, Item
from analytics.quality.measures import DEFINITIONS, GROUPED_BY, Dimension
from analytics.quality.report import Entry, Point
from analytics.quality.waiting import WaitingRow
from analytics.quality.waits import EDGES, Waits
from api.access import Sight
from api.quality import query_of
from api.schemas.base import Label, Word
from api.schemas.quality import (
    BucketItem,
    FactPlace,
    FigureItem,
    GroupItem,
    QualityRow,
    RowsQuery,
    TrendFigure,
    TrendPoint,
    WaitingPlace,
    WaitsItem,
)
from api.showing import words
from graph.errors import Said
from graph.vocabulary import FactKind
from loaders.issues import Reason


def label(said: Said) -> Label:
    """Return a text in both languages."""
    return Label(zh=said.zh, en=said.en)


def show_figure(
    figure: Figure, *, as_of: str | None, known_at: datetime | None
) -> FigureItem:
    """Return a figure with the query that lists its rows for the same day and instant."""
    definition = DEFINITIONS[figure.measure]
    query = query_of(figure, as_of=as_of, known_at=known_at)
    return FigureItem(
        measure=words.word(figure.measure),
        unit=words.word(definition.unit),
        group=show_group(figure),
        numerator=figure.numerator,
        denominator=figure.denominator,
        rate=figure.rate,
        counts=label(definition.numerator),
        among=label(definition.denominator),
        target=definition.target,
        met=figure.met,
        waits=None if figure.waits is None else _waits(figure.waits),
        examples=[item.name for item in figure.examples],
        rows=RowsQuery(cli=query.cli, api=query.api),
    )


def show_group(figure: Figure) -> GroupItem:
    """Return what a figure is about."""
    marks = {d.value: figure.group.get(d) for d in GROUPED_BY}
    name = figure.group.get(Dimension.FIELD)
    return GroupItem(
        **marks, field=name, field_label=label(labelled(name)) if name else None
    )


def _waits(waits: Waits) -> WaitsItem:
    return WaitsItem(
        median=waits.median,
        p90=waits.p90,
        p99=waits.p99,
        longest=waits.longest,
        buckets=[
            BucketItem(up_to=edge, count=count)
            for edge, count in zip([*EDGES, None], waits.buckets, strict=True)
        ],
    )


def show_point(point: Point) -> TrendPoint:
    """Return the figures of one day."""
    return TrendPoint(
        day=point.day,
        load=point.load,
        figures=[
            TrendFigure(
                measure=words.word(figure.measure),
                group=show_group(figure),
                numerator=figure.numerator,
                denominator=figure.denominator,
                rate=figure.rate,
            )
            for figure in point.figures
        ],
    )


def show_entry(entry: Entry, seen: Sight) -> QualityRow:
    """Return one thing that a figure counts, names as the reader may see them."""
    item: Item = entry.item
    return QualityRow(
        name=item.name,
        found=label(item.said),
        field=entry.field or None,
        subjects=[words.subject(subject, seen) for subject in item.subjects],
        facts=[_fact(kind, row, seen) for kind, row in item.facts],
        waiting=[_waiting(row) for row in item.waiting],
    )


def _fact(kind: FactKind, row: int, seen: Sight) -> FactPlace:
    snapshot = seen.snapshot
    return FactPlace(
        kind=words.word(kind),
        key=snapshot.key(kind, row).hex(),
        department=snapshot.text(kind, row, "department") or None,
        region=snapshot.text(kind, row, "region") or None,
        source=words.source(kind, row, seen),
    )


def _waiting(row: WaitingRow) -> WaitingPlace:
    return WaitingPlace(
        file=row.file,
        file_digest=row.file_digest,
        line=row.line,
        source=row.source,
        department=row.department or None,
        region=row.region or None,
        since=row.since,
        reasons=[_reason(value) for value in row.reasons],
    )


def _reason(value: str) -> Word:
    """Return a reason; one of another version of the program stands as it is."""
    known = next((r for r in Reason if r.value == value), None)
    return words.word(known) if known else Word(value=value, zh=value, en=value)
