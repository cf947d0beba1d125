"""The answer key: what must follow from the planted facts, and what must not.

People are named, never numbered: a bearer is found through the name, the
organization and the role in which he answers.
"""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Expected:
    """An effect that must stand on the reference day.

    Attributes:
        bearer: name of the person or organization that bears it.
        organization: name of the organization through which he answers.
        role: key of graph.vocabulary.Role.
        measure: key of the law book's measures.
        rule: key of the rule.
        status: key of graph.vocabulary.EffectStatus.
        document: number of the paper it rests on.
        ends_on: last day it holds, where the rule has its own term; else "".
    """

    bearer: str
    organization: str
    role: str
    measure: str
    rule: str
    status: str
    document: str
    ends_on: str = ""


@dataclass(frozen=True, slots=True)
class Unaffected:
    """Somebody to whom nothing must happen, and why; `measure` "" means nothing at all."""

    name: str
    organization: str
    role: str
    why: str
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """What the demo does to a sanction, and what changes by it."""

    kind: str
    document: str
    on: str
    decision: str
    authority: str
    lost: tuple[Expected, ...] = ()
    kept: tuple[Expected, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """One planted story."""

    key: str
    title: str
    text: str
    text_en: str
    organizations: tuple[tuple[str, str], ...]
    documents: tuple[str, ...]
    expected: tuple[Expected, ...] = ()
    unaffected: tuple[Unaffected, ...] = ()
    ended: tuple[Expected, ...] = ()
    acts: tuple[Act, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """Return the story for the answer key."""
        plain = asdict(self)
        plain["organizations"] = [
            {"name": name, "code": code} for name, code in self.organizations
        ]
        return plain
