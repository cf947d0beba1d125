"""Every case of the key can be found in the files, and no decoy has what makes the case."""

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import networkx as nx
import pyarrow as pa
import pytest

from loaders.synthetic import synthesize
from loaders.synthetic.cases import SORTS
from tests.unit.loaders.synthetic.conftest import DAY, read

CODE = "统一社会信用代码"
Row = dict[str, Any]


class City:
    """Files and key of a city large enough for several cases of each sort."""

    def __init__(self, folder: Path) -> None:
        synthesize(folder, organizations=7_600, seed=3, reference=DAY)
        files = [p for p in folder.iterdir() if p.suffix in {".csv", ".xlsx"}]
        self.tables: Mapping[str, pa.Table] = {p.stem: read(p) for p in files}
        lines = (folder / "key" / "cases.jsonl").read_text("utf-8").splitlines()
        self.cases: list[Row] = [json.loads(line) for line in lines]

    def rows(self, file: str, column: str, *values: str) -> list[Row]:
        table = self.tables[file]
        found = table.filter(pa.compute.is_in(table[column], pa.array(values)))
        return [{k: v or "" for k, v in row.items()} for row in found.to_pylist()]

    def sort(self, story: str) -> list[Row]:
        found = [c for c in self.cases if c["story"] == story]
        assert sorted({c["number"] for c in found}) == [1, 2, 3]
        assert Counter(c["decoy"] for c in found) == {False: 3, True: 3}
        return found


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> City:
    return City(tmp_path_factory.mktemp("cases"))


def codes(case: Row) -> list[str]:
    return [o["code"] for o in case["organizations"]]


def persons(case: Row, part: str) -> list[str]:
    return [p["name"] for p in case["persons"] if p["part"] == part]


def test_every_sort_of_case_is_planted_beside_a_decoy(city: City) -> None:
    assert Counter(c["story"] for c in city.cases) == dict.fromkeys(SORTS, 6)
    assert all(c["find_zh"] and c["find_en"] for c in city.cases)


def test_firms_and_papers_of_cases_occur_once(city: City) -> None:
    registered = Counter(city.tables["registrations"][CODE].to_pylist())
    papers = Counter(city.tables["penalties"]["行政处罚决定书文号"].to_pylist())
    papers += Counter(city.tables["severe_lists"]["决定文书号"].to_pylist())
    for case in city.cases:
        assert [registered[code] for code in codes(case)] == [1] * len(codes(case))
        assert [papers[d] for d in case["documents"]] == [1] * len(case["documents"])


def test_people_of_cases_hold_what_the_key_says(city: City) -> None:
    for case in city.cases:
        for person in case["persons"]:
            file = "holdings" if person["role"] == "shareholder" else "posts"
            column = "股东名称" if file == "holdings" else "姓名"
            held = city.rows(file, CODE, person["organization"])
            assert person["name"] in {row[column] for row in held}


def test_a_phoenix_has_the_owners_the_address_and_the_telephone(city: City) -> None:
    for case in city.sort("phoenix"):
        old, new = codes(case)
        owners = [
            {row["证件号码"] for row in city.rows("holdings", CODE, code)}
            for code in (old, new)
        ]
        places, phones = (
            [city.rows("contacts", CODE, code)[0][column] for code in (old, new)]
            for column in ("注册地址", "联系电话")
        )
        assert places[0] == places[1]
        assert (owners[0] == owners[1]) is not case["decoy"]
        assert (phones[0] == phones[1]) is not case["decoy"]
        assert case["days"]["revoked"] < case["days"]["founded"]
        (lost,) = city.rows("registrations", CODE, old)
        assert lost["登记状态"] == "吊销"


def test_a_representative_is_swapped_between_act_and_decision(city: City) -> None:
    for case in city.sort("swapped_representative"):
        days = case["days"]
        within = days["act_to"] < days["swapped"] < days["decided"]
        assert within is not case["decoy"]
        (firm,) = city.rows("registrations", CODE, *codes(case))
        assert firm["核准日期"] == days["swapped"]
        assert [firm["法定代表人"]] == persons(case, "present")
        ended = {
            p["姓名"]: p["任职终止日期"] for p in city.rows("posts", CODE, *codes(case))
        }
        (former,) = persons(case, "former")
        assert "" < ended[former] < days["swapped"]


def test_a_nominee_stands_for_many_firms_and_owns_none(city: City) -> None:
    for case in city.sort("nominee_representative"):
        firms = city.rows("registrations", CODE, *codes(case))
        assert len({f["法定代表人证件号码"] for f in firms}) == 1
        owners = {h["证件号码"] for h in city.rows("holdings", CODE, *codes(case))}
        assert len(owners) == 1
        assert (owners == {firms[0]["法定代表人证件号码"]}) is case["decoy"]
        assert (len({f["住所"] for f in firms}) == 1) is not case["decoy"]
        assert len(firms) == case["figures"]["companies"] >= 6


def test_guarantees_run_in_a_ring(city: City) -> None:
    for case in city.sort("guarantee_ring"):
        rows = city.rows("guarantees", "担保人统一社会信用代码", *codes(case))
        edges = [
            (r["担保人统一社会信用代码"], r["被担保人统一社会信用代码"]) for r in rows
        ]
        graph = nx.DiGraph(edges)
        assert nx.is_weakly_connected(graph)
        assert set(graph) == set(codes(case))
        assert nx.is_strongly_connected(graph) is not case["decoy"]


def test_the_only_guarantees_in_a_ring_are_planted(city: City) -> None:
    table = city.tables["guarantees"]
    one, other = table["担保人统一社会信用代码"], table["被担保人统一社会信用代码"]
    graph = nx.DiGraph(zip(one.to_pylist(), other.to_pylist(), strict=True))
    rings = {
        frozenset(c) for c in nx.strongly_connected_components(graph) if len(c) > 1
    }
    planted = {
        frozenset(codes(c)) for c in city.sort("guarantee_ring") if not c["decoy"]
    }
    assert rings == planted


def test_the_barred_take_office_within_their_term(city: City) -> None:
    for case in city.sort("banned_in_office"):
        lost, other = codes(case)
        (name,) = set(persons(case, "barred"))
        (found,) = city.rows("findings", CODE, lost)
        assert (found["姓名"], found["是否负有责任"]) == (name, "是")
        (post,) = [p for p in city.rows("posts", CODE, other) if p["姓名"] == name]
        assert post["证件号码"] == found["证件号码"]
        assert post["任职起始日期"] == case["days"]["appointed"]
        within = post["任职起始日期"] < case["days"]["barred_until"]
        assert within is not case["decoy"]


def test_every_link_of_a_chain_holds_the_majority(city: City) -> None:
    for case in city.sort("chain_of_control"):
        chain = codes(case)
        shares = []
        for holder, held in zip(["", *chain[:-1]], chain, strict=True):
            mine = [
                float(row["持股比例"].rstrip("%"))
                for row in city.rows("holdings", CODE, held)
                if row["股东统一社会信用代码"] == holder
                and (holder or row["股东名称"] in persons(case, "top"))
            ]
            shares.append(mine[0])
        assert shares == case["figures"]["shares_per_cent"]
        assert (min(shares) > 50) is not case["decoy"]
        (entry,) = city.rows("severe_lists", CODE, chain[-1])
        assert entry["列入日期"] == case["days"]["listed"]
