"""How the cells of each described column are read: chosen once for a file.

Each distinct text of a column is read once and its value remembered, so a million
equal dates cost one reading.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import pyarrow as pa

from graph.errors import Said
from graph.identifiers import check_registration_number
from graph.law.book import LawBook
from graph.schema import MONEY, WORDS
from loaders import days, values
from loaders.authorities import read_authority
from loaders.description import ColumnRule, SourceDescription
from loaders.issues import Fault, Reason
from loaders.vocabularies import readings

_REMEMBERED: Final = 200_000
"""Beyond so many distinct texts a column is a column of names: forget and go on."""

ARROW: Final[Mapping[str, pa.DataType]] = {
    "day": pa.date32(),
    "day_first": pa.date32(),
    "last_day": pa.date32(),
    "yuan": MONEY,
    "wan": MONEY,
    "flag": pa.bool_(),
    "texts": WORDS,
    "words": WORDS,
    "measures": WORDS,
}
"""Arrow type of the parsed column where it is not text."""


@dataclass(slots=True)
class Reader:
    """Reads the cells of one column."""

    heading: str
    rule: ColumnRule
    read: values.Reading
    _known: dict[str, object] = field(default_factory=dict)

    def __call__(self, text: str) -> Any:
        """Return the value of a cell, a fault, or None where nothing is there."""
        try:
            return self._known[text]
        except KeyError:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            value = None if values.is_null(text) else self.read(text)
            self._known[text] = value
            return value


def readers_of(source: SourceDescription, law: LawBook) -> list[Reader]:
    """Return a reader for each described column, in the order of the description."""
    named = readings(law)
    return [
        Reader(heading, rule, _reading(rule, heading, named))
        for heading, rule in source.columns.items()
    ]


def _reading(
    rule: ColumnRule, heading: str, named: Mapping[str, values.Reading]
) -> values.Reading:
    if rule.type in _SIMPLE:
        return _SIMPLE[rule.type]
    if rule.type == "texts":
        return _several(rule, values.read_text)
    if isinstance(rule.words, dict):
        make: Callable[[Mapping[str, str], Said], values.Reading] = (
            values.pattern_reader if rule.type == "pattern" else values.word_reader
        )
        one = make(rule.words, Said(heading, heading))
    else:
        one = named[rule.words or rule.type]
    return _several(rule, one) if rule.type in {"words", "measures"} else one


def _several(rule: ColumnRule, one: values.Reading) -> values.Reading:
    def read(text: str) -> object:
        for separator in rule.separator:
            text = text.replace(separator, "\n")
        found = []
        for part in text.split("\n"):
            if values.is_null(part):
                continue
            value = one(part.strip())
            if isinstance(value, Fault):
                return value
            found.append(value)
        return sorted(set(found), key=str) or None

    return read


def _registration_number(text: str) -> object:
    check = check_registration_number(text)
    if check.fault.absent:
        return None
    if check.ok:
        return check.value
    return Fault(
        Reason.CODE,
        f"{check.message_zh}，未采用",
        f"{check.message_en} It is not used.",
        "核对登记证照上的号码",
        "compare with the certificate",
        fatal=False,
    )


_SIMPLE: Final[Mapping[str, values.Reading]] = {
    "text": values.read_text,
    "document": values.read_document,
    "authority": read_authority,
    "uscc": values.read_text,
    "day": days.read_day,
    "day_first": days.read_day_first,
    "last_day": days.read_last_day,
    "yuan": values.read_yuan,
    "wan": values.read_wan,
    "share": values.read_share,
    "flag": values.read_flag,
    "region": values.read_region,
    "sector": values.read_sector,
    "registration_number": _registration_number,
}
