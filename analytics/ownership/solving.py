"""Equations of organizations that hold each other: exact for small rings.

Every value is the weighted mean of the holders' values. Only members that the owner
reaches at all stand in the equations; for them some way leads out of the ring, so the
equations have one solution, and a ring owned by itself alone never comes here.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Final

from analytics.ownership.interval import ONE, ZERO

Column = list[tuple[str, Fraction]]
"""Holder and weight."""

Value = Callable[[str], Fraction]

EXACT: Final = 48
"""Rings of up to so many members are solved exactly, larger ones to 2^-64."""

_GRAIN: Final = 1 << 96
_CLOSE: Final = Fraction(1, 1 << 64)
_ROUNDS: Final = 20_000


def solves_exactly(members: Sequence[str]) -> bool:
    """Return whether a ring of these members is solved rather than approached."""
    return len(members) <= EXACT


def solve_ring(
    inner: Sequence[str],
    column: Callable[[str, Value], Column],
    value: Value,
    *,
    most: bool,
) -> dict[str, Fraction]:
    """Return the values of the members of a ring.

    Args:
        inner: the members whose values are asked for.
        column: the holders of a member and their weights, given the values so far.
        value: of everybody outside.
        most: whether weights are chosen to make the values largest.

    Returns:
        Member → value; exact, or for large rings a bound that errs on the safe side.
    """
    if not solves_exactly(inner):
        return _iterated(inner, column, value, most=most)
    columns = {name: column(name, value) for name in inner}
    while True:
        found = _solved(columns, value)
        if not most or not _improve(columns, column, found, value):
            return found


def _improve(
    columns: dict[str, Column],
    column: Callable[[str, Value], Column],
    found: Mapping[str, Fraction],
    value: Value,
) -> bool:
    """Give each member the better weights, given the values; say whether any is new."""

    def known(name: str) -> Fraction:
        return found.get(name, ZERO) if name in columns else value(name)

    better = False
    for name in columns:
        proposed = column(name, known)
        if sum((w * known(h) for h, w in proposed), ZERO) > found.get(name, ZERO):
            columns[name], better = proposed, True
    return better


def _solved(columns: Mapping[str, Column], value: Value) -> dict[str, Fraction]:
    given = {
        name: sum((w * value(h) for h, w in held if h not in columns), ZERO)
        for name, held in columns.items()
    }
    names = _reached(columns, given)
    rows: list[dict[int, Fraction]] = []
    place = {name: at for at, name in enumerate(names)}
    for at, name in enumerate(names):
        row = {at: ONE, len(names): given[name]}
        for holder, weight in columns[name]:
            if holder in place:
                row[place[holder]] = row.get(place[holder], ZERO) - weight
        rows.append(row)
    return dict(zip(names, eliminated(rows), strict=True))


def _reached(columns: Mapping[str, Column], given: Mapping[str, Fraction]) -> list[str]:
    reached = {name for name, amount in given.items() if amount}
    fresh = set(reached)
    while fresh:
        fresh = {
            name
            for name, held in columns.items()
            if name not in reached and any(w and h in fresh for h, w in held)
        }
        reached |= fresh
    return sorted(reached)


def eliminated(rows: list[dict[int, Fraction]]) -> list[Fraction]:
    """Return the solution of equations; an M-matrix, so no pivot is zero.

    Args:
        rows: column → coefficient; the column after the last unknown is the right side.
    """
    size = len(rows)
    for at in range(size):
        pivot = rows[at].pop(at)
        rows[at] = {k: v / pivot for k, v in rows[at].items() if k > at}
        for other in rows:
            factor = other.pop(at, ZERO) if other is not rows[at] else ZERO
            if factor:
                for k, v in rows[at].items():
                    other[k] = other.get(k, ZERO) - factor * v
    return [row.get(size, ZERO) for row in rows]


def _iterated(
    inner: Sequence[str],
    column: Callable[[str, Value], Column],
    value: Value,
    *,
    most: bool,
) -> dict[str, Fraction]:
    """Return bounds from the series: rounded down from 0, or up from 1."""
    members = set(inner)
    found = dict.fromkeys(inner, ONE if most else ZERO)

    def known(name: str) -> Fraction:
        return found[name] if name in members else value(name)

    for _ in range(_ROUNDS):
        moved = ZERO
        for name in inner:
            fresh = sum((w * known(h) for h, w in column(name, known)), ZERO)
            fresh = min(ONE, _rounded(fresh, up=most))
            moved = max(moved, abs(fresh - found[name]))
            found[name] = fresh
        if moved < _CLOSE:
            break
    return {name: amount for name, amount in found.items() if amount}


def _rounded(amount: Fraction, *, up: bool) -> Fraction:
    scaled = amount.numerator * _GRAIN
    whole = -(-scaled // amount.denominator) if up else scaled // amount.denominator
    return Fraction(whole, _GRAIN)
