"""Subjects by code, identifier and name, and the facts about them."""

import pytest

from tests.unit.api import city
from tests.unit.api.conftest import World


def names(answer: dict[str, list[dict[str, dict[str, str]]]]) -> list[str]:
    return [item["subject"]["name"] for item in answer["items"]]


@pytest.mark.parametrize(
    "text", [city.FOOD, city.FOOD[4:], city.FOOD[4:].lower()], ids=["id", "code", "low"]
)
def test_a_subject_is_found_by_identifier_and_by_code(world: World, text: str) -> None:
    item = world.get(f"/v1/subjects/{text}").json()["item"]
    assert item["subject"]["name"] == "伊春甲食品有限公司"
    assert item["uscc"] == city.FOOD[4:]
    assert item["status"] == {"value": "active", "zh": "存续", "en": "active"}


def test_a_name_is_no_address_of_a_subject(world: World) -> None:
    answer = world.get("/v1/subjects/伊春甲食品有限公司")
    assert answer.status_code == 404
    assert "q=" in answer.json()["hint"]


def test_an_unknown_code_is_not_found(world: World) -> None:
    assert world.get("/v1/subjects/91230700MA99999999").status_code == 404


def test_the_beginning_of_a_name_finds_every_subject_that_begins_so(
    world: World,
) -> None:
    assert names(world.get("/v1/subjects?q=伊春").json()) == [
        "伊春乙旅馆有限公司",
        "伊春甲食品有限公司",
    ]


def test_a_search_takes_codes_too(world: World) -> None:
    assert names(world.get(f"/v1/subjects?q={city.MINE[4:]}").json()) == [
        "铁力丙矿业有限公司"
    ]


def test_long_texts_are_read_from_the_store_only_when_asked_for(world: World) -> None:
    plain = world.get(f"/v1/subjects/{city.FOOD}").json()["item"]
    assert plain["address"] is None
    assert world.store.asked_for_details == 0
    full = world.get(f"/v1/subjects/{city.FOOD}?texts=true").json()["item"]
    assert full["address"] == "新兴西大街1号"
    assert world.store.asked_for_details == 1


def test_counts_say_how_much_there_is_about_a_subject(world: World) -> None:
    item = world.get(f"/v1/subjects/{city.FOOD}").json()["item"]
    assert item["counts"] == {
        "records": 2,
        "sanctions": 1,
        "ties": 2,
        "holdings": 1,
        "branches": 0,
        "links": 2,
        "contacts": 1,
        "effects": 0,
    }


def test_records_come_with_source_and_with_texts_when_asked_for(world: World) -> None:
    url = f"/v1/subjects/{city.FOOD}/records"
    plain = world.get(url).json()["items"]
    assert {item["texts"] for item in plain} == {None}
    full = world.get(url + "?texts=true").json()["items"]
    assert {item["texts"]["title"] for item in full} == {"生产经营不符合标准的食品"}
    assert {item["source"]["file"] for item in full} == {"city.csv"}


def test_a_period_shows_its_exclusive_end_and_its_last_day(world: World) -> None:
    (item,) = world.get(f"/v1/subjects/{city.FOOD}/sanctions").json()["items"]
    assert item["act"] == {
        "valid_from": "2024-10-01",
        "valid_to": "2024-10-02",
        "last_day": "2024-10-01",
    }
    assert item["on_list"]["key"] == "market_supervision"
    assert item["in_force"] is True
    assert item["ended"] is None


def test_ties_are_found_from_both_sides(world: World) -> None:
    of_food = world.get(f"/v1/subjects/{city.FOOD}/ties").json()["items"]
    of_zhang = world.get(f"/v1/subjects/{city.ZHANG}/ties").json()["items"]
    assert {t["person"]["id"] for t in of_food} == {city.ZHANG, city.LI}
    assert [t["organization"]["id"] for t in of_zhang] == [city.FOOD]


def test_a_share_is_exact(world: World) -> None:
    (item,) = world.get(f"/v1/subjects/{city.INN}/holdings").json()["items"]
    assert item["share"] == {"numerator": 3, "denominator": 5, "decimal": 0.6}
    assert item["votes"] is None


def test_branches_and_links_are_found_from_both_sides(world: World) -> None:
    (branch,) = world.get(f"/v1/subjects/{city.INN}/branches").json()["items"]
    assert (branch["branch"]["id"], branch["held"]) == (city.MINE, True)
    url = f"/v1/subjects/{city.INN}/links"
    (link,) = world.get(url).json()["items"]
    assert link["subject"]["id"] == city.FOOD
    assert link["relation"]["value"] == "guarantees"
    assert (link["amount_yuan"], link["content"]) == ("5000000", None)
    (told,) = world.get(url + "?texts=true").json()["items"]
    assert told["content"] == "连带责任保证"


def test_who_shares_a_number_is_asked_by_its_identifier(world: World) -> None:
    url = f"/v1/subjects/{city.FOOD}/contacts?texts=true"
    (mine,) = world.get(url).json()["items"]
    assert (mine["text"], mine["shared_by"]) == ("138****1234", 3)
    shared = world.get(f"/v1/subjects/{mine['anchor']}/contacts").json()["items"]
    assert {i["subject"]["id"] for i in shared} == {city.FOOD, city.INN, city.MINE}
    item = world.get(f"/v1/subjects/{mine['anchor']}").json()["item"]
    assert item["subject"]["kind"] == "anchor"


def test_what_another_department_knows_is_not_counted(world: World) -> None:
    url = f"/v1/subjects/{city.FOOD}"
    (mine,) = world.get(url + "/contacts", key="limited").json()["items"]
    assert mine["shared_by"] == 2
    (link,) = world.get(url + "/links", key="limited").json()["items"]
    assert link["document"] == "保〔2025〕1号"


def test_a_description_is_that_of_the_day_asked_about(world: World) -> None:
    renamed = city.profile(
        city.MINE, "铁力丁矿业有限公司", valid_from=city.D("2024-01-01")
    )
    world.store.append(city.batch("renamed", [renamed]))
    world.service.refresh()
    url = f"/v1/subjects/{city.MINE}"
    now = world.get(url).json()["item"]
    then = world.get(url + "?as_of=2023-12-31").json()["item"]
    assert now["subject"]["name"] == "铁力丁矿业有限公司"
    assert then["subject"]["name"] == "铁力丙矿业有限公司"


def test_a_former_name_finds_the_subject_once(world: World) -> None:
    renamed = city.profile(
        city.MINE, "铁力丁矿业有限公司", valid_from=city.D("2024-01-01")
    )
    world.store.append(city.batch("renamed", [renamed]))
    world.service.refresh()
    found = world.get("/v1/subjects?q=铁力").json()["items"]
    assert [(i["subject"]["name"], i["matched"]) for i in found] == [
        ("铁力丁矿业有限公司", "铁力丁矿业有限公司")
    ]


def test_what_was_known_earlier_is_answered_as_it_was_known(world: World) -> None:
    before = "2026-11-19T00:00:00%2B00:00"
    url = f"/v1/subjects/{city.FOOD}?known_at="
    assert world.get(url + before).status_code == 404
    later = world.get(url + "2026-11-21T00:00:00Z").json()
    assert later["item"]["subject"]["name"] == "伊春甲食品有限公司"
    assert later["meta"]["load"] == 1


def test_every_answer_names_day_load_facts_law_and_program(world: World) -> None:
    meta = world.get(f"/v1/subjects/{city.FOOD}?as_of=2026-01-31").json()["meta"]
    board = world.service.board
    assert meta == {
        "as_of": "2026-01-31",
        "known_at": None,
        "load": board.snapshot.seq,
        "snapshot": board.snapshot.digest,
        "law": board.law.digest,
        "service": world.app.version,
    }
