"""Lists of effects over everything that is derived, page by page."""

from bisect import bisect_right
from collections.abc import Callable, Collection, Sequence
from typing import Final, NamedTuple
from weakref import WeakKeyDictionary

from analytics.propagation.effects import Effect, Ground
from analytics.propagation.engine import Derivation
from analytics.propagation.reasons import roots
from api.access import Sight
from api.dependencies import Slice
from api.showing.cursors import read_cursor, write_cursor
from api.showing.effects import standing
from graph.vocabulary import EffectStatus

_LOOKED_AT: Final = 20_000
"""So many effects are looked at for one page; then the search says where it stopped."""

_orders: Final = WeakKeyDictionary[Derivation, Sequence[str]]()


def every(derivation: Derivation) -> Sequence[str]:
    """Return the ids of all effects in order, remembered while the derivation lasts."""
    found = _orders.get(derivation)
    if found is None:
        found = _orders[derivation] = sorted(derivation.effects)
    return found


class Listed(NamedTuple):
    """The effects of one page with their standing."""

    found: list[tuple[Effect, EffectStatus]]
    next_cursor: str | None
    truncated: bool


def listed(
    seen: Sight,
    names: Sequence[str],
    paging: Slice,
    *,
    wanted: Collection[EffectStatus] | None,
    keep: Callable[[Effect], bool],
) -> Listed:
    """Return the page of those effects that stand as wanted and are to be kept.

    Args:
        seen: what the caller may see.
        names: ids to look through, in order.
        paging: which part.
        wanted: standings; None is all but ended.
        keep: asked of every effect that stands so.
    """
    (after,) = read_cursor(paging.cursor, str) if paging.cursor else ("",)
    found: list[tuple[Effect, EffectStatus]] = []
    start = bisect_right(names, after)
    stop = min(start + _LOOKED_AT, len(names))
    effects = seen.view.derivation.effects
    for position in range(start, stop):
        if len(found) == paging.limit:
            stop = position
            break
        for effect, held in standing(seen, [effects[names[position]]], wanted):
            if keep(effect):
                found.append((effect, held))
    more = stop < len(names)
    cursor = write_cursor(names[stop - 1]) if more else None
    return Listed(found, cursor, more and len(found) < paging.limit)


class Where(NamedTuple):
    """Limits by the sanctions and records behind an effect; empty is no limit.

    Args:
        region: GB/T 2260 code or prefix.
        sector: as the sources tell it.
    """

    region: str = ""
    sector: str = ""

    def holds(self, effect: Effect, seen: Sight) -> bool:
        """Return whether a ground that the caller may see goes back to such a fact."""
        if not self.region and not self.sector:
            return True
        return any(self._reached(g, seen) for g in seen.grounds(effect)[0])

    def _reached(self, ground: Ground, seen: Sight) -> bool:
        text = seen.snapshot.text
        return any(
            text(kind, row, "region").startswith(self.region)
            and self.sector in ("", text(kind, row, "sector"))
            for kind, row in roots(ground, seen.view.derivation)
            if seen.snapshot.holds(seen.snapshot.tables[kind], row)
        )
