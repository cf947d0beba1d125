"""Which effects a list shows: the filters, and the walk from page to page."""

from bisect import bisect_right
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Final, Generic, TypeVar
from weakref import WeakKeyDictionary

from fastapi import Depends, Query, Request

from analytics.propagation.effects import Effect, Ground
from analytics.propagation.engine import Derivation
from analytics.propagation.reasons import roots
from analytics.propagation.waiting import is_undecided
from api.access import Sight
from api.changes import ChangeLog
from api.dependencies import Slice, page
from api.finding import bearer_of, subject_of
from api.schemas.acts import PRINTABLE
from api.schemas.base import Page
from api.service import Service
from api.showing.cursors import read_cursor, write_cursor
from api.showing.effects import InRegion, InSector, standing
from graph.vocabulary import EffectStatus

T = TypeVar("T")

_LOOKED_AT: Final = 20_000
"""So many effects are looked at for one page; then the search says where it stopped."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; what is None narrows nothing.

    Args:
        region: of the sanction or record behind a ground, or the beginning of it.
        sector: of the same.
        changed_since: only what loads after this one, or the days since, changed.
    """

    bearer: str | None = None
    organization: str | None = None
    rule: str | None = None
    cause: str | None = None
    measure: str | None = None
    region: str | None = None
    sector: str | None = None
    changed_since: int | None = None


def _subject(text: str) -> object:
    return Query(min_length=1, max_length=200, pattern=PRINTABLE, description=text)


async def _filters(
    bearer: Annotated[
        str | None, _subject("承担者的代码或标识。Code or identifier of the bearer.")
    ] = None,
    organization: Annotated[
        str | None,
        _subject("起因组织的代码或标识。Code or identifier of the organization."),
    ] = None,
    rule: Annotated[
        str | None,
        Query(
            pattern=r"^[A-Z0-9]+(-[A-Z0-9]+)*$",
            max_length=100,
            description="规则键。Key of the rule.",
        ),
    ] = None,
    cause: Annotated[
        str | None,
        Query(
            pattern=r"^([0-9a-f]{24}|[0-9a-f]{32})$",
            description="惩戒、记录的键或后果的标识。Key of a sanction or record, "
            "or id of an effect.",
        ),
    ] = None,
    measure: Annotated[
        str | None,
        Query(
            pattern=r"^[a-z0-9_]+$",
            max_length=100,
            description="措施键。Key of the measure.",
        ),
    ] = None,
    region: InRegion = None,
    sector: InSector = None,
    changed_since: Annotated[
        int | None,
        Query(
            ge=0,
            le=10**9,
            description="只要此次载入以后变化的。Only what changed after this load "
            "(`meta.load` of an earlier answer).",
        ),
    ] = None,
) -> Filters:
    return Filters(
        bearer, organization, rule, cause, measure, region, sector, changed_since
    )


Filtered = Annotated[Filters, Depends(_filters)]


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """One page of what was looked for."""

    items: list[T]
    next_cursor: str | None
    truncated: bool


@dataclass(frozen=True)
class Listing:
    """The effects that one caller asked for.

    Args:
        log: tells what changed since a load.
    """

    service: Service
    seen: Sight
    filters: Filters = field(default_factory=Filters)
    log: ChangeLog | None = None

    def candidates(self, *, undecided: bool = False) -> Sequence[str]:
        """Return the ids of the effects that are worth looking at, in order.

        Args:
            undecided: leave out what is decided on every day.

        Raises:
            NotFound: a filter names a subject that the caller may not see.
            BadInput: it names a load that has not come yet.
        """
        derivation, kept = self.seen.view.derivation, self._indexed()
        whole = _UNDECIDED if undecided else _EVERY
        if not kept:
            return whole.of(derivation)
        if undecided:
            kept.append(set(whole.of(derivation)))
        return sorted(set.intersection(*kept))

    def _indexed(self) -> list[set[str]]:
        """Return for each filter that has an index the effects that it leaves."""
        seen, filters, kept = self.seen, self.filters, list[set[str]]()
        derivation = seen.view.derivation
        if filters.bearer is not None:
            bearer = bearer_of(self.service, seen, filters.bearer)
            kept.append({e.id for e in derivation.of_bearer(bearer)})
        if filters.organization is not None:
            place = subject_of(self.service, seen, filters.organization)
            same = seen.snapshot.identities.members(place)
            of = derivation.of_organization(place)
            kept.append(self._of(of, lambda g: g.organization in same))
        if filters.cause is not None:
            of = derivation.of_cause(filters.cause)
            kept.append(self._of(of, lambda g: g.cause == filters.cause))
        if filters.changed_since is not None and self.log is not None:
            kept.append(self.log.changed_since(filters.changed_since, seen.view))
        return kept

    def _of(
        self, effects: Collection[Effect], fits: Callable[[Ground], bool]
    ) -> set[str]:
        return {e.id for e in effects if any(map(fits, self.seen.grounds(e)[0]))}

    def keeps(self, effect: Effect) -> bool:
        """Return whether the filters that have no index keep the effect."""
        filters = self.filters
        if filters.measure is not None and effect.measure != filters.measure:
            return False
        if filters.rule is filters.region is filters.sector is None:
            return True
        grounds, _ = self.seen.grounds(effect)
        return any(self._fits(ground) for ground in grounds)

    def _fits(self, ground: Ground) -> bool:
        rule, region, sector = (
            self.filters.rule,
            self.filters.region,
            self.filters.sector,
        )
        if rule is not None and ground.rule != rule:
            return False
        if region is sector is None:
            return True
        snapshot = self.seen.view.snapshot
        return any(
            (region is None or snapshot.text(kind, row, "region").startswith(region))
            and (sector is None or snapshot.text(kind, row, "sector") == sector)
            for kind, row in roots(ground, self.seen.view.derivation)
            if self.seen.may_read(kind, row)
        )

    def page(
        self,
        candidates: Sequence[str],
        paging: Slice,
        show: Callable[[Effect, EffectStatus], T | None],
        *,
        wanted: Collection[EffectStatus] | None = None,
    ) -> Found[T]:
        """Return the next page of those that are kept, stand as wanted and are shown.

        Args:
            candidates: ids in order.
            paging: where to go on, and how many.
            show: makes an item; None leaves the effect out.
            wanted: standings; None: all but ended.

        Raises:
            BadInput: the cursor is not one of such a list.
        """
        (after,) = read_cursor(paging.cursor, str) if paging.cursor else ("",)
        items: list[T] = []
        start = bisect_right(candidates, after)
        stop = min(start + _LOOKED_AT, len(candidates))
        for position in range(start, stop):
            if len(items) == paging.limit:
                stop = position
                break
            effect = self.seen.view.derivation.effects[candidates[position]]
            for _, held in standing(self.seen, [effect], wanted):
                item = show(effect, held) if self.keeps(effect) else None
                items += [] if item is None else [item]
        more = stop < len(candidates)
        cursor = write_cursor(candidates[stop - 1]) if more else None
        return Found(items, cursor, more and len(items) < paging.limit)


def listed(request: Request, seen: Sight, found: Found[T]) -> Page[T]:
    """Return a page in its frame."""
    return page(
        request,
        seen,
        found.items,
        next_cursor=found.next_cursor,
        total=None,
        truncated=found.truncated,
    )


class _Ids:
    """The ids of some effects in order, remembered while the derivation lasts."""

    def __init__(self, wanted: Callable[[Effect], bool] | None = None) -> None:
        self._wanted = wanted
        self._known = WeakKeyDictionary[Derivation, Sequence[str]]()

    def of(self, derivation: Derivation) -> Sequence[str]:
        found = self._known.get(derivation)
        if found is None:
            effects, wanted = derivation.effects, self._wanted
            names = (n for n, e in effects.items() if wanted is None or wanted(e))
            found = self._known[derivation] = sorted(names)
        return found


_EVERY: Final = _Ids()
_UNDECIDED: Final = _Ids(is_undecided)
