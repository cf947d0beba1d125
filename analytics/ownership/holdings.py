"""The holding graph of a snapshot on a day: read where asked, nothing precomputed.

It sees what the snapshot's scope allows. Linked identifiers are one subject; several
holdings of one pair are added; holdings told as indirect are never multiplied along a
path and therefore not in it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np

from analytics.ownership.interval import NONE, ONE, UNKNOWN, ZERO, Interval
from graph.snapshot import Snapshot
from graph.vocabulary import FactKind


@dataclass(frozen=True, slots=True)
class Stake:
    """What one holder has of an organization on the day.

    Args:
        holder: canonical identifier; so is `organization`.
        share: of the capital.
        votes: of the votes in the meeting; the share where nothing else is told.
        rows: the facts, as rows of the holdings.
    """

    holder: str
    organization: str
    share: Interval
    votes: Interval
    rows: tuple[int, ...]


@dataclass(frozen=True)
class Register:
    """Everybody who holds an organization on the day.

    Args:
        stakes: by holder; the bounds agree with each other: they add up to 1 at most.
        stated: what the known shares add up to. Above 1 the register contradicts
            itself, and each share is at least what the others leave of the whole.
    """

    stakes: tuple[Stake, ...]
    stated: Fraction

    @cached_property
    def by_holder(self) -> Mapping[str, Stake]:
        """Return the stakes by who holds them: a register may have very many."""
        return {stake.holder: stake for stake in self.stakes}

    @cached_property
    def least(self) -> Fraction:
        """Return what all hold together at least."""
        return sum((s.share.low for s in self.stakes), ZERO)

    @cached_property
    def least_votes(self) -> Fraction:
        """Return what votes all have together at least."""
        return sum((s.votes.low for s in self.stakes), ZERO)

    @cached_property
    def is_exact(self) -> bool:
        """Return whether every share in it is known."""
        return all(s.share.is_exact for s in self.stakes)

    @property
    def is_contradictory(self) -> bool:
        """Return whether more than the whole is said to be held."""
        return self.stated > ONE

    @property
    def unrecorded(self) -> Fraction:
        """Return what certainly belongs to nobody in the register."""
        return max(ZERO, ONE - sum((s.share.high for s in self.stakes), ZERO))


class HoldingGraph:
    """Who holds whom, of one snapshot on one day.

    Args:
        snapshot: the facts, under the scope of who asks.
        day: the day asked about, as a number.
    """

    def __init__(self, snapshot: Snapshot, day: int) -> None:
        self.snapshot, self.day = snapshot, day
        self._registers: dict[str, Register] = {}
        self._held: dict[str, tuple[str, ...]] = {}

    def canonical(self, subject: str) -> str:
        """Return the identifier that stands for the subject."""
        return self.snapshot.identities.canonical(subject)

    def into(self, organization: str) -> Register:
        """Return who holds an organization."""
        known = self._registers.get(organization)
        if known is None:
            known = self._registers[organization] = self._read(organization)
        return known

    def held_by(self, holder: str) -> tuple[str, ...]:
        """Return the organizations in which a subject holds something, in order."""
        known = self._held.get(holder)
        if known is None:
            found = {
                self.canonical(held.organization)
                for held in self._facts("holder", holder)
            }
            known = self._held[holder] = tuple(sorted(found))
        return known

    def stake(self, holder: str, organization: str) -> Stake | None:
        """Return what one holds of another directly, None for nothing."""
        return self.into(organization).by_holder.get(holder)

    def share(self, holder: str, organization: str) -> Interval:
        """Return the share one holds of another directly, nothing included."""
        stake = self.stake(holder, organization)
        return stake.share if stake else NONE

    def _read(self, organization: str) -> Register:
        told: dict[str, list[_Held]] = {}
        for held in self._facts("organization", organization):
            told.setdefault(self.canonical(held.holder), []).append(held)
        stakes = [_added(h, organization, told[h]) for h in sorted(told)]
        stated = sum((s.share.low for s in stakes), ZERO)
        shares = agreeing([s.share for s in stakes])
        votes = agreeing(_without_own([s.votes for s in stakes], stakes))
        fitted = (
            replace(stake, share=share, votes=vote)
            for stake, share, vote in zip(stakes, shares, votes, strict=True)
        )
        return Register(tuple(fitted), stated)

    def _facts(self, column: str, subject: str) -> Iterator["_Held"]:
        """Yield the direct holdings of the day that name the subject."""
        rows = self.snapshot.rows(FactKind.HOLDING, column, subject)
        values = self.snapshot.values(FactKind.HOLDING, np.array(rows, int), _COLUMNS)
        for row, (begins, ends, direct, *rest) in zip(rows, values, strict=True):
            if direct is not False and begins <= self.day < ends:
                yield _Held(row, *rest)


class _Held(NamedTuple):
    """One holding as it is told: numerators and denominators, None where unknown."""

    row: int
    holder: str
    organization: str
    share: int | None
    share_of: int | None
    share_to: int | None
    share_to_of: int | None
    votes: int | None
    votes_of: int | None
    votes_to: int | None
    votes_to_of: int | None


_COLUMNS: Final = (
    *("valid_from", "valid_to", "direct", "holder", "organization"),
    *("share_num", "share_den", "share_to_num", "share_to_den"),
    *("votes_num", "votes_den", "votes_to_num", "votes_to_den"),
)


def _added(holder: str, organization: str, told: list[_Held]) -> Stake:
    share = _share(told[0]) if len(told) == 1 else _sum(map(_share, told))
    plain = all(held.votes_of is None and held.votes_to_of is None for held in told)
    votes = share if plain else _sum(map(_votes, told))
    rows = tuple(sorted(held.row for held in told))
    return Stake(holder, organization, share, votes, rows)


def _sum(shares: Iterable[Interval]) -> Interval:
    low, high = ZERO, ZERO
    for share in shares:
        low, high = low + share.low, high + share.high
    return Interval(low, high)


def _share(held: _Held) -> Interval:
    """Return the share a holding tells; anything between nothing and all if none."""
    low = _fraction(held.share, held.share_of)
    high = _fraction(held.share_to, held.share_to_of)
    return _between(low, high) or UNKNOWN


def _votes(held: _Held) -> Interval:
    """Return the votes a holding tells, else its share: 公司法(2023) 65, 116."""
    low = _fraction(held.votes, held.votes_of)
    high = _fraction(held.votes_to, held.votes_to_of)
    return _between(low, high) or _share(held)


def _between(low: Fraction | None, high: Fraction | None) -> Interval | None:
    if low is None and high is None:
        return None
    least = ZERO if low is None else low
    most = least if high is None else high
    return Interval(min(least, most), max(least, most))


def _fraction(numerator: int | None, denominator: int | None) -> Fraction | None:
    """Return a told fraction; a negative or impossible one tells nothing."""
    if numerator is None or not denominator:
        return None
    found = Fraction(numerator, denominator)
    return found if found >= 0 else None


def _without_own(votes: list[Interval], stakes: list[Stake]) -> list[Interval]:
    """Return the votes with those of the company's own shares gone.

    A company does not vote in its own meeting: 公司法(2023) 116(1). The others' votes
    are of what is left.
    """
    own = next((v for v, s in zip(votes, stakes, strict=True) if _is_own(s)), None)
    if own is None or own.high >= ONE:
        return votes
    return [
        Interval(ZERO, ZERO)
        if _is_own(stake)
        else Interval(vote.low / (ONE - own.low), vote.high / (ONE - own.high))
        for vote, stake in zip(votes, stakes, strict=True)
    ]


def _is_own(stake: Stake) -> bool:
    return stake.holder == stake.organization


def agreeing(shares: list[Interval]) -> list[Interval]:
    """Return bounds that agree with all shares making up one whole at most.

    No share is larger than what the others leave at least. Where the told shares add
    up to more than the whole, each is at least what the others leave at most.
    """
    total = sum((s.low for s in shares), ZERO)
    if total <= ONE and all(s.is_exact for s in shares):
        return shares
    if total > ONE:
        shares = [Interval(max(ZERO, ONE - total + s.low), s.high) for s in shares]
        total = sum((s.low for s in shares), ZERO)
    return [Interval(s.low, min(s.high, ONE - total + s.low)) for s in shares]
