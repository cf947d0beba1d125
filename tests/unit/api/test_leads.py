"""Leads over HTTP and on the command line: found, told once, closed, spoken of."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from api.lead_notes import LeadNotes
from graph.records import Fact
from graph.vocabulary import Role
from tests.unit.api import city
from tests.unit.api.city import D
from tests.unit.api.conftest import Run, World

NEW = "org:91230700MA0000009X"


def story() -> list[Fact]:
    """Return what makes a phoenix of FOOD, which stands on a list."""
    young = city.profile(
        NEW,
        "伊春新甲食品有限公司",
        established_on=D("2025-06-01"),
        valid_from=D("2025-06-01"),
    )
    post = city.tie(
        city.ZHANG, NEW, Role.LEGAL_REPRESENTATIVE, valid_from=D("2025-06-01")
    )
    return [young, post]


def load(world: World, *facts: Fact) -> int:
    number = world.service.board.snapshot.seq
    world.service.store.append(city.batch(f"more {number}", list(facts)))
    return world.service.refresh().snapshot.seq


def asked(world: World, path: str, key: str = "personal") -> dict[str, Any]:
    answer = world.get(f"/v1/{path}", key=key)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def phoenix(world: World, query: str = "", key: str = "personal") -> list[Any]:
    return list(asked(world, f"leads?pattern=phoenix{query}", key)["items"])


def test_a_lead_tells_who_since_when_and_on_what(world: World) -> None:
    assert phoenix(world) == []
    load(world, *story())
    (row,) = phoenix(world)
    assert row["since"] == "2025-06-01"
    assert [part["part"]["value"] for part in row["parts"]] == ["new", "old", "person"]
    answer = asked(world, f"leads/{row['id']}")["item"]
    assert answer["lead"] == row
    assert {n["id"] for n in answer["nodes"]} == {NEW, city.FOOD, city.ZHANG}
    edges = {(f["near"], f["far"]) for f in answer["facts"] if f["far"]}
    assert edges == {(city.ZHANG, NEW), (city.ZHANG, city.FOOD)}
    (listed,) = [f for f in answer["facts"] if f["far"] is None]
    assert listed["document_number"] == "伊市监列〔2025〕1号"
    assert listed["source"]["load"] == 1
    assert "线索" in answer["note"]["zh"]


def test_it_is_filtered_by_region_sector_and_subject(world: World) -> None:
    load(world, *story())
    assert phoenix(world, "&region=2307&sector=C")
    assert phoenix(world, "&region=1404") == []
    assert phoenix(world, "&sector=F") == []
    assert phoenix(world, f"&subject={city.ZHANG}")
    assert phoenix(world, f"&subject={city.MINE}") == []
    assert world.get("/v1/leads?pattern=fenix", key="personal").status_code == 422


def test_since_a_load_only_what_is_new_and_never_twice(world: World) -> None:
    before = world.service.refresh().snapshot.seq
    then = load(world, *story())
    assert len(phoenix(world, f"&since={before}")) == 1
    assert phoenix(world, f"&since={then}") == []
    later = load(world, city.profile(city.SUN, "孙大圣"))
    assert phoenix(world, f"&since={then}") == []
    load(world, replace(city.contact(NEW), valid_from=D("2025-06-01")))
    (row,) = phoenix(world, f"&since={later}")
    assert row["load"] == later + 1
    assert world.get("/v1/leads?since=99", key="personal").status_code == 422


def test_a_lead_is_gone_when_its_sanction_is_void(world: World) -> None:
    then = load(world, *story())
    (row,) = phoenix(world)
    key = world.sanction_key()
    body = {"reason": "wrong_subject", "document": "撤1", "authority": "机关"}
    headers = {"Idempotency-Key": "leads-test-1"}
    done = world.post(f"/v1/sanctions/{key}:void", body, key="writer", headers=headers)
    assert done.status_code == 200, done.text
    assert phoenix(world) == []
    assert world.get(f"/v1/leads/{row['id']}", key="personal").status_code == 404
    (closed,) = asked(world, f"leads/closed?since={then}&pattern=phoenix")["items"]
    assert closed["id"] == row["id"]
    assert closed["open"] is False


def test_what_a_reader_may_not_see_makes_no_lead(world: World) -> None:
    hidden = [replace(fact, **city.HIDDEN) for fact in story()]
    load(world, *hidden)
    assert phoenix(world, key="limited") == []
    assert len(phoenix(world)) == 1


def test_officers_say_what_it_was_worth(world: World) -> None:
    load(world, *story())
    (row,) = phoenix(world, "&verdict=none")
    path = f"/v1/leads/{row['id']}/notes"
    body = {"verdict": "known", "text": "已立案", "officer": "李警官"}
    assert world.post(path, body, key="reader").status_code == 403
    answer = world.post(path, body, key="writer")
    assert answer.status_code == 201, answer.text
    (note,) = answer.json()["item"]["notes"]
    assert note["verdict"]["value"] == "known"
    assert note["by"].startswith("李警官 (key ")
    assert phoenix(world, "&verdict=none") == []
    assert not phoenix(world, "&verdict=known")[0]["grown"]
    load(world, replace(city.contact(NEW), valid_from=D("2025-06-01")))
    assert phoenix(world, "&verdict=known")[0]["grown"]
    world.post(path, {"verdict": "useful"}, key="writer")
    items = asked(world, "leads/patterns")["items"]
    (pattern,) = [one for one in items if one["name"] == "phoenix"]
    assert [pattern[k] for k in ("open", "useful", "known")] == [1, 1, 0]
    assert len(asked(world, f"leads/{row['id']}")["item"]["notes"]) == 2
    assert world.post(path, {"verdict": "nice"}, key="writer").status_code == 422
    file = world.service.settings.lead_notes_file
    assert file.stat().st_mode & 0o777 == 0o600


def test_pages_go_on_where_the_last_ended(world: World) -> None:
    load(world, *story())
    whole = asked(world, "leads")
    first = asked(world, "leads?limit=1")
    assert first["items"] == whole["items"][:1]
    if whole["total"] > 1:
        second = asked(world, f"leads?limit=1&cursor={first['next_cursor']}")
        assert second["items"] == whole["items"][1:2]
    assert world.get("/v1/leads?cursor=WyJ4Il0", key="personal").status_code == 422


def test_the_commands_list_show_and_note(world: World, run: Run) -> None:
    before = load(world, city.profile(city.SUN, "孙大圣"))
    load(world, *story())
    listed = run("leads", "list", "--pattern", "phoenix", "--since", before)
    assert "借壳再起" in listed.output
    name = listed.output.split()[0]
    shown = run("leads", "show", name)
    assert "伊市监列〔2025〕1号" in shown.output
    assert "不表示" in shown.output
    noted = run("leads", "note", name, "--verdict", "有用", "--text", "核实中")
    assert "核实中" in noted.output
    found = json.loads(run("leads", "list", "--verdict", "useful", "--json").output)
    assert [item["id"] for item in found["items"]] == [name]
    assert "phoenix  借壳再起  1" in run("leads", "patterns").output
    assert run("leads", "list", "--pattern", "x").exit_code != 0
    assert run("leads", "show", "0" * 24).exit_code != 0


def test_what_was_said_outlives_the_service(world: World, tmp_path: Path) -> None:
    load(world, *story())
    (row,) = phoenix(world)
    world.post(f"/v1/leads/{row['id']}/notes", {"verdict": "useful"}, key="writer")
    again = LeadNotes(world.service.settings.lead_notes_file)
    assert [n.verdict for n in again.by_lead()[row["id"]]] == ["useful"]
    assert LeadNotes(tmp_path / "none.json").by_lead() == {}
