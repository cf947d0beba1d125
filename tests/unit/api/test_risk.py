"""Scores and figures, over HTTP and on the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from analytics.features import CATALOGUE
from api.models import card_text, load_risk_model, report_of
from api.risks import Risks
from api.settings import Settings
from api.wiring import risk_model
from graph.errors import BadInput
from tests.unit.api import city
from tests.unit.api.conftest import Run, World


def asked(world: World, path: str, key: str = "personal") -> dict[str, Any]:
    answer = world.get(f"/v1/{path}", key=key)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_a_score_is_a_lead_whose_parts_add_up(world: World) -> None:
    item = asked(world, f"risk/{city.FOOD}")["item"]
    assert item["kind"] == "lead"
    assert sum(part["points"] for part in item["contributions"]) == item["score"]
    parts = {part["feature"]: part for part in item["contributions"]}
    assert parts["sanctions"]["points"] == 30
    (piece,) = parts["sanctions"]["evidence"]
    assert piece["document_number"] == "伊市监列〔2025〕1号"
    assert piece["source"]["load"] == 1
    assert item["changes"][0]["feature"] == "sanctions"
    assert item["changes"][0]["score"] < item["score"]
    assert item["model"]["horizon_days"] == 365
    assert "线索" in item["note"]["zh"]


def test_a_person_and_the_unknown_have_no_score(world: World) -> None:
    for subject in (city.ZHANG, "org:99999999MA00000000"):
        answer = world.get(f"/v1/risk/{subject}", key="personal")
        assert answer.status_code == 404
        assert answer.json()["type"].endswith("not_found")


def test_what_a_reader_may_not_see_moves_no_score(world: World) -> None:
    """The sanction on INN and a penalty of FOOD are known to one department only."""
    open_to_all = asked(world, f"risk/{city.INN}", key="limited")["item"]
    told = asked(world, f"risk/{city.INN}")["item"]
    assert told["score"] > open_to_all["score"]
    assert "sanctions" not in {p["feature"] for p in open_to_all["contributions"]}


def test_a_score_of_a_past_day_knows_nothing_of_later(world: World) -> None:
    before = asked(world, f"risk/{city.FOOD}?as_of=2025-01-31")["item"]
    assert "sanctions" not in {p["feature"] for p in before["contributions"]}


def test_ending_a_sanction_takes_its_points_back(world: World) -> None:
    before = asked(world, f"risk/{city.FOOD}")["item"]["score"]
    key = world.sanction_key()
    body = {"on": "2026-11-20", "reason": "repair", "document": "修复1", "authority": "机关"}  # fmt: skip
    ended = world.post(
        f"/v1/sanctions/{key}:end",
        body,
        key="writer",
        headers={"Idempotency-Key": "risk-test-1"},
    )
    assert ended.status_code == 200, ended.text
    answer = asked(world, f"risk/{city.FOOD}")
    after = answer["item"]
    assert after["score"] < before
    assert after["built_at"] < answer["meta"]["load"]  # without building all anew
    rows = asked(world, "risk/top")["item"]["items"]
    again = asked(world, f"risk/{city.FOOD}")
    listed = {r["subject"]["id"]: r["score"] for r in rows}
    assert listed[city.FOOD] == again["item"]["score"]
    assert again["item"]["built_at"] == again["meta"]["load"]
    assert "sanctions" not in {p["feature"] for p in after["contributions"]}


def test_the_highest_scores_within_a_budget(world: World) -> None:
    item = asked(world, "risk/top?budget=2&limit=1")["item"]
    assert item["total"] == 3
    first = item["items"][0]
    assert first["rank"] == 1
    assert first["reasons"]
    second = asked(world, f"risk/top?budget=2&limit=1&cursor={item['next_cursor']}")
    assert second["item"]["next_cursor"] is None
    assert second["item"]["items"][0]["score"] <= first["score"]
    assert asked(world, "risk/top?sector=F")["item"]["total"] == 0
    assert asked(world, "risk/top?region=2307")["item"]["total"] == 3
    listed = asked(world, "risk/top?list=market_supervision")["item"]["items"]
    assert [row["subject"]["id"] for row in listed] == [city.FOOD]


@pytest.mark.parametrize(
    "query", ["band=none", "sector=Z", "region=x", "cursor=abc", "budget=0"]
)
def test_a_wrong_filter_is_refused(world: World, query: str) -> None:
    assert world.get(f"/v1/risk/top?{query}").status_code == 422


def test_many_at_once_in_their_order(world: World) -> None:
    codes = [city.INN[4:].lower(), "nobody", city.FOOD]
    answer = world.post("/v1/risk:batch", {"subjects": codes}, key="personal")
    item = answer.json()["item"]
    assert [row["asked"] for row in item["items"]] == codes
    assert [row["id"] for row in item["items"]] == [city.INN, None, city.FOOD]
    assert item["not_found"] == 1
    one = asked(world, f"risk/{city.FOOD}")["item"]
    assert item["items"][2]["score"] == one["score"]
    assert item["items"][2]["band"] == one["band"]["value"]
    assert world.post("/v1/risk:batch", {"subjects": []}).status_code == 422
    many = {"subjects": ["x"] * 10_001}
    assert world.post("/v1/risk:batch", many).status_code == 422


def test_the_catalogue_with_coverage_and_drift(world: World) -> None:
    items = asked(world, "features")["items"]
    assert [item["name"] for item in items] == [f.name for f in CATALOGUE]
    drift = {item["name"]: item["drift"] for item in items}
    assert drift["sanctions"] == 0  # the same a year before
    assert all(0 <= item["coverage"] <= 1 for item in items)


def test_the_model_says_what_it_is(world: World) -> None:
    (model,) = asked(world, "models")["items"]
    assert model["kind"] == "scorecard"
    assert model["id"].endswith(model["digest"][:12])


def test_the_card_of_the_model(world: World) -> None:
    (model,) = asked(world, "models")["items"]
    card = asked(world, f"models/{model['id']}")["item"]
    assert card["model"] == model
    assert "sanctions" in card["features"]
    assert card["markdown"].startswith("# The scorecard")
    assert world.get("/v1/models/other").status_code == 404


def test_the_learnt_model_that_comes_along_says_what_it_is(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, risk_model=Path("demonstration"))
    model = risk_model(settings)
    assert model.card.kind == "learned"
    assert model.card.warning is not None
    assert "虚构城市" in model.card.warning.zh
    assert card_text(settings.risk_model).startswith("> **演示：在虚构城市上训练")
    assert report_of(settings.risk_model)["controls"]["leak_ceiling_auc"] > 0.95


def test_scores_of_the_learnt_model_are_explained_alike(world: World) -> None:
    world.service.risks = Risks(load_risk_model(Path("demonstration")))
    item = asked(world, f"risk/{city.FOOD}")["item"]
    points = sum(part["points"] for part in item["contributions"])
    assert points == pytest.approx(item["score"])
    assert 0 < item["probability"] < 1
    assert "虚构城市" in item["model"]["warning"]["zh"]


def test_sectors_regions_and_the_overview_count_the_same(world: World) -> None:
    sectors = asked(world, "sectors")["items"]
    regions = asked(world, "regions")["items"]
    overview = asked(world, "overview?months=24")["item"]
    assert {s["key"]: s["organizations"] for s in sectors} == {"C": 3}
    assert {r["key"]: r["organizations"] for r in regions} == {"2307": 3}
    assert overview["organizations"] == 3
    assert sum(overview["bands"].values()) == 3
    months = {m["month"]: m for m in overview["months"]}
    assert list(months)[-1] == "2026-11"
    assert len(months) == 24
    assert months["2025-03"]["sanctions"] == overview["open_sanctions"] == 2
    assert months["2025-02"]["penalties"] == 2
    assert overview["sources"][0]["grade"] == "A"
    matrix = asked(world, "sectors/matrix")["item"]
    assert len(matrix["sectors"]) == 20


def test_the_command_line_tells_the_same(world: World, run: Run) -> None:
    found = run("risk", "show", city.FOOD, "--json")
    assert found.exit_code == 0, found.output
    item = json.loads(found.stdout)
    assert item["score"] == asked(world, f"risk/{city.FOOD}")["item"]["score"]
    shown = run("risk", "show", city.FOOD).stdout
    assert "正在被惩戒" in shown
    assert "伊市监列〔2025〕1号" in shown
    for command in ("top", "sectors", "overview", "features"):
        for more in ([], ["--json"]):
            told = run("risk", command, *more)
            assert told.exit_code == 0, told.output
            assert told.stdout
    assert run("risk", "sectors", "--matrix").exit_code == 0
    assert run("risk", "show", city.ZHANG).exit_code == 3


def test_a_wrong_model_file_stops_the_start(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, risk_model=tmp_path / "none.yaml")
    with pytest.raises(BadInput, match=r"none\.yaml"):
        risk_model(settings)
