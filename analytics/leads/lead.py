"""What a lead is: who, since when, on what evidence; never a consequence.

A lead has a name made of its pattern and of what stays the same when it grows; it is
told again only with evidence that is new, and it is gone when its facts are.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from analytics.leads.words import Figure, Part
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
        same: what makes it the same lead when it grows; all subjects when empty.
        group: `sector:F` or `region:2307`, where it is about no single subject.
    """

    subjects: tuple[tuple[str, Part], ...]
    since: int
    facts: tuple[Row, ...]
    figures: Mapping[Figure, float] = field(default_factory=dict)
    same: tuple[str, ...] = ()
    group: str = ""


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

    @classmethod
    def of(cls, pattern: str, found: Found) -> "Lead":
        """Return what a pattern found under its name."""
        same = found.same or (found.group, *sorted(s for s, _ in found.subjects))
        text = "\x1f".join((pattern, *same))
        return cls(sha256(text.encode()).hexdigest()[:24], pattern, found)
