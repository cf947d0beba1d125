"""The fact kinds as Arrow schemas: one table shape from the file to the snapshot.

A column is part of the business key (`key`), names a subject (`subject`), or is
computed with and therefore kept in memory by the snapshot (`kept`). What is not
kept stays in the journal and on the graph node, and is read when it is shown.
Periods are half-open: `valid_to` is the first day on which the fact is not true. A
share or vote is exact, or where `…_to` is given at least the one and at most the other;
a holding that is not `direct` is never multiplied along a path.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pyarrow as pa

from graph.vocabulary import FactKind

TEXT = pa.string()
DAY = pa.date32()
MONEY = pa.decimal128(24, 6)
WORDS = pa.list_(pa.string())

NODE_KINDS = (FactKind.RECORD, FactKind.SANCTION, FactKind.PROFILE)
"""Kinds that stand in the graph as nodes; the others are relationships."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a fact table."""

    name: str
    type: pa.DataType
    zh: str
    key: bool = False
    subject: bool = False
    kept: bool = True
    required: bool = False
    many: bool = False
    """Nearly every row has a value of its own: kept as text, not as a word code."""


@dataclass(frozen=True, slots=True)
class FactSchema:
    """The shape of one fact kind; `version` grows when a column is added."""

    kind: FactKind
    version: int
    columns: tuple[Column, ...]

    @property
    def arrow(self) -> pa.Schema:
        """Return the Arrow schema of the content columns."""
        return pa.schema([pa.field(c.name, c.type) for c in self.columns])

    @property
    def key_columns(self) -> tuple[Column, ...]:
        """Return the columns of the business key, in their order."""
        return tuple(c for c in self.columns if c.key)

    @property
    def subject_columns(self) -> tuple[Column, ...]:
        """Return the columns that hold subject identifiers."""
        return tuple(c for c in self.columns if c.subject)

    @property
    def kept_columns(self) -> tuple[Column, ...]:
        """Return the columns that the snapshot holds in memory."""
        return tuple(c for c in self.columns if c.kept)

    def column(self, name: str) -> Column:
        """Return the column of this name.

        Raises:
            KeyError: the kind has no such column.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


_MANY = frozenset(
    {
        "name",
        "uscc",
        "document_number",
        "about_document",
        "document",
        "end_document",
        "record_key",
    }
)


def _key(name: str, zh: str, *, subject: bool = False) -> Column:
    many = name in _MANY
    return Column(name, TEXT, zh, key=True, subject=subject, required=True, many=many)


def _text(name: str, zh: str, *, kept: bool = True, required: bool = False) -> Column:
    return Column(name, TEXT, zh, kept=kept, required=required, many=name in _MANY)


def _day(name: str, zh: str, *, key: bool = False) -> Column:
    return Column(name, DAY, zh, key=key)


_PERIOD = (_day("valid_from", "起始日"), _day("valid_to", "终止日（不含）"))
_KEYED_PERIOD = (
    _day("valid_from", "起始日", key=True),
    _day("valid_to", "终止日（不含）"),
)
MARKS = (
    _text("department", "数据来源单位"),
    _text("region", "行政区划"),
    _text("sector", "行业门类"),
    Column("public", pa.bool_(), "公开", required=True),
)
"""Who may read a fact: columns that every kind carries (graph.scope)."""

ENVELOPE = pa.schema(
    [
        pa.field("op", pa.int8()),
        pa.field("key", pa.binary(16)),
        pa.field("version", pa.binary(16)),
        pa.field("line", pa.int32()),
    ]
)
"""Columns of a journal row beside its content; op counts as in OPS."""


def _schema(
    kind: FactKind, *columns: Column, version: int = 1, keyed_period: bool = False
) -> FactSchema:
    period = _KEYED_PERIOD if keyed_period else _PERIOD
    return FactSchema(kind, version, (*columns, *period, *MARKS))


_ABOUT = (
    _key("organization", "所涉组织", subject=True),
    _key("about_document", "所涉文书号"),
    _key("document", "文书号"),
    _key("authority", "作出机关"),
)

_ALL = (
    _schema(
        FactKind.PROFILE,
        _key("subject", "主体", subject=True),
        _text("name", "名称", required=True),
        _text("uscc", "统一社会信用代码"),
        _text("organization_kind", "组织类型"),
        _text("status", "登记状态"),
        _day("established_on", "成立日期"),
        _text("id_masked", "证件号码（脱敏）", kept=False),
        _text("address", "住所", kept=False),
        _text("legal_form", "登记的类型", kept=False),
        _text("business_scope", "经营范围", kept=False),
        Column("capital_yuan", MONEY, "注册资本（元）", kept=False),
        keyed_period=True,
    ),
    _schema(
        FactKind.TIE,
        _key("person", "自然人", subject=True),
        _key("organization", "组织", subject=True),
        _key("role", "职务"),
        keyed_period=True,
    ),
    _schema(
        FactKind.HOLDING,
        _key("holder", "持有人", subject=True),
        _key("organization", "被持股组织", subject=True),
        Column("share_num", pa.int64(), "持股比例分子"),
        Column("share_den", pa.int64(), "持股比例分母"),
        Column("share_to_num", pa.int64(), "持股比例上限分子"),
        Column("share_to_den", pa.int64(), "持股比例上限分母"),
        Column("votes_num", pa.int64(), "表决权比例分子"),
        Column("votes_den", pa.int64(), "表决权比例分母"),
        Column("votes_to_num", pa.int64(), "表决权比例上限分子"),
        Column("votes_to_den", pa.int64(), "表决权比例上限分母"),
        Column("direct", pa.bool_(), "直接持有"),
        Column("amount_yuan", MONEY, "认缴出资额（元）", kept=False),
        version=2,
        keyed_period=True,
    ),
    _schema(
        FactKind.BRANCH,
        _key("branch", "分支机构", subject=True),
        _key("parent", "所属组织", subject=True),
        keyed_period=True,
    ),
    _schema(
        FactKind.LINK,
        _key("subject", "主体", subject=True),
        _key("other", "对方", subject=True),
        _key("relation", "关系"),
        _key("document", "文书号"),
        _text("about", "所涉组织"),
        Column("amount_yuan", MONEY, "金额（元）"),
        _text("content", "内容", kept=False),
        keyed_period=True,
    ),
    _schema(
        FactKind.CONTACT,
        _key("subject", "主体", subject=True),
        _key("anchor", "地址或号码", subject=True),
        _key("kind", "类别"),
        _text("text", "地址或号码（脱敏）", kept=False),
        keyed_period=True,
    ),
    _schema(
        FactKind.RECORD,
        _key("kind", "记录类别"),
        _key("authority", "认定机关"),
        _key("document_number", "文书号"),
        _key("subject", "主体", subject=True),
        _text("category", "目录类别", required=True),
        _text("authority_name", "认定机关名称"),
        _text("title", "事项", kept=False),
        _day("decided_on", "决定日期"),
        _day("act_from", "行为起始日"),
        _day("act_to", "行为终止日（不含）"),
        Column("penalty_kinds", WORDS, "处罚类别"),
        Column("fine_yuan", MONEY, "罚款金额（元）", kept=False),
        Column("forfeited_yuan", MONEY, "没收金额（元）", kept=False),
        _text("content", "内容", kept=False),
        _text("facts_text", "事实", kept=False),
        _text("basis_text", "依据", kept=False),
        _text("licence", "证照名称及编号", kept=False),
        _text("list_name", "名单名称"),
        _text("field", "监管领域"),
        _day("publicity_to", "公示截止（不含）"),
        _text("outcome", "结果"),
        _text("grade", "评价等级"),
        _text("review", "审核状态"),
        _text("capacity", "当事人地位"),
        _day("due_on", "应履行日期"),
        Column("amount_yuan", MONEY, "涉及金额（元）"),
        _text("plan_number", "计划编号", kept=False),
        version=2,
    ),
    _schema(
        FactKind.SANCTION,
        _key("authority", "作出机关"),
        _key("document_number", "文书号"),
        _key("list", "名单"),
        _key("subject", "主体", subject=True),
        _text("authority_name", "作出机关名称"),
        Column("measures", WORDS, "措施"),
        _text("field", "监管领域"),
        _day("decided_on", "决定日期"),
        _day("listed_on", "列入日期"),
        _day("act_from", "行为起始日"),
        _day("act_to", "行为终止日（不含）"),
        _text("end_reason", "终止原因"),
        _text("end_document", "终止文书号"),
        _text("end_authority", "终止决定机关"),
        _text("record_key", "所依据的记录"),
        _text("content", "内容", kept=False),
    ),
    _schema(
        FactKind.FINDING,
        _key("person", "自然人", subject=True),
        *_ABOUT,
        _text("role", "认定的责任身份", required=True),
        Column("responsible", pa.bool_(), "负有责任", required=True),
        Column("fine_yuan", MONEY, "个人罚款（元）", kept=False),
        _text("content", "内容", kept=False),
    ),
    _schema(
        FactKind.RELEASE,
        _key("person", "自然人", subject=True),
        *_ABOUT,
        _text("reason", "解除原因", required=True),
    ),
    _schema(
        FactKind.SUSPENSION,
        _key("subject", "主体", subject=True),
        *_ABOUT,
        _text("reason", "中止原因"),
    ),
    _schema(
        FactKind.IDENTITY_LINK,
        _key("left", "主体甲", subject=True),
        _key("right", "主体乙", subject=True),
        _key("document", "文书号"),
        _key("authority", "作出机关"),
        _text("judgement", "判断", required=True),
    ),
)

SCHEMAS: Mapping[FactKind, FactSchema] = MappingProxyType({s.kind: s for s in _ALL})
"""Every fact kind's schema, in projection order: described subjects first."""
