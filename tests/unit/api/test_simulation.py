"""What if: facts and rules supposed, the difference told, nothing written."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from graph.vocabulary import FactKind
from tests.unit.api import city
from tests.unit.api.conftest import Run, World

LISTED: dict[str, Any] = {
    "fact": "sanction",
    "subject": city.INN,
    "list": "market_supervision",
    "listed_on": "2026-01-10",
    "valid_from": "2026-01-10",
    "region": "230700",
    "sector": "market",
}
TODAY = city.TODAY.isoformat()
REVOKED = "LICENCE-REVOKED-OFFICE-BAN"


def tried(world: World, key: str = "personal", **scenario: Any) -> dict[str, Any]:
    answer = world.post("/v1/simulate", scenario, key=key)
    assert answer.status_code == 200, answer.text
    return dict(answer.json()["item"])


def bearing(item: dict[str, Any], group: str = "gained") -> set[tuple[str, str]]:
    """Return (bearer, measure) of one group."""
    return {
        (c["effect"]["bearer"]["id"], c["effect"]["measure"]["value"])
        for c in item["effects"][group]
    }


def state(world: World) -> tuple[Any, ...]:
    board = world.service.board
    return world.store.facts.seq, board.snapshot.digest, len(board.derivation.effects)


def test_a_supposed_listing_gives_effects_with_their_reasons_and_size(
    world: World,
) -> None:
    before = state(world)
    item = tried(world, add=[LISTED])
    assert item["supposed"] == 1
    gained = item["effects"]["gained"]
    assert item["effects"]["gained_total"] == len(gained) > 0
    assert item["effects"]["lost_total"] == 0
    for change in gained:
        (reason,) = change["reasons"]
        assert reason["why"]["value"] == "trigger_new"
        assert reason["before"] is None
        assert reason["after"]["organization"]["id"] == city.INN
    assert {(s["value"]["value"], s["gained"]) for s in item["sizes"]["region"]} == {
        ("230700", len(gained))
    }
    assert [s["value"]["value"] for s in item["sizes"]["sector"]] == ["market"]
    assert item["persons"] == len({bearer for bearer, _ in bearing(item)})
    assert state(world) == before


def test_what_is_foretold_of_an_end_is_what_the_end_does(world: World) -> None:
    key = world.sanction_key()
    item = tried(world, end=[{"fact": "sanction", "key": key, "on": TODAY}])
    act = {"document": "伊信修〔2026〕1号", "authority": "伊春市市场监督管理局"}
    done = world.post(
        f"/v1/sanctions/{key}:end",
        {**act, "reason": "repair", "on": TODAY},
        key="writer",
        headers={"Idempotency-Key": "3f0c5a52-6f0e-4a53-9e4d-0a2b1c3d4e5f"},
    ).json()["item"]
    for group in ("gained", "lost", "changed"):
        assert bearing(item, group) == bearing(done, group)
    assert item["effects"]["lost_total"] == done["effects"]["lost_total"] > 0
    whys = {r["why"]["value"] for c in item["effects"]["lost"] for r in c["reasons"]}
    assert whys == {"altered"}


def test_what_never_was_takes_its_effects_with_it(world: World) -> None:
    key = world.sanction_key()
    item = tried(world, void=[{"fact": "sanction", "key": key}])
    assert item["effects"]["lost_total"] > 0
    whys = {r["why"]["value"] for c in item["effects"]["lost"] for r in c["reasons"]}
    assert whys == {"trigger_gone"}


def test_a_post_that_ended_before_takes_the_effect_of_its_holder(world: World) -> None:
    snapshot = world.service.board.snapshot
    (row,) = snapshot.rows(FactKind.TIE, "organization", city.FOOD)[:1]
    key = snapshot.key(FactKind.TIE, row).hex()
    item = tried(world, void=[{"fact": "tie", "key": key}])
    lost = item["effects"]["lost"]
    assert lost
    assert {r["why"]["value"] for c in lost for r in c["reasons"]} == {"role_gone"}


def test_somebody_who_is_not_in_the_store_can_be_supposed(world: World) -> None:
    item = tried(
        world,
        new=[
            {"id": "new:甲", "name": "甲公司", "region": "230700"},
            {"id": "new:张", "name": "张某", "kind": "person"},
        ],
        add=[
            {
                "fact": "tie",
                "person": "new:张",
                "organization": "new:甲",
                "role": "法定代表人",
                "valid_from": "2020-01-01",
            },
            {**LISTED, "subject": "new:甲", "list": "市场监督管理严重违法失信名单"},
        ],
    )
    bearers = {c["effect"]["bearer"]["name"] for c in item["effects"]["gained"]}
    assert bearers == {"张某"}


def test_without_a_rule_what_rests_on_it_alone_is_lost(world: World) -> None:
    before = state(world)
    derivation = world.service.board.derivation
    rules = sorted({g.rule for e in derivation.effects.values() for g in e.grounds})
    rule = rules[0]
    item = tried(world, law={"off": [rule]})
    assert item["law"] != world.service.law.digest
    assert item["effects"]["lost_total"] > 0
    reasons = [r for c in item["effects"]["lost"] for r in c["reasons"]]
    assert {(r["why"]["value"], r["before"]["rule"]["key"]) for r in reasons} == {
        ("rule_gone", rule)
    }
    assert tried(world, law={"jurisdictions": ["CN"]})["effects"]["gained_total"] == 0
    assert state(world) == before


def rule_text(key: str) -> str:
    """Return a rule that records any severe listing for whoever stands for it."""

    text = files("graph.law") / "liability" / "SEVERE-LIST-PERSON-RECORD-CN.yaml"
    return text.read_text("utf-8").replace("SEVERE-LIST-PERSON-RECORD-CN", key)


def test_a_rule_is_tried_over_the_whole_store(world: World) -> None:
    text = rule_text("TRIED-RULE").replace("jurisdiction: CN", "jurisdiction: '23'")
    item = tried(world, law={"rules": [text]})
    gained = item["effects"]["gained"]
    assert gained
    rules = {r["after"]["rule"]["key"] for c in gained for r in c["reasons"]}
    assert rules == {"TRIED-RULE"}
    assert {s["value"]["value"] for s in item["sizes"]["rule"]} == {"TRIED-RULE"}


@pytest.mark.parametrize(
    ("scenario", "status", "told"),
    [
        ({"add": [{**LISTED, "list": "没有的名单"}]}, 422, "没有的名单"),
        ({"add": [{**LISTED, "subject": "new:无"}]}, 422, "new:无"),
        ({"add": [{**LISTED, "list": None}]}, 422, "list"),
        ({"add": [{**LISTED, "fact": "nothing"}]}, 422, "nothing"),
        ({"void": [{"fact": "sanction", "key": "0" * 32}]}, 404, "0" * 32),
        ({"law": {"off": ["NO-SUCH-RULE"]}}, 404, "NO-SUCH-RULE"),
        ({"law": {"on": [f"{REVOKED}@2024-07-01"]}}, 422, REVOKED),
        ({"law": {"jurisdictions": ["99"]}}, 404, "99"),
        ({"law": {"rules": ["key: BAD-RULE\ntitle: 坏"]}}, 422, "BAD-RULE.yaml"),
        ({"law": {"rules": ["- 一"]}}, 422, "rule-1.yaml"),
    ],
)
def test_what_cannot_be_tried_says_why(
    world: World, scenario: dict[str, Any], status: int, told: str
) -> None:
    answer = world.post("/v1/simulate", scenario)
    assert answer.status_code == status, answer.text
    assert told in answer.text


def test_an_end_before_the_beginning_is_refused(world: World) -> None:
    end = {"fact": "sanction", "key": world.sanction_key(), "on": "1999-01-01"}
    answer = world.post("/v1/simulate", {"end": [end]})
    assert answer.status_code == 422
    assert "void" in answer.json()["hint"]


def test_what_the_reader_may_not_see_can_neither_be_ended_nor_read(
    world: World,
) -> None:
    snapshot = world.service.board.snapshot
    (row,) = snapshot.rows(FactKind.SANCTION, "subject", city.INN)
    hidden = snapshot.key(FactKind.SANCTION, row).hex()
    end = {"end": [{"fact": "sanction", "key": hidden, "on": TODAY}]}
    assert world.post("/v1/simulate", end, key="limited").status_code == 404
    assert world.post("/v1/simulate", end, key="personal").status_code == 200
    item = tried(world, key="limited", law={"off": [REVOKED]})
    assert item["effects"]["lost_total"] > 0
    assert all(c["reasons"] == [] for c in item["effects"]["lost"])
    assert item["sizes"]["sector"] == item["sizes"]["rule"] == []


# ---- the command line ----------------------------------------------------

SCENARIO = """
as_of: 2026-11-22
add:
  - fact: sanction
    subject: {subject}
    list: market_supervision
    listed_on: 2026-01-10
    valid_from: 2026-01-10
law:
  off: [SEVERE-LIST-PERSON-RECORD-YICHUN]
"""


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_command_tells_the_difference_and_its_size(
    world: World, run: Run, tmp_path: Path, language: str
) -> None:
    file = tmp_path / "if.yaml"
    file.write_text(SCENARIO.format(subject=city.INN), "utf-8")
    told = run("simulate", file, language=language)
    assert told.exit_code == 0, told.output
    expected = {
        "zh": ("将产生", "涉及", "措施"),
        "en": ("gained", "concerned", "measure"),
    }
    assert all(word in told.output for word in expected[language])
    item = json.loads(run("simulate", file, "--json").stdout)
    assert item["effects"]["gained_total"] > 0
    request: dict[str, Any] = {
        "as_of": TODAY,
        "add": [{k: v for k, v in LISTED.items() if k not in ("region", "sector")}],
        "law": {"off": ["SEVERE-LIST-PERSON-RECORD-YICHUN"]},
    }
    over_http = tried(world, **request)
    assert bearing(item) == bearing(over_http)
    assert item["law"] == over_http["law"]


def test_a_rule_file_is_tried_or_its_faults_are_told(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "draft.yaml"
    text = rule_text("TRIED-RULE")
    file.write_text(text.replace("jurisdiction: CN", "jurisdiction: '23'"), "utf-8")
    told = run("law", "preview", file)
    assert told.exit_code == 0, told.output
    assert "TRIED-RULE" in told.output
    file.write_text(text.replace("effect:", "effects:"), "utf-8")
    told = run("law", "preview", file)
    assert told.exit_code == 2
    assert "liability/TRIED-RULE.yaml" in told.output + told.stderr


def test_a_scenario_that_cannot_be_read_says_where(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "if.yaml"
    file.write_text("add: [{fact: tie}]", "utf-8")
    told = run("simulate", file)
    assert (told.exit_code, "add.0.tie.role" in told.stderr) == (2, True)
    file.write_text("add: [", "utf-8")
    assert run("simulate", file).exit_code == 2
    assert run("simulate", tmp_path / "absent.yaml").exit_code == 3
