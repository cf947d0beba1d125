"""Law cases: read with every fault named, tried, and looked at for what they show."""

from pathlib import Path

import pytest

from analytics.lawcases.branches import Branch, BranchKind, branches_of
from analytics.lawcases.coverage import uncovered
from analytics.lawcases.faults import BrokenLawCases
from analytics.lawcases.reading import LawCase, read_cases
from analytics.lawcases.trial import tried
from graph.errors import BadInput
from graph.law.book import LawBook

CASE = """\
- 案例: 列入当天上任的承担
  主体:
    - {名称: 甲公司, 类型: 公司, 登记地: '140400'}
    - {名称: 张三}
    - {名称: 李四}
  任职:
    - {人: 张三, 职务: 法定代表人, 组织: 甲公司, 自: 2018-01-01, 至: 2024-05-31}
    - {人: 李四, 职务: 法定代表人, 组织: 甲公司, 自: 2024-06-01}
  惩戒:
    - {文书: 一号, 对象: 甲公司, 名单: 失信被执行人, 列入: 2024-06-01, 自: 2024-06-01}
  预期:
    2024-05-31: {张三: 无, 李四: 无, 其他人: 无}
    2024-06-01:
      张三: 无
      李四: {记入个人信用记录: 生效}
      其他人: 无
"""
RULE = "SEVERE-LIST-PERSON-RECORD-CN@2019-07-17"


@pytest.fixture(scope="module")
def law() -> LawBook:
    return LawBook.load()


def cases_of(folder: Path, law: LawBook, text: str) -> list[LawCase]:
    file = folder / "例.yaml"
    file.write_text(text, "utf-8")
    return read_cases(file, law)


def shown(folder: Path, law: LawBook, text: str) -> set[Branch]:
    trials = [tried(case, law) for case in cases_of(folder, law, text)]
    return set(branches_of(law)) - set(uncovered(law, trials))


def test_a_case_that_holds_has_no_difference(tmp_path: Path, law: LawBook) -> None:
    (case,) = cases_of(tmp_path, law, CASE)
    assert list(tried(case, law).differences()) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("李四: {记入个人信用记录: 生效}", "李四: 无", 13, "推导为“生效”"),
        ("      张三: 无\n", "      张三: {记入个人信用记录: 生效}\n", 13, "为“无”"),
        ("      李四: {记入个人信用记录: 生效}\n", "", 13, "其他人"),
        ("生效}", "待责任认定}", 13, "应为“待责任认定”，推导为“生效”"),
    ],
)
def test_a_difference_names_its_line_and_both_standings(
    tmp_path: Path, law: LawBook, old: str, new: str, line: int, told: str
) -> None:
    (case,) = cases_of(tmp_path, law, CASE.replace(old, new))
    (difference,) = tried(case, law).differences()
    assert difference.said().zh.startswith(f"例.yaml:{line} ")
    assert told in difference.said().zh


@pytest.mark.parametrize(
    ("old", "new", "line", "kind"),
    [
        ("职务: 法定代表人, 组织: 甲公司, 自: 2024", "职务: 老板, 组织: 甲公司, 自: 2024", 8, "unknown_word"),
        ("名单: 失信被执行人", "名单: 坏人榜", 10, "dangling"),
        ("{人: 李四", "{人: 王五", 8, "dangling"),
        ("列入: 2024-06-01", "列入: 2024-06-31", 10, "bad_value"),
        ("文书: 一号, ", "", 10, "missing_field"),
        ("对象: 甲公司, ", "对象: 甲公司, 金额: 三万, ", 10, "unknown_field"),
        ("记入个人信用记录", "批评教育", 15, "dangling"),
        ("生效}", "有效}", 15, "unknown_word"),
        ("      张三: 无\n", "      张三: 有\n", 14, "bad_value"),
        ("  惩戒:\n    - ", "  惩戒:\n    ", 9, "bad_value"),
        ("- {名称: 张三}", "- 张三", 4, "bad_value"),
        ("- 案例: 列入", "- 事例: 列入", 1, "missing_field"),
        ("  预期:", "  作废: 一号\n  预期:", 11, "bad_value"),
        ("{名称: 李四}", "{名称: 李四, 仅知姓名: 是}", 5, "bad_value"),
        ("  惩戒:", "  处罚:", 9, "unknown_field"),
    ],
)  # fmt: skip
def test_a_fault_names_file_line_and_what_is_wrong(
    tmp_path: Path, law: LawBook, old: str, new: str, line: int, kind: str
) -> None:
    assert old in CASE
    with pytest.raises(BrokenLawCases) as caught:
        cases_of(tmp_path, law, CASE.replace(old, new))
    (fault,) = caught.value.faults
    assert (fault.file, fault.line, fault.kind.value) == ("例.yaml", line, kind)
    assert fault.text("zh") in caught.value.text("zh")


def test_every_faulty_case_of_a_folder_is_told(tmp_path: Path, law: LawBook) -> None:
    for name in ("甲", "乙"):
        (tmp_path / f"{name}.yaml").write_text(CASE.replace("自: 2018", "从: 2018"))
    with pytest.raises(BrokenLawCases) as caught:
        read_cases(tmp_path, law)
    assert [f.file for f in caught.value.faults] == ["乙.yaml", "甲.yaml"]


@pytest.mark.parametrize(
    "content", [b"\xff\xfe", b"a: [", b"a: b"], ids=["bytes", "yaml", "list"]
)
def test_what_is_no_list_of_cases_is_a_fault(
    tmp_path: Path, law: LawBook, content: bytes
) -> None:
    (tmp_path / "例.yaml").write_bytes(content)
    with pytest.raises(BrokenLawCases):
        read_cases(tmp_path, law)


def test_a_place_without_cases_is_an_error(tmp_path: Path, law: LawBook) -> None:
    for place in (tmp_path, tmp_path / "没有.yaml"):
        with pytest.raises(BadInput):
            read_cases(place, law)


def test_a_case_shows_what_it_asks_about(tmp_path: Path, law: LawBook) -> None:
    branches = shown(tmp_path, law, CASE)
    for kind, detail in (
        (BranchKind.EFFECT, ""),
        (BranchKind.BEGINS, ""),
        (BranchKind.LIST, "severe"),
        (BranchKind.ROLE, "first_answering"),
        (BranchKind.LEFT_BEFORE, "first_answering"),
    ):
        assert Branch(RULE, kind, detail) in branches
    assert Branch("roles.yaml", BranchKind.ROLE, "company:legal_representative") in (
        branches
    )
    assert Branch("lists.yaml", BranchKind.LIST, "judgment_defaulter") in branches


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("2024-06-01:\n", "2019-06-01:\n", BranchKind.EFFECT),
        ("    2024-05-31: {张三: 无, 李四: 无, 其他人: 无}\n", "", BranchKind.BEGINS),
        ("至: 2024-05-31", "至: 2024-05-30", BranchKind.LEFT_BEFORE),
    ],
)
def test_a_day_that_is_not_asked_shows_nothing(
    tmp_path: Path, law: LawBook, old: str, new: str, kind: BranchKind
) -> None:
    assert old in CASE
    branches = shown(tmp_path, law, CASE.replace(old, new))
    assert not any(b.owner == RULE and b.kind is kind for b in branches)


def test_an_effect_on_somebody_nobody_asks_about_shows_nothing(
    tmp_path: Path, law: LawBook
) -> None:
    text = CASE.replace("      其他人: 无\n", "")
    text = text.replace("      李四: {记入个人信用记录: 生效}\n", "")
    branches = shown(tmp_path, law, text)
    assert Branch(RULE, BranchKind.EFFECT) not in branches


def test_a_list_that_may_not_sanction_is_shown_to_do_nothing(
    tmp_path: Path, law: LawBook
) -> None:
    text = CASE.replace("失信被执行人", "消防安全领域严重失信")
    text = text.replace("{记入个人信用记录: 生效}", "无")
    branches = shown(tmp_path, law, text)
    assert branches == {Branch("lists.yaml", BranchKind.SILENT, "fire_safety")}
