"""Law books as they would be: with versions switched, places left out, rules put in.

A supposed book is a book like any other, with a digest of its own; nothing of it is
stored. It answers "what if this rule were in force".
"""

import io
import zipfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Any, Final

from graph.errors import BadInput, NotFound
from graph.law.book import LawBook, shipped
from graph.law.model import Rule
from graph.law.shelves import SHELVES
from graph.vocabulary import Evidence

RULES: Final = next(shelf.place for shelf in SHELVES if shelf.model is Rule)
"""The folder in which each rule has a file of its own, named by its key."""


@dataclass(frozen=True, slots=True)
class Switches:
    """Which rules apply otherwise than in the book.

    Args:
        off: rules, or single versions (KEY@day), that do not apply.
        on: versions that are switched off as unverified and are taken as known.
        places: only rules of these jurisdictions apply; None means all.
    """

    off: frozenset[str] = frozenset()
    on: frozenset[str] = frozenset()
    places: frozenset[str] | None = None

    def __bool__(self) -> bool:
        """Return whether anything is switched."""
        return bool(self.off or self.on or self.places is not None)


def switched(book: LawBook, switches: Switches) -> LawBook:
    """Return the book in which the versions are switched as said.

    Raises:
        NotFound: a rule, version or jurisdiction that the book does not have.
        BadInput: a version is to be switched on that is on already, or on and off.
    """
    _check(book, switches)
    rules = [left for rule in book.rules.values() if (left := _rule(rule, switches))]
    return book.with_rules(rules)


def _rule(rule: Rule, switches: Switches) -> Rule | None:
    """Return what is left of a rule; None where nothing is."""
    places = switches.places
    if rule.key in switches.off or (places is not None and not _in(rule, places)):
        return None
    versions = tuple(
        version.model_copy(update={"evidence": Evidence.CITED})
        if rule.version_id(version) in switches.on
        else version
        for version in rule.versions
        if rule.version_id(version) not in switches.off
    )
    return rule.model_copy(update={"versions": versions}) if versions else None


def _in(rule: Rule, places: Collection[str]) -> bool:
    return rule.jurisdiction in places


def _check(book: LawBook, switches: Switches) -> None:
    for name in sorted(switches.off):
        if name not in book.rules and book.version(name) is None:
            raise _unknown(name)
    for name in sorted(switches.on):
        found = book.version(name)
        if found is None:
            raise _unknown(name)
        if found.version.is_active or name in switches.off:
            raise BadInput(
                f"版本 {name} 本来就适用，或者同时要求停用，不能启用。",
                f"The version {name} applies already, or is to be switched off too.",
                hint_zh="on 只用于因未核实而停用的版本。",
                hint_en="`on` is for versions that are off because unverified.",
            )
    known = {rule.jurisdiction for rule in book.rules.values()}
    for place in sorted((switches.places or frozenset()) - known):
        raise NotFound(
            f"法规库中没有适用地域为 {place} 的规则。",
            f"The law book has no rule of the jurisdiction {place!r}.",
            hint_zh=f"已有：{'、'.join(sorted(known))}。",
            hint_en=f"There are: {', '.join(sorted(known))}.",
        )


def _unknown(name: str) -> NotFound:
    return NotFound(
        f"法规库中没有规则或版本 {name}。",
        f"The law book has no rule or version {name!r}.",
        hint_zh="`creditgraph law list` 列出各条规则；版本写作 规则键@生效日。",
        hint_en="`creditgraph law list` names the rules; a version is KEY@day.",
    )


def amended(rules: Mapping[str, str], root: Traversable | None = None) -> Traversable:
    """Return the folder of a book in which these rules stand beside the others.

    Check and load it as any other (LawBook.check, LawBook.load).

    Args:
        rules: name of the file, which is the key of the rule and `.yaml` → its text.
            A rule of the same key gives way.
        root: the folder to begin with, by default the shipped one.
    """
    packed = io.BytesIO()
    archive = zipfile.ZipFile(packed, "w")
    added = {f"{RULES}/{name}": text.encode() for name, text in rules.items()}
    for name, content in {**dict(_files(root or shipped())), **added}.items():
        archive.writestr(name, content)
    return zipfile.Path(archive)


def _files(root: Traversable) -> Iterator[tuple[str, bytes]]:
    for shelf in SHELVES:
        place = root / shelf.place
        for file in place.iterdir() if shelf.is_folder else (place,):
            if file.name.endswith(".yaml") and file.is_file():
                folder = f"{shelf.place}/" if shelf.is_folder else ""
                yield f"{folder}{file.name}", file.read_bytes()


def read_amended(rules: Mapping[str, str], root: Any = None) -> LawBook:
    """Return the book with these rules put in.

    Raises:
        BrokenLawBook: with every fault, each with file and line.
    """
    return LawBook.load(amended(rules, root))
