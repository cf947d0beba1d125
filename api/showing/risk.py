"""Scores and figures as one caller may see them."""

from collections.abc import Iterable
from typing import Final

import numpy as np

from analytics.dashboards.groups import Cell, Group
from analytics.dashboards.overview import Figures
from analytics.features import Feature
from analytics.features.population import SECTORS
from analytics.scoring.assessing import Assessment, Part, Scored
from analytics.scoring.evidence import Evidence
from analytics.scoring.model import Band, Card, Change
from api.access import Sight
from api.schemas.base import Label, Word
from api.schemas.risk import (
    NOT_AN_EFFECT,
    CellItem,
    ChangeItem,
    ContributionItem,
    EvidenceItem,
    ExposureItem,
    FeatureItem,
    FreshnessItem,
    GroupItem,
    ModelRef,
    MonthItem,
    OverviewItem,
    RiskBand,
    RiskItem,
    RiskRow,
)
from api.showing import words
from graph.errors import Said
from graph.snapshot import date_of
from graph.vocabulary import FactKind, RecordKind, Role, Section

_REASONS: Final = 3
_TITLES: Final = {
    FactKind.RECORD: "kind",
    FactKind.SANCTION: "list",
    FactKind.TIE: "role",
}
_NOT_TOLD: Final = Label(zh="未载明", en="not told")


def label(said: Said) -> Label:
    """Return a text in both languages."""
    return Label(zh=said.zh, en=said.en)


def feature_label(feature: Feature) -> Label:
    """Return the published text of a feature."""
    return Label(zh=feature.zh, en=feature.en)


def model_ref(card: Card) -> ModelRef:
    """Return what a model says of itself."""
    return ModelRef(
        id=card.id,
        kind=card.kind,
        label=label(card.label),
        digest=card.digest,
        horizon_days=card.horizon,
        sector=None if card.sector is None else words.word(Section(card.sector)),
        warning=None if card.warning is None else label(card.warning),
        calibrated_on=(
            None if card.calibrated_on is None else label(card.calibrated_on)
        ),
    )


def band(found: Band) -> RiskBand:
    """Return a band with its labels."""
    return RiskBand(
        value=found.key, zh=found.label.zh, en=found.label.en, least=found.least
    )


# ---- one score -----------------------------------------------------------


def risk(found: Assessment, card: Card, seen: Sight) -> RiskItem:
    """Return a score with all that it rests on."""
    return RiskItem(
        kind="lead",
        subject=words.subject(found.subject, seen),
        score=found.score,
        probability=found.probability,
        band=band(found.band),
        rank=found.rank,
        of=found.of,
        contributions=[_contribution(part, seen) for part in found.parts],
        changes=[_change(change) for change in found.changes],
        exposures=[
            ExposureItem(
                sector=words.word(Section(one.sector)),
                neighbours=one.neighbours,
                troubled=one.troubled,
            )
            for one in found.exposures
        ],
        built_at=found.built_at,
        model=model_ref(card),
        note=NOT_AN_EFFECT,
    )


def _contribution(part: Part, seen: Sight) -> ContributionItem:
    one = part.contribution
    feature = one.feature
    return ContributionItem(
        feature=feature.name if feature else None,
        family=feature.family if feature else None,
        label=feature_label(feature) if feature else None,
        unit=words.word(feature.unit) if feature else None,
        value=None if np.isnan(one.value) else one.value,
        points=one.points,
        reason=label(one.reason),
        evidence=[
            _evidence(piece, row, seen)
            for piece in part.evidence.pieces
            for row in piece.rows
        ],
        evidence_total=part.evidence.total,
    )


def _change(change: Change) -> ChangeItem:
    return ChangeItem(
        feature=change.feature.name,
        label=feature_label(change.feature),
        value=change.value,
        to=change.to,
        score=change.score,
    )


def _evidence(piece: Evidence, row: int, seen: Sight) -> EvidenceItem:
    snapshot, kind = seen.snapshot, piece.kind
    dated = kind in (FactKind.RECORD, FactKind.SANCTION)
    return EvidenceItem(
        key=snapshot.key(kind, row).hex(),
        fact=words.word(kind),
        title=_title(kind, row, seen),
        document_number=snapshot.text(kind, row, "document_number") if dated else None,
        decided_on=date_of(snapshot.day(kind, row, "decided_on")) if dated else None,
        other=words.subject(piece.other, seen) if piece.other else None,
        via=words.subject(piece.via, seen) if piece.via else None,
        source=words.source(kind, row, seen),
    )


def _title(kind: FactKind, row: int, seen: Sight) -> Word | None:
    if kind not in _TITLES:
        return None
    value = seen.snapshot.text(kind, row, _TITLES[kind])
    if kind is FactKind.TIE:
        return words.word(Role(value))
    if kind is FactKind.RECORD:
        return words.word(RecordKind(value))
    found = seen.view.law.lists.get(value)
    return Word(value=value, zh=found.zh, en=found.en) if found else None


# ---- lists ---------------------------------------------------------------


def row(scored: Scored, place: int, seen: Sight) -> RiskRow:
    """Return a score in a list, with its weightiest reasons."""
    cut, card = scored.cut, scored.card
    score = float(scored.scores[place])
    chances = scored.probabilities
    parts = scored.parts(place)
    sector, region = cut.described.sector[place], cut.described.region[place]
    return RiskRow(
        kind="lead",
        subject=words.subject(scored.matrix.subjects[place], seen),
        score=score,
        probability=None if chances is None else float(chances[place]),
        band=band(card.band(score)),
        rank=int(scored.ranks[place]),
        sector=words.word(SECTORS[sector]) if sector >= 0 else None,
        region=cut.described.regions[region] if region >= 0 else None,
        reasons=[
            label(part.reason)
            for part in parts
            if part.feature is not None and part.points > 0
        ][:_REASONS],
    )


def features(
    every: Iterable[Feature], coverage: Iterable[float], drift: Iterable[float | None]
) -> list[FeatureItem]:
    """Return the catalogue with how many have a value and how much it moved."""
    return [
        FeatureItem(
            name=one.name,
            family=one.family,
            label=feature_label(one),
            unit=words.word(one.unit),
            direction=int(one.direction),
            whole=one.whole,
            coverage=round(float(share), 4),
            drift=None if moved is None else round(moved, 4),
        )
        for one, share, moved in zip(every, coverage, drift, strict=True)
    ]


# ---- figures -------------------------------------------------------------


def sector_group(group: Group, card: Card) -> GroupItem:
    """Return the figures of a sector."""
    if not group.key:
        return _group(group, card, _NOT_TOLD)
    section = Section(group.key)
    return _group(group, card, Label(zh=section.zh, en=section.en))


def region_group(group: Group, card: Card) -> GroupItem:
    """Return the figures of a prefecture."""
    if not group.key:
        return _group(group, card, _NOT_TOLD)
    code = f"{group.key}00"
    return _group(group, card, Label(zh=f"行政区划 {code}", en=f"division {code}"))


def _group(group: Group, card: Card, text: Label) -> GroupItem:
    return GroupItem(
        key=group.key,
        label=text,
        organizations=group.organizations,
        adverse=group.adverse,
        serious=group.serious,
        mean_score=round(group.mean, 2),
        bands=_bands(group.bands, card),
        expected=None if group.expected is None else round(group.expected, 2),
    )


def _bands(counts: Iterable[int], card: Card) -> dict[str, int]:
    return {one.key: count for one, count in zip(card.bands, counts, strict=True)}


def cell(found: Cell) -> CellItem:
    """Return one cell of the spread matrix."""
    ratio = found.observed / found.expected if found.expected else None
    return CellItem(
        source=found.source,
        target=found.target,
        exposed=found.exposed,
        observed=found.observed,
        expected=round(found.expected, 4),
        ratio=None if ratio is None else round(ratio, 4),
        low=None if found.low is None else round(found.low, 4),
        high=None if found.high is None else round(found.high, 4),
    )


def sections() -> list[Word]:
    """Return the sections of the national classification."""
    return [words.word(section) for section in SECTORS]


def overview(found: Figures, scored: Scored, effects: int) -> OverviewItem:
    """Return the key figures."""
    bounds = [one.least for one in scored.card.bands]
    places = np.searchsorted(bounds, scored.scores, "right") - 1
    counts = np.bincount(places, minlength=len(bounds)).tolist()
    return OverviewItem(
        organizations=found.organizations,
        adverse=found.adverse,
        serious=found.serious,
        open_records=found.open_records,
        open_sanctions=found.open_sanctions,
        effects=effects,
        bands=_bands(counts, scored.card),
        months=[
            MonthItem(
                month=f"{one.first:%Y-%m}",
                penalties=one.penalties,
                sanctions=one.sanctions,
                ended=one.ended,
                founded=one.founded,
            )
            for one in found.months
        ],
        sources=[
            FreshnessItem(
                source=one.source, last=one.last, days=one.days, grade=one.grade
            )
            for one in found.sources
        ],
        model=model_ref(scored.card),
        note=NOT_AN_EFFECT,
    )
