"""Who owns a subject and what it owns: shares, ways, depth, and what stays in the dark."""

from dataclasses import dataclass
from fractions import Fraction

from analytics.ownership.holdings import HoldingGraph
from analytics.ownership.integrated import owned_by
from analytics.ownership.interval import ONE, ZERO, Interval
from analytics.ownership.region import NODES, Direction, Region, region
from analytics.ownership.upward import owners_of
from analytics.ownership.ways import WAYS, Way, Ways, ways_in
from graph.identity import is_person


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
    chains = ways_in(within, limit=ways)
    items = [_owned(subject, other, shares[other], chains) for other in shares]
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


def _owned(subject: str, other: str, share: Interval, chains: Ways) -> Owned:
    within = chains.within
    up = within.direction == "up"
    owner, owned = (other, subject) if up else (subject, other)
    return Owned(
        other,
        share,
        within.graph.share(owner, owned),
        within.depths[other],
        chains.to(other),
        other in chains.truncated,
        up and not within.graph.into(other).stakes and other not in within.unexplored,
    )
