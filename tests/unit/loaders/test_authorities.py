"""What stands in the cell of an authority in real files, and is no authority."""

import pytest

from loaders.authorities import read_authority
from loaders.issues import Fault, Reason


@pytest.mark.parametrize(
    "text",
    [
        "伊春市市场监督管理局",
        " 伊春市交通运输局 ",
        "国家税务总局伊春市税务局第一稽查局",
        "12345政务服务热线管理中心",
        "伊春市公安局110指挥中心",
        "伊春市美溪区人民政府（应急管理局）",
        "道里区第4号街道办事处",
        "European Commission",
    ],
)
def test_a_name_is_taken_as_it_stands(text: str) -> None:
    assert read_authority(text) == text.strip()


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("2020-01-02", "日期"),
        ("２０２０年１月２日", "日期"),
        ("伊春市市场监督管理局处罚日期:2020年1月2日", "日期"),
        ("处罚日期：2020/1/2 伊春市市场监督管理局", "日期"),
        ("3F2504E0-4F89-11D3-9A0C-0305E82C3301", "GUID"),
        ("{3f2504e04f8911d39a0c0305e82c3301}", "GUID"),
        ("伊市监罚〔2024〕1号", "文书号"),
        ("伊市监罚[2024]第1号", "文书号"),
        ("伊春市伊美区新兴中路128号", "地址"),
        ("伊美区通河街三十六号附楼", "地址"),
        ("11230700MXEXAMP50J", "代码"),
        ("20240102", "号码"),
        ("0458-3600000", "号码"),
        ("局" * 201, "200"),
    ],
)
def test_what_is_no_name_is_told_with_what_it_is(text: str, what: str) -> None:
    found = read_authority(text)
    assert isinstance(found, Fault)
    assert (found.reason, found.fatal) == (Reason.AUTHORITY, True)
    assert what in found.zh
    assert found.advice_zh
    assert found.advice_en


def test_a_control_character_is_told_first() -> None:
    found = read_authority("伊春市\u202e交通局")
    assert isinstance(found, Fault)
    assert found.reason is Reason.CHARACTER
