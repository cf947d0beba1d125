"""What everybody above a subject has of it, in one pass where shares are known.

The walk goes back from the subject: how often it comes by an owner is the owner's share,
unless the owner is in a ring, which it could come by again; those are solved one by one.
"""

from collections.abc import Collection
from fractions import Fraction

from analytics.ownership.integrated import held_in_the_dark, owned_by
from analytics.ownership.interval import NONE, ONE, ZERO, Interval
from analytics.ownership.region import Region
from analytics.ownership.solving import eliminated, solves_exactly


def owners_of(subject: str, above: Region) -> dict[str, Interval]:
    """Return what each subject above has of the one below, itself excepted.

    Args:
        subject: canonical identifier, where the region starts.
        above: the region above it.

    Returns:
        Owner → integrated share; those who have nothing are not listed.
    """
    ringed = {name for block in above.blocks if above.is_ring(block) for name in block}
    if not _is_linear(above):
        ringed = set(above.depths)
    found = _acyclic(subject, above) if len(ringed) < len(above.depths) else {}
    for owner in ringed:
        found[owner] = owned_by(owner, above).get(subject, NONE)
    return {
        owner: found[owner]
        for owner in above.depths
        if owner != subject and found[owner].high > ZERO
    }


def _is_linear(above: Region) -> bool:
    registers = map(above.graph.into, above.depths)
    return all(r.is_exact for r in registers) and all(map(solves_exactly, above.blocks))


def _acyclic(subject: str, above: Region) -> dict[str, Interval]:
    low = _walked_back(subject, above, ())
    if not above.truncated:
        return {name: Interval.exactly(low[name]) for name in above.depths}
    before = _walked_back(subject, above, above.unexplored)
    dark = held_in_the_dark(above)
    mine = dark.get(subject, ZERO)
    return {
        # What comes by the owner first, or by those who may all be his.
        name: Interval(low[name], mine + before[name] * (ONE - dark.get(name, ZERO)))
        for name in above.depths
    }


def _walked_back(
    subject: str, above: Region, stops: Collection[str]
) -> dict[str, Fraction]:
    """Return how often the walk back comes by each; it does not go on from the stops."""
    found: dict[str, Fraction] = {}
    for block in reversed(above.blocks):
        inner = block if above.is_ring(block) else ()
        given = {
            name: sum(
                (
                    above.graph.share(name, other).low * found[other]
                    for other in above.links.successors(name)
                    if other not in inner and other not in stops
                ),
                ONE if name == subject else ZERO,
            )
            for name in block
        }
        found |= _round(given, above, stops) if inner else given
    return found


def _round(
    given: dict[str, Fraction], above: Region, stops: Collection[str]
) -> dict[str, Fraction]:
    """Return how often the walk comes by the members of a ring."""
    if above.is_self_owned(given):
        return given  # nobody stands above to ask
    place = {name: at for at, name in enumerate(given)}
    rows: list[dict[int, Fraction]] = []
    for name, at in place.items():
        row = {at: ONE, len(place): given[name]}
        for other in above.links.successors(name):
            if other in place and other not in stops:
                share = above.graph.share(name, other).low
                row[place[other]] = row.get(place[other], ZERO) - share
        rows.append(row)
    return dict(zip(place, eliminated(rows), strict=True))
