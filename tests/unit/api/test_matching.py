"""Searching and matching by names that are not written as registered."""

import csv
from pathlib import Path
from typing import Any

import pytest

from tests.unit.api import city
from tests.unit.api.conftest import Run, World


def matched(world: World, *queries: dict[str, Any], key: str = "personal") -> list[Any]:
    answer = world.post("/v1/subjects:match", {"queries": list(queries)}, key=key)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


def test_similar_names_follow_those_that_begin_so(world: World) -> None:
    page = world.get("/v1/subjects?q=伊春甲食品").json()
    assert next((i["matched"], i["score"]) for i in page["items"]) == (
        "伊春甲食品有限公司", None,
    )  # fmt: skip
    typed = world.get("/v1/subjects?q=伊春假食品有限公司").json()["items"]
    assert typed[0]["subject"]["id"] == city.FOOD
    assert 0.7 <= typed[0]["score"] < 1
    assert world.get("/v1/subjects?q=伊春假食品&similar=false").json()["items"] == []


def test_a_part_of_a_code(world: World) -> None:
    items = world.get("/v1/subjects?q=00000003").json()["items"]
    assert [i["subject"]["id"] for i in items] == [city.MINE]


def test_a_batch_tells_what_fits_and_why(world: World) -> None:
    by_name, by_code, none = matched(
        world,
        {"name": "鐵力丙礦業", "reference": "a"},
        {"code": city.INN[4:], "name": "乙旅馆"},
        {"name": "完全没有的名字"},
    )
    (hit, *_) = by_name["hits"]
    assert (by_name["number"], by_name["reference"]) == (0, "a")
    assert (hit["subject"]["id"], hit["verdict"]["value"]) == (city.MINE, "match")
    assert hit["score"] == pytest.approx(
        sum(f["share"] for f in hit["features"]), abs=1e-3
    )
    assert by_code["hits"][0]["subject"]["id"] == city.INN
    assert {f["feature"]["value"] for f in by_code["hits"][0]["features"]} >= {"code"}
    assert all(h["verdict"]["value"] == "unlikely" for h in none["hits"])


def test_persons_are_found_by_name_where_the_name_may_be_seen(world: World) -> None:
    def persons(name: str, key: str) -> set[str]:
        (item,) = matched(world, {"name": name}, key=key)
        return {h["subject"]["id"] for h in item["hits"] if h["score"] > 0.9}

    assert persons("李四光", "personal") == {city.LI}
    assert persons("李四光", "reader") == set()
    assert persons("张三丰", "reader") == {city.ZHANG}
    assert persons("孙小圣", "limited") == set()


def test_a_hidden_name_is_not_found(world: World) -> None:
    answer = world.get("/v1/subjects?q=孙小胜", key="limited")
    assert city.SUN not in answer.text


@pytest.mark.parametrize(
    "body",
    [
        {"queries": []},
        {"queries": [{"name": "x"}] * 1_001},
        {"queries": [{"name": "x" * 201}]},
        {"queries": [{"code": "12"}]},
        {"queries": [{"name": "x", "region": "x"}]},
        {"queries": [{"name": "a\u0000"}]},
    ],
    ids=range(6),
)
def test_what_cannot_be_asked_is_refused(world: World, body: dict[str, Any]) -> None:
    answer = world.post("/v1/subjects:match", body)
    assert answer.status_code == 422, answer.text


def test_a_query_of_nothing_finds_nothing(world: World) -> None:
    assert matched(world, {"reference": "1"})[0]["hits"] == []


def test_search_and_match_on_the_command_line(run: Run, tmp_path: Path) -> None:
    told = run("search", "伊春假食品", "--explain")
    assert told.exit_code == 0, told.output
    assert "伊春甲食品有限公司" in told.output
    assert "读音: 1.00" in told.output
    assert "没有相近的名称" in run("search", "完全没有的名字").output
    asked, out = tmp_path / "a.csv", tmp_path / "b.csv"
    asked.write_text("编号,企业名称\n1,铁力丙矿业\n2,没有这一家\n", "utf-8-sig")
    done = run("match", asked, "--out", out)
    assert done.exit_code == 0, done.output
    with out.open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert next((r["编号"], r["id"]) for r in rows) == ("1", city.MINE)
    assert rows[0]["verdict"] == "match"
    assert rows[1]["verdict"] in ("unlikely", "")
    assert run("match", asked, "--out", out).exit_code != 0
    asked.write_text("编号\n1\n", "utf-8")
    wrong = run("match", asked, "--out", tmp_path / "c.csv")
    assert wrong.exit_code != 0
    assert "企业名称" in wrong.output
