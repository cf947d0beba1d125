"""What follows by law: grounds with their intervals, and effects as their union.

An effect is named by bearer, measure, scope and jurisdiction only, so it keeps its
name when a second ground, a new load or a new law book comes. Days are numbers and
periods are half-open, as in graph.snapshot.days.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Literal, NamedTuple

from analytics.propagation.periods import Period, merge, without
from graph.vocabulary import EffectStatus, Role

CauseKind = Literal["sanction", "conviction", "insolvency", "person_state", "effect"]

STRENGTH = (
    EffectStatus.IN_FORCE,
    EffectStatus.SUSPENDED,
    EffectStatus.CONFLICT,
    EffectStatus.REPORTED,
    EffectStatus.PENDING_IDENTITY,
    EffectStatus.PENDING_FINDING,
    EffectStatus.ENDED,
)
"""Of several grounds the first of these decides where the effect stands."""

_ORDER = {status: place for place, status in enumerate(STRENGTH)}
_UNIT = "\x1f"


def effect_id(
    bearer: str, measure: str, scope: tuple[str, ...], jurisdiction: str
) -> str:
    """Return the name of the effect: 24 hexadecimal digits."""
    return _digest(bearer, measure, ";".join(scope), jurisdiction)


def _digest(*parts: str) -> str:
    return sha256(_UNIT.join(parts).encode()).hexdigest()[:24]


class Ground(NamedTuple):
    """Why somebody bears an effect over one period, with one standing.

    Args:
        cause: key of the sanction or record in hex, or the id of an effect.
        organization: where the role is held; empty where a person answers for
            what happened to himself.
        scope: keys of the regulated fields it reaches; empty means all.
        suspended: periods within which it rests; its term goes on.
        flags: what is not certain, for example `violation_date_unknown`.
        ended_by: what ends the period, None while it is open.
    """

    rule: str
    version: date
    cause: str
    cause_kind: CauseKind
    bearer: str
    role: Role
    organization: str
    measure: str
    scope: tuple[str, ...]
    jurisdiction: str
    status: EffectStatus
    valid_from: int
    valid_to: int
    suspended: tuple[Period, ...] = ()
    flags: tuple[str, ...] = ()
    ended_by: str | None = None

    @property
    def id(self) -> str:
        """Return the name of the ground: 24 hexadecimal digits."""
        return _digest(
            self.rule,
            self.version.isoformat(),
            self.cause,
            self.bearer,
            self.role,
            self.organization,
            self.status,
            str(self.valid_from),
        )

    @property
    def effect_id(self) -> str:
        """Return the name of the effect that it supports."""
        return effect_id(self.bearer, self.measure, self.scope, self.jurisdiction)

    def covers(self, day: int) -> bool:
        """Return whether the day lies in its period."""
        return self.valid_from <= day < self.valid_to

    def status_on(self, day: int) -> EffectStatus:
        """Return where the ground stands on a day of its period."""
        if self.status is EffectStatus.IN_FORCE and any(
            begins <= day < ends for begins, ends in self.suspended
        ):
            return EffectStatus.SUSPENDED
        return self.status


def ground_order(ground: Ground) -> tuple[object, ...]:
    """Return a key that orders grounds by content, whatever order they came in."""
    return (
        ground.valid_from,
        _ORDER[ground.status],
        ground.rule,
        ground.version,
        ground.cause,
        ground.role,
        ground.organization,
        ground.valid_to,
        ground.flags,
        ground.bearer,
        ground.measure,
        ground.scope,
    )


def in_order(grounds: Iterable[Ground]) -> tuple[Ground, ...]:
    """Return the grounds in the order of their content."""
    every = tuple(grounds)
    return every if len(every) < 2 else tuple(sorted(every, key=ground_order))


@dataclass(frozen=True, slots=True)
class Effect:
    """What one bearer bears: the union of its grounds."""

    id: str
    bearer: str
    measure: str
    scope: tuple[str, ...]
    jurisdiction: str
    grounds: tuple[Ground, ...]

    @classmethod
    def of(cls, name: str, grounds: Iterable[Ground]) -> "Effect":
        """Return the effect of this id that the grounds support, in their order."""
        ordered = in_order(grounds)
        one = ordered[0]
        return cls(name, one.bearer, one.measure, one.scope, one.jurisdiction, ordered)

    def grounds_on(self, day: int) -> tuple[Ground, ...]:
        """Return the grounds whose period holds the day, whatever their standing."""
        return tuple(g for g in self.grounds if g.covers(day))

    def status_on(self, day: int) -> EffectStatus | None:
        """Return the strongest standing of its grounds; None before it begins."""
        standings = [g.status_on(day) for g in self.grounds_on(day)]
        if standings:
            return min(standings, key=_ORDER.__getitem__)
        begun = any(g.valid_from <= day for g in self.grounds)
        return EffectStatus.ENDED if begun else None

    def period_on(self, day: int) -> Period:
        """Return the period over which it stands, without a break, as on the day.

        A suspension does not break the period of what it suspends. For an ended
        effect it is the last period before the day, for one that has not begun the
        first to come.
        """
        status = self.status_on(day)
        if status is EffectStatus.SUSPENDED:
            status = EffectStatus.IN_FORCE
        periods = self._periods(status)
        for begins, ends in periods:
            if begins <= day < ends:
                return begins, ends
        before = [p for p in periods if p[1] <= day]
        return before[-1] if before else periods[0]

    def _periods(self, status: EffectStatus | None) -> list[Period]:
        alike = [g for g in self.grounds if g.status is status]
        return merge((g.valid_from, g.valid_to) for g in alike or self.grounds)

    def in_force(self) -> list[Period]:
        """Return the periods over which it is in force, suspensions left out."""
        return merge(
            piece
            for ground in self.grounds
            if ground.status is EffectStatus.IN_FORCE
            for piece in without((ground.valid_from, ground.valid_to), ground.suspended)
        )


@dataclass(frozen=True, slots=True)
class EffectChange:
    """One effect before and after.

    Args:
        was: the effect before; None where it was not.
        now: the effect after; None where it is not.
        before: how it stood; None where it was not, or had not begun.
        after: how it stands.
    """

    was: Effect | None
    now: Effect | None
    before: EffectStatus | None
    after: EffectStatus | None

    @property
    def effect(self) -> Effect:
        """Return the effect as it is, or as it was where it is gone."""
        effect = self.now or self.was
        assert effect is not None  # noqa: S101  # one of the two is there
        return effect


@dataclass(frozen=True, slots=True)
class EffectChanges:
    """What is different between two derivations or two days.

    Args:
        gained: effects that stand now and did not.
        lost: effects that stood and do not any more.
        changed: effects that stand otherwise than before.
    """

    gained: tuple[EffectChange, ...]
    lost: tuple[EffectChange, ...]
    changed: tuple[EffectChange, ...]
