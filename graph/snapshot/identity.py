"""Which identifiers mean one subject: links are facts, so a merge is reversible.

Only a standing link with the judgement `same` joins. On one pair, the judgement
recorded last counts. A name alone never joins anybody.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.records import Fact, IdentityLink
from graph.vocabulary import Judgement


@dataclass(frozen=True, slots=True)
class Identities:
    """Groups of identifiers; an identifier that is not listed stands alone."""

    first: Mapping[str, str]
    """Identifier → the one that stands for its group."""
    groups: Mapping[str, tuple[str, ...]]

    @classmethod
    def from_links(cls, links: Iterable[Fact]) -> "Identities":
        """Return the groups that the links make, in order of recording."""
        judged: dict[tuple[str, str], Judgement] = {}
        for link in links:
            assert isinstance(link, IdentityLink)  # noqa: S101  # kind of the table
            pair = min(link.left, link.right), max(link.left, link.right)
            judged[pair] = link.judgement
        parent: dict[str, str] = {}
        for (left, right), judgement in judged.items():
            if judgement is Judgement.SAME:
                a, b = _root(parent, left), _root(parent, right)
                if a != b:
                    keep, join = sorted((a, b), key=_standing)
                    parent[join] = keep
        return cls._grouped(parent)

    @classmethod
    def _grouped(cls, parent: dict[str, str]) -> "Identities":
        groups: dict[str, list[str]] = {}
        for name in sorted(set(parent) | set(parent.values())):
            groups.setdefault(_root(parent, name), []).append(name)
        first = {m: root for root, members in groups.items() for m in members}
        return cls(first, {root: tuple(m) for root, m in groups.items()})

    def regrouped(self, members: Iterable[str], links: Iterable[Fact]) -> "Identities":
        """Return the groups with these identifiers grouped anew by these links."""
        gone = set(members)
        anew = self.from_links(links)
        first = {m: r for m, r in self.first.items() if m not in gone}
        groups = {r: m for r, m in self.groups.items() if r not in gone}
        return Identities({**first, **anew.first}, {**groups, **anew.groups})

    def canonical(self, subject: str) -> str:
        """Return the identifier that stands for the subject."""
        return self.first.get(subject, subject)

    def members(self, subject: str) -> tuple[str, ...]:
        """Return every identifier of the subject, itself included."""
        return self.groups.get(self.canonical(subject), (subject,))


def _root(parent: dict[str, str], name: str) -> str:
    while name in parent:
        name = parent[name]
    return name


def _standing(identifier: str) -> tuple[bool, str]:
    """Order identifiers so that a verified one stands for a scoped one."""
    return ":scoped:" in identifier, identifier
