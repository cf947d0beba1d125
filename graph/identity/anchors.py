"""Addresses and numbers that several subjects may share, and their one spelling.

An anchor stands in the graph like a subject, so that who shares it can be found, but
nothing describes it and nothing propagates along it. Its identifier is a keyed digest:
a telephone number is found by trying all there are.
"""

import re
import unicodedata
from typing import Final

from graph.identity.subjects import normalise_name
from graph.vocabulary import ContactKind

ANCHOR_KINDS: Final = ("address", "phone", "email", "website")
_PREFIX: Final = "anc:"
_SHORTEST_ADDRESS: Final = 6
_SHORTEST_NUMBER: Final = 7
_MOBILE: Final = 11
_LOOSE_BLANK: Final = re.compile(r"(?<![!-~]) | (?![!-~])")
"""Between Chinese characters a blank says nothing, between Latin words it does."""
_COUNTRY: Final = re.compile(r"^(?:\+|00)86(?=\d{7,})")
_SCHEME: Final = re.compile(r"^(?:https?://)?(?:www\.)?")
_ADDRESSES: Final = (
    ContactKind.REGISTERED_ADDRESS,
    ContactKind.BUSINESS_ADDRESS,
    ContactKind.MAILING_ADDRESS,
)


def anchor_of(kind: ContactKind) -> str:
    """Return the kind of anchor: all kinds of address meet in one."""
    return "address" if kind in _ADDRESSES else kind.value


def is_anchor(identifier: str) -> bool:
    """Return whether the identifier means an address or a number."""
    return identifier.startswith(_PREFIX)


def anchor_kind(identifier: str) -> str:
    """Return the kind of anchor; "" for what is none or of no kind known."""
    if not is_anchor(identifier):
        return ""
    kind = identifier.split(":", 2)[1]
    return kind if kind in ANCHOR_KINDS else ""


def normalise_anchor(kind: str, text: str | None) -> str:
    """Return the one spelling under which an anchor is shared; "" if it names none.

    Args:
        kind: one of ANCHOR_KINDS.
        text: as it was written; one that is masked or a placeholder names nothing.
    """
    plain = unicodedata.normalize("NFKC", text or "").strip().casefold()
    if "*" in plain or not normalise_name(plain):
        return ""
    if kind == "phone":
        return _phone(plain)
    if kind == "email":
        return plain if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", plain) else ""
    if kind == "website":
        return _SCHEME.sub("", plain).rstrip("/")
    address = normalise_name(plain)
    return address if len(address) >= _SHORTEST_ADDRESS else ""


def _phone(text: str) -> str:
    digits = re.sub(r"\D", "", _COUNTRY.sub("", re.sub(r"[\s()-]", "", text)))
    if len(digits) < _SHORTEST_NUMBER or len(set(digits)) == 1:
        return ""
    return digits


def mask_anchor(kind: str, text: str) -> str:
    """Return what may be shown of an anchor: addresses whole, numbers in part.

    Spellings of one thing are shown alike, so that they do not contradict each other.
    """
    if kind == "phone":
        digits = normalise_anchor(kind, text)
        head = 3 if len(digits) == _MOBILE and digits.startswith("1") else 0
        hidden = max(0, len(digits) - head - 4)
        return digits[:head] + "*" * hidden + digits[head + hidden :]
    if kind == "email":
        name, _, place = normalise_anchor(kind, text).partition("@")
        return f"{name[:1]}***@{place}"
    if kind == "website":
        return normalise_anchor(kind, text)
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    return _LOOSE_BLANK.sub("", plain)
