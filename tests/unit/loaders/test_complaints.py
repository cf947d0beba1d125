"""Complaints: nothing of the complainant is kept, and no outcome is made worse."""

import pytest

from graph.vocabulary import FactKind, Outcome
from loaders.masking import Masking
from loaders.registry import sources
from tests.unit.loaders.conftest import P1, A, Desk

SOUND = {
    "登记编号": "1",
    "业务类型": "投诉",
    "被投诉举报对象名称": "示例公司",
    "统一社会信用代码": A,
    "诉求内容": "要求退款",
    "登记时间": "2024-01-01",
    "处理结果": "调解成功",
    "处理单位": "示例局",
}
COMPLAINANT = {
    "投诉举报人姓名": "林某某",
    "投诉举报人电话": "13800001234",
    "投诉举报人地址": "示例小区九号楼",
    "投诉举报人证件号码": P1,
}


def test_nothing_of_the_complainant_is_kept_in_clear(desk: Desk) -> None:
    told = "我是13800001234，手机139 0000 5678，身份证" + P1
    row = SOUND | COMPLAINANT | {"诉求内容": told}
    report = desk.load(desk.csv("c.csv", list(row), [row]))
    assert (report.new, report.reasons) == (1, {"personal": 1})
    (record,) = desk.store.all(FactKind.RECORD)
    assert record.facts_text == (
        "我是138****1234，手机139****5678，身份证2307**********0016"
    )
    kept = repr([t.to_pylist() for b in desk.store.batches for t in b.tables.values()])
    kept += repr(desk.store.receipts) + repr(report.issues)
    assert [v for v in COMPLAINANT.values() if v in kept] == []
    assert not record.public


def test_a_row_that_waits_shows_nothing_of_the_complainant() -> None:
    shown = Masking(sources()["complaints"]).row(SOUND | COMPLAINANT)
    assert [v for v in COMPLAINANT.values() if v in repr(shown)] == []


@pytest.mark.parametrize(
    "number", ["20240101138000012345", "订单1380000123", "1280000"]
)
def test_other_numbers_in_the_text_stay(desk: Desk, number: str) -> None:
    row = SOUND | {"诉求内容": number}
    desk.load(desk.csv("c.csv", list(row), [row]))
    (record,) = desk.store.all(FactKind.RECORD)
    assert record.facts_text == number


@pytest.mark.parametrize(
    ("result", "outcome"),
    [
        ("立案", Outcome.PENDING),
        ("不予立案", Outcome.CLOSED),
        ("属实", Outcome.FOUNDED),
        ("不属实", Outcome.UNFOUNDED),
        ("终止调解", Outcome.NOT_SETTLED),
    ],
)
def test_only_what_was_found_so_is_founded(
    desk: Desk, result: str, outcome: Outcome
) -> None:
    row = SOUND | {"处理结果": result}
    desk.load(desk.csv("c.csv", list(row), [row]))
    (record,) = desk.store.all(FactKind.RECORD)
    assert record.outcome is outcome
    assert record.content.endswith(result)
