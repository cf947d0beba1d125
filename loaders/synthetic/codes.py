"""Codes that pass every check and belong to nobody.

* Unified codes: the subject part begins with MX, which no authority has issued.
* Resident numbers: the region ends in 99 (230799, 230499), which the national list
  of regions has never assigned to a county, so no such number was ever given out.
"""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from graph.identifiers.resident import RESIDENT_CHECKS, RESIDENT_WEIGHTS
from graph.identifiers.uscc import (
    ORGANIZATION_ALPHABET,
    ORGANIZATION_CHECKS,
    ORGANIZATION_WEIGHTS,
    USCC_ALPHABET,
    USCC_WEIGHTS,
)
from loaders.synthetic.draw import Ints


def _bytes(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode(), dtype=np.uint8)


_USCC_LETTERS = _bytes(USCC_ALPHABET)
_USCC_WEIGHTS = np.array(USCC_WEIGHTS, dtype=np.int64)
_SUBJECT_WEIGHTS = np.array(ORGANIZATION_WEIGHTS, dtype=np.int64)
_SUBJECT_CHECKS = _bytes(ORGANIZATION_CHECKS)
_RESIDENT_WEIGHTS = np.array(RESIDENT_WEIGHTS, dtype=np.int64)
_RESIDENT_CHECKS = _bytes(RESIDENT_CHECKS)

_SUBJECT_NUMBERS = 31**6
_SUBJECT_STEP = 295_147_921
"""No multiple of 31, so no two numbers meet; neighbours get distant codes."""

_FIRST_BIRTHDAY = np.datetime64("1952-01-01")
_BIRTHDAYS = 12_800
_RESIDENT_STEP = 7_919_317
_RESIDENT_NUMBERS = _BIRTHDAYS * 1000

Bytes = NDArray[np.uint8]


def _table(letters: Bytes) -> Ints:
    values = np.full(128, -1, dtype=np.int64)
    values[letters] = np.arange(len(letters))
    return values


_USCC_VALUES = _table(_USCC_LETTERS)
_SUBJECT_VALUES = _table(_bytes(ORGANIZATION_ALPHABET))


def unified_codes(prefixes: Ints, regions: Ints, numbers: Ints) -> pa.Array:
    """Return unified social credit codes.

    Args:
        prefixes: positions in PREFIXES: who registered it, and what it is.
        regions: six-digit region codes.
        numbers: a running number of its own for each organization.
    """
    chars = np.empty((len(numbers), 18), dtype=np.uint8)
    chars[:, :2] = _PREFIX_BYTES[prefixes]
    _write_digits(chars[:, 2:8], regions)
    chars[:, 8:16] = _subject_bodies(numbers)
    chars[:, 16] = _subject_check(chars[:, 8:16])
    chars[:, 17] = _uscc_check(chars[:, :17])
    return _strings(chars)


PREFIXES = ("91", "92", "93", "12", "52", "11")
"""Enterprises, sole traders, cooperatives, institutions, social bodies, organs."""

_PREFIX_BYTES = _bytes("".join(PREFIXES)).reshape(-1, 2)


def resident_numbers(regions: Ints, numbers: Ints) -> pa.Array:
    """Return resident identity numbers of people who cannot exist.

    Args:
        regions: six-digit region codes that end in 99.
        numbers: a running number of its own for each person.
    """
    slots = (numbers * _RESIDENT_STEP + 4_242_424) % _RESIDENT_NUMBERS
    days = _FIRST_BIRTHDAY + (slots // 1000).astype("timedelta64[D]")
    chars = np.empty((len(numbers), 18), dtype=np.uint8)
    _write_digits(chars[:, :6], regions)
    _write_digits(chars[:, 6:14], _as_number(days))
    _write_digits(chars[:, 14:17], slots % 1000)
    total = (chars[:, :17].astype(np.int64) - 48) @ _RESIDENT_WEIGHTS
    chars[:, 17] = _RESIDENT_CHECKS[total % 11]
    return _strings(chars)


def _as_number(days: NDArray[np.datetime64]) -> Ints:
    months = days.astype("datetime64[M]")
    years = days.astype("datetime64[Y]").astype(np.int64) + 1970
    month = months.astype(np.int64) % 12 + 1
    day = (days - months).astype(np.int64) + 1
    number: Ints = years * 10_000 + month * 100 + day
    return number


def _subject_bodies(numbers: Ints) -> Bytes:
    slots = (numbers * _SUBJECT_STEP + 1_234_567) % _SUBJECT_NUMBERS
    body = np.empty((len(numbers), 8), dtype=np.uint8)
    body[:, 0], body[:, 1] = ord("M"), ord("X")
    for place in range(7, 1, -1):
        body[:, place] = _USCC_LETTERS[slots % 31]
        slots = slots // 31
    return body


def _subject_check(body: Bytes) -> Bytes:
    check: Bytes = _SUBJECT_CHECKS[(_SUBJECT_VALUES[body] @ _SUBJECT_WEIGHTS) % 11]
    return check


def _uscc_check(chars: Bytes) -> Bytes:
    check: Bytes = _USCC_LETTERS[-(_USCC_VALUES[chars] @ _USCC_WEIGHTS) % 31]
    return check


def _write_digits(out: Bytes, numbers: Ints) -> None:
    rest = np.asarray(numbers)
    for place in range(out.shape[1] - 1, -1, -1):
        out[:, place] = rest % 10 + 48
        rest = rest // 10


def _strings(chars: Bytes) -> pa.Array:
    count, width = chars.shape
    offsets = pa.py_buffer(np.arange(0, width * (count + 1), width, dtype=np.int32))
    return pa.Array.from_buffers(
        pa.string(), count, [None, offsets, pa.py_buffer(chars.tobytes())]
    )
