"""The law book: everything the law says that the system may act on.

A book is loaded whole or not at all. Its digest is of its content, not of its files:
the same content from a folder and from the journal is the same book.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any, NamedTuple

from pydantic import ValidationError

from graph.errors import LawDataError
from graph.law.checks import check_draft
from graph.law.faults import BrokenLawBook, Fault
from graph.law.model import (
    SEVERE,
    Field,
    Instrument,
    ListDefinition,
    Measure,
    PersonState,
    Purpose,
    RoleRule,
    Rule,
    RuleVersion,
    Threshold,
    Trigger,
)
from graph.law.reading import read_book
from graph.law.shelves import SHELVES, Shelf
from graph.vocabulary import OrganizationKind

FORMAT = 1
"""Version of the payload; an older one must stay readable."""


class ActiveVersion(NamedTuple):
    """A rule version that may have effects, with its identifier KEY@day."""

    version_id: str
    rule: Rule
    version: RuleVersion


@dataclass(frozen=True, eq=False, repr=False)
class LawBook:
    """Instruments, measures, lists, fields, roles, purposes, thresholds, states, rules.

    Two books are equal when their content is.
    """

    instruments: Mapping[str, Instrument]
    measures: Mapping[str, Measure]
    lists: Mapping[str, ListDefinition]
    fields: Mapping[str, Field]
    roles: Mapping[OrganizationKind, RoleRule]
    purposes: Mapping[str, Purpose]
    thresholds: Mapping[str, Threshold]
    person_states: Mapping[str, PersonState]
    rules: Mapping[str, Rule]
    payload: bytes

    @classmethod
    def load(cls, root: Traversable | None = None) -> "LawBook":
        """Return the book in a folder, by default the one shipped with the package.

        Raises:
            BrokenLawBook: with every fault, each with file and line.
        """
        draft = read_book(root or shipped())
        faults = check_draft(draft)
        if faults:
            raise BrokenLawBook(faults)
        content: dict[str, Any] = {"format": FORMAT}
        for shelf in SHELVES:
            models = draft.by_key(shelf.model)
            content[shelf.name] = [
                models[key].model_dump(mode="json") for key in sorted(models)
            ]
        return cls.from_payload(_canonical(content))

    @classmethod
    def check(cls, root: Traversable | None = None) -> list[Fault]:
        """Return every fault of the book in a folder; none means it can be loaded."""
        return check_draft(read_book(root or shipped()))

    @classmethod
    def from_payload(cls, payload: bytes) -> "LawBook":
        """Return the book that `to_payload` wrote, with the same digest.

        Raises:
            LawDataError: the bytes are not a law book this program can read.
        """
        try:
            content = json.loads(payload)
            known = content.get("format")
        except (ValueError, AttributeError) as error:
            raise LawDataError(
                "载荷不是法规库。", "The payload is not a law book."
            ) from error
        if known != FORMAT:
            raise LawDataError(
                f"法规库的格式是 {known}，不是 {FORMAT}。",
                f"The law book has format {known!r}, not {FORMAT}.",
                hint_zh="请用写入它的程序版本读取。",
                hint_en="Read it with the version of the program that wrote it.",
            )
        try:
            return cls(payload=payload, **_shelved(content))
        except (KeyError, ValidationError) as error:
            raise LawDataError(
                f"法规库无法读取：{error}", f"The law book cannot be read: {error}"
            ) from error

    def to_payload(self) -> bytes:
        """Return the whole book as canonical JSON; equal books give equal bytes."""
        return self.payload

    @cached_property
    def digest(self) -> str:
        """Return the SHA-256 of the content, in hexadecimal."""
        return hashlib.sha256(self.payload).hexdigest()

    def __repr__(self) -> str:
        """Return the rules and the digest; the content would fill pages."""
        return f"LawBook({', '.join(self.rules)}; {self.digest[:12]})"

    def __eq__(self, other: object) -> bool:
        """Return whether both books say the same, to the letter."""
        return isinstance(other, LawBook) and self.payload == other.payload

    def __hash__(self) -> int:
        """Return a hash of the content."""
        return hash(self.digest)

    @cached_property
    def _versions(self) -> Mapping[str, ActiveVersion]:
        every = [
            ActiveVersion(rule.version_id(version), rule, version)
            for rule in self.rules.values()
            for version in rule.versions
        ]
        return MappingProxyType({v.version_id: v for v in every})

    def with_rules(self, rules: Iterable[Rule]) -> "LawBook":
        """Return the book with these rules in the place of its own."""
        content = json.loads(self.payload)
        models = {rule.key: rule for rule in rules}
        content["rules"] = [models[k].model_dump(mode="json") for k in sorted(models)]
        return LawBook.from_payload(_canonical(content))

    def active_versions(self) -> tuple[ActiveVersion, ...]:
        """Return the versions that may have effects; unverified ones are left out."""
        return tuple(v for v in self._versions.values() if v.version.is_active)

    def version(self, version_id: str) -> ActiveVersion | None:
        """Return the version with this identifier, also when it is switched off."""
        return self._versions.get(version_id)

    def leading_text(self, version: RuleVersion) -> Instrument:
        """Return the text on which a version rests, the first of its bases."""
        return self.instruments[version.basis[0].instrument]

    @cached_property
    def severe_lists(self) -> frozenset[str]:
        """Return the keys of the severe lists that may sanction."""
        return frozenset(k for k, v in self.lists.items() if v.severe and v.sanctions)

    def lists_of(self, trigger: Trigger) -> frozenset[str]:
        """Return the lists that set a trigger off, with the word "severe" resolved.

        A list that may not sanction (no basis, or unverified) never does.
        """
        named = frozenset(k for k in trigger.lists if k != SEVERE)
        usable = frozenset(k for k in named if self.lists[k].sanctions)
        return usable | self.severe_lists if SEVERE in trigger.lists else usable

    def thresholds_of(self, trigger: Trigger) -> tuple[Threshold, ...]:
        """Return the thresholds that a trigger names and that may be reached."""
        named = (self.thresholds[key] for key in trigger.thresholds)
        return tuple(t for t in named if t.is_active)

    def list_named(self, name: str) -> ListDefinition | None:
        """Return the list with this key, name or alias."""
        return self.lists.get(name) or self._list_names.get(name)

    @cached_property
    def _list_names(self) -> Mapping[str, ListDefinition]:
        return MappingProxyType(
            {name: v for v in self.lists.values() for name in (v.zh, *v.aliases)}
        )


def shipped() -> Traversable:
    """Return the folder of the book that is shipped with the package."""
    return files("graph.law")


def _canonical(content: dict[str, Any]) -> bytes:
    return json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode()


def _shelved(content: dict[str, Any]) -> dict[str, Any]:
    return {
        shelf.name: MappingProxyType(
            {
                getattr(model, shelf.key): model
                for model in (
                    shelf.model.model_validate_json(json.dumps(entry), strict=True)
                    for entry in _entries(content, shelf)
                )
            }
        )
        for shelf in SHELVES
    }


def _entries(content: dict[str, Any], shelf: Shelf) -> list[Any]:
    found = content.get(shelf.name, []) if shelf.is_late else content[shelf.name]
    return list(found)
