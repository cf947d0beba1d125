"""What a foreign standard offers to the reader of its files."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from loaders.issues import Fault

Statement: TypeAlias = Mapping[str, Any]
Cells: TypeAlias = dict[str, str]
Survey: TypeAlias = dict[str, str]
"""Kind of subject ("person" or "organization") by identifier, for the whole file."""


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard of nested statements, one a line.

    Args:
        name: for messages.
        marks: keys that every statement of the standard has.
        headings: of the rows it becomes.
        subject: returns (identifier, kind of subject) of a statement that describes
            a subject, else None.
        row: returns the cells of a statement, or what is wrong with it.
    """

    name: str
    marks: frozenset[str]
    headings: tuple[str, ...]
    subject: Callable[[Statement], tuple[str, str] | None]
    row: Callable[[Statement, Survey], Cells | Fault]


def texts(value: object) -> list[str]:
    """Return the texts of a value that may be one, several or none."""
    found = value if isinstance(value, list) else [value]
    return [str(v).strip() for v in found if v not in (None, "", [], {})]


def objects(value: object) -> list[Statement]:
    """Return the objects of a list that should hold nothing else."""
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def inner(statement: Statement, key: str) -> Statement:
    """Return the object under a key; an empty one where there is none."""
    value = statement.get(key)
    return value if isinstance(value, dict) else {}
