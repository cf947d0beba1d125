"""The holding graph of a snapshot on a day: read where asked, nothing precomputed.

It sees what the snapshot's scope allows. Linked identifiers are one subject; several
holdings of one pair are added; holdings told as indirect are never multiplied along a
path and therefore not in it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from analytics.ownership.interval import NONE, ONE, UNKNOWN, ZERO, Interval
from graph.records import Holding
from graph.snapshot import OPEN, Snapshot, day_of
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


@dataclass(frozen=True, slots=True)
class Register:
    """Everybody who holds an organization on the day.

    Args:
        stakes: by holder; the bounds agree with each other: they add up to 1 at most.
        stated: what the known shares add up to. Above 1 the register contradicts
            itself, and each share is at least what the others leave of the whole.
    """

    stakes: tuple[Stake, ...]
    stated: Fraction

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
                self.canonical(h.organization)
                for _, h in self._facts("holder", holder)
                if h.direct is not False
            }
            known = self._held[holder] = tuple(sorted(found))
        return known

    def stake(self, holder: str, organization: str) -> Stake | None:
        """Return what one holds of another directly, None for nothing."""
        stakes = self.into(organization).stakes
        return next((s for s in stakes if s.holder == holder), None)

    def share(self, holder: str, organization: str) -> Interval:
        """Return the share one holds of another directly, nothing included."""
        stake = self.stake(holder, organization)
        return stake.share if stake else NONE

    def told_indirect(self, organization: str) -> Iterator[tuple[int, Holding]]:
        """Yield the rows that tell of a share held through others."""
        for row, holding in self._facts("organization", organization):
            if holding.direct is False:
                yield row, holding

    def _read(self, organization: str) -> Register:
        rows: dict[str, list[tuple[int, Holding]]] = {}
        for row, holding in self._facts("organization", organization):
            if holding.direct is not False:
                rows.setdefault(self.canonical(holding.holder), []).append(
                    (row, holding)
                )
        stakes = [_added(h, organization, rows[h]) for h in sorted(rows)]
        stated = sum((s.share.low for s in stakes), ZERO)
        shares = agreeing([s.share for s in stakes])
        votes = agreeing(_without_own([s.votes for s in stakes], stakes))
        fitted = (
            replace(stake, share=share, votes=vote)
            for stake, share, vote in zip(stakes, shares, votes, strict=True)
        )
        return Register(tuple(fitted), stated)

    def _facts(self, column: str, subject: str) -> Iterator[tuple[int, Holding]]:
        kind, snapshot = FactKind.HOLDING, self.snapshot
        for row in snapshot.rows(kind, column, subject):
            fact = snapshot.fact(kind, row)
            assert isinstance(fact, Holding)  # noqa: S101  # kind of the table
            begins = day_of(fact.valid_from, absent=-OPEN)
            if begins <= self.day < day_of(fact.valid_to):
                yield row, fact


def _added(holder: str, organization: str, facts: list[tuple[int, Holding]]) -> Stake:
    shares = [share_of(fact) for _, fact in facts]
    votes = [votes_of(fact) for _, fact in facts]
    rows = tuple(sorted(row for row, _ in facts))
    return Stake(holder, organization, _sum(shares), _sum(votes), rows)


def _sum(shares: Iterable[Interval]) -> Interval:
    low, high = ZERO, ZERO
    for share in shares:
        low, high = low + share.low, high + share.high
    return Interval(low, high)


def share_of(fact: Holding) -> Interval:
    """Return the share a holding tells; anything between nothing and all if none."""
    low = _fraction(fact.share_num, fact.share_den)
    high = _fraction(fact.share_to_num, fact.share_to_den)
    return _between(low, high) or UNKNOWN


def votes_of(fact: Holding) -> Interval:
    """Return the votes a holding tells, else its share: 公司法(2023) 65, 116."""
    low = _fraction(fact.votes_num, fact.votes_den)
    high = _fraction(fact.votes_to_num, fact.votes_to_den)
    return _between(low, high) or share_of(fact)


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
    if total > ONE:
        shares = [Interval(max(ZERO, ONE - total + s.low), s.high) for s in shares]
        total = sum((s.low for s in shares), ZERO)
    return [Interval(s.low, min(s.high, ONE - total + s.low)) for s in shares]
