"""Who a row speaks of; nobody is taken for another of the same name."""

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph.identifiers import mask_document_number
from graph.vocabulary import FactKind
from loaders.subjects import _masked
from tests.unit.loaders.conftest import KEYS, P1, A, B, Desk

Posts = Callable[..., Path]


def people(desk: Desk) -> list[str]:
    return [tie.person for tie in desk.store.all(FactKind.TIE)]


def test_a_number_makes_one_person_everywhere(desk: Desk, posts: Posts) -> None:
    rows = [
        {"证件号码": P1, "统一社会信用代码": A},
        {"证件号码": P1, "统一社会信用代码": B, "姓名": "林 甲"},
    ]
    desk.load(posts(*rows))
    assert people(desk) == [KEYS.person_id("resident_id", P1)] * 2


def test_the_document_kind_is_part_of_the_person(desk: Desk, posts: Posts) -> None:
    rows = [
        {"证件类型": "护照", "证件号码": "E12345678"},
        {"证件类型": "港澳居民来往内地通行证", "证件号码": "E12345678"},
    ]
    desk.load(posts(*rows))
    assert len(set(people(desk))) == 2


def test_a_name_alone_is_one_person_in_one_post_of_one_organization(
    desk: Desk, posts: Posts
) -> None:
    rows = [
        {"统一社会信用代码": A, "职务": "监事"},
        {"统一社会信用代码": A, "职务": "董事"},
        {"统一社会信用代码": B, "职务": "监事"},
        {"统一社会信用代码": A, "职务": "监事", "任职起始日期": "2022-01-01"},
    ]
    desk.load(posts(*rows))
    found = people(desk)
    assert all(p.startswith("per:scoped:") for p in found)
    assert len(set(found)) == 3
    assert found[0] == found[3]


def test_a_profile_shows_the_mask_and_nothing_else_of_the_number(
    desk: Desk, posts: Posts
) -> None:
    desk.load(posts({"证件号码": P1}))
    (person,) = [p for p in desk.store.all(FactKind.PROFILE) if p.id_masked]
    assert person.id_masked == f"{P1[:4]}**********{P1[-4:]}"
    assert P1 not in repr([b.tables for b in desk.store.batches])


@settings(deadline=None)
@given(st.lists(st.none() | st.from_regex(r"[0-9]{14,18}[0-9Xx]?|[A-Z0-9*]{0,12}")))
@example([P1, "230799800101001", "E12345678", None])
def test_many_numbers_are_masked_as_one_is(numbers: list[str | None]) -> None:
    many = _masked(pa.array(numbers, pa.string())).to_pylist()
    assert many == [mask_document_number(n) if n is not None else None for n in numbers]


HEADINGS = (
    "行政相对人名称",
    "行政相对人类别",
    "行政相对人代码_1",
    "证件类型",
    "证件号码",
    "行政处罚决定书文号",
    "违法行为类型",
    "处罚类别",
    "处罚决定日期",
    "处罚机关",
)


def penalty(**cells: str) -> dict[str, str]:
    return {
        "行政相对人名称": "林甲",
        "行政相对人类别": "自然人",
        "行政处罚决定书文号": "示1号",
        "违法行为类型": "超限运输",
        "处罚类别": "罚款",
        "处罚决定日期": "2024-01-01",
        "处罚机关": "某局",
        **cells,
    }


def test_two_people_of_one_name_on_two_documents_stay_two(desk: Desk) -> None:
    rows = [penalty(), penalty(行政处罚决定书文号="示2号")]
    desk.load(desk.csv("p.csv", HEADINGS, rows))
    subjects = [r.subject for r in desk.store.all(FactKind.RECORD)]
    assert all(s.startswith("per:scoped:") for s in subjects)
    assert len(set(subjects)) == 2


def test_a_document_number_on_an_organizations_row_is_of_no_matter(desk: Desk) -> None:
    row = penalty(
        行政相对人名称="甲公司",
        行政相对人类别="法人及非法人组织",
        行政相对人代码_1=A,
        证件号码="123",
    )
    report = desk.load(desk.csv("p.csv", HEADINGS, [row]))
    assert report.reasons == {}
    (record,) = desk.store.all(FactKind.RECORD)
    assert record.subject == f"org:{A}"
    assert [p.id_masked for p in desk.store.all(FactKind.PROFILE)] == [None]


def test_an_organization_without_code_is_known_in_its_region(desk: Desk) -> None:
    headings = ("企业名称", "统一社会信用代码", "企业类型", "行政区划代码")
    rows = [
        {"企业名称": "示例小吃店", "企业类型": "个体工商户", "行政区划代码": "230717"},
        {"企业名称": "示例小吃店", "企业类型": "个体工商户", "行政区划代码": "230718"},
    ]
    desk.load(desk.csv("r.csv", headings, rows))
    assert len({p.subject for p in desk.store.all(FactKind.PROFILE)}) == 2


def test_nobody_is_related_to_himself(desk: Desk) -> None:
    headings = ("协会名称", "协会统一社会信用代码", "会员名称", "会员类别")
    headings += ("会员统一社会信用代码",)
    rows = [
        dict(zip(headings, ("协会", A, "会员", "单位会员", code), strict=True))
        for code in (A, B)
    ]
    report = desk.load(desk.csv("m.csv", headings, rows))
    assert report.reasons == {"no_subject": 1}
    (link,) = desk.store.all(FactKind.LINK)
    assert (link.subject, link.other) == (f"org:{B}", f"org:{A}")
