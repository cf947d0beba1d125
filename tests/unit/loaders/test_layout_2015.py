"""The older layouts: the subject told by its numbers, and rows that do not stand."""

from collections.abc import Mapping

import pytest

from graph.vocabulary import FactKind
from loaders.pipeline import LoadReport
from loaders.registry import sources
from tests.unit.loaders.conftest import P1, A, Desk

CODES = {
    "unified": "行政相对人代码_1(统一社会信用代码)",
    "old": "行政相对人代码_2(组织机构代码)",
    "register": "行政相对人代码_3(工商登记码)",
    "person": "行政相对人代码_5(居民身份证号)",
    "led_by": "法定代表人姓名",
}
SOUND = {
    "行政处罚决定书文号": "示1号",
    "处罚名称": "示例案",
    "处罚类别1": "吊销许可证",
    "处罚结果": "吊销食品经营许可证",
    "行政相对人名称": "林甲",
    "处罚决定日期": "2016-03-01",
    "处罚机关": "示例局",
    "当前状态": "0",
}
ANOTHER = {**SOUND, "行政处罚决定书文号": "示2号", CODES["unified"]: A}


def loaded(desk: Desk, *rows: Mapping[str, str]) -> LoadReport:
    headings = sources()["penalties_2015"].headings
    return desk.load(desk.csv("p.csv", headings, rows))


@pytest.mark.parametrize(
    ("numbers", "subject"),
    [
        ({"unified": A}, f"org:{A}"),
        ({"register": A}, f"org:{A}"),
        ({"old": A}, f"org:{A}"),
        ({"unified": A, "person": P1}, f"org:{A}"),
        ({"register": "110108000000016"}, "org:reg:110108000000016"),
        ({"old": "MXEXAMP1-8"}, "org:organization_code:MXEXAMP18"),
        ({"register": "MXEXAMP18"}, "org:organization_code:MXEXAMP18"),
        ({"led_by": "林乙"}, "org:scoped:"),
        ({"person": P1}, "per:"),
        ({"person": P1, "led_by": "林甲"}, "per:"),
        ({"person": "2307**********0016"}, "per:scoped:"),
    ],
)
def test_the_numbers_tell_who_a_row_is_about(
    desk: Desk, numbers: dict[str, str], subject: str
) -> None:
    report = loaded(desk, SOUND | {CODES[k]: v for k, v in numbers.items()})
    assert report.new == 1
    (record,) = desk.store.all(FactKind.RECORD)
    assert record.subject.startswith(subject)


@pytest.mark.parametrize("numbers", [{}, {"person": P1, "led_by": "林乙"}])
def test_a_row_that_could_be_about_either_is_set_aside(
    desk: Desk, numbers: dict[str, str]
) -> None:
    row = SOUND | {CODES[k]: v for k, v in numbers.items()}
    report = loaded(desk, ANOTHER, row)
    assert (report.new, report.reasons) == (1, {"no_subject": 1})


@pytest.mark.parametrize("state", ["3", "其他", "有效"])
def test_what_may_not_stand_is_set_aside(desk: Desk, state: str) -> None:
    report = loaded(desk, ANOTHER, {**SOUND, CODES["person"]: P1, "当前状态": state})
    assert (report.new, report.reasons) == (1, {"word": 1})
    assert [s.subject for s in desk.store.all(FactKind.SANCTION)] == [f"org:{A}"]


@pytest.mark.parametrize("kinds", ["吊销许可证", "罚款"])
@pytest.mark.parametrize("state", ["1", "撤销", "１"])
def test_a_withdrawn_penalty_is_taken_back_with_its_sanction(
    desk: Desk, state: str, kinds: str
) -> None:
    row = {**SOUND, CODES["person"]: P1}
    loaded(desk, ANOTHER, row)
    again = {**row, "当前状态": state, "处罚类别1": kinds}
    assert loaded(desk, again).reasons == {}
    withdrawn = desk.store.batches[-1].withdraws
    assert {k: len(v) for k, v in withdrawn.items()} == {
        FactKind.RECORD: 1,
        FactKind.SANCTION: 1,
    }
    assert loaded(desk, ANOTHER).new == 0


def test_a_withdrawal_of_what_was_never_said_is_set_aside(desk: Desk) -> None:
    gone = {**SOUND, CODES["person"]: P1, "当前状态": "1"}
    report = loaded(desk, ANOTHER, gone)
    assert (report.new, report.reasons) == (1, {"never_said": 1})
    assert [r.subject for r in desk.store.all(FactKind.RECORD)] == [f"org:{A}"]


def test_what_is_contested_stands_and_says_so(desk: Desk) -> None:
    loaded(desk, {**ANOTHER, "当前状态": "2"})
    (record,) = desk.store.all(FactKind.RECORD)
    assert record.review == "contested"
    assert len(desk.store.all(FactKind.SANCTION)) == 1


@pytest.mark.parametrize(
    ("result", "licence", "field"),
    [
        ("吊销食品经营许可证", "食品经营许可证", "food"),
        ("罚款一万元，吊销《药品经营许可证》。", "药品经营许可证", "drugs"),
        ("吊销营业执照", "营业执照", None),
        ("罚款一万元", None, None),
    ],
)
def test_the_permit_that_was_revoked_is_read_from_the_result(
    desk: Desk, result: str, licence: str | None, field: str | None
) -> None:
    loaded(desk, {**ANOTHER, "处罚结果": result})
    (record,) = desk.store.all(FactKind.RECORD)
    assert (record.licence, record.field) == (licence, field)


def test_both_columns_of_kinds_are_one_list(desk: Desk) -> None:
    loaded(desk, {**ANOTHER, "处罚类别1": "罚款,警告", "处罚类别2": "警告；吊销执照"})
    (record,) = desk.store.all(FactKind.RECORD)
    assert set(record.penalty_kinds) == {"fine", "warning", "business_licence_revoked"}
