"""The kind of subject a row names, and the numbers that go with it or against it."""

from collections.abc import Mapping

import pytest

from graph.vocabulary import FactKind
from loaders.registry import sources
from loaders.report import LoadReport
from tests.unit.loaders.conftest import P1, A, Desk

CODE = "行政相对人代码_1(统一社会信用代码)"
SOUND = {
    "行政相对人名称": "伊春示例小吃店",
    "行政相对人类别": "法人及非法人组织",
    "行政许可决定文书名称": "准予食品经营许可决定书",
    "行政许可决定文书号": "伊市监许示〔2024〕3号",
    "许可决定日期": "2024-04-01",
    "有效期自": "2024-04-01",
    "有效期至": "2029-03-31",
    "许可机关": "伊春市市场监督管理局",
    "当前状态": "1",
}


def loaded(desk: Desk, *rows: Mapping[str, str]) -> LoadReport:
    headings = sources()["permits"].headings
    numbered = [
        {**SOUND, "行政许可决定文书号": f"示{n}号", **row} for n, row in enumerate(rows)
    ]
    return desk.load(desk.csv("p.csv", headings, numbered))


@pytest.mark.parametrize(
    ("cells", "subject"),
    [
        ({CODE: A}, f"org:{A}"),
        ({"行政相对人类别": "个体工商户", CODE: A}, f"org:{A}"),
        ({"行政相对人类别": "个体工商户"}, "org:scoped:"),
        ({"行政相对人类别": "个体工商户", "证件号码": P1}, "org:scoped:"),
        ({"行政相对人类别": "自然人", "证件号码": P1}, "per:"),
        ({"行政相对人类别": "自然人"}, "per:scoped:"),
    ],
)
def test_each_kind_with_its_own_numbers_is_taken_without_a_word(
    desk: Desk, cells: dict[str, str], subject: str
) -> None:
    assert loaded(desk, cells).reasons == {}
    (record,) = desk.store.all(FactKind.RECORD)
    assert record.subject.startswith(subject)


@pytest.mark.parametrize(
    "cells",
    [
        {"行政相对人类别": "自然人", CODE: A},
        {"行政相对人类别": "自然人", "行政相对人代码_2(工商注册号)": "110108000000016"},
        {"证件号码": P1},
    ],
)
def test_numbers_that_contradict_the_kind_set_the_row_aside(
    desk: Desk, cells: dict[str, str]
) -> None:
    report = loaded(desk, {CODE: A}, cells)
    assert (report.new, report.quarantined) == (1, 1)
    assert report.reasons == {"no_subject": 1}
    assert [i.field for i in report.issues] == ["行政相对人类别"]


def test_an_organization_without_a_code_is_taken_and_told(desk: Desk) -> None:
    report = loaded(desk, {})
    assert (report.new, report.reasons) == (1, {"missing": 1})
    assert "统一社会信用代码" in report.issues[0].advice_zh


def test_a_placeholder_is_told_once(desk: Desk) -> None:
    report = loaded(desk, {CODE: "00000000000000000X"})
    assert (report.new, report.reasons) == (1, {"code_doubtful": 1})


def test_the_authority_answers_for_rows_without_a_supplier(desk: Desk) -> None:
    loaded(
        desk,
        {CODE: A, "数据来源单位": "— —"},
        {CODE: A, "数据来源单位": "某委", "许可机关统一社会信用代码": A},
    )
    first, second = desk.store.all(FactKind.RECORD)
    assert (first.department, first.authority) == (SOUND["许可机关"],) * 2
    assert (second.department, second.authority) == ("某委", A)
