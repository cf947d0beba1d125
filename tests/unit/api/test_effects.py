"""Effects from every side, and why they hold."""

import pytest

from tests.unit.api import city
from tests.unit.api.conftest import World


def ids(answer: dict[str, list[dict[str, str]]]) -> list[str]:
    return [item["id"] for item in answer["items"]]


def test_what_a_person_bears_names_rule_article_cause_and_role(world: World) -> None:
    items = world.get(f"/v1/subjects/{city.ZHANG}/effects").json()["items"]
    assert {i["measure"]["value"] for i in items} == {"personal_record"}
    grounds = [g for i in items for g in i["grounds"]]
    assert {g["role"]["value"] for g in grounds} == {"legal_representative"}
    assert {g["cause"]["key"] for g in grounds} == {world.sanction_key()}
    assert {g["organization"]["id"] for g in grounds} == {city.FOOD}
    assert all(g["basis"][0]["article"] for g in grounds)
    assert {i["withheld"] for i in items} == {None}


@pytest.mark.parametrize("filter_", ["bearer", "organization", "cause", "rule"])
def test_effects_are_found_from_every_side(world: World, filter_: str) -> None:
    wanted = {
        "bearer": city.ZHANG,
        "organization": city.FOOD[4:],
        "cause": world.sanction_key(),
        "rule": "SEVERE-LIST-PERSON-RECORD-YICHUN",
    }[filter_]
    every = world.get("/v1/effects").json()
    found = world.get(f"/v1/effects?{filter_}={wanted}").json()
    assert found["items"]
    assert {i["bearer"]["id"] for i in found["items"]} == {city.ZHANG}
    assert set(ids(found)) < set(ids(every))


def test_filters_are_joined_by_and(world: World) -> None:
    url = f"/v1/effects?bearer={city.ZHANG}&organization={city.INN}"
    assert world.get(url).json()["items"] == []


def test_ended_effects_are_shown_when_asked_for(world: World) -> None:
    key = world.sanction_key()
    body = {"document": "文1", "authority": "局", "reason": "repair"}
    world.post(
        f"/v1/sanctions/{key}:end",
        body,
        key="writer",
        headers={"Idempotency-Key": "ending-1"},
    )
    url = f"/v1/subjects/{city.ZHANG}/effects"
    assert world.get(url).json()["items"] == []
    ended = world.get(url + "?status=ended").json()["items"]
    assert {i["status"]["value"] for i in ended} == {"ended"}
    assert {g["status"]["value"] for i in ended for g in i["grounds"]} == {"ended"}
    assert {i["period"]["last_day"] for i in ended} == {"2026-11-21"}
    before = world.get(url + "?as_of=2026-11-21").json()["items"]
    assert {i["status"]["value"] for i in before} == {"in_force"}


def test_an_effect_before_its_beginning_is_not_there(world: World) -> None:
    effect = ids(world.get(f"/v1/subjects/{city.ZHANG}/effects").json())[0]
    assert world.get(f"/v1/effects/{effect}").status_code == 200
    assert world.get(f"/v1/effects/{effect}?as_of=2025-03-04").status_code == 404


def test_an_effect_comes_with_its_explanation_when_asked_for(world: World) -> None:
    effect = ids(world.get(f"/v1/subjects/{city.ZHANG}/effects").json())[0]
    plain = world.get(f"/v1/effects/{effect}").json()["item"]
    told = world.get(f"/v1/effects/{effect}?explain=true").json()["item"]
    assert plain["explanation"] is None
    assert told["explanation"]["kind"] == "effect"
    assert told["effect"] == plain["effect"]


def test_an_explanation_is_to_be_had_in_words_of_both_languages(world: World) -> None:
    effect = ids(world.get(f"/v1/subjects/{city.ZHANG}/effects").json())[0]
    url = f"/v1/effects/{effect}/explanation"
    plain = {"Accept": "text/plain"}
    zh = world.get(url, headers=plain)
    en = world.get(url + "?lang=en", headers=plain)
    assert zh.headers["content-type"].startswith("text/plain")
    assert "法定代表人" in zh.text
    assert "legal representative" in en.text
    tree = world.get(url).json()["item"]
    assert tree["text"] == zh.text
    assert tree["partial"] is False


def test_an_explanation_in_another_format_is_refused(world: World) -> None:
    effect = ids(world.get("/v1/effects").json())[0]
    answer = world.get(
        f"/v1/effects/{effect}/explanation", headers={"Accept": "application/pdf"}
    )
    assert answer.status_code == 406


def test_an_effect_that_nobody_derived_is_not_found(world: World) -> None:
    assert world.get(f"/v1/effects/{'0' * 24}").status_code == 404
    assert world.get(f"/v1/effects/{'0' * 24}/explanation").status_code == 404
