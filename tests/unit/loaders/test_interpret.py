"""Columns of text to columns of values: faults at their rows, nothing in clear."""

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.vocabulary import FactKind
from loaders.issues import Reason
from loaders.pipeline import LoadReport
from tests.unit.loaders.conftest import P1, A, Desk

Posts = Callable[..., Path]


def reasons(report: LoadReport) -> list[tuple[int, str, Reason, bool]]:
    return [(i.line, i.field, i.reason, i.fatal) for i in report.issues]


GOOD = {"姓名": "林乙"}
"""A sound row, so that a file with one bad row is not refused."""


@pytest.mark.parametrize(
    ("cells", "field", "reason"),
    [
        ({"姓名": ""}, "姓名", Reason.MISSING),
        ({"姓名": "N/A"}, "姓名", Reason.MISSING),
        ({"姓名": "林\u202e甲"}, "姓名", Reason.CHARACTER),
        ({"姓名": "林\x00甲"}, "姓名", Reason.CHARACTER),
        ({"职务": "顾问"}, "职务", Reason.WORD),
        ({"证件类型": "学生证"}, "证件类型", Reason.WORD),
        ({"统一社会信用代码": A[:-1] + "0"}, "统一社会信用代码", Reason.CODE),
        ({"统一社会信用代码": A[:-1]}, "统一社会信用代码", Reason.CODE),
        ({"证件号码": P1[:-1] + "0"}, "证件号码", Reason.CODE),
        ({"任职起始日期": "2022-09-31"}, "任职起始日期", Reason.DAY),
        ({"任职终止日期": "2019-12-31"}, "任职终止日期", Reason.PERIOD),
        ({"统一社会信用代码": "", "任职单位": "—"}, "", Reason.NO_SUBJECT),
    ],
    ids=lambda v: "-".join(v) if isinstance(v, dict) else "",
)
def test_a_fault_is_told_where_it_stands(
    desk: Desk, posts: Posts, cells: dict[str, str], field: str, reason: Reason
) -> None:
    report = desk.load(posts(GOOD, cells))
    assert (report.new, report.quarantined) == (1, 1)
    assert reasons(report) == [(3, field, reason, True)]


def test_a_wrong_check_character_is_answered_with_the_right_one(
    desk: Desk, posts: Posts
) -> None:
    report = desk.load(posts(GOOD, {"统一社会信用代码": A[:-1] + "0"}))
    assert f"应为“{A[-1]}”" in report.issues[0].message_zh
    assert f"must be '{A[-1]}'" in report.issues[0].message_en


def test_a_period_may_end_on_its_first_day(desk: Desk, posts: Posts) -> None:
    report = desk.load(posts({"任职终止日期": "2020-01-01"}))
    assert report.quarantined == 0


def test_full_width_and_lower_case_codes_are_the_same_code(
    desk: Desk, posts: Posts
) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) for c in A)
    desk.load(
        posts(
            {"姓名": "一", "统一社会信用代码": f" {A.lower()} "},
            {"姓名": "二", "统一社会信用代码": wide},
        )
    )
    assert {t.organization for t in desk.store.all(FactKind.TIE)} == {f"org:{A}"}


def test_a_placeholder_code_counts_as_absent_and_is_told(
    desk: Desk, posts: Posts
) -> None:
    report = desk.load(posts({"统一社会信用代码": "00000000000000000X"}))
    assert report.reasons == {"code_doubtful": 1}
    assert "占位符" in report.issues[0].message_zh
    assert report.quarantined == 0
    (tie,) = desk.store.all(FactKind.TIE)
    assert tie.organization.startswith("org:scoped:")


@pytest.mark.parametrize(
    "column",
    [
        "证件号码",
        "统一社会信用代码",
        "职务",
        "任职起始日期",
        "证件类型",
        "任职终止日期",
    ],
)
def test_a_clear_identity_number_is_in_no_message_whatever_column_it_is_in(
    desk: Desk, posts: Posts, column: str
) -> None:
    number = P1 if column != "证件号码" else P1[:-1] + "0"
    report = desk.load(posts(GOOD, {column: number}))
    assert report.issues
    for issue in report.issues:
        assert number not in repr(issue)
        assert number[6:14] not in repr(issue)
    for path in desk.folder.glob("quarantine/*"):
        assert number not in path.read_text("utf-8")


@pytest.mark.parametrize("text", ["{}", "林甲（身份证号{}）", "{}x", "号{}，{}"])
def test_an_identity_number_within_a_text_is_masked_and_told(
    desk: Desk, posts: Posts, text: str
) -> None:
    number = "230799198001010016"
    report = desk.load(posts({"姓名": text.format(number, number)}))
    assert reasons(report) == [(2, "姓名", Reason.PERSONAL, False)]
    assert number not in repr(report.issues)
    names = [p.name for p in desk.store.all(FactKind.PROFILE)]
    assert text.format(*[f"{number[:4]}**********{number[-4:]}"] * 2) in names


@pytest.mark.parametrize("text", ["230799198001010010", "1230799198001010016"])
def test_what_only_looks_like_an_identity_number_stays(
    desk: Desk, posts: Posts, text: str
) -> None:
    assert desk.load(posts({"姓名": text})).reasons == {}
    assert text in [p.name for p in desk.store.all(FactKind.PROFILE)]


def test_one_fault_does_not_hide_another(desk: Desk, posts: Posts) -> None:
    report = desk.load(posts(GOOD, {"职务": "顾问", "任职起始日期": "2022-09-31"}))
    assert {r for _, _, r, _ in reasons(report)} == {Reason.WORD, Reason.DAY}
    assert report.quarantined == 1


def test_a_masked_number_names_nobody_beyond_his_post(desk: Desk, posts: Posts) -> None:
    report = desk.load(posts({"证件号码": "2307**********1234"}))
    assert reasons(report) == [(2, "证件号码", Reason.MASKED, False)]
    (tie,) = desk.store.all(FactKind.TIE)
    assert tie.person.startswith("per:scoped:")


def test_a_column_that_is_not_described_is_told_once(desk: Desk) -> None:
    path = desk.csv(
        "p.csv",
        ["姓名", "任职单位", "职务", "爱好"],
        [{"姓名": "林甲", "任职单位": "示例公司", "职务": "监事", "爱好": "棋"}] * 2,
    )
    report = desk.load(path)
    assert reasons(report) == [(1, "爱好", Reason.COLUMN, False)]


def test_several_values_in_a_cell(desk: Desk) -> None:
    headings = (
        "行政相对人名称",
        "行政相对人类别",
        "行政处罚决定书文号",
        "违法行为类型",
        "处罚类别",
        "处罚决定日期",
        "处罚机关",
    )
    row = dict(
        zip(
            headings,
            (
                "甲公司",
                "法人及非法人组织",
                "示1号",
                "无证经营",
                "罚款；没收违法所得;罚款",
                "2024-01-01",
                "某局",
            ),
            strict=True,
        )
    )
    desk.load(desk.csv("p.csv", headings, [row]))
    (record,) = desk.store.all(FactKind.RECORD)
    assert [k.value for k in record.penalty_kinds] == ["fine", "forfeit_gains"]


def test_many_rows_are_checked_as_few_are(
    desk: Desk, posts: Posts, monkeypatch: pytest.MonkeyPatch
) -> None:
    from loaders import interpret, subjects

    rows = [GOOD, {"统一社会信用代码": A[:-1] + "0"}, {"证件号码": P1[:-1] + "0"}]
    few = desk.load(posts(*rows), store=type(desk.store)())
    for module in (interpret, subjects):
        monkeypatch.setattr(module, "ONE_BY_ONE", 0)
    many = desk.load(posts(*rows))
    assert reasons(many) == reasons(few)
