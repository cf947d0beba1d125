"""Permits, inspections, complaints and abnormal operation as the rows of their files."""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loaders.synthetic.authorities import OFFICE_AUTHORITIES, paper_numbers
from loaders.synthetic.columns import (
    LONG_TERM,
    NO_DAY,
    blank_unless,
    constant,
    days,
    glue,
    look_up,
    numbers,
)
from loaders.synthetic.dealings import PERMITS, Dealings
from loaders.synthetic.draw import Draw
from loaders.synthetic.layout import table_of
from loaders.synthetic.organizations import Organizations

_CATEGORIES: Final = ("法人及非法人组织", "个体工商户")
_NAMES: Final = pa.array([a.name for a in OFFICE_AUTHORITIES])
_CODES: Final = pa.array([a.code for a in OFFICE_AUTHORITIES])


def _who(orgs: Organizations, made: Dealings) -> tuple[pa.Array, pa.Array, pa.Array]:
    """Return names, codes and regions of the organizations concerned."""
    where = pa.array(made.organization)
    region = numbers(orgs.region[made.organization])
    return orgs.names.take(where), orgs.codes.take(where), region


def _categories(orgs: Organizations, made: Dealings) -> pa.Array:
    return look_up(_CATEGORIES, orgs.traders[made.organization].astype(np.int64))


def permits_table(orgs: Organizations, made: Dealings) -> pa.Table:
    """Return one row per permit; outcome 1 is one that no longer holds."""
    names, codes, region = _who(orgs, made)
    title = look_up([p.title for p in PERMITS], made.sort)
    certificate = look_up([p.certificate for p in PERMITS], made.sort)
    signs = look_up(
        [f"示{i:02}-" if p.certificate else "" for i, p in enumerate(PERMITS)],
        made.sort,
    )
    certified = np.array([bool(p.certificate) for p in PERMITS])[made.sort]
    until = np.where(made.until == NO_DAY, _LONG, made.until)
    return table_of(
        "permits",
        {
            "行政相对人名称": names,
            "行政相对人类别": _categories(orgs, made),
            "行政相对人代码_1(统一社会信用代码)": codes,
            "行政许可决定文书名称": title,
            "行政许可决定文书号": paper_numbers(
                "许", made.organ, made.day, made.serial
            ),
            "许可类别": look_up([p.kind for p in PERMITS], made.sort),
            "许可证书名称": certificate,
            "许可编号": blank_unless(
                certified,
                glue(signs, numbers(made.organ), "-", numbers(made.serial, 7)),
            ),
            "许可内容": title,
            "许可决定日期": days(made.day),
            "有效期自": days(made.day),
            "有效期至": days(until),
            "许可机关": look_up(_NAMES, made.organ),
            "许可机关统一社会信用代码": look_up(_CODES, made.organ),
            "当前状态": look_up(("1", "2"), made.outcome),
            "数据来源单位": look_up(_NAMES, made.organ),
            "行政区划代码": region,
        },
    )


_LONG: Final = int(np.datetime64(LONG_TERM, "D").astype(np.int64))

_INSPECTED: Final = ("双随机", "重点检查", "专项检查", "日常检查")
_RESULTS: Final = (
    "未发现问题",
    "发现问题已责令改正",
    "未按规定公示应当公示的信息",
    "不合格",
    "通过登记的住所（经营场所）无法联系",
    "不配合检查情节严重",
)
_PROBLEMS: Final = (
    "",
    "台账记录不全",
    "年度报告未公示",
    "抽查项目不合格",
    "登记住所无人",
    "拒绝提供资料",
)


def inspections_table(orgs: Organizations, made: Dealings) -> pa.Table:
    """Return one row per inspection."""
    names, codes, region = _who(orgs, made)
    random = made.sort == 0
    month = days(made.day)
    return table_of(
        "inspections",
        {
            "检查对象名称": names,
            "检查对象类别": _categories(orgs, made),
            "统一社会信用代码": codes,
            "检查文书号": paper_numbers("检", made.organ, made.day, made.serial),
            "检查计划编号": blank_unless(
                random, glue("SSJ-示-", pc.utf8_slice_codeunits(month, 0, 7))
            ),
            "检查类型": look_up(_INSPECTED, made.sort),
            "检查事项": constant("登记事项、公示信息和经营行为", len(made)),
            "检查机关": look_up(_NAMES, made.organ),
            "检查机关统一社会信用代码": look_up(_CODES, made.organ),
            "检查日期": days(made.day),
            "检查结果": look_up(_RESULTS, made.outcome),
            "问题描述": look_up(_PROBLEMS, made.outcome),
            "整改期限": blank_unless(made.outcome == 1, days(made.until)),
            "数据来源单位": look_up(_NAMES, made.organ),
            "行政区划代码": region,
        },
    )


_TOPICS: Final = ("食品安全", "售后服务", "虚假宣传", "价格", "产品质量")
_ASKED: Final = (
    "退货退款并赔偿",
    "履行售后承诺",
    "查处虚假宣传",
    "退还多收的价款",
    "更换不合格商品",
)
_SOLVED: Final = (
    "办理中",
    "不予受理",
    "达成调解协议",
    "终止调解",
    "属实",
    "不属实",
    "投诉人撤回",
)
_REPORTED: Final = 4
"""From this position on results belong to reports (举报), before to complaints."""


def complaints_table(draw: Draw, orgs: Organizations, made: Dealings) -> pa.Table:
    """Return one row per complaint or report."""
    names, codes, region = _who(orgs, made)
    reported = (made.outcome >= _REPORTED).astype(np.int64)
    sum_of = 20 + draw.leaning(len(made), 8_000)
    number = glue(
        "示", numbers(made.day + 100_000), numbers(made.organ), numbers(made.serial, 7)
    )
    return table_of(
        "complaints",
        {
            "登记编号": number,
            "业务类型": look_up(("投诉", "举报"), reported),
            "被投诉举报对象名称": names,
            "统一社会信用代码": codes,
            "问题类别": look_up(_TOPICS, made.sort),
            "诉求内容": look_up(_ASKED, made.sort),
            "涉及金额（元）": numbers(sum_of),
            "登记时间": days(made.day),
            "办结期限": days(made.day + 60),
            "处理结果": look_up(_SOLVED, made.outcome),
            "办结时间": days(made.until),
            "处理单位": look_up(_NAMES, made.organ),
            "行政区划代码": region,
        },
    )


_ENTERED: Final = (
    "未依照《企业信息公示暂行条例》第八条规定的期限公示年度报告的",
    "通过登记的住所或者经营场所无法联系的",
    "公示企业信息隐瞒真实情况、弄虚作假的",
)
_LEFT: Final = (
    "已补报未报年份的年度报告并公示",
    "依法办理住所变更登记",
    "已更正其公示信息",
)


def abnormal_table(orgs: Organizations, made: Dealings) -> pa.Table:
    """Return one row per entry of the directory of abnormal operation."""
    names, codes, region = _who(orgs, made)
    gone = made.outcome > 0
    paper = paper_numbers("异列", made.organ, made.day, made.serial)
    organ = look_up(_NAMES, made.organ)
    return table_of(
        "abnormal_operation",
        {
            "企业名称": names,
            "统一社会信用代码": codes,
            "列入原因": look_up(_ENTERED, made.sort),
            "列入日期": days(made.day),
            "列入决定机关": organ,
            "列入决定文书号": paper,
            "移出原因": blank_unless(gone, look_up(_LEFT, made.sort)),
            "移出日期": days(made.until),
            "移出决定机关": blank_unless(gone, organ),
            "移出决定文书号": blank_unless(gone, glue(paper, "之一")),
            "行政区划代码": region,
        },
    )
