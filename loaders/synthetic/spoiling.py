"""Rows made wrong on purpose, each in one way that a strict loader must find."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import pyarrow as pa

from loaders.synthetic.draw import Draw
from loaders.synthetic.layout import Row, rows_of


@dataclass(frozen=True, slots=True)
class Marks:
    """Where rows of a file can be spoiled: a code, a day, a required cell, a word."""

    code: str
    day: str
    required: str
    word: str = ""


MARKS: Final[Mapping[str, Marks]] = MappingProxyType(
    {
        "registrations": Marks("统一社会信用代码", "成立日期", "企业名称", "登记状态"),
        "posts": Marks("统一社会信用代码", "任职起始日期", "姓名", "职务"),
        "holdings": Marks("统一社会信用代码", "起始日期", "股东名称", "股东类型"),
        "penalties": Marks(
            "行政相对人代码_1(统一社会信用代码)", "处罚决定日期",
            "行政处罚决定书文号", "行政相对人类别",
        ),
        "severe_lists": Marks("统一社会信用代码", "列入日期", "决定文书号", "主体类别"),
        "permits": Marks(
            "行政相对人代码_1(统一社会信用代码)", "许可决定日期", "行政许可决定文书号",
            "行政相对人类别",
        ),
        "inspections": Marks("统一社会信用代码", "检查日期", "检查对象名称", "检查结果"),
        "complaints": Marks("统一社会信用代码", "登记时间", "登记编号", "处理结果"),
        "abnormal_operation": Marks("统一社会信用代码", "列入日期", "列入原因"),
        "guarantees": Marks(
            "担保人统一社会信用代码", "担保起始日期", "担保合同编号", "担保人类别"
        ),
        "contacts": Marks("统一社会信用代码", "起始日期", "主体名称"),
        "branches": Marks("分支机构统一社会信用代码", "成立日期", "分支机构名称"),
        "taxpayers_a": Marks("纳税人识别号", "公布日期", "纳税人名称", "评价结果"),
    }
)  # fmt: skip

IMPOSSIBLE_DAY: Final = "2024-02-30"
UNKNOWN_WORD: Final = "待核实情况"

KINDS: Final = ("wrong_check_character", "impossible_day", "unknown_word", "empty_cell")
_WEIGHTS: Final = (5, 2, 2, 1)


@dataclass(frozen=True, slots=True)
class Spoiled:
    """A row that is wrong: in which field and how; `value` is what stands there."""

    kind: str
    field: str
    value: str


def spoil(draw: Draw, file: str, rows: pa.Table) -> tuple[pa.Table, list[Spoiled]]:
    """Return the rows, each wrong in one field, and what is wrong with each."""
    made: list[Row] = []
    told: list[Spoiled] = []
    for row, kind in zip(rows.to_pylist(), draw.pick(len(rows), _WEIGHTS), strict=True):
        spoiled = _spoiled(MARKS[file], row, KINDS[kind])
        made.append({**row, spoiled.field: spoiled.value})
        told.append(spoiled)
    return rows_of(file, made), told


def _spoiled(marks: Marks, row: Row, kind: str) -> Spoiled:
    code = row[marks.code]
    if kind == "wrong_check_character" and code:
        other = "1" if code[-1] == "0" else "0"
        return Spoiled(kind, marks.code, code[:-1] + other)
    if kind == "unknown_word" and marks.word:
        return Spoiled(kind, marks.word, UNKNOWN_WORD)
    if kind == "empty_cell":
        return Spoiled(kind, marks.required, "")
    return Spoiled("impossible_day", marks.day, IMPOSSIBLE_DAY)
