"""The headings of each file, as the departments write them (loaders/sources)."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

import pyarrow as pa

Row = Mapping[str, str]
"""One row of a file: heading to cell; a heading left out is an empty cell."""

_PENALTY_CODES = (
    "统一社会信用代码",
    "工商注册号",
    "组织机构代码",
    "税务登记号",
    "事业单位证书号",
    "社会组织登记证号",
)

HEADINGS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "registrations": (
            "企业名称", "统一社会信用代码", "注册号", "企业类型", "登记状态", "成立日期",
            "核准日期", "法定代表人", "法定代表人证件类型", "法定代表人证件号码", "注册资本",
            "行业门类", "行政区划代码", "住所", "经营范围", "登记机关",
        ),
        "posts": (
            "姓名", "证件类型", "证件号码", "任职单位", "统一社会信用代码", "职务",
            "任职起始日期", "任职终止日期", "数据来源单位",
        ),
        "holdings": (
            "股东名称", "股东类型", "股东统一社会信用代码", "证件类型", "证件号码",
            "被投资企业名称", "统一社会信用代码", "持股比例", "表决权比例",
            "认缴出资额（万元）", "起始日期", "终止日期",
        ),
        "penalties": (
            "行政相对人名称", "行政相对人类别",
            *(f"行政相对人代码_{i}({n})" for i, n in enumerate(_PENALTY_CODES, 1)),
            "法定代表人", "法定代表人证件类型", "法定代表人证件号码", "证件类型", "证件号码",
            "行政处罚决定书文号", "违法行为类型", "违法事实", "处罚依据", "处罚类别",
            "处罚内容", "罚款金额（万元）", "没收违法所得、没收非法财物的金额（万元）",
            "暂扣或吊销证照名称及编号", "处罚决定日期", "处罚有效期", "公示截止期",
            "处罚机关", "处罚机关统一社会信用代码", "数据来源单位",
            "数据来源单位统一社会信用代码", "备注",
            "违法行为起始日期", "违法行为终止日期", "监管领域", "行政区划代码",
        ),
        "severe_lists": (
            "名单名称", "主体名称", "主体类别", "统一社会信用代码", "证件类型", "证件号码",
            "决定文书号", "决定机关", "决定机关代码", "决定日期", "列入日期", "行为起始日期",
            "行为终止日期", "列入事由", "监管领域", "惩戒措施", "届满日期", "移出日期",
            "移出原因", "移出文书号", "移出决定机关", "行政区划代码", "行业门类",
        ),
        "findings": (
            "姓名", "证件类型", "证件号码", "所在单位", "统一社会信用代码", "所涉文书号",
            "认定责任身份", "是否负有责任", "认定文书号", "认定机关", "认定日期",
            "个人罚款金额（万元）", "认定内容",
        ),
        "court_releases": (
            "姓名", "证件类型", "证件号码", "所在单位", "统一社会信用代码", "所涉文书号",
            "解除原因", "解除文书号", "解除机关", "解除日期",
        ),
        "contacts": (
            "主体名称", "统一社会信用代码", "注册地址", "经营地址", "联系电话", "起始日期",
            "终止日期", "数据来源单位", "行政区划代码",
        ),
        "branches": (
            "分支机构名称", "分支机构统一社会信用代码", "所属企业名称",
            "所属企业统一社会信用代码", "成立日期", "注销日期", "登记机关", "行政区划代码",
        ),
        "permits": (
            "行政相对人名称", "行政相对人类别", "行政相对人代码_1(统一社会信用代码)",
            "行政许可决定文书名称", "行政许可决定文书号", "许可类别", "许可证书名称",
            "许可编号", "许可内容", "许可决定日期", "有效期自", "有效期至", "许可机关",
            "许可机关统一社会信用代码", "当前状态", "数据来源单位", "行政区划代码",
        ),
        "inspections": (
            "检查对象名称", "检查对象类别", "统一社会信用代码", "检查文书号", "检查计划编号",
            "检查类型", "检查事项", "检查机关", "检查机关统一社会信用代码", "检查日期",
            "检查结果", "问题描述", "整改期限", "数据来源单位", "行政区划代码",
        ),
        "complaints": (
            "登记编号", "业务类型", "被投诉举报对象名称", "统一社会信用代码", "问题类别",
            "诉求内容", "涉及金额（元）", "登记时间", "办结期限", "处理结果", "办结时间",
            "处理单位", "行政区划代码",
        ),
        "abnormal_operation": (
            "企业名称", "统一社会信用代码", "列入原因", "列入日期", "列入决定机关",
            "列入决定文书号", "移出原因", "移出日期", "移出决定机关", "移出决定文书号",
            "行政区划代码",
        ),
        "taxpayers_a": (
            "纳税人识别号", "纳税人名称", "评价年度", "评价结果", "评价机关", "公布日期",
            "行政区划代码",
        ),
        "guarantees": (
            "担保人名称", "担保人类别", "担保人统一社会信用代码", "担保人证件类型",
            "担保人证件号码", "被担保人名称", "被担保人统一社会信用代码", "债权人名称",
            "担保合同编号", "担保方式", "主合同编号", "担保金额（万元）", "担保起始日期",
            "担保终止日期", "责任解除日期", "数据来源单位", "行政区划代码",
        ),
        "suspensions": (
            "主体名称", "姓名", "证件类型", "证件号码", "统一社会信用代码", "所涉文书号",
            "中止原因", "中止文书号", "决定机关", "中止日期", "恢复日期",
        ),
    }
)  # fmt: skip
"""File (also its name) to its headings, in the order in which they stand.

The last four of the penalties are what the province added to the national form.
"""

RESIDENT_CARD: Final = "身份证"
"""How the files name the resident identity card as a kind of document."""


def table_of(file: str, columns: Mapping[str, pa.Array]) -> pa.Table:
    """Return the file's table from some of its columns; the others are empty.

    Raises:
        KeyError: a column has a heading that the file does not have.
    """
    unknown = columns.keys() - set(HEADINGS[file])
    if unknown:
        raise KeyError(f"{file}: {sorted(unknown)}")
    rows = len(next(iter(columns.values())))
    empty = pa.repeat("", rows)
    return pa.table({h: columns.get(h, empty) for h in HEADINGS[file]})


def rows_of(file: str, rows: Iterable[Row]) -> pa.Table:
    """Return the file's table from single rows."""
    kept = list(rows)
    columns = {
        h: pa.array([row.get(h, "") for row in kept], pa.string())
        for h in HEADINGS[file]
    }
    return table_of(file, columns)
