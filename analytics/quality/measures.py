"""What is measured: each measure with what it counts, out of what, and its target.

The definitions are the product: an officer reads them beside the figure. 重错码率 is
counted over distinct codes, as the register of codes counts it; the target is that of
the Heilongjiang plan, below one in ten thousand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from graph.errors import Said
from graph.vocabulary import Term

WORKING_DAYS: Final = 7
"""Within so many working days a decision is to be published (长治 35)."""

CODE_TARGET: Final = 1e-4
"""Below this share of codes may be wrong or duplicated (1‱)."""


class Dimension(Term):
    """By what figures are told apart."""

    SOURCE = "source", "数据源", "source"
    DEPARTMENT = "department", "部门", "department"
    REGION = "region", "地区", "region"
    MONTH = "month", "到达月份", "month of arrival"
    FIELD = "field", "字段", "field"


GROUPED_BY: Final = (
    Dimension.SOURCE,
    Dimension.DEPARTMENT,
    Dimension.REGION,
    Dimension.MONTH,
)
"""By what a reader may group; figures about fields are always told by field."""


class Unit(Term):
    """What is counted."""

    CODE = "code", "代码", "codes"
    NAME = "name", "名称", "names"
    FACT = "fact", "事实", "facts"
    ROW = "row", "行", "rows"
    SUBJECT = "subject", "主体", "subjects"
    SOURCE = "source", "数据源", "sources"


class Measure(Term):
    """What is measured."""

    WRONG_OR_DUPLICATE_CODES = (
        "wrong_or_duplicate_codes",
        "重错码",
        "wrong or duplicate codes",
    )
    WRONG_CODES = "wrong_codes", "错码", "wrong codes"
    DUPLICATE_CODES = "duplicate_codes", "重码（一码多名）", "duplicate codes"
    DOUBTFUL_CODES = "doubtful_codes", "存疑代码", "doubtful codes"
    NAMES_WITH_CODES = "names_with_codes", "一名多码", "one name, several codes"
    NAME_MISMATCHES = "name_mismatches", "名称与代码不符", "name and code disagree"
    LATE_RECORDS = "late_records", "记录迟报", "late records"
    LATE_SANCTIONS = "late_sanctions", "惩戒迟报", "late sanctions"
    TWO_REPRESENTATIVES = (
        "two_representatives",
        "同日有两名以上法定代表人",
        "several legal representatives on one day",
    )
    BEFORE_ESTABLISHMENT = (
        "before_establishment",
        "决定早于主体成立",
        "decided before the subject was established",
    )
    LISTS_WITHOUT_DECISION = (
        "lists_without_decision",
        "列入名单缺少决定",
        "list entries without their decision",
    )
    ROWS_SET_ASIDE = "rows_set_aside", "隔离等候的行", "rows set aside"
    EMPTY_FIELDS = "empty_fields", "字段空缺", "empty fields"
    STALE_SOURCES = "stale_sources", "逾期未报的数据源", "stale sources"


OF_CODES: Final = frozenset(
    {
        Measure.WRONG_OR_DUPLICATE_CODES,
        Measure.WRONG_CODES,
        Measure.DUPLICATE_CODES,
        Measure.DOUBTFUL_CODES,
    }
)
OF_NAMES: Final = frozenset({Measure.NAMES_WITH_CODES, Measure.NAME_MISMATCHES})
OF_TIME: Final = frozenset({Measure.LATE_RECORDS, Measure.LATE_SANCTIONS})
OF_CONTRADICTIONS: Final = frozenset(
    {
        Measure.TWO_REPRESENTATIVES,
        Measure.BEFORE_ESTABLISHMENT,
        Measure.LISTS_WITHOUT_DECISION,
    }
)
"""Measures that are reckoned together, because they look at the same things."""


@dataclass(frozen=True, slots=True)
class Definition:
    """How a measure is counted.

    Args:
        unit: what is counted.
        numerator: which of them are not as they should be.
        denominator: which are looked at.
        target: the share that should not be reached; None where no policy sets one.
    """

    unit: Unit
    numerator: Said
    denominator: Said
    target: float | None = None


_CODES: Final = Said(
    "报送过的不同代码，含隔离区中的",
    "distinct codes that were sent, those in quarantine included",
)

DEFINITIONS: Final[Mapping[Measure, Definition]] = {
    Measure.WRONG_OR_DUPLICATE_CODES: Definition(
        Unit.CODE,
        Said("错码或重码", "codes that are wrong or duplicate"),
        _CODES,
        CODE_TARGET,
    ),
    Measure.WRONG_CODES: Definition(
        Unit.CODE,
        Said("不合 GB 32100 校验的代码", "codes that fail the check of GB 32100"),
        _CODES,
        CODE_TARGET,
    ),
    Measure.DUPLICATE_CODES: Definition(
        Unit.CODE,
        Said(
            "同时登记有两个以上名称的代码（括号、空格不计；更名不算）",
            "codes registered under several names at one time (brackets and blanks do "
            "not count, nor does a change of name)",
        ),
        _CODES,
        CODE_TARGET,
    ),
    Measure.DOUBTFUL_CODES: Definition(
        Unit.CODE,
        Said(
            "通过 GB 32100 但其中主体标识码不合 GB 11714",
            "codes that pass GB 32100 while the inner code fails GB 11714",
        ),
        _CODES,
    ),
    Measure.NAMES_WITH_CODES: Definition(
        Unit.NAME,
        Said("当日有两个以上代码的名称", "names with several codes on the day"),
        Said("当日登记的不同名称", "distinct names registered on the day"),
    ),
    Measure.NAME_MISMATCHES: Definition(
        Unit.FACT,
        Said(
            "所写名称从未登记在该代码名下",
            "those whose name was never registered under the code",
        ),
        Said(
            "登记以外各来源写明名称、且代码已登记的主体",
            "subjects named by other sources whose code is registered",
        ),
    ),
    Measure.LATE_RECORDS: Definition(
        Unit.FACT,
        Said(
            f"决定之后超过 {WORKING_DAYS} 个工作日才到达",
            f"those that arrived more than {WORKING_DAYS} working days after the decision",
        ),
        Said(
            "写明决定日期的许可、处罚、检查和其他行政行为",
            "permits, penalties, inspections and other administrative acts with a day "
            "of decision",
        ),
    ),
    Measure.LATE_SANCTIONS: Definition(
        Unit.FACT,
        Said(
            f"决定之后超过 {WORKING_DAYS} 个工作日才到达",
            f"those that arrived more than {WORKING_DAYS} working days after the decision",
        ),
        Said("写明决定日期的惩戒", "sanctions with a day of decision"),
    ),
    Measure.TWO_REPRESENTATIVES: Definition(
        Unit.SUBJECT,
        Said(
            "有两名以上法定代表人的任期重叠",
            "organizations of which several representatives' terms overlap",
        ),
        Said("有法定代表人的组织", "organizations with a legal representative"),
    ),
    Measure.BEFORE_ESTABLISHMENT: Definition(
        Unit.FACT,
        Said("决定日期早于成立日期", "those decided before the day of establishment"),
        Said(
            "两个日期都有的记录和惩戒", "records and sanctions of which both are known"
        ),
    ),
    Measure.LISTS_WITHOUT_DECISION: Definition(
        Unit.FACT,
        Said(
            "没有决定日期、文书号，或所依据的记录已不存在",
            "those without day or number of the decision, or whose record is gone",
        ),
        Said("列入名单的惩戒", "sanctions that are entries on a list"),
    ),
    Measure.ROWS_SET_ASIDE: Definition(
        Unit.ROW,
        Said("在隔离区等候的行", "rows that wait in quarantine"),
        Said("已采用的行和等候的行", "rows that were taken and rows that wait"),
    ),
    Measure.EMPTY_FIELDS: Definition(
        Unit.FACT,
        Said("该字段为空", "those in which the field is empty"),
        Said("该来源的该类事实", "facts of that kind of the source"),
    ),
    Measure.STALE_SOURCES: Definition(
        Unit.SOURCE,
        Said(
            "距最近一次报送超过通常间隔（中位数，按工作日）",
            "those from which nothing came for longer than usual (median, working "
            "days)",
        ),
        Said(
            "报送过三次以上的数据源", "sources that were loaded on three days or more"
        ),
    ),
}
