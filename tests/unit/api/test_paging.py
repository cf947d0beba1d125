"""Pages: complete, in order, without repeats, also while facts arrive."""

from typing import Any

import pytest

from graph.vocabulary import Role
from tests.unit.api import city
from tests.unit.api.conftest import World

MANY = 23


def walk(world: World, url: str, limit: int, key: str = "personal") -> list[Any]:
    """Return every item of every page."""
    items: list[Any] = []
    cursor, joint = "", "&" if "?" in url else "?"
    while True:
        more = f"&cursor={cursor}" if cursor else ""
        page = world.get(f"{url}{joint}limit={limit}{more}", key=key).json()
        assert len(page["items"]) <= limit
        items += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            return items


@pytest.fixture
def crowd(world: World) -> World:
    """Add an organization with many records, posts and effects."""
    people = [f"per:{n:032x}" for n in range(1, MANY + 1)]
    facts = [
        *(city.profile(p, f"王小{chr(0x4E00 + n)}") for n, p in enumerate(people)),
        *(city.tie(p, city.FOOD, Role.ACTUAL_CONTROLLER) for p in people),
        *(
            city.record(city.FOOD, f"伊市监罚〔2024〕{n}号", decided_on=day)
            for n in range(MANY)
            for day in [city.D(f"2024-0{n % 3 + 1}-01")]
        ),
    ]
    world.store.append(city.batch("crowd", facts))
    world.service.refresh()
    return world


URLS = {
    "search": "/v1/subjects?q=王",
    "records": f"/v1/subjects/{city.FOOD}/records",
    "ties": f"/v1/subjects/{city.FOOD}/ties",
    "effects": "/v1/effects",
    "by organization": f"/v1/effects?organization={city.FOOD}",
    "of a bearer": f"/v1/subjects/{city.ZHANG}/effects",
}


@pytest.mark.parametrize("name", URLS)
@pytest.mark.parametrize("limit", [1, 7, 500])
def test_pages_together_are_the_whole_list(crowd: World, name: str, limit: int) -> None:
    whole = walk(crowd, URLS[name], 500)
    assert walk(crowd, URLS[name], limit) == whole
    texts = [str(item) for item in whole]
    assert len(set(texts)) == len(texts) > 1


@pytest.mark.parametrize("name", ["records", "ties"])
def test_a_total_counts_every_page(crowd: World, name: str) -> None:
    page = crowd.get(URLS[name] + "?limit=1").json()
    assert page["total"] == len(walk(crowd, URLS[name], 500))


def test_the_latest_comes_first(crowd: World) -> None:
    days = [item["decided_on"] for item in walk(crowd, URLS["records"], 5)]
    assert days == sorted(days, reverse=True)


@pytest.mark.parametrize("name", ["search", "records", "effects"])
def test_what_arrives_between_two_pages_neither_skips_nor_repeats(
    crowd: World, name: str
) -> None:
    before = walk(crowd, URLS[name], 500)
    joint = "&" if "?" in URLS[name] else "?"
    url = f"{URLS[name]}{joint}limit=5"
    first = crowd.get(url, key="personal").json()
    newcomer = "per:" + "f" * 32
    facts = [
        city.profile(newcomer, "王一"),
        city.tie(newcomer, city.FOOD, Role.ACTUAL_CONTROLLER),
        city.record(city.FOOD, "新〔2026〕1号", decided_on=city.D("2026-11-01")),
        city.record(city.FOOD, "旧〔2024〕1号", decided_on=city.D("2024-02-01")),
    ]
    crowd.store.append(city.batch("late", facts))
    crowd.service.refresh()
    items, cursor = first["items"], first["next_cursor"]
    while cursor is not None:
        page = crowd.get(f"{url}&cursor={cursor}", key="personal").json()
        items, cursor = items + page["items"], page["next_cursor"]
    names = [str(item) for item in items]
    assert len(set(names)) == len(names)
    assert {str(item) for item in before} <= set(names)


def test_masked_persons_are_passed_over_not_counted(crowd: World) -> None:
    assert walk(crowd, URLS["search"], 3, key="reader") == []


def test_a_long_search_stops_and_says_so(
    crowd: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.finding._LOOKED_AT", 5)
    page = crowd.get(URLS["search"] + "&limit=2").json()
    assert page["truncated"] is True
    assert page["items"] == []
    assert walk(crowd, URLS["search"], 2, key="reader") == []
    assert len(walk(crowd, URLS["search"], 2)) == MANY


def test_a_long_filter_stops_and_says_so(
    crowd: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.effect_lists._LOOKED_AT", 5)
    url = f"{URLS['effects']}?rule=SEVERE-LIST-PERSON-RECORD-YICHUN"
    page = crowd.get(url + "&limit=50").json()
    assert page["truncated"] is True
    assert len(walk(crowd, url, 50)) == MANY + 1


def test_a_cursor_tells_nothing_of_masked_names(crowd: World) -> None:
    from api.showing.cursors import read_cursor

    page = crowd.get(URLS["search"] + "&limit=1", key="personal").json()
    (text,) = read_cursor(page["next_cursor"], str)
    assert len(bytes.fromhex(text)) == 16
