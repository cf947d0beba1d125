"""Addresses and numbers that subjects share: one spelling, nothing told in clear."""

import pyarrow as pa
import pytest

from graph.identity import (
    PersonKeys,
    anchor_kind,
    anchor_of,
    is_anchor,
    mask_anchor,
    normalise_anchor,
)
from graph.vocabulary import ContactKind

KEYS = PersonKeys(bytes(range(32)))


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("phone", "138-0000 1234", "+86 13800001234"),
        ("phone", "(0458)3612345", "0458-3612345"),
        ("phone", "008613800001234", "１３８００００１２３４"),
        ("email", "Info@Example.COM", "info@example.com "),
        ("website", "https://www.example.com/", "example.com"),
        ("address", "伊春市伊美区 新兴大街１号", "伊春市伊美区新兴大街1号"),
    ],
)
def test_spellings_of_one_anchor_meet(kind: str, one: str, other: str) -> None:
    ids = KEYS.anchor_ids(kind, pa.array([one, other])).to_pylist()
    assert ids[0] == ids[1]
    assert is_anchor(ids[0])
    assert anchor_kind(ids[0]) == kind


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("phone", "138****1234"),
        ("phone", "0000000"),
        ("phone", "12345"),
        ("phone", "无"),
        ("email", "nobody"),
        ("address", "伊春市"),
        ("address", "N/A"),
        ("website", ""),
    ],
)
def test_what_names_nothing_is_no_anchor(kind: str, text: str) -> None:
    assert normalise_anchor(kind, text) == ""
    assert KEYS.anchor_ids(kind, pa.array([text])).to_pylist() == [None]


def test_kinds_are_kept_apart_and_the_digest_is_keyed() -> None:
    number = pa.array(["13800001234"])
    (mine,) = KEYS.anchor_ids("phone", number).to_pylist()
    (theirs,) = PersonKeys(bytes(32)).anchor_ids("phone", number).to_pylist()
    (web,) = KEYS.anchor_ids("website", number).to_pylist()
    assert mine != theirs
    assert mine.split(":")[2] != web.split(":")[2]
    assert "13800001234" not in mine


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        ("phone", "13800001234", "138****1234"),
        ("phone", "0458-3612345", "*******2345"),
        ("email", "info@example.com", "i***@example.com"),
        ("address", " 新兴大街1号 ", "新兴大街1号"),
    ],
)
def test_numbers_are_shown_in_part(kind: str, text: str, shown: str) -> None:
    assert mask_anchor(kind, text) == shown


def test_both_addresses_meet_in_one_kind_of_anchor() -> None:
    assert {anchor_of(k) for k in ContactKind} == {
        "address",
        "phone",
        "email",
        "website",
    }
    assert anchor_of(ContactKind.BUSINESS_ADDRESS) == "address"
    assert anchor_kind("anc:other:1") == anchor_kind("org:x") == ""
