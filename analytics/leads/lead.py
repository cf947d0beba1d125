"""What a lead is: who, since when, on what evidence; never a consequence.

A lead has a name made of its pattern, its subjects and its evidence, so the same
evidence is never told twice, and a lead is gone when its facts are.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from graph.vocabulary import FactKind

Row = tuple[FactKind, int]


@dataclass(frozen=True, slots=True)
class Found:
    """What a pattern found.

    Args:
        subjects: identifier and the part each plays; the first is the one to look at.
        since: day of the event that makes it one, not of its loading.
        facts: rows of the facts it rests on.
        figures: what was counted, by name.
    """

    subjects: tuple[tuple[str, str], ...]
    since: int
    facts: tuple[Row, ...]
    figures: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lead:
    """A lead with its name.

    Args:
        id: 24 hexadecimal digits.
        pattern: name of the pattern.
        found: what it found.
    """

    id: str
    pattern: str
    found: Found

    @property
    def main(self) -> str:
        """Return the subject to look at."""
        return self.found.subjects[0][0]


def lead_id(
    pattern: str, subjects: tuple[tuple[str, str], ...], keys: list[bytes]
) -> str:
    """Return the name of a lead: of its pattern, subjects and facts, in any order."""
    parts = [pattern.encode(), *sorted(s.encode() for s, _ in subjects), *sorted(keys)]
    return sha256(b"\x1f".join(parts)).hexdigest()[:24]
