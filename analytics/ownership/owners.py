"""Who owns a subject and what it owns: shares, ways, depth, and what stays in the dark."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from heapq import heappop, heappush
from typing import Final

from analytics.ownership.holdings import HoldingGraph
from analytics.ownership.integrated import owned_by
from analytics.ownership.interval import ONE, ZERO, Interval
from analytics.ownership.region import NODES, Direction, Region, region
from analytics.ownership.upward import owners_of
from graph.identity import is_person

WAYS: Final = 12
_TRIED: Final = 4_000


@dataclass(frozen=True, slots=True)
class Way:
    """One chain of holdings from an owner to what it owns, nobody in it twice.

    Args:
        subjects: from the owner on.
        share: the product of the shares.
    """

    subjects: tuple[str, ...]
    share: Interval


@dataclass(frozen=True, slots=True)
class Owned:
    """What one subject has of another.

    Args:
        other: the owner (up) or what is owned (down).
        share: integrated.
        direct: of it held directly.
        depth: in how many steps at least.
        ways: the largest chains.
        ways_truncated: there are more than are listed.
        ends_here: nobody is recorded to hold anything of an owner (up).
    """

    other: str
    share: Interval
    direct: Interval
    depth: int
    ways: tuple[Way, ...]
    ways_truncated: bool
    ends_here: bool


@dataclass(frozen=True, slots=True)
class Ownership:
    """Everything above or below a subject.

    Args:
        items: largest first.
        persons: what persons certainly own in the end (up).
        others: what organizations own of whom no holder is recorded (up).
        opaque: what can be traced to nobody (up).
        contradictory: registers that tell of more than the whole.
    """

    within: Region
    items: tuple[Owned, ...]
    persons: Fraction
    others: Fraction
    opaque: Fraction
    contradictory: tuple[str, ...]

    @property
    def depth(self) -> int:
        """Return over how many levels the region reaches."""
        return max(self.within.depths.values())


def ownership_of(
    subject: str,
    graph: HoldingGraph,
    direction: Direction,
    *,
    max_nodes: int = NODES,
    max_depth: int | None = None,
    ways: int = WAYS,
) -> Ownership:
    """Return who owns a subject (`up`) or what it owns (`down`), exactly.

    Args:
        subject: canonical identifier.
        graph: who holds whom.
        direction: up or down.
        max_nodes: at most so many subjects are looked at.
        max_depth: at most so many steps away.
        ways: at most so many chains are listed for each.
    """
    within = region(graph, subject, direction, max_nodes=max_nodes, max_depth=max_depth)
    shares = (owners_of if direction == "up" else owned_by)(subject, within)
    items = [_owned(subject, other, shares[other], within, ways) for other in shares]
    items.sort(key=lambda o: (-o.share.low, -o.share.high, o.other))
    ends = [o for o in items if o.ends_here]
    persons = sum((o.share.low for o in ends if is_person(o.other)), ZERO)
    others = sum((o.share.low for o in ends if not is_person(o.other)), ZERO)
    return Ownership(
        within,
        tuple(items),
        persons,
        others,
        ONE - persons - others,
        tuple(n for n in within.depths if graph.into(n).is_contradictory),
    )


def _owned(
    subject: str, other: str, share: Interval, within: Region, limit: int
) -> Owned:
    up = within.direction == "up"
    owner, owned = (other, subject) if up else (subject, other)
    found, cut = ways_between(owner, owned, within, limit=limit)
    return Owned(
        other,
        share,
        within.graph.share(owner, owned),
        within.depths[other],
        found,
        cut,
        up and not within.graph.into(other).stakes and other not in within.unexplored,
    )


def ways_between(
    owner: str, owned: str, within: Region, *, limit: int = WAYS
) -> tuple[tuple[Way, ...], bool]:
    """Return the largest chains from an owner down to what it owns, largest first.

    Best first, with a limit on how many beginnings are tried.

    Returns:
        The chains and whether there are, or may be, more.
    """
    share = _remembered(within.graph)
    useful = within.below([owner])
    found: list[Way] = []
    heap: list[tuple[Fraction, Fraction, tuple[str, ...]]] = [(-ONE, -ONE, (owned,))]
    tried = 0
    while heap and len(found) < limit and tried < _TRIED:
        high, low, names = heappop(heap)
        tried += 1
        if names[0] == owner:
            found.append(Way(names, Interval(-low, -high)))
            continue
        for stake in within.graph.into(names[0]).stakes:
            holder = stake.holder
            if holder in useful and holder not in names:
                part = share(holder, names[0])
                if part.high:
                    following = (high * part.high, low * part.low, (holder, *names))
                    heappush(heap, following)
    return tuple(found), bool(heap)


def _remembered(graph: HoldingGraph) -> Callable[[str, str], Interval]:
    known: dict[tuple[str, str], Interval] = {}

    def share(holder: str, organization: str) -> Interval:
        pair = holder, organization
        if pair not in known:
            known[pair] = graph.share(holder, organization)
        return known[pair]

    return share
