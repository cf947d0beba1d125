"""What would lift an effect, and its proof: over HTTP and at the command line."""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from analytics.proof.checking import check
from api.console import EXIT_FAULTS
from tests.unit.api import city
from tests.unit.api.conftest import Run, World

PLAIN = {"Accept": "text/plain"}


def effect_of(world: World, subject: str = city.ZHANG) -> str:
    url = f"/v1/subjects/{subject}/effects"
    return str(world.get(url, key="personal").json()["items"][0]["id"])


def test_what_would_lift_an_effect_names_the_facts_and_the_day(world: World) -> None:
    effect = effect_of(world)
    item = world.get(f"/v1/effects/{effect}/counterfactual").json()["item"]
    tree = item["explanation"]
    assert (tree["kind"], item["about"], item["partial"]) == (
        "counterfactual",
        effect,
        False,
    )
    assert tree["data"]["complete"] is True
    by_itself, *sets = tree["children"]
    assert by_itself["kind"] == "by_itself"
    named = {
        (child["data"]["how"], fact["fact"])
        for child in sets
        if child["kind"] == "lifting"
        for fact in child["data"]["facts"]
    }
    assert {("ended", "sanction"), ("voided", "sanction"), ("voided", "tie")} <= named
    english = world.get(
        f"/v1/effects/{effect}/counterfactual?lang=en", headers=PLAIN
    ).text
    assert "it would not be so if any of the following" in english


def test_ending_what_a_set_names_lifts_the_effect(world: World) -> None:
    """What the answer says is what happens when it is done."""
    effect = effect_of(world)
    tree = world.get(f"/v1/effects/{effect}/counterfactual").json()["item"]
    (ending,) = (
        child
        for child in tree["explanation"]["children"]
        if child["kind"] == "lifting" and child["data"]["how"] == "ended"
    )
    keys = {fact["key"] for fact in ending["data"]["facts"]}
    assert keys == {world.sanction_key()}
    world.post(
        f"/v1/sanctions/{world.sanction_key()}:end",
        {"document": "文1", "authority": "局", "reason": "repair"},
        key="writer",
        headers={"Idempotency-Key": "ending-1"},
    )
    assert world.get(f"/v1/subjects/{city.ZHANG}/effects").json()["items"] == []
    over = world.get(f"/v1/effects/{effect}/counterfactual")
    assert over.status_code == 404
    assert world.get(f"/v1/effects/{effect}/proof").status_code == 404
    before = world.get(f"/v1/effects/{effect}/counterfactual?as_of=2026-11-20")
    assert before.status_code == 200


@pytest.mark.parametrize("algorithm", ["sha256", "sm3"])
def test_a_proof_holds_without_the_store(world: World, algorithm: str) -> None:
    effect = effect_of(world)
    answer = world.get(f"/v1/effects/{effect}/proof?algorithm={algorithm}")
    assert answer.headers["content-type"].startswith("application/json")
    proof = answer.json()
    assert (proof["claim"]["effect"], proof["algorithm"]) == (effect, algorithm)
    assert check(proof) == []
    assert "张三丰" not in answer.text
    again = world.get(f"/v1/effects/{effect}/proof?algorithm={algorithm}")
    assert again.content == answer.content
    assert world.get(f"/v1/effects/{effect}/proof?algorithm=md5").status_code == 422


def test_whoever_may_not_see_the_grounds_gets_neither(world: World) -> None:
    effect = effect_of(world, city.ZHAO)  # by a sanction that only housing may see
    seen = world.get(f"/v1/effects/{effect}/counterfactual", key="personal").json()
    assert seen["item"]["partial"] is False
    hidden = world.get(f"/v1/effects/{effect}/counterfactual", key="limited")
    item = hidden.json()["item"]
    assert (item["explanation"]["kind"], item["partial"]) == ("withheld", True)
    assert "伊住建吊" not in hidden.text
    proof = world.get(f"/v1/effects/{effect}/proof", key="limited")
    assert proof.status_code == 404
    assert "不予披露" in proof.json()["detail"]


@pytest.mark.parametrize("what", ["explanation", "counterfactual"])
def test_reasons_are_drawn_when_asked_for(world: World, what: str) -> None:
    url = f"/v1/effects/{effect_of(world)}/{what}"
    picture = world.get(url, headers={"Accept": "image/svg+xml"})
    assert picture.headers["content-type"].startswith("image/svg+xml")
    assert ElementTree.fromstring(picture.text).tag.endswith("svg")
    chart = world.get(url, headers={"Accept": "text/vnd.mermaid"})
    assert chart.headers["content-type"].startswith("text/vnd.mermaid")
    assert chart.text.startswith("flowchart TD")
    masked = world.get(url, key="limited", headers={"Accept": "image/svg+xml"}).text
    assert "李四光" not in masked


def test_commands_say_the_same_as_the_api(world: World, run: Run) -> None:
    effect = effect_of(world)
    url = f"/v1/effects/{effect}/counterfactual"
    told = run("counterfactual", effect).output
    assert told == world.get(url, key="personal", headers=PLAIN).text + "\n"
    tree = json.loads(run("counterfactual", effect, "--json").stdout)
    assert tree == world.get(url, key="personal").json()["item"]["explanation"]
    drawn = run("explain", effect, "--format", "svg").stdout
    assert ElementTree.fromstring(drawn).tag.endswith("svg")
    assert run("counterfactual", effect, "--format", "mermaid").stdout.startswith(
        "flowchart TD"
    )


def test_a_proof_is_written_and_checked_and_an_alteration_named(
    world: World, run: Run, tmp_path: Path
) -> None:
    effect, file = effect_of(world), tmp_path / "proof.json"
    assert run("proof", "show", effect, "--out", file).exit_code == 0
    assert json.loads(run("proof", "show", effect).stdout) == json.loads(
        file.read_bytes()
    )
    holds = run("proof", "check", file)
    assert (holds.exit_code, "证明成立" in holds.output) == (0, True)
    proof: dict[str, Any] = json.loads(file.read_bytes())
    (place,) = (n for n, f in enumerate(proof["facts"], 1) if f["kind"] == "tie")
    proof["facts"][place - 1]["says"]["valid_from"] = "2025-12-01"
    file.write_text(json.dumps(proof), "utf-8")
    broken = run("proof", "check", file)
    assert broken.exit_code == EXIT_FAULTS
    assert f"fact {place}:" in broken.output
    faults = json.loads(run("proof", "check", file, "--json").stdout)
    assert faults["holds"] is False
    assert f"fact {place}" in {fault["part"] for fault in faults["faults"]}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", "不是 JSON"),
        ("[1]", "不是本程序的证明文件"),
        ("{}", "不是本程序的证明文件"),
        ('{"format": "creditgraph-proof/1"}', "摘要算法"),
        ('{"format": "creditgraph-proof/1", "algorithm": "sm3"}', "证明不成立"),
    ],
)
def test_what_is_no_proof_is_told(
    run: Run, tmp_path: Path, content: str, told: str
) -> None:
    file = tmp_path / "proof.json"
    file.write_text(content, "utf-8")
    answer = run("proof", "check", file)
    assert answer.exit_code != 0
    assert told in answer.output


def test_an_effect_that_is_not_there_is_told(run: Run) -> None:
    for command in (("counterfactual",), ("proof", "show"), ("explain",)):
        answer = run(*command, "0" * 24)
        assert answer.exit_code != 0
        assert "0" * 24 in answer.output
