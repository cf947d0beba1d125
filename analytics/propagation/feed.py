"""What one load changed: effects gained, lost, changed, each with its event date.

The event date is the day on which the change happened by law, not the day on which
it was learnt. A load changes effects through its facts, or, where it begins a new
day, through the terms that began or ran out since the day before.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from analytics.propagation.effects import Effect, EffectChange
from analytics.propagation.engine import Derivation
from graph.snapshot import OPEN, UNKNOWN
from graph.vocabulary import EffectStatus, Term


class ChangeKind(Term):
    """What happened to an effect; the value is stable."""

    GAINED = "gained", "产生", "gained"
    LOST = "lost", "消除", "lost"
    CHANGED = "changed", "状态变化", "stands otherwise"
    ALTERED = (
        "altered",
        "状态不变，期间或者依据有变",
        "stands as before, by another period or other grounds",
    )
    PAST = (
        "past",
        "现不成立，往日或者将来的情形有变",
        "does not stand; its past or future is otherwise",
    )


@dataclass(frozen=True, slots=True)
class Changed:
    """One change of one effect.

    Args:
        kind: what happened.
        change: the effect before and after, with its standing.
        on: the event date as a day number; None where no day is other than before,
            or where something is taken back that should never have been: then the
            day of the load is the event.
        since: the first day on which the effect stands otherwise than was thought;
            None where there is no such day.
    """

    kind: ChangeKind
    change: EffectChange
    on: int | None
    since: int | None


def moved(before: Derivation, after: Derivation, *, day: int) -> list[Changed]:
    """Return what other facts or another law book changed, by the id of the effect."""
    names = sorted(before.effects.changed_keys(after.effects))
    pairs = ((before.effects.get(n), after.effects.get(n)) for n in names)
    return [_moved(was, now, day) for was, now in pairs if was != now]


def _moved(was: Effect | None, now: Effect | None, day: int) -> Changed:
    change = EffectChange(was, now, _on(was, day), _on(now, day))
    kind = _kind(change)
    since = first_difference(was, now)
    recalled = (
        kind is ChangeKind.LOST
        and since is not None
        and _standing(now, since - 1) is None
    )
    return Changed(kind, change, None if recalled else since, since)


def _kind(change: EffectChange) -> ChangeKind:
    before, after = _stands(change.before), _stands(change.after)
    if before is None and after is None:
        return ChangeKind.PAST
    if before is None:
        return ChangeKind.GAINED
    if after is None:
        return ChangeKind.LOST
    return ChangeKind.ALTERED if before is after else ChangeKind.CHANGED


def passed(derivation: Derivation, *, day_before: int, day_after: int) -> list[Changed]:
    """Return what began and what ran out after one day and up to another.

    In the order of the days; what began and ended within the time is there twice.
    """
    found = [
        changed
        for effect in derivation.effects.values()
        for changed in _passed(effect, day_before, day_after)
    ]
    return sorted(found, key=lambda c: (c.on or 0, c.change.effect.id))


def _passed(effect: Effect, day_before: int, day_after: int) -> Iterator[Changed]:
    for day in boundaries(effect):
        if day_before < day <= day_after:
            was, now = effect.status_on(day - 1), effect.status_on(day)
            if _stands(was) is not _stands(now):
                change = EffectChange(effect, effect, was, now)
                yield Changed(_kind(change), change, day, day)


def changed_ids(
    before: Derivation, after: Derivation, *, day_before: int, day_after: int
) -> set[str]:
    """Return the effects of `after` that are not as they were, or stand otherwise.

    Args:
        before: what followed then.
        after: what follows now.
        day_before: the day of then.
        day_after: the day of now.
    """
    differing = before.effects.changed_keys(after.effects) & after.effects.keys()
    found = {n for n in differing if before.effects.get(n) != after.effects[n]}
    if day_before != day_after:
        found |= {
            name
            for name, effect in after.effects.items()
            if effect.status_on(day_before) is not effect.status_on(day_after)
        }
    return found


def boundaries(*effects: Effect | None) -> list[int]:
    """Return the days on which anything about the effects may change, in order."""
    days = {
        day
        for effect in effects
        if effect
        for ground in effect.grounds
        for period in ((ground.valid_from, ground.valid_to), *ground.suspended)
        for day in period
    }
    return sorted(days - {OPEN, UNKNOWN})


def first_difference(was: Effect | None, now: Effect | None) -> int | None:
    """Return the first day on which the two do not stand alike; None: there is none."""
    for day in boundaries(was, now):
        if _standing(was, day) is not _standing(now, day):
            return day
    return None


def _on(effect: Effect | None, day: int) -> EffectStatus | None:
    return effect.status_on(day) if effect else None


def _standing(effect: Effect | None, day: int) -> EffectStatus | None:
    return _stands(_on(effect, day))


def _stands(status: EffectStatus | None) -> EffectStatus | None:
    """Return the standing; to have ended is to have none."""
    return None if status is EffectStatus.ENDED else status
