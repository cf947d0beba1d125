"""Codes and identity numbers in one column: each cell is what it proves to be."""

from datetime import date

import pyarrow as pa
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from graph.identifiers import resident_check_character
from loaders.mixed_codes import _plain, _sort
from tests.unit.loaders.conftest import P1, A

ORGANIZATION_CODE = "MXTRC301X"
REGISTRATION_NUMBER = "230799000001012"


@pytest.mark.parametrize(
    ("text", "kind", "column"),
    [
        (A, "organization", "uscc"),
        ("MXTRC301-X", "organization", "organization_code"),
        (REGISTRATION_NUMBER, "organization", "registration_number"),
        (P1, "person", ""),
        (P1.lower(), "person", ""),
        ("3701021980****1234", "person", ""),
        ("370102198001011234", "person", ""),  # wrong: the subject tells so
        ("91230717********8F", "organization", ""),
        ("12345", None, ""),
        ("", None, ""),
        (None, None, ""),
        ("000000000", None, ""),
    ],
)
def test_a_cell_is_what_it_proves_to_be(
    text: str | None, kind: str | None, column: str
) -> None:
    found = _sort(text, None)
    assert (found.kind, found.column) == (kind, column)


def test_who_is_said_to_be_a_person_has_no_code_of_an_organization() -> None:
    assert _sort(A, "person") == ("person", "", "", None)


def test_a_masked_or_wrong_lesser_code_is_left_out_and_told() -> None:
    for text in ("91230717********8F", "MXTRC301-8", "230799000001013"):
        fault = _sort(text, "organization").fault
        assert fault is not None
        assert not fault.fatal


def test_a_wrong_unified_code_refuses_the_row() -> None:
    fault = _sort(A[:-1] + "0", "organization").fault
    assert fault is not None
    assert fault.fatal


@given(
    st.sampled_from(["230717", "110105", "510104", "120103"]),
    st.dates(date(1950, 1, 1), date(2005, 12, 31)),
    st.integers(0, 999),
)
def test_no_sound_identity_number_is_taken_for_a_code(
    region: str, born: date, serial: int
) -> None:
    body = f"{region}{born:%Y%m%d}{serial:03}"
    assert _sort(body + resident_check_character(body), None).kind == "person"


@given(st.from_regex(r"[1-6]\d{5}[3-9]\d[01]\d[0-3]\d\d{3}", fullmatch=True))
def test_fifteen_digits_that_may_be_both_are_nobody(number: str) -> None:
    found = _sort(number, None)
    assume(found.kind is None)
    assert found.value == ""


CELLS = st.one_of(
    st.sampled_from(
        [
            A,
            A.lower(),
            P1,
            P1.lower(),
            "3701021980****1234",
            "",
            None,
            "暂无",
            "MXTRC301-X",
        ]
    ),
    st.from_regex(r"[1-9]\d{13,17}[\dX]?", fullmatch=True),
)


@given(st.lists(st.tuples(CELLS, st.sampled_from([None, "person", "organization"]))))
def test_many_cells_are_sorted_as_each_alone(
    rows: list[tuple[str | None, str | None]],
) -> None:
    texts, told = [r[0] for r in rows], [r[1] for r in rows]
    plain = _plain(pa.array(texts, pa.string()), told)
    for found, text, kind in zip(plain, texts, told, strict=True):
        assert found is None or found == _sort(text, kind)
