"""Equations of organizations that hold each other: solved, or enclosed.

Every value is the weighted mean of the holders' values. Only members that the owner
reaches at all stand in the equations; for them some way leads out of the ring, so the
equations have one solution, and a ring owned by itself alone never comes here.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.ownership.elimination import Factors, Row
from analytics.ownership.interval import ONE, ZERO

Column = list[tuple[str, Fraction]]
"""Holder and weight."""

Value = Callable[[str], Fraction]

Floats = NDArray[np.float64]

_GRAIN: Final = 1 << 60
_ROOMS: Final = tuple(2.0**-power for power in range(50, 20, -4))
"""How far the solution in floats is moved outward before it is checked."""
_POLICIES: Final = 20
"""So often the best weights are looked for; fewer make the bound wider, not wrong."""


def solve_ring(
    inner: Sequence[str],
    column: Callable[[str, Value], Column],
    value: Value,
    *,
    most: bool,
    exact: bool,
) -> dict[str, Fraction]:
    """Return the values of the members of a ring.

    Args:
        inner: the members whose values are asked for.
        column: the holders of a member and their weights, given the values so far.
        value: of everybody outside.
        most: whether weights are chosen to make the values largest.
        exact: whether to solve the equations, or only to enclose the solution.

    Returns:
        Member → value; exact, or a bound that errs on the safe side.
    """
    if not exact:
        return _enclosed(inner, column, value, most=most)
    columns = {name: column(name, value) for name in inner}
    while True:
        found = _solved(columns, value)
        if not most or not _improve(columns, column, found, value):
            return found


def _improve(
    columns: dict[str, Column],
    column: Callable[[str, Value], Column],
    found: dict[str, Fraction],
    value: Value,
) -> bool:
    """Give each member the better weights, given the values; say whether any is new."""
    known = _or_else(dict.fromkeys(columns, ZERO) | found, value)
    better = False
    for name in columns:
        proposed = column(name, known)
        if _mean(proposed, known) > found.get(name, ZERO):
            columns[name], better = proposed, True
    return better


def _solved(columns: Mapping[str, Column], value: Value) -> dict[str, Fraction]:
    given = _given(columns, value)
    names = _reached(columns, given)
    place = {name: at for at, name in enumerate(names)}
    rows: list[Row] = []
    for name in names:
        row: Row = {}
        for holder, weight in columns[name]:
            if holder in place:
                row[place[holder]] = row.get(place[holder], ZERO) + weight
        rows.append(row)
    solution = Factors(rows).solve([given[name] for name in names])
    return dict(zip(names, solution, strict=True))


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


def _enclosed(
    inner: Sequence[str],
    column: Callable[[str, Value], Column],
    value: Value,
    *,
    most: bool,
) -> dict[str, Fraction]:
    """Return bounds from above (`most`) or from below that were checked exactly.

    The equations are solved in floats and the solution is moved outward until every
    member's exact mean of it lies within; as means only grow with the values, the
    true ones then lie within too (Collatz; Berman, Plemmons 1994, ch. 6).
    """
    columns = {name: column(name, value) for name in inner}
    if not most:
        reached = _reached(columns, _given(columns, value))
        columns = {name: columns[name] for name in reached}
    names = list(columns)
    guess, slack = _in_floats(columns, value)
    for _ in range(_POLICIES if most else 0):
        known = _or_else(dict(zip(names, map(_dyadic, guess), strict=True)), value)
        better = {name: column(name, known) for name in names}
        if better == columns:
            break
        columns = better
        guess, slack = _in_floats(columns, value)
    for room in _ROOMS:
        moved = guess + slack * (room if most else -room)
        found = dict(zip(names, map(_dyadic, moved.clip(0.0, 1.0)), strict=True))
        known = _or_else(found, value)
        means = {n: _mean(column(n, known), known) for n in names}
        if all(m <= found[n] if most else m >= found[n] for n, m in means.items()):
            return {name: mean for name, mean in means.items() if mean}
    return dict.fromkeys(names, ONE) if most else {}


def _in_floats(columns: Mapping[str, Column], value: Value) -> tuple[Floats, Floats]:
    """Return the values of the members, and what they are if each is given one more."""
    place = {name: at for at, name in enumerate(columns)}
    system = np.eye(len(place))
    for name, held in columns.items():
        for holder, weight in held:
            if holder in place:
                system[place[name], place[holder]] -= float(weight)
    given = [float(amount) for amount in _given(columns, value).values()]
    sides = np.column_stack([given, np.ones(len(place))])
    try:
        both = np.linalg.solve(system, sides)
    except np.linalg.LinAlgError:
        both = np.ones_like(sides)
    return both[:, 0], both[:, 1]


def _given(columns: Mapping[str, Column], value: Value) -> dict[str, Fraction]:
    """Return what each member has of holders outside."""
    return {
        name: sum((w * value(h) for h, w in held if h not in columns), ZERO)
        for name, held in columns.items()
    }


def _mean(held: Column, known: Value) -> Fraction:
    return sum((weight * known(holder) for holder, weight in held), ZERO)


def _or_else(found: Mapping[str, Fraction], value: Value) -> Value:
    return lambda name: found[name] if name in found else value(name)


def _dyadic(amount: float) -> Fraction:
    return Fraction(round(amount * _GRAIN), _GRAIN)
