"""Every query text this program can send, by name: the files of `cypher/`, no others.

Values travel as parameters only. What Cypher cannot take as a parameter, a label or
a relationship type, is written `__LABEL__` or `__TYPE__` in a file; such a file
stands for one text per word of the closed lists in graph.store.shapes.

Rows are maps, `$rows`. Where there are many they come as lists, `$table`, because a
server spends a fifth of its time on the names of the cells: such a file says `r.name` as
any other, and what is sent has the place of the cell instead (`CELLS`).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final, Protocol, TypeVar

from graph.identity import ANCHOR_KINDS
from graph.store.shapes import LABELS, TYPES

T = TypeVar("T")
Row = dict[str, Any]
_FAMILIES: Final = (
    ("__LABEL__", LABELS),
    ("__TYPE__", TYPES),
    ("__ANCHOR__", tuple(kind.capitalize() for kind in ANCHOR_KINDS)),
)


class Run(Protocol):
    """Runs one named query inside a transaction and returns all its rows."""

    def __call__(self, query: str, **values: object) -> list[Row]:
        """Return the rows of the query."""


class Stream(Protocol):
    """Runs one named query and yields its rows as they arrive."""

    def __call__(self, query: str, **values: object) -> Iterator[Row]:
        """Yield the rows of the query."""


class Transact(Protocol):
    """Does work in one transaction of its own, again if the server asks for it."""

    def __call__(self, work: Callable[[Run], T]) -> T:
        """Return what the work returned."""


def named(query: str, **values: object) -> Callable[[Run], list[Row]]:
    """Return the work that consists of one query."""
    return lambda run: run(query, **values)


_CELL: Final = re.compile(r"\br\.(\w+)")
_AS_LISTS: Final = "$table"


def _read() -> Iterator[tuple[str, str]]:
    for entry in files("graph.store").joinpath("cypher").iterdir():
        if entry.name.endswith(".cypher"):
            name = entry.name.removesuffix(".cypher")
            yield from _family(name, entry.read_text("utf-8").strip())


def _family(name: str, text: str) -> Iterator[tuple[str, str]]:
    """Yield `name` for a plain file, `name/WORD` for each word of a family."""
    for mark, words in _FAMILIES:
        if mark in text:
            yield from ((f"{name}/{word}", text.replace(mark, word)) for word in words)
            return
    yield name, text


def _cells(text: str) -> tuple[str, ...]:
    """Return the names of the cells of a row, in the order in which they first occur."""
    return tuple(dict.fromkeys(_CELL.findall(text))) if _AS_LISTS in text else ()


def _placed(text: str) -> str:
    places = {name: place for place, name in enumerate(_cells(text))}
    if not places:
        return text
    return _CELL.sub(lambda found: f"r[{places[found[1]]}]", text)


_WRITTEN: Final = dict(_read())
CELLS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {name: cells for name, text in _WRITTEN.items() if (cells := _cells(text))}
)
"""The cells of a row by name of a query that takes lists."""
TEXTS: Final[Mapping[str, str]] = MappingProxyType(
    {name: _placed(text) for name, text in _WRITTEN.items()}
)
"""Query text by name."""


def names(prefix: str) -> list[str]:
    """Return the names that begin so, sorted; for statements that run as a series."""
    return sorted(name for name in TEXTS if name.startswith(prefix))
