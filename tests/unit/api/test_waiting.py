"""What is not decided: listed with what settles it, which then does settle it."""

import asyncio
import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from graph.identity import scoped_person_id
from graph.law.supposing import read_amended
from graph.records import Fact, Finding, IdentityLink
from graph.vocabulary import Judgement, Role
from tests.unit.api import city, conftest
from tests.unit.api.conftest import Run, World, open_world

RULE = "SEVERE-LIST-PERSON-RECORD-CN"
SCOPED = scoped_person_id(city.FOOD, "actual_controller", "钱一")


def listed(world: World, path: str, key: str = "personal") -> list[dict[str, Any]]:
    answer = world.get(path, key=key)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


def add(world: World, *facts: Fact) -> None:
    world.store.append(city.batch("more", list(facts)))
    world.service.refresh()


def test_a_pending_finding_names_what_the_finding_has_to_say(world: World) -> None:
    items = listed(world, "/v1/pending")
    assert items
    (item,) = [i for i in items if i["effect"]["measure"]["value"] == "office_ban"]
    (action,) = item["actions"]
    assert action["action"]["value"] == "finding"
    assert action["source"] == "findings"
    assert action["authorities"] == ["伊春市市场监督管理局"]
    finding = Finding(
        person=action["person"]["id"],
        organization=action["organization"]["id"],
        about_document=action["documents"][0],
        document="伊住建认〔2025〕2号",
        authority=action["authorities"][0],
        role=Role.parse(action["role"]["value"]),
        responsible=True,
        valid_from=city.D("2025-03-05"),
    )
    add(world, finding)
    left = {i["effect"]["id"] for i in listed(world, "/v1/pending")}
    assert item["effect"]["id"] not in left
    shown = world.get(f"/v1/effects/{item['effect']['id']}", key="personal").json()
    assert shown["item"]["effect"]["status"]["value"] == "in_force"


def test_a_pending_identity_names_the_person_and_a_link_settles_it(
    world: World,
) -> None:
    add(
        world,
        city.profile(SCOPED, "钱一"),
        city.tie(SCOPED, city.FOOD, Role.ACTUAL_CONTROLLER),
    )
    items = listed(world, "/v1/pending?for=identity")
    assert items
    assert {
        (a["action"]["value"], a["source"], a["person"]["id"])
        for item in items
        for a in item["actions"]
    } == {("identity", "identity_links", SCOPED)}
    assert all(
        i["effect"]["status"]["value"] == "pending_finding"
        for i in listed(world, "/v1/pending?for=finding")
    )
    link = IdentityLink(
        left=SCOPED,
        right=city.LI,
        document="伊核〔2026〕1号",
        authority="伊春市公安局",
        judgement=Judgement.SAME,
    )
    world.store.append(city.batch("link", [link]))
    world.service.refresh()
    assert listed(world, "/v1/pending?for=identity") == []


def test_a_key_sees_that_something_is_pending_but_not_what_is_closed_to_it(
    world: World,
) -> None:
    full = listed(world, "/v1/pending")
    limited = listed(world, "/v1/pending", key="limited")
    assert [i["effect"]["id"] for i in limited] == [i["effect"]["id"] for i in full]
    assert all(i["actions"] for i in full)
    assert [i["actions"] for i in limited] == [[] for _ in full]
    assert listed(world, "/v1/pending?region=2307", key="limited") == []


@pytest.mark.parametrize(
    ("query", "some"),
    [
        ("region=2307", True),
        ("region=230717", True),
        ("region=2301", False),
        ("sector=C", True),
        ("sector=Q", False),
        ("region=2307&sector=Q", False),
    ],
)
def test_effects_are_found_by_region_and_sector_of_the_sanctions(
    world: World, query: str, *, some: bool
) -> None:
    every = {e["id"] for e in listed(world, "/v1/effects")}
    found = {e["id"] for e in listed(world, f"/v1/effects?{query}")}
    assert found == (every if some else set())
    assert bool(listed(world, f"/v1/pending?{query}")) is some


def test_pages_of_what_is_pending_join_without_gap(world: World) -> None:
    whole = [i["effect"]["id"] for i in listed(world, "/v1/pending")]
    found, cursor = [], ""
    while True:
        page = world.get(f"/v1/pending?limit=1{cursor}", key="personal").json()
        found += [i["effect"]["id"] for i in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert found == whole
    assert len(whole) > 1


# ---- conflicts -----------------------------------------------------------


@pytest.fixture
def torn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """A world with two rules of one text that disagree about the term."""
    text = (files("graph.law") / "liability" / f"{RULE}.yaml").read_text("utf-8")
    other = text.replace(f"key: {RULE}", "key: OTHER-RECORD").replace(
        "term: {length: as_trigger, starts: trigger}\n    ended_by: [",
        "term: {length: P30Y, starts: trigger}\n    ended_by: [own_term, ",
    )
    law = read_amended({"OTHER-RECORD.yaml": other})
    monkeypatch.setattr(conftest, "LAW", law)
    loop = asyncio.new_event_loop()
    yield open_world(tmp_path, loop)
    loop.run_until_complete(loop.shutdown_default_executor())
    loop.close()


def test_a_conflict_names_the_other_side(torn: World) -> None:
    items = listed(torn, "/v1/conflicts")
    assert {i["effect"]["measure"]["value"] for i in items} == {"personal_record"}
    sides = {
        (g["rule"]["key"], v["version"])
        for i in items
        for g, a in zip(i["effect"]["grounds"], i["actions"], strict=True)
        for v in a["versions"]
    }
    assert sides == {
        (RULE, "OTHER-RECORD@2019-07-17"),
        ("OTHER-RECORD", f"{RULE}@2019-07-17"),
    }
    assert {a["action"]["value"] for i in items for a in i["actions"]} == {"ruling"}
    assert {a["source"] for i in items for a in i["actions"]} == {None}


def test_where_no_rules_disagree_there_is_no_conflict(world: World) -> None:
    assert listed(world, "/v1/conflicts") == []


# ---- on the command line -------------------------------------------------


def test_the_commands_tell_the_same(world: World, run: Run) -> None:
    done = run("pending", "--region", "2307")
    assert done.exit_code == 0, done.output
    assert "作出责任认定并载入" in done.output
    assert "伊住建吊〔2025〕2号" in done.output
    shown = json.loads(run("pending", "--json").stdout)
    assert shown["items"] == listed(world, "/v1/pending")
    assert shown["total"] == len(shown["items"])
    assert "共 0 项" in run("pending", "--for", "identity").output
    assert "0 in all" in run("conflicts", language="en").output
