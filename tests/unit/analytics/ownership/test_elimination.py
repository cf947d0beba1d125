"""Exact elimination: the equations hold, the diagonal is the inverse's, order is cheap."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.ownership.elimination import Factors, Row, order_of


@st.composite
def systems(draw: st.DrawFn) -> list[Row]:
    """Random weights that add up to less than 1 in each equation."""
    size = draw(st.integers(1, 12))
    rows: list[Row] = []
    for _ in range(size):
        parts = draw(
            st.dictionaries(st.integers(0, size - 1), st.integers(0, 5), max_size=4)
        )
        whole = sum(parts.values()) + 1
        rows.append({k: Fraction(v, whole) for k, v in parts.items()})
    return rows


@settings(deadline=None)
@given(weights=systems(), data=st.data())
def test_the_solution_satisfies_every_equation(weights, data):
    given_ = [
        Fraction(v)
        for v in data.draw(
            st.lists(st.integers(0, 9), min_size=len(weights), max_size=len(weights))
        )
    ]
    x = Factors(weights).solve(given_)
    for at, row in enumerate(weights):
        assert x[at] - sum(w * x[k] for k, w in row.items()) == given_[at]


@settings(deadline=None)
@given(weights=systems())
def test_the_diagonal_is_that_of_the_inverse(weights):
    factors = Factors(weights)
    size = len(weights)
    unit = [[Fraction(at == k) for k in range(size)] for at in range(size)]
    assert factors.diagonal() == [factors.solve(unit[at])[at] for at in range(size)]


def test_a_star_is_eliminated_from_its_rays():
    star = [set(range(1, 50)), *({0} for _ in range(49))]
    order = order_of(star, most=49)
    assert order is not None
    assert order.names.index(0) >= 48
    assert order_of(star, most=47) is None
