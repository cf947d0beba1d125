"""Permits that ended: what each layout says of how, and when somebody is sanctioned."""

import pytest

from graph.vocabulary import FactKind
from loaders.pipeline import LoadReport
from tests.unit.loaders.conftest import P1, A, Desk

SOUND = {
    "行政相对人名称": "示例公司",
    "行政相对人类别": "法人及非法人组织",
    "统一社会信用代码": A,
    "证件号码": "",
    "许可编号": "X-1",
    "许可证书名称": "食品经营许可证",
    "注撤吊销类型": "吊销",
    "注撤吊销文书号": "示罚〔2024〕1号",
    "注撤吊销日期": "2024-05-06",
    "违法行为起始日期": "2024-01-02",
    "许可机关": "示例局",
}


def loaded(desk: Desk, row: dict[str, str]) -> LoadReport:
    good = {**SOUND, "许可编号": "X-2", "注撤吊销类型": "注销", "注撤吊销文书号": ""}
    return desk.load(desk.csv("p.csv", list(SOUND), [good, row]))


@pytest.mark.parametrize(
    ("licence", "measure"),
    [("食品经营许可证", "permit_revoked"), ("营业执照", "business_licence_revoked")],
)
def test_a_revocation_with_number_and_day_of_the_act_is_a_sanction(
    desk: Desk, licence: str, measure: str
) -> None:
    assert loaded(desk, {**SOUND, "许可证书名称": licence}).reasons == {}
    (sanction,) = desk.store.all(FactKind.SANCTION)
    assert sanction.measures == (measure,)
    assert sanction.document_number == "示罚〔2024〕1号"
    assert sanction.record_key


@pytest.mark.parametrize("empty", ["注撤吊销文书号", "违法行为起始日期"])
def test_without_either_it_is_only_recorded_and_that_is_told(
    desk: Desk, empty: str
) -> None:
    report = loaded(desk, {**SOUND, empty: ""})
    assert (report.new, report.reasons) == (2, {"no_basis": 1})
    assert desk.store.all(FactKind.SANCTION) == []
    assert len(desk.store.all(FactKind.RECORD)) == 2


@pytest.mark.parametrize("how", ["注销", "撤销", "撤回"])
def test_what_is_no_penalty_sanctions_nobody(desk: Desk, how: str) -> None:
    assert loaded(desk, {**SOUND, "注撤吊销类型": how}).reasons == {}
    assert desk.store.all(FactKind.SANCTION) == []


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"注撤吊销类型": ""}, "missing"),
        ({"行政相对人类别": ""}, "missing"),
        ({"行政相对人类别": "自然人"}, "no_subject"),
        ({"统一社会信用代码": "", "证件号码": P1}, "no_subject"),
    ],
)
def test_a_column_that_is_there_must_be_filled_and_fit(
    desk: Desk, cells: dict[str, str], reason: str
) -> None:
    report = loaded(desk, SOUND | cells)
    assert (report.new, report.reasons) == (1, {reason: 1})


@pytest.mark.parametrize(
    ("code", "subject"),
    [(A, f"org:{A}"), ("110108000000016", "org:reg:110108000000016")],
)
def test_the_layout_of_a_department_says_only_that_a_permit_ended(
    desk: Desk, code: str, subject: str
) -> None:
    row = {
        "企业名称": "示例公司",
        "工商注册号/统一社会信用代码": code,
        "许可证编号": "X-1",
        "许可证名称": "安全生产许可证",
        "注（撤、吊）销批准日期": "2016-11-30",
        "注（撤、吊）销文号": "示〔2016〕1号",
        "注（撤、吊）销原因": "届满",
        "批准机关名称": "示例局",
    }
    report = desk.load(desk.csv("p.csv", list(row), [row]))
    assert (report.source, report.reasons) == ("permit_ends", {})
    (record,) = desk.store.all(FactKind.RECORD)
    assert (record.subject, record.title) == (subject, "许可终止")
    assert (record.field, record.outcome) == ("work_safety", "not_in_effect")
