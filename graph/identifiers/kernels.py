"""Compiled checks over the buffers of an Arrow string column.

Each kernel gives, for every row, the number of the fault that the scalar function
of the same code names. Everything both sides must agree on (weights, alphabets,
spaces, placeholder words) comes in as tables made from the scalar modules, never as
globals: Numba's cache looks at the date of this file only and would keep old values.
For the same reason every compiled function of the package stands in this file.

The rules are passes over all rows, written as loops without calls: a call on every
row counts references of each array it is given, and that cost five times the work.
They look at the bytes as they lie; a row for which that is not enough (a space, a
small letter, another script) is read first and then goes through the same passes.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from graph.identifiers.faults import CodeFault

_OK = int(CodeFault.OK)
_EMPTY = int(CodeFault.EMPTY)
_PLACEHOLDER = int(CodeFault.PLACEHOLDER)
_MASKED = int(CodeFault.MASKED)
_LENGTH = int(CodeFault.LENGTH)
_ALPHABET = int(CodeFault.ALPHABET)
_REGION = int(CodeFault.REGION_NOT_DIGITS)
_CHECK = int(CodeFault.CHECK_CHARACTER)
_BIRTH = int(CodeFault.BIRTH_DATE)
_FUTURE = int(CodeFault.BIRTH_AFTER_AS_OF)
_INNER = int(CodeFault.INNER_CHECK_CHARACTER)
_UNREAD = 255
"""The row is not plain digits and capitals and must be read character by character."""

Numbers = NDArray[np.int64]
Bytes = NDArray[np.uint8]


class Text(NamedTuple):
    """The buffers of one string array; a null row reads as empty."""

    data: Bytes
    offsets: Numbers
    validity: Bytes
    """Bitmap; of length 0 when no row is null."""
    first_bit: int


class Reading(NamedTuple):
    """How characters are read (graph.identifiers.normal)."""

    spaces: Numbers
    words: Numbers
    """Placeholder words, one a row: its length, then its characters."""
    longest: int


class UsccRule(NamedTuple):
    """Tables of GB 32100 and GB 11714 by byte; -1 is not in the alphabet."""

    values: Numbers
    weights: Numbers
    inner_values: Numbers
    inner_weights: Numbers
    inner_checks: Numbers
    """The check character for each remainder of the weighted sum by 11."""


class ResidentRule(NamedTuple):
    """Tables of GB 11643 and the days between which a birth is possible."""

    weights: Numbers
    checks: Numbers
    earliest_year: int
    as_of: int
    """The day asked about as the number yyyymmdd."""


@njit(cache=True, nogil=True)
def _character(data: Bytes, at: int, stop: int) -> tuple[int, int]:
    """Return the UTF-8 character at a byte and where the next one starts."""
    lead = int(data[at])
    if lead < 0x80:
        return lead, at + 1
    count = 2 if lead < 0xE0 else (3 if lead < 0xF0 else 4)
    code = lead & (0xFF >> (count + 1))
    end = min(at + count, stop)
    for i in range(at + 1, end):
        code = (code << 6) | (int(data[i]) & 0x3F)
    return code, end


@njit(cache=True, nogil=True)
def _folded(code: int) -> int:
    """Return the half-width capital of a character."""
    if 0xFF01 <= code <= 0xFF5E:
        code -= 0xFEE0
    if 0x61 <= code <= 0x7A:
        code -= 0x20
    return code


@njit(cache=True, nogil=True)
def _is_space(code: int, spaces: Numbers) -> bool:
    if 0x20 < code < 0x80:
        return False
    for space in spaces:  # noqa: SIM110  # any() over a generator does not compile
        if code == space:
            return True
    return False


@njit(cache=True, nogil=True)
def _read(text: Text, row: int, spaces: Numbers, out: Numbers) -> int:
    """Write the normalised characters of a row; return how many there are.

    Past the size of `out` characters are counted and not written.
    """
    at, stop = text.offsets[row], text.offsets[row + 1]
    count = trimmed = 0
    while at < stop:
        code, at = _character(text.data, at, stop)
        code = _folded(code)
        space = _is_space(code, spaces)
        if space and count == 0:
            continue
        if count < out.size:
            out[count] = code
        count += 1
        if not space:
            trimmed = count
    return trimmed


@njit(cache=True, nogil=True)
def _is_repeated(chars: Numbers, length: int) -> bool:
    """Return whether one character repeats, or zeros end in X."""
    first, last = chars[0], chars[length - 1]
    for i in range(1, length - 1):
        if chars[i] != first:
            return False
    return bool(first == last or (first == ord("0") and last == ord("X")))


@njit(cache=True, nogil=True)
def _is_word(chars: Numbers, length: int, words: Numbers) -> bool:
    if length >= words.shape[1]:
        return False
    for word in range(words.shape[0]):
        equal = words[word, 0] == length
        for i in range(length):
            equal &= words[word, i + 1] == chars[i]
        if equal:
            return True
    return False


@njit(cache=True, nogil=True)
def _screened(chars: Numbers, length: int, words: Numbers) -> int:
    """Return the fault of characters that cannot be a code of any kind, else OK."""
    if length == 0:
        return _EMPTY
    if length > chars.size:
        return _LENGTH
    if _is_repeated(chars, length) or _is_word(chars, length, words):
        return _PLACEHOLDER
    for i in range(length):
        if chars[i] == ord("*"):
            return _MASKED
    return _OK


@njit(cache=True, nogil=True)
def _as_bytes(chars: Numbers, length: int, out: Bytes) -> None:
    """Write characters as bytes; one outside ASCII as 0, which no alphabet holds."""
    for i in range(length):
        out[i] = chars[i] if chars[i] < 0x80 else 0


@njit(cache=True, nogil=True)
def _mark(text: Text, out: Bytes) -> None:
    """Correct what the passes found: null rows, placeholders, rows yet to be read."""
    data, offsets, validity = text.data, text.offsets, text.validity
    for row in range(out.size):
        bit = row + text.first_bit
        if validity.size and not (validity[bit >> 3] >> (bit & 7)) & 1:
            out[row] = _EMPTY
        elif out[row] == _LENGTH or out[row] == _ALPHABET:
            out[row] = _UNREAD
        else:
            first, last = data[offsets[row]], offsets[row + 1] - 1
            at = offsets[row] + 1
            while at < last and data[at] == first:
                at += 1
            x = first == ord("0") and data[last] == ord("X")
            if at == last and (data[last] == first or x):
                out[row] = _PLACEHOLDER


@njit(cache=True, nogil=True)
def _region_pass(data: Bytes, offsets: Numbers, out: Bytes) -> None:
    for row in range(out.size):
        if out[row] == _OK or out[row] == _CHECK:
            for i in range(offsets[row] + 2, offsets[row] + 8):
                if data[i] < ord("0") or data[i] > ord("9"):
                    out[row] = _REGION


@njit(cache=True, nogil=True)
def _inner_pass(data: Bytes, offsets: Numbers, rule: UsccRule, out: Bytes) -> None:
    values, weights, checks = rule.inner_values, rule.inner_weights, rule.inner_checks
    for row in range(out.size):
        if out[row] == _OK:
            start, total = offsets[row] + 8, 0
            for i in range(8):
                total += values[data[start + i]] * weights[i]
            if data[start + 8] != checks[total % 11]:
                out[row] = _INNER


@njit(cache=True, nogil=True)
def _uscc_passes(data: Bytes, offsets: Numbers, rule: UsccRule, out: Bytes) -> None:
    values, weights = rule.values, rule.weights
    for row in range(out.size):
        start, total = offsets[row], 0
        if offsets[row + 1] - start != 18:
            out[row] = _LENGTH
            continue
        out[row] = _OK
        for i in range(18):
            value = values[data[start + i]]
            if value < 0:
                out[row] = _ALPHABET
                break
            total += value * weights[i]
        if out[row] == _OK and total % 31:
            out[row] = _CHECK
    _region_pass(data, offsets, out)
    _inner_pass(data, offsets, rule, out)


@njit(cache=True, nogil=True)
def uscc_faults(text: Text, reading: Reading, rule: UsccRule, out: Bytes) -> None:
    """Write the fault of each row as a unified social credit code."""
    _uscc_passes(text.data, text.offsets, rule, out)
    _mark(text, out)
    chars, ends = np.empty(reading.longest, np.int64), np.zeros(2, np.int64)
    plain = np.empty(reading.longest, np.uint8)
    for row in range(out.size):
        if out[row] == _UNREAD:
            length = _read(text, row, reading.spaces, chars)
            out[row] = _screened(chars, length, reading.words)
            if out[row] == _OK:
                _as_bytes(chars, length, plain)
                ends[1] = length
                _uscc_passes(plain, ends, rule, out[row : row + 1])


@njit(cache=True, nogil=True)
def _days_in_month(year: int, month: int) -> int:
    if month == 2:
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        return 29 if leap else 28
    return 30 if month in (4, 6, 9, 11) else 31


@njit(cache=True, nogil=True)
def _birth_fault(born: int, earliest_year: int, as_of: int) -> int:
    """Return the fault of a birth date given as the number yyyymmdd."""
    year, month, day = born // 10000, born // 100 % 100, born % 100
    if year < earliest_year or not 1 <= month <= 12:
        return _BIRTH
    if not 1 <= day <= _days_in_month(year, month):
        return _BIRTH
    return _FUTURE if born > as_of else _OK


@njit(cache=True, nogil=True)
def _birth_pass(data: Bytes, offsets: Numbers, rule: ResidentRule, out: Bytes) -> None:
    for row in range(out.size):
        if out[row] == _OK or out[row] == _CHECK:
            start, short = offsets[row], offsets[row + 1] - offsets[row] == 15
            born = 19 if short else 0  # GB 11643-1999: 15 digits are of that century
            for i in range(start + 6, start + (12 if short else 14)):
                born = born * 10 + (int(data[i]) - ord("0"))
            fault = _birth_fault(born, rule.earliest_year, rule.as_of)
            if fault != _OK:
                out[row] = fault


@njit(cache=True, nogil=True)
def _resident_passes(
    data: Bytes, offsets: Numbers, rule: ResidentRule, out: Bytes
) -> None:
    weights, checks = rule.weights, rule.checks
    for row in range(out.size):
        start, length, total = offsets[row], offsets[row + 1] - offsets[row], 0
        if length not in (15, 18):
            out[row] = _LENGTH
            continue
        out[row] = _OK
        for i in range(min(length, 17)):
            digit = int(data[start + i]) - ord("0")
            if digit < 0 or digit > 9:
                out[row] = _ALPHABET
                break
            total += digit * weights[i]
        if length == 18 and out[row] == _OK:
            last = data[start + 17]
            if last != checks[total % 11]:
                known = ord("0") <= last <= ord("9") or last == ord("X")
                out[row] = _CHECK if known else _ALPHABET
    _birth_pass(data, offsets, rule, out)


@njit(cache=True, nogil=True)
def resident_faults(
    text: Text, reading: Reading, rule: ResidentRule, out: Bytes
) -> None:
    """Write the fault of each row as a resident identity number."""
    _resident_passes(text.data, text.offsets, rule, out)
    _mark(text, out)
    chars, ends = np.empty(reading.longest, np.int64), np.zeros(2, np.int64)
    plain = np.empty(reading.longest, np.uint8)
    for row in range(out.size):
        if out[row] == _UNREAD:
            length = _read(text, row, reading.spaces, chars)
            out[row] = _screened(chars, length, reading.words)
            if out[row] == _OK:
                _as_bytes(chars, length, plain)
                ends[1] = length
                _resident_passes(plain, ends, rule, out[row : row + 1])
