"""The city looks like one: sizes, kinds, namesakes, owners, days in their order."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import networkx as nx
import pyarrow as pa
import pytest

from loaders.registry import recognise, sources, unknown_headings
from tests.unit.loaders.synthetic.conftest import DAY

Tables = Mapping[str, pa.Table]
CODE = "统一社会信用代码"


def rows(table: pa.Table) -> list[dict[str, Any]]:
    return [{k: v or "" for k, v in row.items()} for row in table.to_pylist()]


@pytest.fixture(scope="module")
def registrations(tables: Tables) -> list[dict[str, Any]]:
    return rows(tables["registrations"])


@pytest.fixture(scope="module")
def posts(tables: Tables) -> list[dict[str, Any]]:
    return rows(tables["posts"])


def test_every_file_is_known_by_its_headings(tables: Tables) -> None:
    for name, table in tables.items():
        headings = tuple(table.column_names)
        found = recognise(headings, name, sources())
        assert found.key == name
        assert unknown_headings(found, headings) == []


def test_it_is_big_enough(tables: Tables, posts: list[dict[str, Any]]) -> None:
    people = {p["证件号码"] or (p["任职单位"], p["姓名"]) for p in posts}
    assert tables["registrations"].num_rows >= 2_000
    assert len(people) >= 3_000
    assert sum(t.num_rows for t in tables.values()) >= 10_000


def test_all_kinds_of_subject_occur(registrations: list[dict[str, Any]]) -> None:
    prefixes = Counter(r[CODE][:2] for r in registrations)
    assert prefixes.keys() == {"91", "92", "93", "12", "52", "11"}
    assert prefixes["11"] == 1
    forms = {r["企业类型"] for r in registrations}
    assert {"有限合伙企业", "个人独资企业", "个体工商户"} <= forms
    assert any("分公司" in form for form in forms)


def test_organizations_have_names_and_codes_of_their_own(
    registrations: list[dict[str, Any]],
) -> None:
    assert len({r[CODE] for r in registrations}) == len(registrations)
    assert len({r["企业名称"] for r in registrations}) == len(registrations)


def test_one_company_in_three_meets_a_namesake_across_the_border(
    registrations: list[dict[str, Any]],
) -> None:
    companies = [
        r
        for r in registrations
        if r["企业类型"].startswith(("有限责任公司(", "股份有限公司"))
        and r["法定代表人"]
    ]
    places = defaultdict(set)
    for r in companies:
        places[r["法定代表人"]].add(r["行政区划代码"][:4])
    shared = sum(len(places[r["法定代表人"]]) > 1 for r in companies)
    assert shared / len(companies) == pytest.approx(0.327, abs=0.01)


def test_namesakes_are_different_people(posts: list[dict[str, Any]]) -> None:
    numbers = defaultdict(set)
    for p in posts:
        numbers[p["姓名"]].add(p["证件号码"])
    assert max(len(n - {""}) for n in numbers.values()) >= 10


def test_most_represent_one_organization_and_a_few_represent_many(
    posts: list[dict[str, Any]],
) -> None:
    held = Counter(
        p["证件号码"]
        for p in posts
        if p["证件号码"] and p["职务"] == "法定代表人" and not p["任职终止日期"]
    )
    degrees = Counter(held.values())
    assert degrees[1] > 0.75 * len(held)
    assert max(degrees) >= 4


def test_register_and_posts_agree_on_the_present_representative(
    registrations: list[dict[str, Any]], posts: list[dict[str, Any]]
) -> None:
    present = {
        (p[CODE], p["姓名"], p["证件号码"], p["任职起始日期"])
        for p in posts
        if not p["任职终止日期"]
    }
    said = [
        (r[CODE], r["法定代表人"], r["法定代表人证件号码"], r["核准日期"])
        for r in registrations
        if r["法定代表人"]
    ]
    assert [one for one in said if one not in present] == []


def test_shares_of_a_drawn_company_add_up(tables: Tables) -> None:
    total: dict[str, Fraction] = defaultdict(Fraction)
    for row in rows(tables["holdings"]):
        total[row[CODE]] += Fraction(row["持股比例"].removesuffix("%"))
    assert Counter(total.values())[Fraction(100)] > 0.98 * len(total)
    assert max(total.values()) == 100


def test_the_only_ring_of_owners_is_the_planted_one(tables: Tables) -> None:
    owners = nx.DiGraph(
        (row["股东统一社会信用代码"], row[CODE])
        for row in rows(tables["holdings"])
        if row["股东统一社会信用代码"]
    )
    rings = [c for c in nx.strongly_connected_components(owners) if len(c) > 1]
    assert [len(c) for c in rings] == [3]


PERIODS = (
    ("posts", "任职起始日期", "任职终止日期"),
    ("holdings", "起始日期", "终止日期"),
    ("penalties", "违法行为起始日期", "违法行为终止日期"),
    ("penalties", "违法行为终止日期", "处罚决定日期"),
    ("severe_lists", "行为起始日期", "行为终止日期"),
    ("severe_lists", "行为终止日期", "列入日期"),
    ("severe_lists", "列入日期", "届满日期"),
    ("severe_lists", "列入日期", "移出日期"),
)


@pytest.mark.parametrize(("file", "first", "last"), PERIODS)
def test_days_stand_in_their_order(
    tables: Tables, file: str, first: str, last: str
) -> None:
    for row in rows(tables[file]):
        assert not row[first] or not row[last] or row[first] <= row[last]


HAPPENED = (
    ("registrations", "成立日期"),
    ("registrations", "核准日期"),
    ("posts", "任职起始日期"),
    ("posts", "任职终止日期"),
    ("penalties", "处罚决定日期"),
    ("severe_lists", "列入日期"),
    ("severe_lists", "移出日期"),
    ("findings", "认定日期"),
    ("court_releases", "解除日期"),
)


@pytest.mark.parametrize(("file", "column"), HAPPENED)
def test_nothing_has_happened_after_the_day(
    tables: Tables, file: str, column: str
) -> None:
    assert max(row[column] for row in rows(tables[file])) <= DAY.isoformat()


def test_a_firm_is_punished_and_listed_only_after_it_was_founded(
    tables: Tables, registrations: list[dict[str, Any]]
) -> None:
    founded = {r[CODE]: r["成立日期"] for r in registrations}
    code = "行政相对人代码_1(统一社会信用代码)"
    for row in rows(tables["penalties"]):
        assert row["违法行为起始日期"] >= founded[row[code]]
    for row in rows(tables["severe_lists"]):
        if row[CODE]:
            assert row["行为起始日期"] >= founded[row[CODE]] or not row["行为起始日期"]
