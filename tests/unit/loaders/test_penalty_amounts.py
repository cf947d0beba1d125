"""Amounts and permits of penalties against the kinds of penalty they belong to."""

from decimal import Decimal
from typing import Any

import pytest

from graph.vocabulary import FactKind
from loaders.pipeline import LoadReport
from loaders.registry import sources
from tests.unit.loaders.conftest import A, Desk

FINE = "罚款金额（万元）"
TAKEN = "没收违法所得、没收非法财物的金额（万元）"
LICENCE = "暂扣或吊销证照名称及编号"
SOUND = {
    "行政相对人名称": "示例公司",
    "行政相对人类别": "法人及非法人组织",
    "行政相对人代码_1(统一社会信用代码)": A,
    "行政处罚决定书文号": "示1号",
    "违法行为类型": "示例",
    "处罚决定日期": "2024-03-01",
    "处罚机关": "示例局",
}


def loaded(desk: Desk, **cells: str) -> tuple[LoadReport, Any]:
    headings = sources()["penalties"].headings
    report = desk.load(desk.csv("p.csv", headings, [SOUND | cells]))
    (record,) = desk.store.all(FactKind.RECORD)
    return report, record


@pytest.mark.parametrize(
    ("kinds", "fine", "taken"),
    [
        ("罚款", "0.5", ""),
        ("罚款", "0.5", "0"),
        ("罚款；没收违法所得", "0.5", "1"),
        ("没收非法财物", "0", "1.000000"),
        ("警告", "0", "0.0"),
        ("警告", "/", "— —"),
    ],
)
def test_a_zero_beside_another_kind_says_nothing(
    desk: Desk, kinds: str, fine: str, taken: str
) -> None:
    report, record = loaded(desk, 处罚类别=kinds, **{FINE: fine, TAKEN: taken})
    assert report.reasons == {}
    assert record.fine_yuan == (Decimal(5_000) if fine == "0.5" else None)
    assert record.forfeited_yuan == (Decimal(10_000) if taken[:1] == "1" else None)


@pytest.mark.parametrize(
    ("kinds", "cells", "field", "reason"),
    [
        ("罚款", {}, FINE, "missing"),
        ("罚款", {FINE: "0"}, FINE, "missing"),
        ("没收违法所得", {}, TAKEN, "missing"),
        ("警告", {FINE: "2"}, FINE, "word"),
        ("罚款", {FINE: "2", TAKEN: "1"}, TAKEN, "word"),
        ("吊销许可证", {}, LICENCE, "missing"),
        ("暂扣执照", {}, LICENCE, "missing"),
    ],
)
def test_what_does_not_fit_is_told_and_the_penalty_stands(
    desk: Desk, kinds: str, cells: dict[str, str], field: str, reason: str
) -> None:
    report, _ = loaded(desk, 处罚类别=kinds, **cells)
    assert (report.new, report.quarantined) == (1, 0)
    assert [(i.field, i.reason) for i in report.issues] == [(field, reason)]
    assert report.issues[0].advice_zh


def test_the_field_codes_of_the_form_are_headings_too(desk: Desk) -> None:
    rule = sources()["penalties"].columns
    codes = {h: r.aliases[-1] for h, r in rule.items() if r.aliases}
    assert codes[FINE] == "CF_NR_FK"
    row = {codes.get(h, h): v for h, v in SOUND.items()} | {"CF_CFLB": "警告"}
    report = desk.load(desk.csv("p.csv", list(row), [row]))
    assert (report.source, report.new, report.reasons) == ("penalties", 1, {})
