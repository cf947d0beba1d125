"""The closed lists that descriptions may name, and those the law book defines."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from graph.errors import Said
from graph.law.book import LawBook
from graph.vocabulary import (
    Capacity,
    Category,
    ContactKind,
    EndReason,
    Judgement,
    OrganizationStatus,
    Outcome,
    PenaltyKind,
    RecordKind,
    Relation,
    ReleaseReason,
    ReviewState,
    Role,
    Term,
)
from loaders.issues import Fault, Reason
from loaders.values import Reading, word_reader

_SPELLINGS: Final[Mapping[str, Mapping[str, str]]] = {
    "role": {
        "实际控制人（申报）": Role.ACTUAL_CONTROLLER,
        "实际控制人(申报)": Role.ACTUAL_CONTROLLER,
        "高管": Role.SENIOR_MANAGER,
        "负责人": Role.PRINCIPAL_IN_CHARGE,
        "执行事务合伙人委派代表": Role.DELEGATED_REPRESENTATIVE,
        "董事长": Role.DIRECTOR,
        "执行董事": Role.DIRECTOR,
        "监事会主席": Role.SUPERVISOR,
        "总经理": Role.SENIOR_MANAGER,
        "经理": Role.SENIOR_MANAGER,
        "副总经理": Role.SENIOR_MANAGER,
        "其他直接责任人员": Role.DIRECTLY_RESPONSIBLE,
    },
    "status": {
        "在营（开业）": OrganizationStatus.ACTIVE,
        "开业": OrganizationStatus.ACTIVE,
        "在业": OrganizationStatus.ACTIVE,
        "正常": OrganizationStatus.ACTIVE,
        "吊销，未注销": OrganizationStatus.REVOKED,
        "已注销": OrganizationStatus.DEREGISTERED,
    },
    "penalty_kind": {
        "暂扣许可证": PenaltyKind.LICENCE_SUSPENDED,
        "暂扣执照": PenaltyKind.LICENCE_SUSPENDED,
        "暂扣许可证件、执照": PenaltyKind.LICENCE_SUSPENDED,
        "吊销许可证": PenaltyKind.PERMIT_REVOKED,
        "吊销执照": PenaltyKind.BUSINESS_LICENCE_REVOKED,
        "没收违法所得、没收非法财物": PenaltyKind.FORFEIT_GAINS,
    },
    "end_reason": {
        "完成信用修复": EndReason.REPAIR,
        "信用修复移出": EndReason.REPAIR,
        "提前移出": EndReason.REPAIR,
        "移出": EndReason.LIST_EXIT,
        "删除": EndReason.LIST_EXIT,
        "撤销列入": EndReason.LIST_EXIT,
        "撤销列入决定": EndReason.LIST_EXIT,
        "列入错误": EndReason.LIST_EXIT,
        "期满": EndReason.EXPIRY,
        "届满": EndReason.EXPIRY,
        "期满移出": EndReason.EXPIRY,
        "届满移出": EndReason.EXPIRY,
        "公示期满": EndReason.EXPIRY,
        "公示期限届满": EndReason.EXPIRY,
        "列入期限届满": EndReason.EXPIRY,
        "惩戒期限届满": EndReason.EXPIRY,
        "已履行": EndReason.PERFORMANCE,
        "已履行完毕": EndReason.PERFORMANCE,
        "全部履行": EndReason.PERFORMANCE,
    },
    "id_kind": {
        "身份证": "resident_id",
        "居民身份证": "resident_id",
        "中华人民共和国居民身份证": "resident_id",
        "护照": "passport",
        "护照号": "passport",
        "外国护照": "passport",
        "港澳居民来往内地通行证": "hk_macau_permit",
        "台湾居民来往大陆通行证": "taiwan_permit",
        "外国人永久居留身份证": "foreign_permanent_resident",
    },
    "subject_kind": {
        "法人及非法人组织": "organization",
        "组织": "organization",
        "企业": "organization",
        "法人": "organization",
        "法人或其他组织": "organization",
        "法人或者其他组织": "organization",
        "其他组织": "organization",
        "单位": "organization",
        "个体工商户": "organization",
        "自然人": "person",
        "个人": "person",
        "Organization": "organization",
        "Company": "organization",
        "Person": "person",
    },
}

_TERMS: Final[Mapping[str, type[Term]]] = {
    "role": Role,
    "status": OrganizationStatus,
    "penalty_kind": PenaltyKind,
    "end_reason": EndReason,
    "release_reason": ReleaseReason,
    "record_kind": RecordKind,
    "judgement": Judgement,
    "relation": Relation,
    "outcome": Outcome,
    "review": ReviewState,
    "capacity": Capacity,
    "contact_kind": ContactKind,
}

_LABELS: Final[Mapping[str, Said]] = {
    "role": Said("职务", "post"),
    "status": Said("登记状态", "registration status"),
    "penalty_kind": Said("处罚类别", "kind of penalty"),
    "id_kind": Said("证件类型", "kind of document"),
    "subject_kind": Said("主体类别", "kind of subject"),
    "end_reason": Said("移出原因", "reason of exit"),
    "release_reason": Said("解除原因", "reason of release"),
    "record_kind": Said("记录类别", "kind of record"),
    "judgement": Said("身份判断", "judgement on identity"),
    "relation": Said("关系", "relation"),
    "outcome": Said("结果", "outcome"),
    "review": Said("审核状态", "state of review"),
    "capacity": Said("当事人地位", "capacity in the case"),
    "contact_kind": Said("联系方式类别", "kind of contact"),
}

NAMES: Final = frozenset({*_TERMS, *_SPELLINGS})
"""Lists that a description may name."""


def words_of(name: str) -> dict[str, str]:
    """Return a vocabulary as written word → stored value: labels and spellings."""
    terms = _TERMS.get(name)
    found = {t.zh: t.value for t in terms} if terms else {}
    return found | {k: str(v) for k, v in _SPELLINGS.get(name, {}).items()}


@lru_cache(maxsize=4)
def readings(law: LawBook) -> Mapping[str, Reading]:
    """Return a reading for every vocabulary, lists and measures of the book included."""
    named = {n: word_reader(words_of(n), _LABELS[n]) for n in NAMES}
    return {
        **named,
        "penalty_kind": _penalty_kind,
        "category": _category,
        "list": _list_reader(law),
        "measures": _measure_reader(law),
        "field": word_reader(
            {f.zh: f.key for f in law.fields.values()},
            Said("监管领域", "field of supervision"),
        ),
    }


def _penalty_kind(text: str) -> object:
    """Return the kind; 其他-… is other, as the official form allows."""
    if text.startswith("其他"):
        return PenaltyKind.OTHER.value
    return word_reader(words_of("penalty_kind"), _LABELS["penalty_kind"])(text)


_CATEGORIES: Final[Mapping[str, str]] = {
    **{term.zh: term.value for term in Category},
    **{term.value: term.value for term in Category},
    "经营(活动)异常名录(状态)信息": Category.ABNORMAL.value,
    # as the edition of 2021 calls them
    "行政许可、行政处罚、行政强制、行政确认、行政征收、行政给付、行政裁决、行政补偿、"
    "行政奖励和行政监督检查信息": Category.ADMINISTRATIVE.value,
    "职称和职业资格信息": Category.PROFESSIONAL.value,
    "市场主体自愿提供的信用信息": Category.VOLUNTARY.value,
}


_ALL_CATEGORIES: Final = Said(
    f"目录内的类别：{'、'.join(term.zh for term in Category)}",
    f"categories: {', '.join(f'{term.value} {term.en}' for term in Category)}",
)


def _category(text: str) -> object:
    """Return the category of the national catalogue; no other may enter a record."""
    found = _CATEGORIES.get(text.strip())
    return found or Fault(
        Reason.CATEGORY,
        f"“{text}”不在全国公共信用信息基础目录内，不得记入信用记录",
        f"'{text}' is not in the national catalogue and may not enter a credit record",
        *_nearest(text, (term.zh for term in Category), _ALL_CATEGORIES),
    )


def _list_reader(law: LawBook) -> Reading:
    def read(text: str) -> object:
        found = law.list_named(text.strip())
        if found is None:
            return Fault(
                Reason.LIST,
                f"名单“{text}”不在法规库内",
                f"the list '{text}' is not in the law book",
                *_nearest(text, (v.zh for v in law.lists.values())),
            )
        if not found.sanctions:
            return Fault(
                Reason.LIST,
                f"名单“{text}”的依据未经核实，不能据以惩戒",
                f"the basis of the list '{text}' is unverified; it sanctions nobody",
                "由法规人员核实",
                "have a jurist verify the basis",
            )
        return found.key

    return read


def _measure_reader(law: LawBook) -> Reading:
    names = {m.zh: m.key for m in law.measures.values()}

    def read(text: str) -> object:
        found = names.get(text.strip()) or (
            text.strip() if text.strip() in law.measures else None
        )
        if found is None:
            return Fault(
                Reason.MEASURE,
                f"措施“{text}”不在清单内，不得实施",
                f"the measure '{text}' is not in the list and cannot be imposed",
                *_nearest(text, names),
            )
        return found

    return read


_FROM_THE_BOOK: Final = Said("名称以法规库为准", "take the name from the law book")


def _nearest(text: str, names: Iterable[str], otherwise: Said = _FROM_THE_BOOK) -> Said:
    from difflib import get_close_matches  # noqa: PLC0415  # on the error path only

    close = get_close_matches(text, list(names), n=2, cutoff=0.4)
    if close:
        return Said(f"是否为：{'、'.join(close)}", f"did you mean: {', '.join(close)}")
    return otherwise
