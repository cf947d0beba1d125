"""Pages of the changes feed, as answers show them."""

from collections.abc import Collection
from typing import Final, NamedTuple

from analytics.propagation.feed import Changed, ChangeKind
from analytics.propagation.reasons import reasons
from api.access import Sight
from api.board import View
from api.changes import ChangeLog, LoadChanges
from api.schemas.changes import ChangeItem, LoadRef
from api.showing import words
from api.showing.effects import show_effect
from api.showing.reasons import show_reasons
from graph.errors import BadInput
from graph.scope import Scope
from graph.snapshot import date_of
from graph.vocabulary import EffectStatus

_LOOKED_AT: Final = 100
"""So many loads are looked at for one page; then it says where to go on."""

_DIGITS: Final = 9


class Position(NamedTuple):
    """A place in the feed: so many changes of this load have been told."""

    load: int
    told: int

    @classmethod
    def parse(cls, text: str, *, last: int) -> "Position":
        """Return the place that a cursor names: `12` is after all of load 12.

        Raises:
            BadInput: it is none, or lies behind the last load.
        """
        load, _, told = text.partition(".")
        parts = (load, told or "0")
        if not all(p.isascii() and p.isdigit() and len(p) <= _DIGITS for p in parts):
            raise _no_position(text)
        place = (int(load), int(told)) if told else (int(load) + 1, 0)
        position = cls(*place)
        if position.load > last + 1:
            raise BadInput(
                f"账本到第 {last} 次载入为止，没有“{text}”以后的变化。",
                f"The journal ends with load {last}; there is nothing after {text!r}.",
                hint_zh="存储可能已从备份恢复：请从较早的位置重新读取。",
                hint_en="The store may come from a backup: read again from an earlier "
                "place.",
            )
        return position

    @property
    def text(self) -> str:
        """Return the cursor."""
        return f"{self.load}.{self.told}" if self.told else str(self.load - 1)


class Wanted(NamedTuple):
    """Which changes are asked for.

    Args:
        kinds: only these; all where there are none.
        news: leave out what was back-filled.
    """

    kinds: Collection[ChangeKind] = ()
    news: bool = False


class Shown(NamedTuple):
    """One page: its items, where to go on, and whether there is more at once."""

    items: list[ChangeItem]
    position: Position
    more: bool


def show_changes_since(
    log: ChangeLog, position: Position, scope: Scope, *, wanted: Wanted, limit: int
) -> Shown:
    """Return up to `limit` changes after a place.

    Args:
        log: works the feed out.
        position: where to begin.
        scope: what the reader may see.
        wanted: which changes are asked for.
        limit: so many at most.
    """
    items: list[ChangeItem] = []
    last = log.seq
    stop = min(last, position.load + _LOOKED_AT - 1)
    while position.load <= stop:
        found = log.of(position.load)
        telling = _Telling(found, scope)
        for number in range(position.told, len(found.items)):
            if len(items) == limit:
                return Shown(items, Position(position.load, number), more=True)
            changed = found.items[number]
            if telling.is_wanted(changed, wanted):
                items.append(telling.item(number, changed))
        position = Position(position.load + 1, 0)
    return Shown(items, position, more=position.load <= last)


class _Telling:
    """Tells the changes of one load."""

    def __init__(self, found: LoadChanges, scope: Scope) -> None:
        self.found = found
        views = (
            View(state.snapshot, state, state.law, found.day)
            for state in (found.before, found.after)
        )
        self.before, self.after = (Sight(view, scope) for view in views)

    def is_wanted(self, changed: Changed, wanted: Wanted) -> bool:
        if wanted.kinds and changed.kind not in wanted.kinds:
            return False
        return not (wanted.news and self.found.is_backfilled(changed))

    def item(self, number: int, changed: Changed) -> ChangeItem:
        found, change = self.found, changed.change
        standing = change.after or change.before or EffectStatus.ENDED
        return ChangeItem(
            cursor=Position(found.load.seq, number + 1).text,
            load=self._load(),
            kind=words.word(changed.kind),
            effect=show_effect(
                change.effect, self.after if change.now else self.before, standing
            ),
            before=words.word_or_none(change.before),
            after=words.word_or_none(change.after),
            event_date=found.event_date(changed),
            differs_from=None if changed.since is None else date_of(changed.since),
            backfilled=found.is_backfilled(changed),
            reasons=show_reasons(
                reasons(change, found.before, found.after),
                change,
                self.before,
                self.after,
            ),
        )

    def _load(self) -> LoadRef:
        load, whole = self.found.load, self.after.scope.sees_all
        return LoadRef(
            seq=load.seq,
            kind=words.word(load.kind),
            day=self.found.day,
            recorded_at=load.recorded_at,
            source=load.source if whole else None,
            file=load.file or None if whole else None,
            document=load.note.get("document") if whole else None,
        )


def _no_position(text: str) -> BadInput:
    return BadInput(
        f"“{text}”不是变化清单中的位置。",
        f"{text!r} is no place in the feed.",
        hint_zh="写载入的序号（0 为从头），或者上次回答中的 next。",
        hint_en="Write the number of a load (0: from the beginning), or `next` of the "
        "last answer.",
    )
