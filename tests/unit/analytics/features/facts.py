"""A small city of facts, and single values of its matrix."""

from datetime import date
from typing import Any

from analytics.features import Cut, FeatureMatrix, build
from analytics.features.matrix import named
from graph.records import (
    Branch,
    Contact,
    Fact,
    Holding,
    Link,
    Profile,
    Record,
    Sanction,
    Tie,
)
from graph.snapshot import Snapshot, day_of
from graph.vocabulary import (
    Category,
    ContactKind,
    OrganizationKind,
    OrganizationStatus,
    Outcome,
    PenaltyKind,
    RecordKind,
    Relation,
    Role,
)
from tests.journal import Journal

D = date.fromisoformat
CUT = D("2025-06-01")


def org(name: str, sector: str = "C", region: str = "230717", **more: Any) -> Profile:
    values: dict[str, Any] = {
        "valid_from": D("2015-01-01"),
        "established_on": D("2015-01-01"),
        "status": OrganizationStatus.ACTIVE,
        "organization_kind": OrganizationKind.COMPANY,
    }
    return Profile(
        subject=f"org:{name}",
        name=f"企业{name}",
        sector=sector,
        region=region,
        **values | more,
    )


def post(person: str, organization: str, **more: Any) -> Tie:
    values: dict[str, Any] = {
        "role": Role.LEGAL_REPRESENTATIVE,
        "valid_from": D("2015-01-01"),
    }
    return Tie(
        person=f"per:{person}", organization=f"org:{organization}", **values | more
    )


def penalty(organization: str, number: str = "1", **more: Any) -> Record:
    values: dict[str, Any] = {
        "kind": RecordKind.PENALTY,
        "decided_on": D("2025-01-10"),
        "penalty_kinds": (PenaltyKind.FINE,),
        "category": Category.ADMINISTRATIVE,
        "authority": "市监局",
        "field": "food",
    }
    return Record(
        subject=f"org:{organization}",
        document_number=f"罚{number}",
        **values | more,
    )


def inspection(organization: str, outcome: Outcome, number: str = "1") -> Record:
    kind = RecordKind.INSPECTION
    return penalty(organization, number, kind=kind, outcome=outcome, penalty_kinds=())


def listed(organization: str, number: str = "1", **more: Any) -> Sanction:
    values: dict[str, Any] = {
        "list": "market_supervision",
        "listed_on": D("2025-01-10"),
        "valid_from": D("2025-01-10"),
        "authority": "市监局",
    }
    return Sanction(
        subject=f"org:{organization}",
        document_number=f"列{number}",
        **values | more,
    )


def guarantee(guarantor: str, debtor: str) -> Link:
    return Link(
        subject=f"org:{guarantor}",
        other=f"org:{debtor}",
        relation=Relation.GUARANTEES,
        valid_from=D("2024-01-01"),
    )


def holding(holder: str, held: str, share: int, of: int = 100) -> Holding:
    return Holding(
        holder=holder,
        organization=f"org:{held}",
        share_num=share,
        share_den=of,
        valid_from=D("2015-01-01"),
    )


def at(organization: str, anchor: str, **more: Any) -> Contact:
    values: dict[str, Any] = {
        "kind": ContactKind.REGISTERED_ADDRESS,
        "valid_from": D("2015-01-01"),
    }
    return Contact(
        subject=f"org:{organization}", anchor=f"anc:address:{anchor}", **values | more
    )


def branch(of: str, parent: str) -> Branch:
    return Branch(
        branch=f"org:{of}", parent=f"org:{parent}", valid_from=D("2015-01-01")
    )


def snapshot(*facts: Fact) -> Snapshot:
    return Journal(*facts).now()


def cut(*facts: Fact, day: date = CUT) -> Cut:
    return Cut(snapshot(*facts), day_of(day))


def matrix(*facts: Fact, day: date = CUT) -> FeatureMatrix:
    return build(cut(*facts, day=day))


def values(name: str, *facts: Fact, day: date = CUT) -> dict[str, float]:
    """Return one feature by the short name of the organization."""
    found = build(cut(*facts, day=day), named([name]))
    return {
        subject.removeprefix("org:"): float(row[0])
        for subject, row in zip(found.subjects, found.values, strict=True)
    }
