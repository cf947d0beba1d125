"""How each fact kind stands in the graph: as a node of its own, or as a relationship.

What an authority issued (a record, a sanction, a finding …) concerns several nodes,
so it is a node; so is a description. What holds between two subjects is a
relationship, and its type is the role, so that a picture can be read without a key.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from graph.identity import anchor_kind, is_organization, is_person, is_scoped
from graph.vocabulary import (
    ContactKind,
    FactKind,
    Identity,
    Judgement,
    Relation,
    Role,
    Term,
)


@dataclass(frozen=True, slots=True)
class NodeShape:
    """A fact kind that stands as a node.

    Args:
        label: label of the node.
        link: type of the relationship from the subject to the node.
        subject: column that names the subject.
        issued: whether an authority issued it (`ISSUED_BY`).
        concerns: column of a second subject (`CONCERNS`), "" for none.
    """

    label: str
    link: str
    subject: str
    issued: bool = True
    concerns: str = ""


@dataclass(frozen=True, slots=True)
class LinkShape:
    """A fact kind that stands as a relationship between two subjects.

    Args:
        start: column that names the subject it starts from.
        end: column that names the subject it leads to.
        column: column whose word decides the type, "" where there is one type.
        types: relationship type by word of that column.
        words: the vocabulary of that column.
    """

    start: str
    end: str
    column: str
    types: Mapping[str, str]
    words: type[Term] | None = None

    def type_of(self, word: str) -> str:
        """Return the relationship type for a value of `column`.

        Raises:
            UnknownTerm: the word is in no vocabulary.
        """
        if word in self.types or self.words is None:
            return self.types[word]
        return self.types[self.words.parse(word).value]


NODES: Final[Mapping[FactKind, NodeShape]] = MappingProxyType(
    {
        FactKind.PROFILE: NodeShape(
            "Profile", "HAS_PROFILE", subject="subject", issued=False
        ),
        FactKind.RECORD: NodeShape("Record", "HAS_RECORD", subject="subject"),
        FactKind.SANCTION: NodeShape("Sanction", "UNDER_SANCTION", subject="subject"),
        FactKind.FINDING: NodeShape(
            "Finding", "HAS_FINDING", subject="person", concerns="organization"
        ),
        FactKind.RELEASE: NodeShape(
            "Release", "HAS_RELEASE", subject="person", concerns="organization"
        ),
        FactKind.SUSPENSION: NodeShape(
            "Suspension", "HAS_SUSPENSION", subject="subject", concerns="organization"
        ),
    }
)

LINKS: Final[Mapping[FactKind, LinkShape]] = MappingProxyType(
    {
        FactKind.TIE: LinkShape(
            "person",
            "organization",
            "role",
            MappingProxyType({r.value: f"{r.value.upper()}_OF" for r in Role}),
            Role,
        ),
        FactKind.HOLDING: LinkShape(
            "holder", "organization", "", MappingProxyType({"": "HOLDS_SHARES_IN"})
        ),
        FactKind.BRANCH: LinkShape(
            "branch", "parent", "", MappingProxyType({"": "BRANCH_OF"})
        ),
        FactKind.LINK: LinkShape(
            "subject",
            "other",
            "relation",
            MappingProxyType(
                {r.value: r.value.upper() for r in Relation}
                | {
                    Relation.CONCERT.value: "ACTS_IN_CONCERT_WITH",
                    Relation.FAMILY.value: "RELATIVE_OF",
                    Relation.RELATED.value: "RELATED_TO",
                }
            ),
            Relation,
        ),
        FactKind.CONTACT: LinkShape(
            "subject",
            "anchor",
            "kind",
            MappingProxyType(
                {
                    ContactKind.REGISTERED_ADDRESS.value: "REGISTERED_AT",
                    ContactKind.BUSINESS_ADDRESS.value: "OPERATES_AT",
                    ContactKind.MAILING_ADDRESS.value: "GETS_MAIL_AT",
                    ContactKind.PHONE.value: "HAS_PHONE",
                    ContactKind.EMAIL.value: "HAS_EMAIL",
                    ContactKind.WEBSITE.value: "HAS_WEBSITE",
                }
            ),
            ContactKind,
        ),
        FactKind.IDENTITY_LINK: LinkShape(
            "left",
            "right",
            "judgement",
            MappingProxyType(
                {
                    Judgement.SAME.value: "SAME_AS",
                    Judgement.NOT_SAME.value: "NOT_SAME_AS",
                }
            ),
            Judgement,
        ),
    }
)

LABELS: Final = tuple(shape.label for shape in NODES.values())
TYPES: Final = tuple(t for shape in LINKS.values() for t in shape.types.values())


def subject_label(identifier: str) -> str:
    """Return the second label of a subject; "" when its identifier does not say."""
    if is_organization(identifier):
        return "Organization"
    if is_person(identifier):
        return "Person"
    return anchor_kind(identifier).capitalize()


def subject_properties(identifier: str) -> dict[str, str]:
    """Return what the node of a subject has before anything describes it."""
    if not is_person(identifier):
        return {"id": identifier}
    known = Identity.SCOPED if is_scoped(identifier) else Identity.VERIFIED
    return {"id": identifier, "identity": known.value}
