"""What would follow from a scenario, as answers show it."""

from collections.abc import Mapping

from analytics.propagation.reasons import Size
from api.access import Sight
from api.schemas.base import Word
from api.schemas.simulation import SimulationItem, SizeItem, SizesItem
from api.showing import words
from api.showing.effects import show_changes
from api.showing.reasons import show_reasons
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
            reasons=lambda change: show_reasons(
                found.reasons(change), change, found.before, found.after
            ),
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
