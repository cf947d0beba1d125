"""Neighbours, networks, paths, groups and time lines, over HTTP and on the command line."""

from pathlib import Path
from typing import Any

import pytest

from tests.unit.api import city
from tests.unit.api.conftest import Run, World


def asked(world: World, path: str, key: str = "personal") -> dict[str, Any]:
    answer = world.get(f"/v1/{path}", key=key)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def sent(
    world: World, path: str, body: dict[str, Any], key: str = "personal"
) -> dict[str, Any]:
    answer = world.post(f"/v1/relations:{path}", body, key=key)
    assert answer.status_code == 200, answer.text
    return dict(answer.json()["item"])


def others(page: dict[str, Any]) -> list[str]:
    return [item["other"]["id"] for item in page["item"]["items"]]


def ids(path: dict[str, Any]) -> list[str]:
    return [subject["id"] for subject in path["subjects"]]


# ---- neighbours ----------------------------------------------------------


def test_counts_come_first_and_pages_follow_each_other(world: World) -> None:
    path = f"subjects/{city.FOOD}/adjacent"
    whole = asked(world, path)
    told = {
        (c["relation"]["value"], c["outward"]): c["edges"]
        for c in whole["item"]["counts"]
    }
    assert told["legal_representative", False] == 1
    assert told["holds", True] == 1
    assert told["phone", True] == 1
    assert sum(told.values()) == whole["item"]["total"]
    first = asked(world, f"{path}?limit=2")
    cursor = first["item"]["next_cursor"]
    second = asked(world, f"{path}?limit=500&cursor={cursor}")
    assert others(first) + others(second) == others(whole)
    assert second["item"]["next_cursor"] is None
    edge = whole["item"]["items"][0]["edge"]
    assert edge["period"]["valid_from"] == "2018-01-01"
    assert edge["source"]["load"] == 1


def test_a_cursor_of_another_state_is_refused(world: World) -> None:
    path = f"/v1/subjects/{city.FOOD}/adjacent?limit=1"
    cursor = world.get(path).json()["item"]["next_cursor"]
    world.store.append(city.batch("later", [city.profile(city.MINE, "新名")]))
    world.service.refresh()
    answer = world.get(f"{path}&cursor={cursor}")
    assert answer.status_code == 422
    assert "known_at" in answer.text


def test_relations_and_directions_are_chosen(world: World) -> None:
    path = f"subjects/{city.FOOD}/adjacent?relation=holdings&direction"
    assert others(asked(world, f"{path}=out")) == [city.INN]
    assert others(asked(world, f"{path}=in")) == []
    wrong = world.get(f"/v1/subjects/{city.FOOD}/adjacent?relation=friends")
    assert wrong.status_code == 422
    assert "posts" in wrong.text


def test_who_else_is_at_a_number_without_those_who_are_hidden(world: World) -> None:
    path = f"subjects/{city.PHONE}/adjacent"
    assert set(others(asked(world, path))) == {city.FOOD, city.INN, city.MINE}
    assert set(others(asked(world, path, "limited"))) == {city.FOOD, city.INN}
    counted = asked(world, path, "limited")["item"]["counts"]
    assert [c["edges"] for c in counted] == [2]


def test_numbers_are_shown_masked_when_texts_are_asked_for(world: World) -> None:
    path = f"subjects/{city.FOOD}/adjacent?relation=phone"
    plain = asked(world, path)["item"]["items"][0]["other"]
    assert plain["name"] is None
    shown = asked(world, f"{path}&texts=true")["item"]["items"][0]["other"]
    assert shown["name"] == "138****1234"


def test_names_in_a_network_are_masked(world: World) -> None:
    for path in ("adjacent", "network", "timeline"):
        answer = world.get(f"/v1/subjects/{city.FOOD}/{path}", key="reader")
        assert city.LI in answer.text
        assert "李四光" not in answer.text
        assert "张三丰" in answer.text


# ---- networks ------------------------------------------------------------


def test_a_network_tells_what_it_cut(world: World) -> None:
    path = f"subjects/{city.FOOD}/network"
    one = asked(world, path)["item"]
    nodes = {n["subject"]["id"]: n["depth"] for n in one["nodes"]}
    assert nodes[city.FOOD] == 0
    assert nodes[city.INN] == nodes[city.ZHANG] == nodes[city.PHONE] == 1
    assert (one["truncated"], one["reasons"], one["omitted_edges"]) == (False, [], 0)
    assert one["explored"] == len(nodes)
    assert one["note"]["en"] == "a missing link is not a negative finding"
    two = asked(world, f"{path}?depth=2")["item"]
    assert city.ZHAO in {n["subject"]["id"] for n in two["nodes"]}
    cut = asked(world, f"{path}?nodes=2&edges=1")["item"]
    assert (len(cut["nodes"]), cut["truncated"]) == (2, True)
    assert [r["value"] for r in cut["reasons"]][-1] == "nodes"


def test_a_node_tells_sanctions_and_effects_in_force(world: World) -> None:
    nodes = asked(world, f"subjects/{city.FOOD}/network")["item"]["nodes"]
    by_id = {n["subject"]["id"]: n for n in nodes}
    assert by_id[city.FOOD]["sanctions"] >= 1
    assert by_id[city.ZHANG]["effects"] >= 1
    past = asked(world, f"subjects/{city.FOOD}/network?as_of=2020-01-01")
    assert {n["sanctions"] for n in past["item"]["nodes"]} == {0}


def test_a_past_day_has_the_edges_of_that_day(world: World) -> None:
    path = f"subjects/{city.FOOD}/network?relation=holdings&as_of"
    day = asked(world, f"{path}=2019-01-01")["item"]
    before = asked(world, f"{path}=2018-12-31")["item"]
    assert (len(day["edges"]), len(before["edges"])) == (1, 0)
    assert [n["subject"]["id"] for n in before["nodes"]] == [city.FOOD]
    unknown = asked(
        world, f"subjects/{city.FOOD}/network?known_at=2026-11-20T00:00:00Z"
    )
    assert unknown["meta"]["load"] == 1


def test_small_holdings_are_left_out(world: World) -> None:
    path = f"subjects/{city.FOOD}/network?relation=holds&min_share"
    assert len(asked(world, f"{path}=3/5")["item"]["edges"]) == 1
    assert len(asked(world, f"{path}=0.61")["item"]["edges"]) == 0
    assert world.get(f"/v1/{path}=7/5").status_code == 422


# ---- two and many --------------------------------------------------------


def test_paths_between_two(world: World) -> None:
    path = f"paths?from={city.ZHANG}&to={city.ZHAO}"
    item = asked(world, path)["item"]
    assert [ids(p) for p in item["items"]] == [
        [city.ZHANG, city.FOOD, city.INN, city.ZHAO],
        [city.ZHANG, city.FOOD, city.MINE, city.INN, city.ZHAO],
        [city.ZHANG, city.FOOD, city.PHONE, city.INN, city.ZHAO],
    ]
    assert item["items"][0]["edges"][1]["share"] == "60%"
    forbidden = asked(world, f"{path}&relation=posts&relation=holdings")["item"]
    assert len(forbidden["items"]) == 1
    without = asked(world, f"{path}&forbid={city.INN}")["item"]
    assert without["items"] == []
    avoided = asked(world, f"{path}&avoid={city.PHONE}")["item"]
    assert [p["avoided"] for p in avoided["items"]] == [False, False, True]
    short = asked(world, f"{path}&max_hops=2")["item"]
    assert (short["items"], short["truncated"]) == ([], False)
    hub = asked(world, f"{path}&hub=2&max_hops=6")["item"]
    assert hub["truncated"]
    assert city.FOOD in {h["id"] for h in hub["hubs"]}


def test_paths_do_not_run_through_what_is_hidden(world: World) -> None:
    path = f"paths?from={city.FOOD}&to={city.MINE}&relation=contacts"
    assert len(asked(world, path)["item"]["items"]) == 1
    assert asked(world, path, "limited")["item"]["items"] == []


def test_which_bidders_belong_together(world: World) -> None:
    body = {"subjects": [city.FOOD[4:], city.INN[4:], city.MINE, "nobody", city.FOOD]}
    item = sent(world, "group", body | {"relations": ["holdings", "posts"]})
    assert [[s["id"] for s in g] for g in item["groups"]] == [[city.FOOD, city.INN]]
    assert (item["alone"], item["not_found"]) == ([city.MINE], ["nobody"])
    (pair,) = item["pairs"]
    assert (pair["left"], pair["right"], pair["steps"]) == (city.FOOD, city.INN, 1)
    assert pair["strength"] == 0.6
    assert item["kind"] == "lead"
    wide = sent(world, "group", body | {"relations": ["contacts"], "limit": 1})
    assert len(wide["groups"][0]) == 3
    assert (wide["total_pairs"], wide["truncated"]) == (3, True)
    limited = sent(world, "group", body | {"relations": ["contacts"]}, "limited")
    assert [len(g) for g in limited["groups"]] == [2]


def test_one_against_many(world: World) -> None:
    body = {
        "subject": city.ZHANG,
        "targets": [city.INN[4:], city.LI, "nobody", city.SUN],
    }
    item = sent(world, "one-to-many", body | {"relations": ["posts"], "paths": 1})
    assert [(i["target"], i["steps"]) for i in item["items"]] == [(city.LI, 2)]
    assert ids(item["items"][0]["path"]) == [city.ZHANG, city.FOOD, city.LI]
    assert item["apart"] == [city.INN[4:], city.SUN]
    assert item["not_found"] == ["nobody"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("group", {"subjects": [city.FOOD]}),
        ("group", {"subjects": [f"org:{i}" for i in range(1_001)]}),
        ("group", {"subjects": [city.FOOD, city.INN], "max_steps": 5}),
        ("group", {"subjects": [city.FOOD, city.INN], "more": 1}),
        ("one-to-many", {"subject": city.FOOD, "targets": []}),
        ("one-to-many", {"subject": city.FOOD, "targets": ["x"], "min_share": "2"}),
    ],
)
def test_what_cannot_be_asked_is_refused(
    world: World, path: str, body: dict[str, Any]
) -> None:
    answer = world.post(f"/v1/relations:{path}", body)
    assert answer.status_code == 422, answer.text


def test_ten_thousand_targets_fit_into_a_request(world: World) -> None:
    targets = [f"9123070{i:011}" for i in range(10_000)]
    item = sent(world, "one-to-many", {"subject": city.FOOD, "targets": targets})
    assert len(item["not_found"]) == 10_000


# ---- time ----------------------------------------------------------------


def test_a_time_line_and_what_changed_between_two_days(world: World) -> None:
    path = f"subjects/{city.INN}/timeline"
    page = asked(world, path)
    days = [item["on"] for item in page["items"]]
    assert days == sorted(days)
    began = [
        (i["on"], i["relation"]["value"], i["what"]["value"]) for i in page["items"]
    ]
    assert ("2019-01-01", "holds", "began") in began
    between = asked(world, f"{path}?after=2018-06-01&until=2019-06-01&relation=holds")
    assert [i["share"] for i in between["items"]] == ["60%"]
    wider = asked(world, f"{path}?depth=1&relation=posts")
    assert city.LI in {i["near"]["id"] for i in wider["items"]}
    first = asked(world, f"{path}?limit=1")
    second = asked(world, f"{path}?limit=1&cursor={first['next_cursor']}")
    assert [*first["items"], *second["items"]] == page["items"][:2]


# ---- the command line ----------------------------------------------------


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("adjacent", city.FOOD), "法定代表人"),
        (("adjacent", city.FOOD, "--json"), '"total"'),
        (("network", city.FOOD, "--depth", "2"), "持股 60%"),
        (("network", city.FOOD, "--nodes", "2"), "没有列出的联系不等于没有联系"),
        (("paths", city.ZHANG, city.ZHAO), "张三丰 —法定代表人"),
        (("paths", city.ZHANG, city.ZHAO, "--max-hops", "2"), "没有找到路径"),
        (("timeline", city.INN), "2019-01-01  开始"),
    ],
)
def test_commands(run: Run, words: tuple[str, ...], expected: str) -> None:
    result = run(*words)
    assert result.exit_code == 0, result.output
    assert expected in result.output


def test_a_file_of_bidders(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "bidders.txt"
    file.write_text(f"{city.FOOD[4:]}\n{city.INN[4:]}\n\nnobody\n", "utf-8")
    told = run("linked", file)
    assert told.exit_code == 0, told.output
    assert "第 1 组（2）" in told.output
    assert "未找到：nobody" in told.output
    file.write_text(city.FOOD, "utf-8")
    few = run("linked", file)
    assert few.exit_code != 0
    assert "2" in few.output
