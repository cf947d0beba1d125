"""What everybody above a subject has of it, in one pass where shares are known.

The walk goes back from the subject: how often it comes by an owner, divided by how often
it comes by him again once it is there, is the owner's share. Only members of a ring are
come by again.
"""

from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction

from analytics.ownership.elimination import Factors, Row
from analytics.ownership.integrated import held_in_the_dark, owned_by
from analytics.ownership.interval import NONE, ONE, ZERO, Interval
from analytics.ownership.region import Region


def owners_of(subject: str, above: Region) -> dict[str, Interval]:
    """Return what each subject above has of the one below, itself excepted.

    Args:
        subject: canonical identifier, where the region starts.
        above: the region above it.

    Returns:
        Owner → integrated share; those who have nothing are not listed.
    """
    found = _at_once(subject, above) if _is_linear(above) else {}
    return {
        owner: share
        for owner in above.depths
        if owner != subject
        if (share := found.get(owner) or _alone(owner, subject, above)).high > ZERO
    }


def _alone(owner: str, subject: str, above: Region) -> Interval:
    return owned_by(owner, above).get(subject, NONE)


def _is_linear(above: Region) -> bool:
    registers = map(above.graph.into, above.depths)
    return all(r.is_exact for r in registers) and not above.enclosed


def _at_once(subject: str, above: Region) -> dict[str, Interval]:
    """Return the shares of all but the members of rings that nobody else owns."""
    low = _first_visits(subject, above, ())
    if not above.truncated:
        return {name: Interval.exactly(share) for name, share in low.items()}
    before = _first_visits(subject, above, above.unexplored)
    dark = held_in_the_dark(above)
    mine = dark.get(subject, ZERO)
    return {
        # What comes by the owner first, or by those who may all be his.
        name: Interval(low[name], mine + before[name] * (ONE - dark.get(name, ZERO)))
        for name in low
    }


def _first_visits(
    subject: str, above: Region, stops: Collection[str]
) -> dict[str, Fraction]:
    """Return how likely the walk back comes by each; it does not go on from the stops.

    Members of rings that nobody else owns are left out: it never leaves them.
    """
    walk = _Walk(above, stops)
    visits: dict[str, Fraction] = {}
    first: dict[str, Fraction] = {}
    for block in reversed(above.blocks):
        given = [
            sum(
                (
                    w * visits[other]
                    for other, w in walk.onward(name)
                    if other in visits
                ),
                ONE if name == subject else ZERO,
            )
            for name in block
        ]
        if not above.is_ring(block):
            visits[block[0]] = first[block[0]] = given[0]
        elif above.is_self_owned(block):
            visits |= zip(block, given, strict=True)  # nobody stands above to ask
        else:
            factors = Factors(walk.within(block))
            visits |= zip(block, factors.solve(given), strict=True)
            again = factors.diagonal()
            first |= {n: visits[n] / again[at] for at, n in enumerate(block)}
    return first


class _Walk:
    """Steps of the walk back: from what is owned to who holds it."""

    def __init__(self, above: Region, stops: Collection[str]) -> None:
        self._above, self._stops = above, stops

    def onward(self, name: str) -> Iterator[tuple[str, Fraction]]:
        """Yield from what the walk comes to a holder, and how likely."""
        for other in self._above.links.successors(name):
            if other not in self._stops:
                yield other, self._above.graph.share(name, other).low

    def within(self, block: Sequence[str]) -> list[Row]:
        """Return the steps inside a ring."""
        place = {name: at for at, name in enumerate(block)}
        return [
            {place[other]: w for other, w in self.onward(name) if other in place}
            for name in block
        ]
