"""The changes feed: what each load did to effects, over HTTP and at the command line."""

import json
from datetime import date, timedelta
from typing import Any, cast

import pytest

from api.changes import ChangeLog
from api.clock import FixedClock
from api.service import Service
from graph.records import Fact, Sanction
from tests.unit.api import city
from tests.unit.api.conftest import LAW, Run, World, open_world
from tests.unit.api.test_sanctions import REPAIR, act

NEWS_BEGINS = city.TODAY - timedelta(days=5)


def feed(world: World, since: str = "0", key: str = "personal", **more: Any) -> Any:
    query = "&".join(f"{k}={v}" for k, v in {"since": since, **more}.items())
    answer = world.get(f"/v1/changes?{query}", key=key)
    assert answer.status_code == 200, answer.text
    return answer.json()


def told(page: Any) -> list[tuple[int, str, str]]:
    return [
        (i["load"]["seq"], i["kind"]["value"], i["effect"]["id"]) for i in page["items"]
    ]


def listed(document: str, since: date, **more: Any) -> Sanction:
    return city.sanction(
        city.INN,
        document,
        list="market_supervision",
        listed_on=since,
        valid_from=since,
        **more,
    )


def load(world: World, name: str, *facts: Fact) -> None:
    world.store.append(city.batch(name, list(facts)))
    world.service.refresh()


def later(world: World, days: int) -> date:
    """Let days pass."""
    day = world.service.clock.today() + timedelta(days=days)
    cast("FixedClock", world.service.clock).move_to(day)
    world.service.refresh()
    return day


def standing(page: Any) -> dict[str, str]:
    """Return what stands, to whoever read the feed."""
    known: dict[str, str] = {}
    for item in page["items"]:
        match item["kind"]["value"]:
            case "lost":
                del known[item["effect"]["id"]]
            case "gained" | "changed":
                known[item["effect"]["id"]] = item["after"]["value"]
    return known


def test_the_feed_comes_to_what_stands_and_is_the_same_again(world: World) -> None:
    act(world, REPAIR)
    later(world, 3)
    page = feed(world, limit=500)
    derivation, day = world.service.board.derivation, world.service.view().day
    stands = {e.id: e.status_on(day) for e in derivation.effects.values()}
    assert standing(page) == {k: v for k, v in stands.items() if v and v != "ended"}
    assert page["more"] is False
    assert feed(world, limit=500)["items"] == page["items"]
    assert feed(world, page["next"])["items"] == []
    restarted = ChangeLog(world.service)
    world.app.state.changes = restarted
    assert feed(world, limit=500)["items"] == page["items"]


def test_pages_of_any_length_are_the_same_feed(world: World) -> None:
    act(world, REPAIR)
    whole = feed(world, limit=500)
    found: list[Any] = []
    since, more = "0", True
    while more:
        page = feed(world, since, limit=1)
        found += page["items"]
        since, more = page["next"], page["more"]
    assert found == whole["items"]
    middle = whole["items"][1]["cursor"]
    assert feed(world, middle, limit=500)["items"] == whole["items"][2:]


def test_an_act_is_told_with_its_document_and_the_day_on_which_it_counts(
    world: World,
) -> None:
    start = feed(world, limit=500)["next"]
    act(world, REPAIR)
    items = feed(world, start)["items"]
    assert {i["kind"]["value"] for i in items} == {"lost"}
    for item in items:
        assert item["load"]["document"] == REPAIR["document"]
        assert item["event_date"] == REPAIR.get("on", city.TODAY.isoformat())
        assert item["backfilled"] is False
        assert [r["why"]["value"] for r in item["reasons"]] == ["altered"]


def test_what_a_file_brings_late_is_no_news(world: World) -> None:
    start = feed(world, limit=500)["next"]
    old, fresh = date(2024, 3, 1), NEWS_BEGINS
    load(world, "old", listed("伊市监列〔2024〕9号", old))
    page = feed(world, start)
    assert {(i["event_date"], i["backfilled"]) for i in page["items"]} == {
        (old.isoformat(), True)
    }
    assert feed(world, start, news="true")["items"] == []
    load(world, "ended", listed("伊市监列〔2024〕8号", old, valid_to=date(2024, 9, 1)))
    ended = feed(world, page["next"])
    assert {i["kind"]["value"] for i in ended["items"]} <= {"altered", "past"}
    assert all(i["backfilled"] for i in ended["items"] if i["differs_from"])
    other = open_world(world.service.settings.data / "other", world.loop)
    begin = feed(other, limit=500)["next"]
    load(other, "fresh", listed("伊市监列〔2026〕1号", fresh))
    items = feed(other, begin, news="true")["items"]
    assert {(i["event_date"], i["backfilled"]) for i in items} == {
        (fresh.isoformat(), False)
    }


def test_a_term_that_runs_out_while_the_service_rests_is_told_by_its_own_day(
    world: World,
) -> None:
    begins, ends = city.TODAY + timedelta(days=2), city.TODAY + timedelta(days=4)
    load(world, "short", listed("伊市监列〔2026〕2号", begins, valid_to=ends))
    start = feed(world, limit=500)["next"]
    later(world, 30)
    items = feed(world, start)["items"]
    days = [(i["kind"]["value"], i["event_date"]) for i in items]
    assert set(days) == {("gained", str(begins)), ("lost", str(ends))}
    assert days == sorted(days, key=lambda pair: pair[1])
    assert {i["load"]["kind"]["value"] for i in items} == {"day"}
    assert all(i["reasons"] == [] for i in items)


def test_what_was_wrong_from_the_start_is_news_when_it_is_taken_back(
    world: World,
) -> None:
    start = feed(world, limit=500)["next"]
    url = f"/v1/sanctions/{world.sanction_key()}:void"
    body = {k: v for k, v in REPAIR.items() if k in ("document", "authority")}
    headers = {"Idempotency-Key": "void-it-once"}
    world.post(url, {**body, "reason": "当事人错误"}, key="writer", headers=headers)
    items = feed(world, start)["items"]
    assert items
    for item in items:
        assert item["kind"]["value"] == "lost"
        assert item["event_date"] == city.TODAY.isoformat()
        assert item["differs_from"] < item["event_date"]
        assert item["backfilled"] is False


def test_a_limited_key_learns_that_not_why(world: World) -> None:
    whole = feed(world, limit=500)
    seen = feed(world, limit=500, key="limited")
    assert told(seen) == told(whole)
    assert any(i["effect"]["withheld"] for i in seen["items"])
    assert {i["load"]["source"] for i in seen["items"]} == {None}
    for item in seen["items"]:
        if item["effect"]["grounds"] == []:
            assert item["reasons"] == []


@pytest.mark.parametrize("since", ["x", "-1", "1.", "99999", "1.2.3"])
def test_a_place_that_is_none_is_refused(world: World, since: str) -> None:
    assert world.get(f"/v1/changes?since={since}").status_code == 422


def test_kinds_are_chosen(world: World) -> None:
    act(world, REPAIR)
    lost = feed(world, kind="lost", limit=500)
    assert {i["kind"]["value"] for i in lost["items"]} == {"lost"}


@pytest.mark.parametrize(("language", "word"), [("zh", "产生"), ("en", "gained")])
def test_the_command_tells_the_feed(
    world: World, run: Run, language: str, word: str
) -> None:
    out = run("changes", "--limit", 3, language=language)
    assert out.exit_code == 0, out.output
    assert word in out.output
    answer = json.loads(run("changes", "--limit", 3, "--json").stdout)
    over_http = feed(world, limit=3)
    assert [i["cursor"] for i in answer["items"]] == [
        i["cursor"] for i in over_http["items"]
    ]
    assert answer["next"] == over_http["next"]
    assert run("changes", "--since", "never").exit_code == 2


def test_another_law_book_is_told_as_its_load(world: World) -> None:
    start = feed(world, limit=500)["next"]
    rules = [r for r in LAW.rules.values() if not r.key.startswith("SEVERE")]
    old = world.service
    world.app.state.service = Service(
        settings=old.settings,
        clock=old.clock,
        store=old.store,
        keys=old.keys,
        law=LAW.with_rules(rules),
        quarantine=old.quarantine,
        risks=old.risks,
        close=old.close,
    )
    world.app.state.changes = ChangeLog(world.app.state.service)
    items = feed(world, start, limit=500)["items"]
    assert {i["load"]["kind"]["value"] for i in items} == {"law"}
    assert {r["why"]["value"] for i in items for r in i["reasons"]} == {"rule_gone"}
