"""Ownership and control over HTTP and on the command line."""

import asyncio
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from graph.records import Fact, Holding
from tests.unit.api import city
from tests.unit.api.conftest import Run, World, open_world

NAMED = {"owner": city.LI, "food": city.FOOD, "inn": city.INN, "mine": city.MINE}


def held(holder: str, organization: str, share: str, **more: Any) -> Holding:
    found = Fraction(share)
    return Holding(
        holder=NAMED[holder], organization=NAMED[organization],
        share_num=found.numerator, share_den=found.denominator,
        valid_from=city.D("2020-01-01"), **more,
    )  # fmt: skip


def facts() -> list[Fact]:
    """LI owns 60 % of FOOD, FOOD 60 % of INN, INN 1/3 of MINE, LI 1/4 of MINE."""
    return [
        *city.facts(),
        held("owner", "food", "3/5"),
        held("inn", "mine", "1/3"),
        held("owner", "mine", "1/4"),
        held("food", "mine", "1/10", public=False, department=city.DEPARTMENT),
    ]


@pytest.fixture
def owned(tmp_path: Path) -> Iterator[World]:
    loop = asyncio.new_event_loop()
    yield open_world(tmp_path, loop, facts())
    loop.run_until_complete(loop.shutdown_default_executor())
    loop.close()


def asked(world: World, path: str, key: str = "personal") -> dict[str, Any]:
    answer = world.get(f"/v1/subjects/{path}", key=key)
    assert answer.status_code == 200, answer.text
    return dict(answer.json()["item"])


def test_owners_with_exact_shares_and_ways(owned: World) -> None:
    item = asked(owned, f"{city.INN}/ownership")
    shares = {i["subject"]["id"]: i["share"] for i in item["items"]}
    assert shares[city.LI]["exact"] == "9/25"
    assert shares[city.LI]["text"] == "36%"
    assert shares[city.FOOD]["exact"] == "3/5"
    assert item["persons"]["exact"] == "9/25"
    assert item["opaque"]["exact"] == "16/25"
    (top,) = [i for i in item["items"] if i["subject"]["id"] == city.LI]
    assert [s["id"] for s in top["ways"][0]["subjects"]] == [
        city.LI, city.FOOD, city.INN,
    ]  # fmt: skip
    assert not item["truncated"]


def test_what_is_owned_and_a_budget_that_is_told(owned: World) -> None:
    item = asked(owned, f"{city.LI}/ownership?direction=down")
    assert {i["subject"]["id"] for i in item["items"]} == {
        city.FOOD, city.INN, city.MINE,
    }  # fmt: skip
    cut = asked(owned, f"{city.LI}/ownership?direction=down&nodes=2")
    assert cut["truncated"]
    assert "没有列出的不等于没有" in cut["explanation"]["text"]


def test_the_scope_decides_which_holdings_count(owned: World) -> None:
    shares = {}
    for key in ("personal", "limited"):
        item = asked(owned, f"{city.FOOD}/ownership?direction=down", key)
        shares[key] = {i["subject"]["id"]: i["share"]["exact"] for i in item["items"]}
    assert shares["personal"][city.MINE] == "3/10"
    assert shares["limited"][city.MINE] == "1/5"


def test_controllers_are_leads_with_votes_added_up(owned: World) -> None:
    item = asked(owned, f"{city.MINE}/controllers")
    (top,) = [i for i in item["items"] if i["ultimate"]]
    assert top["subject"]["id"] == city.LI
    assert top["votes"]["exact"] == "41/60"
    assert top["by_votes"]
    assert not top["declared"]
    assert "线索" in item["explanation"]["text"]


def test_names_that_may_not_be_seen_are_masked_in_words_too(owned: World) -> None:
    for question in ("ownership", "controllers", "beneficial-owners", "group"):
        answer = owned.get(f"/v1/subjects/{city.INN}/{question}", key="reader")
        assert answer.status_code == 200
        assert city.LI in answer.text
        assert "李四光" not in answer.text
        assert "李*光" in answer.text


def test_beneficial_owners(owned: World) -> None:
    item = asked(owned, f"{city.INN}/beneficial-owners")
    assert item["standing"] == "owners"
    assert [(i["person"]["id"], i["criteria"]) for i in item["items"]] == [
        (city.LI, ["ownership", "votes", "control"])
    ]


def test_close_links_and_their_threshold(owned: World) -> None:
    item = asked(owned, f"{city.INN}/close-links")
    kinds = {(i["kind"], i["subject"]["id"]) for i in item["items"]}
    assert ("owner", city.FOOD) in kinds
    assert ("owned", city.MINE) in kinds
    assert "575/2013" in item["basis"]["en"]
    assert asked(owned, f"{city.INN}/close-links?threshold=0.7")["items"] == []
    wrong = owned.get(f"/v1/subjects/{city.INN}/close-links?threshold=0")
    assert wrong.status_code == 422, wrong.text


def test_the_group_has_members_with_their_part(owned: World) -> None:
    item = asked(owned, f"{city.INN}/group")
    assert {i["subject"]["id"]: i["part"]["value"] for i in item["items"]} == {
        city.LI: "head", city.FOOD: "controlled", city.INN: "controlled",
        city.MINE: "controlled",
    }  # fmt: skip


def test_nobody_is_found_who_is_not_there(owned: World) -> None:
    assert owned.get("/v1/subjects/org:nobody/ownership").status_code == 404


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("ownership", "60%"),
        ("controllers", "表决权合计"),
        ("beneficial-owners", "受益所有人"),
        ("close-links", "owner"),
        ("group", "最终控制者"),
    ],
)
def test_the_commands_say_the_same(run: Run, command: str, expected: str) -> None:
    told = run(command, city.INN)
    assert told.exit_code == 0, told.output
    assert expected in told.output
    assert run(command, city.INN, "--json").exit_code == 0
