"""What the key says of a planted case: who, which papers, which days, what to find."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from loaders.synthetic.stories.plan import Firm, Human, Paper


@dataclass(slots=True)
class Case:
    """One planted case, or one that only looks like it.

    Attributes:
        story: what sort of case it is, a key of TEXTS.
        number: of its sort, from 1.
        decoy: True where a good detector finds nothing.
        firms: (what part it plays, organization).
        people: (what part, person, organization through which he is known, role).
        days: what happened to the day, as YYYY-MM-DD.
        figures: shares, amounts and the like.
    """

    story: str
    number: int
    decoy: bool
    firms: list[tuple[str, Firm]] = field(default_factory=list)
    people: list[tuple[str, Human, Firm, str]] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    days: dict[str, str] = field(default_factory=dict)
    figures: dict[str, Any] = field(default_factory=dict)

    def as_json(self, texts: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
        """Return the case for the key; people are named, never numbered."""
        key = f"not_{self.story}" if self.decoy else self.story
        find_zh, find_en = texts[key]
        return {
            "story": self.story,
            "number": self.number,
            "decoy": self.decoy,
            "organizations": [
                {"part": part, "name": firm.name, "code": firm.code}
                for part, firm in self.firms
            ],
            "persons": [
                {"part": part, "name": who.name, "organization": at.code, "role": role}
                for part, who, at, role in self.people
            ],
            "documents": [paper.number for paper in self.papers],
            "days": self.days,
            "figures": self.figures,
            "find_zh": find_zh,
            "find_en": find_en,
        }
