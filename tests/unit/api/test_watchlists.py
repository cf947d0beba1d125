"""Watchlists with a threshold, and scores that moved since a load."""

from pathlib import Path
from typing import Any

import pytest

from api.watchlists import LISTS_AT_MOST, Watchlists
from graph.errors import BadInput
from tests.unit.api import city
from tests.unit.api.conftest import World

BODY: dict[str, Any] = {
    "name": "重点企业",
    "threshold": 30,
    "subjects": [city.FOOD[4:], city.MINE, "nobody", city.FOOD],
}


def made(world: World, **changed: Any) -> dict[str, Any]:
    answer = world.post("/v1/watchlists", BODY | changed, key="personal")
    assert answer.status_code == 201, answer.text
    return dict(answer.json()["item"])


def end_sanction(world: World) -> None:
    key = world.sanction_key()
    body = {"on": "2026-11-20", "reason": "repair", "document": "修复1", "authority": "机关"}  # fmt: skip
    headers = {"Idempotency-Key": "watch-test-1"}
    ended = world.post(f"/v1/sanctions/{key}:end", body, key="writer", headers=headers)
    assert ended.status_code == 200, ended.text


def test_it_tells_who_reaches_the_threshold(world: World) -> None:
    item = made(world)
    assert item["not_found"] == ["nobody"]
    assert [row["subject"]["id"] for row in item["items"]] == [city.FOOD, city.MINE]
    assert [row["reached"] for row in item["items"]] == [True, False]
    assert item["reached"] == 1
    path = f"/v1/watchlists/{item['watchlist']['id']}"
    assert world.get(path, key="personal").json()["item"]["items"] == item["items"]


def test_another_key_does_not_see_it(world: World) -> None:
    watchlist = made(world)["watchlist"]["id"]
    for method in ("GET", "DELETE"):
        answer = world.call(method, f"/v1/watchlists/{watchlist}", key="reader")
        assert answer.status_code == 404
    assert world.get("/v1/watchlists", key="reader").json()["items"] == []
    assert len(world.get("/v1/watchlists", key="personal").json()["items"]) == 1


def test_it_is_changed_and_removed(world: World) -> None:
    path = f"/v1/watchlists/{made(world)['watchlist']['id']}"
    body = {"threshold": 99, "subjects": [city.FOOD]}
    changed = world.call("PUT", path, json=body, key="personal").json()["item"]
    assert changed["reached"] == 0
    assert changed["watchlist"]["subjects"] == 1
    assert world.call("DELETE", path, key="personal").status_code == 204
    assert world.get(path, key="personal").status_code == 404


def test_it_survives_a_restart_and_another_process(
    tmp_path: Path, world: World
) -> None:
    first, second = Watchlists(tmp_path / "w.json"), Watchlists(tmp_path / "w.json")
    now = world.service.clock.now()
    one = first.add("key", "名单", 50, ("org:A", "org:A", "org:B"), now)
    assert second.of("key") == [one]
    assert one.subjects == ("org:A", "org:B")
    second.remove("key", one.id)
    assert first.of("key") == []
    assert (tmp_path / "w.json").stat().st_mode & 0o777 == 0o600


def test_a_key_has_only_so_many(tmp_path: Path, world: World) -> None:
    lists, now = Watchlists(tmp_path / "w.json"), world.service.clock.now()
    for number in range(LISTS_AT_MOST):
        lists.add("key", str(number), 1, ("org:A",), now)
    with pytest.raises(BadInput, match="at most 100"):
        lists.add("key", "more", 1, ("org:A",), now)
    lists.add("other", "first", 1, ("org:A",), now)


@pytest.mark.parametrize(
    "wrong", [{"threshold": 101}, {"subjects": []}, {"name": ""}, {"extra": 1}]
)
def test_a_wrong_watchlist_is_refused(world: World, wrong: dict[str, Any]) -> None:
    assert world.post("/v1/watchlists", BODY | wrong).status_code == 422


def test_scores_that_moved_since_a_load(world: World) -> None:
    since = world.store.facts.seq
    nothing = world.get(f"/v1/risk/changes?since={since}", key="personal").json()
    assert nothing["item"]["items"] == []
    end_sanction(world)
    item = world.get(f"/v1/risk/changes?since={since}", key="personal").json()["item"]
    moved = {one["subject"]["id"]: one for one in item["items"]}[city.FOOD]
    assert moved["after"] < moved["before"]
    assert "sanctions" in {part["feature"] for part in moved["lost"]}
    assert item["next"] == world.store.facts.seq
    watchlist = made(world, subjects=[city.MINE])["watchlist"]["id"]
    path = f"/v1/risk/changes?since={since}&watchlist={watchlist}"
    only = world.get(path, key="personal").json()["item"]["items"]
    assert city.FOOD not in {one["subject"]["id"] for one in only}


def test_what_a_new_score_rests_on_has_its_own_day(world: World) -> None:
    since = world.store.facts.seq
    penalty = city.record(
        city.MINE, "伊市监罚〔2026〕7号", decided_on=city.D("2026-11-03")
    )
    world.store.append(city.batch("later", [penalty], source="later"))
    world.service.refresh()
    item = world.get(f"/v1/risk/changes?since={since}", key="personal").json()["item"]
    moved = {one["subject"]["id"]: one for one in item["items"]}[city.MINE]
    assert moved["after"] > moved["before"]
    assert moved["event_date"] == "2026-11-03"


def test_a_load_that_is_not_there_is_refused(world: World) -> None:
    answer = world.get("/v1/risk/changes?since=999999")
    assert answer.status_code == 422
