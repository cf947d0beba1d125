"""Pending effects, rules in conflict, and lists of effects by what is behind them."""

import json
from typing import Any

import pytest

from analytics.propagation.waiting import actions, is_undecided
from graph.identity import scoped_person_id
from graph.records import Fact, Finding
from graph.vocabulary import Role
from tests.unit.api import city
from tests.unit.api.conftest import Run, World

SHANGHAI = "310000"
UNNAMED = scoped_person_id(city.MINE, Role.LEGAL_REPRESENTATIVE, "钱某")
LATE = "per:" + "f" * 32
LISTED, REVOKED = "沪应急列〔2025〕3号", "铁市监吊〔2025〕4号"


def load(world: World, name: str, *facts: Fact) -> None:
    world.store.append(city.batch(name, list(facts)))
    world.service.refresh()


@pytest.fixture
def unsettled(world: World) -> World:
    """Add a listing by an authority elsewhere, and a name without a number."""
    load(
        world,
        "unsettled",
        city.profile(UNNAMED, "钱某"),
        city.profile(LATE, "周后来"),
        city.tie(UNNAMED, city.MINE, Role.LEGAL_REPRESENTATIVE),
        city.tie(
            LATE, city.MINE, Role.LEGAL_REPRESENTATIVE, valid_from=city.D("2025-01-01")
        ),
        city.sanction(city.FOOD, LISTED, list="work_safety", region=SHANGHAI),
        city.sanction(
            city.MINE, REVOKED, list="market_supervision", sector="B", region="230781"
        ),
    )
    return world


def items(world: World, path: str, key: str = "personal") -> list[Any]:
    answer = world.get(path, key=key)
    assert answer.status_code == 200, answer.text
    found: list[Any] = answer.json()["items"]
    return found


def of_bearer(found: list[Any], bearer: str) -> list[Any]:
    return [i for i in found if i["effect"]["bearer"]["id"] == bearer]


def test_a_name_without_a_number_waits_for_its_identity(unsettled: World) -> None:
    found = of_bearer(items(unsettled, "/v1/pending?for=identity"), UNNAMED)
    assert {i["effect"]["status"]["value"] for i in found} == {"pending_identity"}
    for wait in (w for i in found for w in i["actions"]):
        assert (wait["action"]["value"], wait["source"]) == (
            "identity",
            "identity_links",
        )
        assert wait["organization"]["id"] == city.MINE
        assert wait["role"]["value"] == "legal_representative"
        assert wait["documents"] == [REVOKED]
        assert wait["authorities"] == ["伊春市市场监督管理局"]


def test_who_came_after_the_act_waits_for_a_finding_and_is_settled_by_it(
    unsettled: World,
) -> None:
    url = f"/v1/pending?bearer={LATE}"
    item = items(unsettled, url + "&for=finding")[0]
    (wait,) = item["actions"]
    assert (wait["action"]["value"], wait["source"]) == ("finding", "findings")
    assert wait["documents"] == [REVOKED]
    assert wait["ground"] in {g["id"] for g in item["effect"]["grounds"]}
    load(
        unsettled,
        "found",
        Finding(
            person=LATE,
            organization=city.MINE,
            about_document=REVOKED,
            document="认〔2025〕1号",
            authority="局",
            role=Role(wait["role"]["value"]),
            responsible=True,
            valid_from=city.D("2025-06-01"),
        ),
    )
    assert items(unsettled, url) == []
    stands = items(unsettled, f"/v1/effects?bearer={LATE}")
    assert {i["status"]["value"] for i in stands} == {"in_force"}


def test_rules_of_two_places_that_differ_are_told_with_what_each_says(
    unsettled: World,
) -> None:
    found = items(unsettled, "/v1/conflicts")
    assert {i["effect"]["bearer"]["id"] for i in found} == {city.ZHANG}
    # Where another list gives the same effect, it is in force by that one.
    assert {i["effect"]["status"]["value"] for i in found} == {"conflict", "in_force"}
    rules = [one["versions"][0]["version"] for i in found for one in i["actions"]]
    assert len(set(rules)) == 2
    for item in found:
        (one,) = item["actions"]
        assert one["action"]["value"] == "ruling"
        (ground,) = [g for g in item["effect"]["grounds"] if g["id"] == one["ground"]]
        assert ground["status"]["value"] == "conflict"
        (other,) = one["versions"]
        assert not other["version"].startswith(ground["rule"]["key"])
        assert other["decided_by"] == ""
    assert len(found) == 2
    rule = rules[0].partition("@")[0]
    assert len(items(unsettled, f"/v1/conflicts?rule={rule}")) == 1


def test_who_may_not_see_the_facts_sees_that_something_waits_but_not_why(
    unsettled: World,
) -> None:
    hidden = {"department": city.DEPARTMENT, "public": False}
    load(
        unsettled,
        "hidden",
        city.sanction(city.MINE, "密〔2025〕5号", list="work_safety", **hidden),
    )
    url = f"/v1/pending?bearer={LATE}"
    grounds = [g for i in items(unsettled, url) for g in i["effect"]["grounds"]]
    seen = items(unsettled, url, key="limited")
    assert {i["effect"]["id"] for i in seen} == {
        i["effect"]["id"] for i in items(unsettled, url)
    }
    assert "密〔2025〕5号" not in json.dumps(seen, ensure_ascii=False)
    assert len([g for i in seen for g in i["effect"]["grounds"]]) < len(grounds)


@pytest.mark.parametrize(
    ("query", "bearers"),
    [
        (f"region={SHANGHAI}", {city.ZHANG}),
        ("region=230781", {UNNAMED, LATE, city.SUN}),
        ("sector=B", {UNNAMED, LATE, city.SUN}),
        (f"region={SHANGHAI}&sector=B", set()),
        ("region=23&measure=no_such_measure", set()),
        ("sector=B&status=pending_identity", {UNNAMED}),
    ],
)
def test_effects_are_found_by_what_is_behind_them(
    unsettled: World, query: str, bearers: set[str]
) -> None:
    found = items(unsettled, f"/v1/effects?{query}&limit=500")
    assert {i["bearer"]["id"] for i in found} == bearers


def test_effects_are_found_by_what_changed_since_a_load(unsettled: World) -> None:
    load_number = unsettled.get("/v1/effects").json()["meta"]["load"]
    url = f"/v1/effects?changed_since={load_number}"
    assert items(unsettled, url) == []
    load(
        unsettled,
        "new",
        city.sanction(
            city.INN, "伊市监列〔2026〕9号", list="market_supervision", sector="H"
        ),
    )
    changed = items(unsettled, url)
    assert changed
    assert {i["bearer"]["id"] for i in changed} == {city.ZHAO}
    every = items(unsettled, "/v1/effects?changed_since=0&limit=500")
    assert every == items(unsettled, "/v1/effects?limit=500")
    late = unsettled.get(f"/v1/effects?changed_since={load_number + 9}")
    assert late.status_code == 422


def test_the_commands_list_the_same(unsettled: World, run: Run) -> None:
    listed = json.loads(run("pending", "--json").stdout)["items"]
    assert listed == items(unsettled, "/v1/pending?limit=500")
    listed = json.loads(run("conflicts", "--json").stdout)["items"]
    assert listed == items(unsettled, "/v1/conflicts?limit=500")
    listed = json.loads(run("effects", "--region", SHANGHAI, "--json").stdout)
    assert listed == items(unsettled, f"/v1/effects?region={SHANGHAI}&limit=500")
    told = run("pending", city.MINE[4:], "--for", "identity").output
    assert "核验" in told
    assert "钱某" in told
    assert "裁决" in run("conflicts").output
    assert "text applies" in run("conflicts", language="en").output
    assert "共 0 项" in run("conflicts", "--rule", "NO-SUCH-RULE").output
    assert run("effects", "--status", "nothing").exit_code == 2


def test_a_rule_version_is_read_by_its_day(world: World) -> None:
    rule = world.get("/v1/rules/PERSON-DEFAULTER-OFFICE-BAN").json()["item"]
    for version in rule["versions"]:
        url = f"/v1/rules/{rule['key']}/versions/{version['in_force_from']}"
        assert world.get(url).json()["item"] == version
    assert world.get(f"/v1/rules/{rule['key']}/versions/1999-01-01").status_code == 404
    assert world.get("/v1/rules/NO-SUCH/versions/1999-01-01").status_code == 404


def test_a_fact_that_may_not_be_read_is_not_named_by_an_action(
    unsettled: World,
) -> None:
    view = unsettled.service.board.view
    waiting = [e for e in view.derivation.effects.values() if is_undecided(e)]
    named = [a for e in waiting for a in actions(e, view.derivation, view.day)]
    assert all(a.documents and a.authorities for a in named)
    closed = [
        action
        for effect in waiting
        for action in actions(
            effect, view.derivation, view.day, readable=lambda *_: False
        )
    ]
    assert [a.ground for a in closed] == [a.ground for a in named]
    assert not any(a.documents or a.authorities for a in closed)
