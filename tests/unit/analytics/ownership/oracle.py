"""Integrated ownership once more, in another way: a walk back from what is owned.

Each step moves every part of the whole to the holders of where it is; what reaches the
owner stays there. Nothing of the package's own arithmetic is used.
"""

from collections.abc import Mapping
from fractions import Fraction

Shares = Mapping[tuple[str, str], Fraction]
"""(holder, organization) → share."""


def walked_back(
    owner: str, owned: str, shares: Shares, *, steps: int
) -> tuple[Fraction, Fraction]:
    """What has reached the owner so far, and what is still under way."""
    arrived, under_way = Fraction(0), {owned: Fraction(1)}
    for _ in range(steps):
        following: dict[str, Fraction] = {}
        for (holder, organization), share in shares.items():
            part = under_way.get(organization, Fraction(0)) * share
            if holder == owner:
                arrived += part
            elif part:
                following[holder] = following.get(holder, Fraction(0)) + part
        under_way = following
    return arrived, sum(under_way.values(), Fraction(0))
