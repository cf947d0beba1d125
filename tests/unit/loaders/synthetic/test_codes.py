"""Codes and numbers pass every check, are all different, and cannot be real."""

import numpy as np
import pyarrow as pa
import pytest

from graph.identifiers import check_resident_id_column, check_uscc_column
from loaders.synthetic.codes import PREFIXES, resident_numbers, unified_codes
from tests.unit.loaders.synthetic.conftest import DAY

NUMBERS = np.arange(30_000, dtype=np.int64)


@pytest.fixture(scope="module")
def codes() -> pa.Array:
    return unified_codes(NUMBERS % len(PREFIXES), 230717 + 0 * NUMBERS, NUMBERS)


@pytest.fixture(scope="module")
def residents() -> pa.Array:
    return resident_numbers(230799 + 0 * NUMBERS, NUMBERS)


def test_codes_are_sound_also_inside(codes: pa.Array) -> None:
    assert not check_uscc_column(codes).any()


def test_codes_are_different_and_of_a_range_never_issued(codes: pa.Array) -> None:
    assert len(codes.unique()) == len(NUMBERS)
    assert {c[8:10] for c in codes.to_pylist()} == {"MX"}


def test_numbers_are_sound(residents: pa.Array) -> None:
    assert not check_resident_id_column(residents, as_of=DAY).any()


def test_numbers_are_different_and_of_a_region_never_assigned(
    residents: pa.Array,
) -> None:
    assert len(residents.unique()) == len(NUMBERS)
    assert {n[4:6] for n in residents.to_pylist()} == {"99"}
