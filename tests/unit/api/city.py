"""A few subjects, enough to have something public, something hidden and an effect."""

from datetime import UTC, date, datetime
from decimal import Decimal

from graph.batch import Batch
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
    tables_of,
)
from graph.vocabulary import (
    Category,
    ContactKind,
    OrganizationKind,
    OrganizationStatus,
    PenaltyKind,
    RecordKind,
    Relation,
    Role,
)

D = date.fromisoformat
TODAY = D("2026-11-22")
RECORDED = datetime(2026, 11, 20, tzinfo=UTC)

FOOD = "org:91230700MA00000001"
INN = "org:91230700MA00000002"
MINE = "org:91230700MA00000003"
ZHANG = "per:" + "a" * 32  # 张三丰, legal representative of FOOD in the public register
LI = "per:" + "b" * 32  # 李四光, head of finance of FOOD: in no public register
ZHAO = "per:" + "c" * 32  # 赵敏君, legal representative of INN in the public register
SUN = "per:" + "d" * 32  # 孙小圣, stands in a fact of DEPARTMENT only

DEPARTMENT = "housing"
"""The department whose facts are not public."""


def profile(subject: str, name: str, **more: object) -> Profile:
    values: dict[str, object] = {
        "subject": subject,
        "name": name,
        "valid_from": D("2015-06-01"),
        "region": "230717",
        "sector": "C",
    }
    if subject.startswith("org:"):
        values |= {
            "uscc": subject[4:],
            "organization_kind": OrganizationKind.COMPANY,
            "status": OrganizationStatus.ACTIVE,
            "established_on": D("2015-06-01"),
            "address": "新兴西大街1号",
        }
    else:
        values |= {"id_masked": "2307**********1234", "address": "林都大街2号"}
    return Profile(**(values | more))  # type: ignore[arg-type]


def tie(person: str, organization: str, role: Role, **more: object) -> Tie:
    values: dict[str, object] = {"valid_from": D("2018-01-01"), "region": "230717"}
    return Tie(person=person, organization=organization, role=role, **(values | more))  # type: ignore[arg-type]


def sanction(subject: str, number: str, **more: object) -> Sanction:
    values: dict[str, object] = {
        "authority": "11230700MB00000001",
        "authority_name": "伊春市市场监督管理局",
        "document_number": number,
        "subject": subject,
        "decided_on": D("2025-03-01"),
        "listed_on": D("2025-03-05"),
        "act_from": D("2024-10-01"),
        "act_to": D("2024-10-02"),
        "valid_from": D("2025-03-05"),
        "region": "230717",
        "sector": "C",
        "department": "market",
        "content": "列入严重违法失信名单",
    }
    return Sanction(**(values | more))  # type: ignore[arg-type]


def record(subject: str, number: str, **more: object) -> Record:
    values: dict[str, object] = {
        "kind": RecordKind.PENALTY,
        "category": Category.ADMINISTRATIVE,
        "authority": "11230700MB00000001",
        "document_number": number,
        "subject": subject,
        "decided_on": D("2025-02-01"),
        "valid_from": D("2025-02-01"),
        "penalty_kinds": (PenaltyKind.FINE,),
        "title": "生产经营不符合标准的食品",
        "region": "230717",
        "department": "market",
    }
    return Record(**(values | more))  # type: ignore[arg-type]


PHONE = "anc:phone:" + "e" * 32
"""A number that FOOD and INN share; that MINE shares it only DEPARTMENT knows."""


def contact(subject: str, **more: object) -> Contact:
    values: dict[str, object] = {"kind": ContactKind.PHONE, "text": "138****1234"}
    return Contact(subject=subject, anchor=PHONE, **(values | more))  # type: ignore[arg-type]


def guarantee(subject: str, other: str, number: str, **more: object) -> Link:
    values: dict[str, object] = {"amount_yuan": Decimal(5_000_000)}
    return Link(
        subject=subject,
        other=other,
        relation=Relation.GUARANTEES,
        document=number,
        **(values | more),  # type: ignore[arg-type]
    )


HIDDEN: dict[str, object] = {"public": False, "department": DEPARTMENT}


def facts() -> list[Fact]:
    return [
        profile(FOOD, "伊春甲食品有限公司"),
        profile(INN, "伊春乙旅馆有限公司"),
        profile(MINE, "铁力丙矿业有限公司"),
        profile(ZHANG, "张三丰"),
        profile(LI, "李四光"),
        profile(ZHAO, "赵敏君"),
        profile(SUN, "孙小圣", **HIDDEN),
        tie(ZHANG, FOOD, Role.LEGAL_REPRESENTATIVE),
        tie(LI, FOOD, Role.FINANCE_HEAD),
        tie(ZHAO, INN, Role.LEGAL_REPRESENTATIVE),
        tie(SUN, MINE, Role.LEGAL_REPRESENTATIVE, **HIDDEN),
        Holding(
            holder=FOOD,
            organization=INN,
            share_num=3,
            share_den=5,
            valid_from=D("2019-01-01"),
        ),
        Branch(branch=MINE, parent=INN),
        guarantee(FOOD, INN, "保〔2025〕1号", content="连带责任保证"),
        guarantee(MINE, FOOD, "保〔2025〕2号", **HIDDEN),
        contact(FOOD),
        contact(INN),
        contact(MINE, **HIDDEN),
        record(FOOD, "伊市监罚〔2025〕1号"),
        record(FOOD, "伊住建罚〔2025〕9号", **HIDDEN),
        sanction(FOOD, "伊市监列〔2025〕1号", list="market_supervision"),
        sanction(
            INN,
            "伊住建吊〔2025〕2号",
            measures=("business_licence_revoked",),
            **HIDDEN,
        ),
    ]


def batch(name: str, content: list[Fact], *, source: str = "demo") -> Batch:
    return Batch(
        batch=name,
        source=source,
        recorded_at=RECORDED,
        tables=tables_of(content),
        file=f"{name}.csv",
        digest="ab" * 32,
    )
