"""Facts with defaults, and batches of them, for the tests of stores."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from graph.batch import DECISION, Batch
from graph.records import (
    Branch,
    Contact,
    Fact,
    Finding,
    Holding,
    IdentityLink,
    Link,
    Profile,
    Record,
    Release,
    Sanction,
    Suspension,
    Tie,
    tables_of,
)
from graph.vocabulary import (
    Capacity,
    Category,
    ContactKind,
    FactKind,
    Judgement,
    OrganizationKind,
    Outcome,
    PenaltyKind,
    RecordKind,
    Relation,
    ReleaseReason,
    ReviewState,
    Role,
)
from tests.journal import key_of

START = datetime(2026, 1, 1, tzinfo=UTC)
DAY = date.fromisoformat


def profile(subject: str = "org:x", name: str = "甲公司", **more: Any) -> Profile:
    values: dict[str, Any] = {
        "subject": subject,
        "name": name,
        "organization_kind": OrganizationKind.COMPANY,
        "valid_from": DAY("2020-01-01"),
    }
    return Profile(**(values | more))


def tie(person: str = "per:a", organization: str = "org:x", **more: Any) -> Tie:
    values: dict[str, Any] = {
        "person": person,
        "organization": organization,
        "role": Role.LEGAL_REPRESENTATIVE,
        "valid_from": DAY("2020-01-01"),
    }
    return Tie(**(values | more))


def record(document: str = "罚〔2025〕1号", **more: Any) -> Record:
    values: dict[str, Any] = {
        "kind": RecordKind.PENALTY,
        "authority": "市场监督管理局",
        "document_number": document,
        "subject": "org:x",
        "category": Category.ADMINISTRATIVE,
        "penalty_kinds": (PenaltyKind.FINE,),
        "decided_on": DAY("2025-03-01"),
    }
    return Record(**(values | more))


def sanction(document: str = "列〔2025〕2号", **more: Any) -> Sanction:
    values: dict[str, Any] = {
        "authority": "市场监督管理局",
        "document_number": document,
        "subject": "org:x",
        "list": "SEVERE",
        "measures": ("M1", "M2"),
        "valid_from": DAY("2025-03-01"),
    }
    return Sanction(**(values | more))


def one_of_each() -> list[Fact]:
    """Return a fact of every kind, with every sort of value."""
    about = {
        "organization": "org:x",
        "about_document": "列〔2025〕2号",
        "authority": "市场监督管理局",
    }
    penalty = record(authority_name="某市场监督管理局", content="内容。" * 40)
    return [
        profile(capital_yuan=Decimal("100.5"), address="某路1号"),
        profile("per:a", "张三", organization_kind=None, valid_from=None),
        tie(),
        Holding(holder="per:a", organization="org:x", share_num=1, share_den=3),
        Holding(
            holder="org:y",
            organization="org:x",
            votes_num=1,
            votes_den=4,
            votes_to_num=1,
            votes_to_den=2,
            direct=False,
        ),
        Branch(branch="org:y", parent="org:x"),
        Link(
            subject="org:y",
            other="org:x",
            relation=Relation.GUARANTEES,
            document="保〔2025〕7号",
            amount_yuan=Decimal("2500000"),
        ),
        Contact(
            subject="org:x",
            anchor="anc:phone:0123456789abcdef",
            kind=ContactKind.PHONE,
            text="138****0000",
        ),
        penalty,
        record(
            "判〔2025〕8号",
            kind=RecordKind.JUDGMENT,
            category=Category.JUDICIAL,
            penalty_kinds=(),
            outcome=Outcome.UPHELD,
            review=ReviewState.UNCONTESTED,
            capacity=Capacity.DEFENDANT,
            grade="B",
            due_on=DAY("2025-06-01"),
            amount_yuan=Decimal("12000.5"),
            plan_number="2025-01",
        ),
        sanction(record_key=key_of(penalty).hex()),
        Finding(
            person="per:a",
            document="认〔2025〕3号",
            role=Role.DIRECT_SUPERVISOR,
            responsible=True,
            **about,
        ),
        Release(
            person="per:a",
            document="解〔2025〕4号",
            reason=ReleaseReason.PERSON_REPAIR,
            **about,
        ),
        Suspension(subject="org:x", document="止〔2025〕5号", **about),
        IdentityLink(
            left="per:a",
            right="per:scoped:b",
            document="核〔2025〕6号",
            authority="市场监督管理局",
            judgement=Judgement.SAME,
        ),
    ]


def batch(name: str, *facts: Fact, source: str = "registry", **more: Any) -> Batch:
    values: dict[str, Any] = {
        "batch": name,
        "source": source,
        "recorded_at": START,
        "tables": tables_of(facts),
    }
    return Batch(**(values | more))


def voiding(name: str, *facts: Fact) -> Batch:
    """Return the decision that these facts were wrong from the start."""
    voids: dict[FactKind, Sequence[bytes]] = {}
    for fact in facts:
        kind = fact.kind_of_fact
        voids[kind] = [*voids.get(kind, ()), key_of(fact)]
    return batch(name, source=DECISION, voids=voids)
