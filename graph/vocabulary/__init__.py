"""Every closed list of words, once: stored value, Chinese label, English label."""

from graph.vocabulary.journal import (
    FactKind,
    LoadKind,
    Op,
)
from graph.vocabulary.records import (
    PERSON_STATES,
    Capacity,
    Category,
    EndReason,
    Outcome,
    PenaltyKind,
    RecordKind,
    ReleaseReason,
    ReviewState,
)
from graph.vocabulary.rules import (
    Anchor,
    EffectStatus,
    EndedBy,
    Evidence,
    JurisdictionBy,
    Rank,
    VersionAt,
)
from graph.vocabulary.sections import Section
from graph.vocabulary.subjects import (
    ContactKind,
    Identity,
    Judgement,
    OrganizationKind,
    OrganizationStatus,
    Relation,
    Role,
    SubjectKind,
)
from graph.vocabulary.term import (
    Term,
)

__all__ = [
    "PERSON_STATES",
    "Anchor",
    "Capacity",
    "Category",
    "ContactKind",
    "EffectStatus",
    "EndReason",
    "EndedBy",
    "Evidence",
    "FactKind",
    "Identity",
    "Judgement",
    "JurisdictionBy",
    "LoadKind",
    "Op",
    "OrganizationKind",
    "OrganizationStatus",
    "Outcome",
    "PenaltyKind",
    "Rank",
    "RecordKind",
    "Relation",
    "ReleaseReason",
    "ReviewState",
    "Role",
    "Section",
    "SubjectKind",
    "Term",
    "VersionAt",
]
