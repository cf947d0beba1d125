"""The tax list finds responsible only whom its form says to be so."""

import pytest

from graph.vocabulary import FactKind, Role
from loaders.report import LoadReport
from tests.unit.loaders.conftest import A, Desk

SOUND = {
    "纳税人名称": "示例公司",
    "统一社会信用代码": A,
    "案件性质": "偷税",
    "主要违法事实": "少列收入",
    "法定代表人或负责人姓名": "林甲",
    "确定文书号": "税失示〔2024〕1号",
    "公布日期": "2024-03-01",
}
MORE = (
    "主体类别",
    "负有直接责任的财务负责人姓名",
    "负有直接责任的财务负责人证件号码",
    "经法院裁判确定的实际责任人姓名",
)


def sent(desk: Desk, **cells: str) -> LoadReport:
    other = {**SOUND, "确定文书号": "税失示〔2024〕2号"}
    path = desk.csv("t.csv", [*SOUND, *MORE], [{**SOUND, **cells}, other])
    return desk.load(path)


def test_the_representative_named_beside_is_not_found_responsible(desk: Desk) -> None:
    assert sent(desk).quarantined == 0
    assert desk.store.all(FactKind.FINDING) == []
    assert desk.store.all(FactKind.TIE) == []


def test_each_head_of_finance_said_to_be_responsible_is_found_so(desk: Desk) -> None:
    sent(
        desk,
        负有直接责任的财务负责人姓名="林乙、林丙",
        经法院裁判确定的实际责任人姓名="林丁",
    )
    found = desk.store.all(FactKind.FINDING)
    assert len({f.person for f in found}) == 3
    assert {f.role for f in found} == {Role.DIRECTLY_RESPONSIBLE}
    assert {(f.organization, f.about_document) for f in found} == {
        (f"org:{A}", "税失示〔2024〕1号")
    }


@pytest.mark.parametrize(
    "cells",
    [
        {"负有直接责任的财务负责人姓名": "林乙、林丙、林丁"},
        {
            "负有直接责任的财务负责人姓名": "林乙、林丙",
            "负有直接责任的财务负责人证件号码": "230799197502140025",
        },
        {
            "负有直接责任的财务负责人姓名": "林乙",
            "主体类别": "自然人",
            "统一社会信用代码": "",
        },
    ],
)
def test_what_cannot_be_told_apart_is_set_aside(
    desk: Desk, cells: dict[str, str]
) -> None:
    report = sent(desk, **cells)
    assert (report.quarantined, report.reasons) == (1, {"word": 1})


def test_a_wrong_number_in_a_split_cell_is_told_masked(desk: Desk) -> None:
    number = "230799197502140026"
    report = sent(
        desk,
        负有直接责任的财务负责人姓名="林乙",
        负有直接责任的财务负责人证件号码=number,
    )
    (issue,) = report.issues
    assert issue.fatal
    assert issue.value == "2307**********0026"
