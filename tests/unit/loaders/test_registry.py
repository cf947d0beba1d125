"""Which source a file is of, and a new source in one folder."""

from pathlib import Path

import pytest

from graph.errors import BadInput
from graph.vocabulary import FactKind
from loaders.registry import hook_of, recognise, sources
from tests.unit.loaders.conftest import A, Desk

OF_HOBBIES = """\
key: hobbies
title: {zh: 荣誉, en: honours}
department: 文化局
visibility: public
match: [获奖单位, 奖项]
columns:
  获奖单位: {to: name, required: true}
  代码: {to: uscc, type: uscc}
  奖项: {to: title, required: true}
  文号: {to: document, required: true}
  授予日期: {to: given_on, type: day, required: true}
derived: [shout]
subjects:
  organization: {is: organization, uscc: uscc, name: name}
emit:
  - fact: record
    set:
      kind: =honour
      category: =C11
      authority: =文化局
      document_number: document
      subject: $organization
      title: shout
      decided_on: given_on
      valid_from: given_on
"""
MAPPING = """\
import pyarrow.compute as pc


def derive(parsed):
    parsed.columns["shout"] = pc.binary_join_element_wise(parsed.column("title"), "!", "")
"""


def test_a_new_source_is_one_folder(desk: Desk) -> None:
    folder = desk.folder / "my_sources" / "hobbies"
    folder.mkdir(parents=True)
    (folder / "source.yaml").write_text(OF_HOBBIES, "utf-8")
    (folder / "mapping.py").write_text(MAPPING, "utf-8")
    known = {**sources(), **sources(folder.parent)}
    text = f"获奖单位,代码,奖项,文号,授予日期\n示例公司,{A},守信企业,示1号,2024-05-01\n"
    report = desk.load(desk.write("h.csv", text), known_sources=known)
    assert (report.source, report.new, report.reasons) == ("hobbies", 1, {})
    (record,) = desk.store.all(FactKind.RECORD)
    assert (record.subject, record.title) == (f"org:{A}", "守信企业!")


def test_a_folder_without_a_description_is_no_source(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    assert sources(tmp_path) == {}


def test_a_description_without_mapping_has_no_hook() -> None:
    assert hook_of(sources()["posts"]) is None
    assert hook_of(sources()["penalties"]) is not None


def test_the_more_telling_headings_win() -> None:
    headings = (
        "姓名",
        "任职单位",
        "职务",
        "所涉文书号",
        "认定责任身份",
        "是否负有责任",
    )
    rest = ("认定文书号", "认定机关", "认定日期")
    assert recognise((*headings, *rest), "f.csv", sources()).key == "findings"


def test_a_file_that_fits_two_sources_alike_is_not_guessed() -> None:
    one = sources()["posts"]
    twin = one.model_copy(update={"key": "twin"})
    with pytest.raises(BadInput, match="fits several sources: posts, twin") as caught:
        recognise(one.headings, "f.csv", {"posts": one, "twin": twin})
    assert "--source" in caught.value.hint.en


def test_the_nearest_source_is_told_with_what_is_missing_and_unknown() -> None:
    headings = ("姓名", "证件号码", "任职单位", "岗位")
    with pytest.raises(BadInput, match="fits no source") as caught:
        recognise(headings, "f.csv", sources())
    assert "nearest is posts (posts held in" in caught.value.hint.en
    assert "lacks 职务" in caught.value.hint.en
    assert "岗位" in caught.value.hint.en


def test_headings_that_nobody_knows_are_listed() -> None:
    with pytest.raises(BadInput) as caught:
        recognise(("foo", "bar"), "f.csv", sources())
    assert "foo, bar" in caught.value.hint.en


def test_a_missing_required_column_refuses_the_file_and_is_named() -> None:
    headings = tuple(h for h in sources()["penalties"].headings if h != "处罚机关")
    with pytest.raises(BadInput, match="lacks the column 处罚机关 of penalties"):
        recognise(headings, "f.csv", sources())


def test_a_source_may_be_named() -> None:
    found = recognise(("姓名", "职务"), "f.csv", sources(), "posts")
    assert found.key == "posts"


def test_a_source_that_does_not_exist_is_told() -> None:
    with pytest.raises(BadInput, match="no source 'post'") as caught:
        recognise(("姓名",), "f.csv", sources(), "post")
    assert "posts" in caught.value.hint.en


def test_two_columns_that_mean_the_same_are_refused() -> None:
    headings = ("企业名称", "统一社会信用代码", "企业类型", "法定代表人", "法人代表")
    with pytest.raises(BadInput, match="法定代表人, 法人代表 mean the same"):
        recognise(headings, "f.csv", sources())


def test_the_headings_of_the_real_register_are_known() -> None:
    headings = (
        "企业名称", "统一社会信用代码", "注册日期", "企业类型", "法人代表", "注册资金",
        "经营范围", "所在省份", "地区", "注册地址",
    )  # fmt: skip
    assert recognise(headings, "f.csv", sources()).key == "registrations"
