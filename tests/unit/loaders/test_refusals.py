"""What the law does not know never enters: categories, measures, lists, acts.

Each refusal says in both languages what is wrong and what to do instead.
"""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from graph.errors import BadInput
from graph.law.book import LawBook
from graph.vocabulary import Category, FactKind
from loaders.issues import Issue, Reason
from loaders.reading import read_description
from loaders.registry import sources
from tests.unit.loaders.conftest import A, Desk

HAN = re.compile(r"[\u4e00-\u9fff]")
ACT = {
    "行政相对人名称": "示例公司",
    "行政相对人类别": "法人及非法人组织",
    "统一社会信用代码": A,
    "行政行为类别": "行政强制",
    "目录类别": "",
    "行政行为名称": "查封场所",
    "行政行为文书号": "示1号",
    "决定日期": "2024-01-05",
    "实施机关": "示例局",
}
ENTRY = {
    "名单名称": "失信被执行人",
    "主体名称": "示例公司",
    "主体类别": "法人及非法人组织",
    "统一社会信用代码": A,
    "决定文书号": "示1号",
    "决定机关": "示例法院",
    "列入日期": "2024-01-05",
    "惩戒措施": "",
}


def refused(
    desk: Desk, sound: Mapping[str, str], number: str, wrong: Mapping[str, str]
) -> Issue:
    """Load a sound row and a wrong one; return why the wrong one was set aside."""
    rows = [sound, {**sound, number: "示2号", **wrong}]
    report = desk.load(desk.csv("f.csv", list(sound), rows))
    assert (report.new, report.quarantined) == (1, 1)
    assert [r.document_number for r in desk.store.all(FactKind.RECORD)] == ["示1号"]
    (issue,) = report.issues
    assert issue.fatal
    for zh, en in (
        (issue.message_zh, issue.message_en),
        (issue.advice_zh, issue.advice_en),
    ):
        assert HAN.search(zh)
        assert re.search("[a-z]{3}", en)
    return issue


@pytest.mark.parametrize("word", ["纳税数额信息", "C14", "其他", "行政许可信息"])
def test_a_category_outside_the_national_catalogue(desk: Desk, word: str) -> None:
    issue = refused(desk, ACT, "行政行为文书号", {"目录类别": word})
    assert (issue.reason, issue.field) == (Reason.CATEGORY, "目录类别")
    assert "全国公共信用信息基础目录" in issue.message_zh
    assert "national catalogue" in issue.message_en


@pytest.mark.parametrize("word", ["行政管理信息", "C03", " C03 "])
def test_a_category_of_the_catalogue_is_known_by_name_and_code(
    desk: Desk, word: str
) -> None:
    report = desk.load(desk.csv("f.csv", list(ACT), [{**ACT, "目录类别": word}]))
    assert (report.new, report.reasons) == (1, {})


@pytest.mark.parametrize("act", ["行政指导", "行政合同", "备案", "强制执行", "行政"])
def test_an_act_that_the_catalogue_does_not_name(desk: Desk, act: str) -> None:
    issue = refused(desk, ACT, "行政行为文书号", {"行政行为类别": act})
    assert issue.reason is Reason.CATEGORY
    assert "行政裁决" in issue.advice_zh


@pytest.mark.parametrize(
    ("act", "source"),
    [("行政许可", "permits"), ("处罚", "penalties"), ("监督检查", "inspections")],
)
def test_an_act_with_a_source_of_its_own_is_sent_there(
    desk: Desk, act: str, source: str
) -> None:
    issue = refused(desk, ACT, "行政行为文书号", {"行政行为类别": act})
    assert source in issue.advice_zh
    assert source in issue.advice_en
    assert source in sources()


@pytest.mark.parametrize("word", ["禁止乘坐公交车", "限制贷款", "全市通报"])
def test_a_measure_outside_the_list(desk: Desk, word: str) -> None:
    issue = refused(desk, ENTRY, "决定文书号", {"惩戒措施": word})
    assert (issue.reason, issue.field) == (Reason.MEASURE, "惩戒措施")
    assert "清单" in issue.message_zh
    assert "cannot be imposed" in issue.message_en


@pytest.mark.parametrize("name", ["本地黑名单", "市级重点关注企业名单"])
def test_a_list_that_no_law_knows(desk: Desk, name: str) -> None:
    issue = refused(desk, ENTRY, "决定文书号", {"名单名称": name})
    assert (issue.reason, issue.field) == (Reason.LIST, "名单名称")
    assert "法规库" in issue.message_zh


def test_a_list_whose_basis_nobody_verified(desk: Desk) -> None:
    unverified = next(v for v in LawBook.load().lists.values() if not v.sanctions)
    issue = refused(desk, ENTRY, "决定文书号", {"名单名称": unverified.zh})
    assert issue.reason is Reason.LIST
    assert "未经核实" in issue.message_zh
    assert "unverified" in issue.message_en


def test_neither_list_nor_measure(desk: Desk) -> None:
    issue = refused(desk, ENTRY, "决定文书号", {"名单名称": ""})
    assert issue.reason is Reason.NO_BASIS


@pytest.mark.parametrize(
    ("column", "word"),
    [("category", "C14"), ("category", "其他"), ("kind", "gossip"), ("outcome", "bad")],
)
def test_a_source_may_not_be_described_with_a_word_of_no_list(
    tmp_path: Path, column: str, word: str
) -> None:
    folder = sources()["administrative_acts"].folder
    assert folder is not None
    text = yaml.safe_load((folder / "source.yaml").read_text("utf-8"))
    text["emit"][1]["set"][column] = f"={word}"
    mine = tmp_path / "administrative_acts"
    mine.mkdir()
    (mine / "source.yaml").write_text(yaml.safe_dump(text, allow_unicode=True), "utf-8")
    with pytest.raises(BadInput) as caught:
        read_description(mine)
    told = f"{caught.value} {caught.value.hint.en}"
    assert f"'{word}' is no word of {column}" in told


def test_every_source_writes_its_records_into_the_catalogue() -> None:
    known = {category.value for category in Category}
    for source in sources().values():
        for rule in source.emit:
            if rule.fact is FactKind.RECORD:
                assert rule.set["category"].removeprefix("=") in known, source.key
