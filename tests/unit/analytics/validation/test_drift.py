import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.validation.drift import stability_index

numbers = st.lists(
    st.one_of(st.floats(-5, 5, allow_nan=False), st.just(math.nan)), min_size=1
).map(np.array)


@given(values=numbers)
def test_nothing_moved_is_zero(values: np.ndarray) -> None:
    assert stability_index(values, values) == pytest.approx(0)


@given(before=numbers, after=numbers)
def test_it_is_never_negative(before: np.ndarray, after: np.ndarray) -> None:
    found = stability_index(before, after)
    assert found is not None
    assert found >= -1e-12


def test_by_hand() -> None:
    before, after = np.array([0.0] * 50 + [1.0] * 50), np.array([0.0] * 75 + [1.0] * 25)
    told = (0.75 - 0.5) * math.log(0.75 / 0.5) + (0.25 - 0.5) * math.log(0.25 / 0.5)
    assert stability_index(before, after) == pytest.approx(told)


def test_what_is_no_longer_told_is_a_move() -> None:
    before, after = np.ones(100), np.where(np.arange(100) < 50, 1.0, np.nan)
    found = stability_index(before, after)
    assert found is not None
    assert found > 0.25


def test_nothing_to_compare_with() -> None:
    assert stability_index(np.empty(0), np.ones(1)) is None
