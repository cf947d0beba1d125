"""Codes of organizations: USCC (GB 32100), organization code (GB 11714), GS 15.

A code that fails GB 32100 is refused. A code that passes but carries an
organization code failing GB 11714 is kept with a warning: registers hold a few.
The region in characters 3 to 8 is where the subject was first registered; it may
be abolished since and is never used as the present region.

References:
    GB 32100-2015, GB 11714-1997, GS 15-2006 (check digit: ISO 7064 MOD 11,10).
"""

from graph.identifiers.faults import CodeCheck, CodeFault, CodeKind
from graph.identifiers.normal import (
    checked_by,
    in_alphabet,
    normalise_code,
    of_length,
    screen,
)

DIGITS = "0123456789"
USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""31 characters; I, O, S, V and Z are not used (GB 32100, 4.2)."""
USCC_WEIGHTS = tuple(pow(3, i, 31) for i in range(17))
ORGANIZATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
ORGANIZATION_CHECKS = "0X987654321"
"""The check character for each remainder by 11: 11 - remainder, 10 as X, 11 as 0."""
ORGANIZATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""Values are indices: A = 10 … Z = 35, not the values of GB 32100."""

_USCC_VALUES = {c: i for i, c in enumerate(USCC_ALPHABET)}
_ORGANIZATION_VALUES = {c: i for i, c in enumerate(ORGANIZATION_ALPHABET)}


def uscc_check_character(body: str) -> str:
    """Return character 18 for the first 17 of a USCC (GB 32100: weights 3^i mod 31)."""
    total = sum(_USCC_VALUES[c] * w for c, w in zip(body, USCC_WEIGHTS, strict=True))
    return USCC_ALPHABET[-total % 31]


def organization_check_character(body: str) -> str:
    """Return character 9 for the first 8 of an organization code (GB 11714)."""
    weighted = zip(body, ORGANIZATION_WEIGHTS, strict=True)
    total = sum(_ORGANIZATION_VALUES[c] * w for c, w in weighted)
    return ORGANIZATION_CHECKS[total % 11]


def registration_check_digit(body: str) -> str:
    """Return digit 15 for the first 14 of a registration number (MOD 11,10)."""
    product = 10
    for digit in body:
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    return str((11 - product) % 10)


def check_uscc(text: str | None) -> CodeCheck:
    """Return the first fault of a unified social credit code by GB 32100-2015."""
    kind, value = CodeKind.USCC, normalise_code(text)
    return (
        screen(kind, value)
        or of_length(kind, value, 18)
        or in_alphabet(kind, value, USCC_ALPHABET, check=uscc_check_character)
        or _region_fault(value)
        or checked_by(
            kind, value, uscc_check_character(value[:17]), CodeFault.CHECK_CHARACTER, 17
        )
        or checked_by(
            kind,
            value,
            organization_check_character(value[8:16]),
            CodeFault.INNER_CHECK_CHARACTER,
            16,
        )
        or CodeCheck(kind, CodeFault.OK, value)
    )


def _region_fault(value: str) -> CodeCheck | None:
    for index in range(2, 8):
        if value[index] not in DIGITS:
            fault = CodeFault.REGION_NOT_DIGITS
            return CodeCheck(CodeKind.USCC, fault, value, index + 1, value[index])
    return None


def check_organization_code(text: str | None) -> CodeCheck:
    """Return the first fault of an organization code by GB 11714-1997.

    The hyphen before the check character is accepted and left out of the value.
    """
    kind, value = CodeKind.ORGANIZATION_CODE, normalise_code(text)
    if value[8:9] == "-":
        value = value[:8] + value[9:]
    return (
        screen(kind, value)
        or of_length(kind, value, 9)
        or in_alphabet(
            kind,
            value,
            ORGANIZATION_ALPHABET,
            last=ORGANIZATION_CHECKS,
            check=organization_check_character,
        )
        or checked_by(
            kind,
            value,
            organization_check_character(value[:8]),
            CodeFault.CHECK_CHARACTER,
            8,
        )
        or CodeCheck(kind, CodeFault.OK, value)
    )


def check_registration_number(text: str | None) -> CodeCheck:
    """Return the first fault of a 15-digit registration number by GS 15-2006.

    Numbers of 13 digits, given before 2007, have no check digit and fail by length.
    """
    kind, value = CodeKind.REGISTRATION_NUMBER, normalise_code(text)
    return (
        screen(kind, value)
        or of_length(kind, value, 15)
        or in_alphabet(kind, value, DIGITS, check=registration_check_digit)
        or checked_by(
            kind,
            value,
            registration_check_digit(value[:14]),
            CodeFault.CHECK_CHARACTER,
            14,
        )
        or CodeCheck(kind, CodeFault.OK, value)
    )
