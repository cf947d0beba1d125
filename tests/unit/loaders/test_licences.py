"""The field of supervision that a permit is about, told from its name alone."""

import pyarrow as pa
import pytest

from graph.law.book import LawBook
from loaders.licences import fields_of


@pytest.mark.parametrize(
    ("licence", "field"),
    [
        ("食品生产许可证 SC1232307000000", "food"),
        ("道路运输经营许可证", "transport"),
        ("药品经营许可证", "drugs"),
        ("兽药经营许可证", "veterinary_drugs"),
        ("农药经营许可证", "pesticides"),
        ("演出经纪人员资格证", "performance_brokerage"),
        ("营业执照", None),
        (None, None),
    ],
)
def test_the_name_of_a_permit_tells_its_field(
    licence: str | None, field: str | None
) -> None:
    assert fields_of(pa.array([licence], pa.string())).to_pylist() == [field]


def test_every_field_told_is_in_the_law_book() -> None:
    words = ["食品", "餐饮", "药品", "医疗器械", "化妆品", "网络文化", "娱乐", "演出"]
    words += ["旅行社", "出版", "印刷", "音像", "安全生产", "道路运输", "医疗机构"]
    words += ["食盐", "屠宰", "兽药", "农药", "种子", "饲料", "动物防疫", "演出经纪人"]
    words += ["电影", "办学", "电子认证", "支付业务"]
    found = fields_of(pa.array(words)).to_pylist()
    assert None not in found
    assert set(found) <= set(LawBook.load().fields)
