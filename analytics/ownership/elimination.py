"""Exact solution of the sparse equations of a ring: (I − W) x = b over fractions.

The members are eliminated in the order that makes fewest new coefficients, found by
minimum degree (Tinney, Walker 1967; Rose 1972). The diagonal of the inverse comes from
the factors without the rest of it (Takahashi, Fagan, Chin 1973; Erisman, Tinney 1975).
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush

from analytics.ownership.interval import ONE, ZERO

Row = dict[int, Fraction]
"""Column → coefficient; columns not named are zero."""


@dataclass(frozen=True, slots=True)
class Order:
    """In which order unknowns are eliminated.

    Args:
        names: the unknowns.
        later: for each unknown those it still stands in an equation with then.
    """

    names: list[int]
    later: list[list[int]]


def order_of(linked: Sequence[Set[int]], *, most: int | None = None) -> Order | None:
    """Return the order of elimination that makes few new coefficients.

    Args:
        linked: for each unknown those it stands in an equation with, both ways,
            itself left out.
        most: so many multiplications are allowed; None: any number.

    Returns:
        None if the elimination takes more than the allowed multiplications.
    """
    links = [set(others) for others in linked]
    heap = [(len(others), name) for name, others in enumerate(links)]
    heapify(heap)
    later: list[list[int]] = [[] for _ in links]
    names: dict[int, None] = {}
    work = 0
    while heap:
        degree, name = heappop(heap)
        around = links[name]
        if name in names or degree != len(around):
            continue  # done with, or its degree has changed since
        names[name] = None
        later[name] = sorted(around)
        work += degree**2
        if most is not None and work > most:
            return None
        for other in around:
            links[other] |= around
            links[other] -= {name, other}
            heappush(heap, (len(links[other]), other))
    return Order(list(names), later)


class Factors:
    """The factors L D U of I − W.

    Args:
        weights: for each unknown the weights of the others (and its own) in its value;
            they add up to at most 1, and some way leads to less than 1 from each: an
            M-matrix, so no pivot is zero.
    """

    def __init__(self, weights: Sequence[Row]) -> None:
        linked: list[set[int]] = [set() for _ in weights]
        for name, row in enumerate(weights):
            for other in row:
                if other != name:
                    linked[name].add(other)
                    linked[other].add(name)
        order = order_of(linked)
        assert order is not None  # noqa: S101 — no number of multiplications is too many
        self._order, self._later = order.names, order.later
        self._pivots: Row = {}
        self._upper: list[Row] = [{} for _ in weights]
        self._lower: list[Row] = [{} for _ in weights]
        """For each unknown: equation after it → how often it was taken from that."""
        rows = [{k: -w for k, w in row.items()} for row in weights]
        for name, row in enumerate(rows):
            row[name] = row.get(name, ZERO) + ONE
        for name in self._order:
            self._eliminate(name, rows)

    def _eliminate(self, name: int, rows: list[Row]) -> None:
        pivot = self._pivots[name] = rows[name].pop(name)
        upper = {k: v / pivot for k, v in rows[name].items() if v}
        self._upper[name] = upper
        for other in self._later[name]:
            factor = rows[other].pop(name, ZERO)
            if factor:
                self._lower[name][other] = factor / pivot
                row = rows[other]
                for k, v in upper.items():
                    row[k] = row.get(k, ZERO) - factor * v

    def solve(self, given: Sequence[Fraction]) -> list[Fraction]:
        """Return x with (I − W) x = given; in the order of the unknowns."""
        left = list(given)
        for name in self._order:
            if left[name]:
                for other, factor in self._lower[name].items():
                    left[other] -= factor * left[name]
        for name in reversed(self._order):
            known = (v * left[k] for k, v in self._upper[name].items())
            left[name] = left[name] / self._pivots[name] - sum(known, ZERO)
        return left

    def diagonal(self) -> list[Fraction]:
        """Return the diagonal of (I − W)^-1: how often a walk comes by its start."""
        inverse: list[Row] = [{} for _ in self._order]
        for name in reversed(self._order):
            upper, lower = self._upper[name], self._lower[name]
            mine = inverse[name]
            for other in self._later[name]:
                mine[other] = -sum(
                    (v * inverse[k][other] for k, v in upper.items()), ZERO
                )
                inverse[other][name] = -sum(
                    (inverse[other][k] * v for k, v in lower.items()), ZERO
                )
            back = sum((v * inverse[k][name] for k, v in upper.items()), ZERO)
            mine[name] = ONE / self._pivots[name] - back
        return [inverse[name][name] for name in range(len(inverse))]
