"""Person keys: a document number becomes a key that only the secret's owner can make.

A plain digest of an identity number is undone by trying all numbers there are; a
keyed one is not, as long as the secret stays secret. The key is 128 bits of
HMAC-SHA-256 over kind and normalised number. Changing the secret or the way a number
is normalised makes every person a stranger: both are fixed for the life of a store.
"""

import hmac
from typing import NoReturn

import pyarrow as pa
import pyarrow.compute as pc

from graph.errors import BadInput
from graph.identifiers import is_placeholder, normalise_code, upgrade_resident_id
from graph.identity.anchors import normalise_anchor
from graph.identity.columns import Column, as_text, by_distinct
from graph.vocabulary import Term

SHORTEST_SECRET = 32


class DocumentKind(Term):
    """Documents whose number names one person."""

    RESIDENT_ID = "resident_id", "居民身份证", "resident identity card"
    PASSPORT = "passport", "护照", "passport"
    HK_MACAU_PERMIT = (
        "hk_macau_permit",
        "港澳居民来往内地通行证",
        "mainland travel permit for Hong Kong and Macao residents",
    )
    TAIWAN_PERMIT = (
        "taiwan_permit",
        "台湾居民来往大陆通行证",
        "mainland travel permit for Taiwan residents",
    )
    FOREIGN_PERMANENT_RESIDENT = (
        "foreign_permanent_resident",
        "外国人永久居留身份证",
        "foreign permanent resident identity card",
    )


class UnusableNumber(BadInput):
    """A document number names nobody; which one it was is not told."""

    code = "unusable_number"

    def __init__(self, kind: DocumentKind) -> None:
        super().__init__(
            f"{kind.zh}的号码为空、已脱敏或者是占位符。",
            f"The number of this {kind.en} is empty, masked or a placeholder.",
            hint_zh="没有号码的，按所在组织和身份确定此人。",
            hint_en="Without a number, scope the person to organization and role.",
        )
        self.kind = kind


class PersonKeys:
    """Makes person identifiers from document numbers under one secret."""

    __slots__ = ("_keyed",)

    def __init__(self, secret: bytes) -> None:
        """Take the deployment's secret.

        Raises:
            BadInput: the secret is shorter than 32 bytes.
        """
        if len(secret) < SHORTEST_SECRET:
            raise BadInput(
                f"人员密钥的长度是 {len(secret)} 字节，不足 {SHORTEST_SECRET} 字节。",
                f"The secret for person keys has {len(secret)} bytes, fewer than "
                f"{SHORTEST_SECRET}.",
                hint_zh="请用 load_or_create_secret 生成。",
                hint_en="Let load_or_create_secret make one.",
            )
        # The state after the secret went in; a copy of it saves half of each digest.
        self._keyed = hmac.new(secret, digestmod="sha256")

    def __repr__(self) -> str:
        """Name the class only."""
        return "PersonKeys(secret not shown)"

    def __reduce__(self) -> NoReturn:
        """Refuse to be pickled: the secret would travel along."""
        raise TypeError("PersonKeys is not pickled: the secret would travel along.")

    def person_id(self, id_kind: DocumentKind | str, number: str) -> str:
        """Return the person's identifier: "per:" and 32 hexadecimal digits.

        Spellings of one number (lower-case x, 15 digits, full width, spaces in a
        passport number) give one identifier. Whether the number is sound is a
        question for `check_resident_id`, which loaders ask first.

        Raises:
            UnusableNumber: empty, masked or a placeholder.
            UnknownTerm: no such kind of document.
        """
        kind = DocumentKind.parse(id_kind)
        value = _normalised(kind, number)
        if value is None:
            raise UnusableNumber(kind)
        return self._key(kind, value)

    def person_ids(
        self, id_kind: DocumentKind | str | Column, numbers: Column
    ) -> pa.Array:
        """Return the identifiers of a column; null where `person_id` would refuse.

        Args:
            id_kind: the kind of all documents, or a column of kinds beside them; a
                row without a kind has no identifier.
            numbers: the document numbers.
        """
        if isinstance(id_kind, str):
            return self._ids_of(DocumentKind.parse(id_kind), numbers)
        kinds, numbers = as_text(id_kind), as_text(numbers)
        ids = pa.nulls(len(numbers), pa.string())
        for word in kinds.drop_null().unique().to_pylist():
            of_kind = pc.if_else(pc.equal(kinds, word), numbers, None)
            ids = pc.coalesce(ids, self._ids_of(DocumentKind.parse(word), of_kind))
        return ids

    def anchor_ids(self, kind: str, values: Column) -> pa.Array:
        """Return the identifiers of addresses or numbers; null where none is meant.

        Args:
            kind: one of graph.identity.ANCHOR_KINDS.
            values: as they were written; spellings of one thing give one identifier.
        """

        def rename(text: str) -> str | None:
            value = normalise_anchor(kind, text)
            return (
                f"anc:{kind}:" + self._digest(f"{kind}\0{value}")[:32]
                if value
                else None
            )

        return by_distinct(values, rename)

    def check_value(self) -> str:
        """Return what a store keeps so that it can refuse another secret."""
        return self._digest("check")

    def _ids_of(self, kind: DocumentKind, numbers: Column) -> pa.Array:
        def rename(number: str) -> str | None:
            value = _normalised(kind, number)
            return None if value is None else self._key(kind, value)

        return by_distinct(numbers, rename)

    def _key(self, kind: DocumentKind, value: str) -> str:
        # The zero byte keeps kind and number apart, and both apart from "check".
        return "per:" + self._digest(f"{kind.value}\0{value}")[:32]

    def _digest(self, text: str) -> str:
        keyed = self._keyed.copy()
        keyed.update(text.encode())
        return keyed.hexdigest()


def _normalised(kind: DocumentKind, number: str | None) -> str | None:
    """Return the one spelling of a number; None when it names nobody."""
    value = normalise_code(number)
    if kind is DocumentKind.RESIDENT_ID:
        value = upgrade_resident_id(value)
    else:
        value = "".join(value.split())
    if not value or is_placeholder(value) or "*" in value:
        return None
    return value
