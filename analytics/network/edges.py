"""The kinds of edge of the network: which fact makes it, what it is called, its weight.

An edge reads from its near to its far end, as the fact does: person → organization,
holder → organization, branch → parent, subject → other, subject → address or number.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from graph.errors import UnknownTerm
from graph.vocabulary import ContactKind, FactKind, Relation, Role
from graph.vocabulary.term import Term

HOLDS: Final = "holds"
BRANCH_OF: Final = "branch_of"


@dataclass(frozen=True, slots=True)
class EdgeType:
    """One kind of edge.

    Args:
        code: its place in EDGE_TYPES; the arrays of a network hold it.
        kind: of the facts that make such edges.
        value: the word in requests and answers; `zh` and `en` are its labels.
        weight: in (0, 1]; orders what is shown first and grades evidence, nothing else.
            Of a holding it is the share where the share is known.
    """

    code: int
    kind: FactKind
    value: str
    zh: str
    en: str
    weight: float


@dataclass(frozen=True, slots=True)
class Ends:
    """Which columns of a fact are the ends of its edge, and which holds the word."""

    near: str
    far: str
    word: str | None


ENDS: Final[Mapping[FactKind, Ends]] = MappingProxyType(
    {
        FactKind.TIE: Ends("person", "organization", "role"),
        FactKind.HOLDING: Ends("holder", "organization", None),
        FactKind.BRANCH: Ends("branch", "parent", None),
        FactKind.LINK: Ends("subject", "other", "relation"),
        FactKind.CONTACT: Ends("subject", "anchor", "kind"),
    }
)

FAMILIES: Final[Mapping[str, FactKind]] = MappingProxyType(
    {
        "posts": FactKind.TIE,
        "holdings": FactKind.HOLDING,
        "branches": FactKind.BRANCH,
        "links": FactKind.LINK,
        "contacts": FactKind.CONTACT,
    }
)
"""Words that stand for all edges of a kind of fact."""

_STRONG: Final = frozenset(
    {
        Role.LEGAL_REPRESENTATIVE,
        Role.ACTUAL_CONTROLLER,
        Role.INVESTOR,
        Role.OPERATOR,
        Role.MANAGING_PARTNER,
        Relation.CONTROLS,
        Relation.SUCCEEDS,
    }
)
_WEAK: Final[Mapping[Term, float]] = MappingProxyType(
    {
        Relation.CONCERT: 0.9,
        Relation.GUARANTEES: 0.7,
        Relation.FAMILY: 0.6,
        Relation.RELATED: 0.5,
        Relation.LENDS_TO: 0.4,
        Relation.TRADES_WITH: 0.3,
        Relation.MEMBER_OF: 0.2,
        Relation.AGENT_OF: 0.2,
        ContactKind.PHONE: 0.6,
        ContactKind.EMAIL: 0.6,
        ContactKind.REGISTERED_ADDRESS: 0.5,
        ContactKind.BUSINESS_ADDRESS: 0.5,
        ContactKind.MAILING_ADDRESS: 0.4,
        ContactKind.WEBSITE: 0.4,
    }
)
_POST: Final = 0.8
_UNKNOWN_SHARE: Final = 0.5


def _weight(word: Term) -> float:
    return 1.0 if word in _STRONG else _WEAK.get(word, _POST)


def _types() -> Iterator[tuple[FactKind, str, str, str, float]]:
    for role in Role:
        yield FactKind.TIE, role.value, role.zh, role.en, _weight(role)
    yield FactKind.HOLDING, HOLDS, "持股", "holds shares in", _UNKNOWN_SHARE
    yield FactKind.BRANCH, BRANCH_OF, "分支机构", "is a branch of", 1.0
    for relation in Relation:
        yield FactKind.LINK, relation.value, relation.zh, relation.en, _weight(relation)
    for contact in ContactKind:
        yield FactKind.CONTACT, contact.value, contact.zh, contact.en, _weight(contact)


EDGE_TYPES: Final = tuple(EdgeType(i, *rest) for i, rest in enumerate(_types()))
"""Every kind of edge; fewer than 64, so that a choice of them is one integer."""

BY_VALUE: Final[Mapping[str, EdgeType]] = MappingProxyType(
    {edge_type.value: edge_type for edge_type in EDGE_TYPES}
)
ALL_TYPES: Final = (1 << len(EDGE_TYPES)) - 1
"""The choice of every kind of edge."""


def chosen(words: Iterable[str]) -> int:
    """Return the choice of edges that the words name, as bits by `EdgeType.code`.

    Args:
        words: values of edge types, or families such as `posts`; none means all.

    Raises:
        UnknownTerm: a word is neither.
    """
    bits = 0
    for word in words:
        family = FAMILIES.get(word)
        named = [BY_VALUE[word]] if word in BY_VALUE else []
        found = [t for t in EDGE_TYPES if t.kind is family] if family else named
        if not found:
            raise UnknownTerm(
                f"没有“{word}”这种关系。",
                f"There is no relation {word!r}.",
                hint_zh=f"可用：{'、'.join(FAMILIES)}，或者"
                + "、".join(f"{t.zh}({t.value})" for t in EDGE_TYPES),
                hint_en=f"Known: {', '.join((*FAMILIES, *BY_VALUE))}.",
            )
        bits |= sum(1 << edge_type.code for edge_type in found)
    return bits or ALL_TYPES
