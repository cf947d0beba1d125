"""What would follow from a scenario, as answers show it."""

from collections.abc import Mapping

from analytics.propagation.effects import EffectChange, Ground
from analytics.propagation.reasons import Size
from api.access import Sight
from api.schemas.acts import ReasonItem
from api.schemas.base import Word
from api.schemas.effects import GroundItem
from api.schemas.simulation import SimulationItem, SizeItem, SizesItem
from api.showing import words
from api.showing.effects import show_changes, show_ground
from api.simulating import Simulation


def show_simulation(found: Simulation) -> SimulationItem:
    """Return the difference with its reasons and its size."""
    return SimulationItem(
        supposed=found.scenario.size,
        known=found.supposed.receipt.known,
        law=found.supposed.law.digest,
        persons=found.bearers,
        effects=show_changes(
            found.changes,
            found.after,
            lost_in=found.before,
            reasons=lambda change: _reasons(change, found),
        ),
        sizes=show_sizes(found),
    )


def show_sizes(found: Simulation) -> SizesItem:
    """Return how much would change, by sector, region, measure and rule."""
    by = found.sizes()
    return SizesItem(
        sector=_sizes(by["sector"], found.after, "sector"),
        region=_sizes(by["region"], found.after, "region"),
        measure=_sizes(by["measure"], found.after, "measure"),
        rule=_sizes(by["rule"], found.after, "rule"),
    )


def _reasons(change: EffectChange, found: Simulation) -> list[ReasonItem]:
    return [
        ReasonItem(why=words.word(reason.kind), before=before, after=after)
        for reason in found.reasons(change)
        for before in [_ground(reason.before, change, found.before)]
        for after in [_ground(reason.after, change, found.after)]
        if before or after
    ]


def _ground(
    ground: Ground | None, change: EffectChange, seen: Sight
) -> GroundItem | None:
    if ground is None or not seen.may_see(ground, change.effect):
        return None
    return show_ground(ground, seen)


def _sizes(counted: Mapping[str, Size], seen: Sight, dimension: str) -> list[SizeItem]:
    return [
        SizeItem(value=_word(value, seen, dimension), **size._asdict())
        for value, size in counted.items()
    ]


def _word(value: str, seen: Sight, dimension: str) -> Word:
    law = seen.view.law
    if dimension == "measure":
        return words.measure(value, law)
    if dimension == "rule" and (rule := law.rules.get(value)):
        return Word(value=value, zh=rule.title, en=rule.title_en)
    return Word(value=value, zh=value or "未注明", en=value or "not given")
