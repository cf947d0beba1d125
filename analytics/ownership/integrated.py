"""Integrated ownership: what a subject owns directly and through others, exactly.

The share is the sum over all walks from the owner of the product of the shares along
it, where a walk does not come back to the owner: N_xy / N_xx with N = (I−W)^-1
(Magnanimi, Iezzi: Ownership graphs and reasoning in corporate economics, 2022; Baldone
et al. 1998). For an owner who is owned by nobody that is the plain series.

Where shares are unknown the answer is an interval: least with all shares at their
least, most with what is left of each register given to whom it makes most.
"""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

from analytics.ownership.holdings import Stake
from analytics.ownership.interval import ONE, ZERO, Interval
from analytics.ownership.region import Region
from analytics.ownership.solving import Column, solve_ring

Values = dict[str, Fraction]


def owned_by(owner: str, within: Region) -> dict[str, Interval]:
    """Return what the owner has of each organization of a region, itself excepted.

    Args:
        owner: canonical identifier, of the region.
        within: everything below the owner, or above the subject asked about.

    Returns:
        Subject → share; those of which the owner has nothing are not listed.
    """
    low = _least(owner, within)
    high = low if _is_exact(within) else _most(owner, within)
    return {
        name: Interval(low.get(name, ZERO), high[name])
        for name in within.depths
        if name != owner and high.get(name, ZERO) > ZERO
    }


def _is_exact(within: Region) -> bool:
    """Return whether the least is the answer: all shares known, all rings solved."""
    return within.has_exact_shares and not within.enclosed


def _least(owner: str, within: Region) -> Values:
    def column(name: str, _: Callable[[str], Fraction]) -> Column:
        return [(s.holder, s.share.low) for s in _stakes(name, within) if s.share.low]

    return _through(within, {owner: ONE}, column)


def _most(owner: str, within: Region) -> Values:
    graph = within.graph

    def column(name: str, value: Callable[[str], Fraction]) -> Column:
        register = graph.into(name)
        # Below the owner a cut leaves holders out who may themselves belong to him.
        everybody = within.truncated and within.direction == "down"
        stakes = register.stakes if everybody else _stakes(name, within)
        return richest(stakes, ONE - register.least, value)

    given = {owner: ONE}
    if within.direction == "up":
        # Who holds these was not looked at: it may all belong to the owner.
        given |= dict.fromkeys(within.unexplored, ONE)
    return _through(within, given, column, most=True)


def held_in_the_dark(within: Region) -> Values:
    """Return what holders that were not looked at may have of everybody, at most.

    For a region above a subject in which all shares are known.
    """

    def column(name: str, _: Callable[[str], Fraction]) -> Column:
        return [(s.holder, s.share.low) for s in _stakes(name, within) if s.share.low]

    return _through(within, dict.fromkeys(within.unexplored, ONE), column, most=True)


def _stakes(name: str, within: Region) -> list[Stake]:
    """Return the stakes of the region's own subjects: the others are worth nothing."""
    holders = within.graph.into(name).by_holder
    return [holders[other] for other in within.links.predecessors(name)]


def richest(
    stakes: Iterable[Stake], left: Fraction, value: Callable[[str], Fraction]
) -> Column:
    """Return the weights within the bounds of a register that make the value largest.

    Everybody gets the least he has; what is left goes to those who are worth most.
    """
    weights: list[tuple[str, Fraction]] = []
    for stake in sorted(stakes, key=lambda s: (-value(s.holder), s.holder)):
        more = ZERO
        if left and value(stake.holder):
            more = min(left, stake.share.high - stake.share.low)
        left -= more
        if stake.share.low + more:
            weights.append((stake.holder, stake.share.low + more))
    return weights


def _through(
    within: Region,
    given: Values,
    column: Callable[[str, Callable[[str], Fraction]], Column],
    *,
    most: bool = False,
) -> Values:
    """Return the value of every subject, block after block, from the given ones on."""
    values = dict(given)
    # Below the owner, whoever was not looked at may himself belong to the owner.
    outside = ONE if most and within.truncated and within.direction == "down" else ZERO

    def value(name: str) -> Fraction:
        return values.get(name, ZERO) if name in within.depths else outside

    reached = set(within.depths) if outside else within.below(given)
    for block in within.blocks[min(within.place[n] for n in given) :]:
        inner = [n for n in block if n in reached and n not in given]
        if len(inner) == 1 and not within.is_ring(block):
            values[inner[0]] = _weigh(column(inner[0], value), value)
        elif inner:
            exact = block not in within.enclosed
            values |= solve_ring(inner, column, value, most=most, exact=exact)
    return values


def _weigh(column: Column, value: Callable[[str], Fraction]) -> Fraction:
    return sum((weight * value(holder) for holder, weight in column), ZERO)


def convergence(owner: str, within: Region, *, terms: int = 64) -> list[float]:
    """Return how the series adds up: what each length of path adds over the region.

    Shown to people who want to see that (and how fast) the sum converges; the answer
    itself is solved, not summed.
    """
    added: list[float] = []
    now: Mapping[str, float] = {owner: 1.0}
    for _ in range(terms):
        following: dict[str, float] = {}
        for name in within.depths:
            if name == owner:
                continue
            got = sum(
                float(s.share.low) * now.get(s.holder, 0.0)
                for s in within.graph.into(name).stakes
            )
            if got:
                following[name] = got
        if not following:
            break
        added.append(sum(following.values()))
        now = following
    return added
