"""`creditgraph model`: train, evaluate, calibrate, card, on a city that has a pattern."""

import asyncio
import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app as command_line
from api.console import Terminal
from api.service import Service
from graph.records import Fact
from graph.vocabulary import Role
from tests.unit.api import city
from tests.unit.api.conftest import Run, World, open_world

ORGANIZATIONS = 500
END = city.TODAY


def facts() -> list[Fact]:
    """Who was penalized in one year tends to be listed in the next."""
    lot = random.Random(7)
    every: list[Fact] = []
    for number in range(ORGANIZATIONS):
        subject = f"org:9123070{number:011}"
        every.append(city.profile(subject, f"企业{number}", sector=lot.choice("ACF")))
        every.append(
            city.tie(f"per:{number // 3:032}", subject, Role.LEGAL_REPRESENTATIVE)
        )
        for years in (1, 2, 3):
            bad = lot.random() < 0.25
            on = END - timedelta(days=365 * (years + 1) - lot.randint(5, 360))
            if bad:
                document = f"罚〔{years}〕{number}号"
                every.append(city.record(subject, document, decided_on=on))
            if lot.random() < (0.45 if bad else 0.05):
                listed = on + timedelta(days=365)
                every.append(_listed(subject, f"列〔{years}〕{number}号", listed))
    return every


def _listed(subject: str, document: str, on: date) -> Fact:
    return city.sanction(
        subject,
        document,
        list="market_supervision",
        decided_on=on,
        listed_on=on,
        valid_from=on,
    )


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    loop = asyncio.new_event_loop()
    yield open_world(tmp_path_factory.mktemp("large"), loop, facts())
    loop.run_until_complete(loop.shutdown_default_executor())
    loop.close()


@pytest.fixture
def run(large: World, monkeypatch: pytest.MonkeyPatch) -> Run:
    @contextmanager
    def service(_: Terminal) -> Iterator[Service]:
        yield large.service

    monkeypatch.setattr(Terminal, "service", service)

    def invoke(*words: object, language: str = "zh"):  # type: ignore[no-untyped-def]
        settings = large.service.settings.model_copy(update={"language": language})
        terminal = Terminal(settings, large.service.clock)
        return CliRunner().invoke(command_line, [*map(str, words)], obj=terminal)

    return invoke


def test_a_model_is_trained_and_says_how_well_it_tells(
    run: Run, tmp_path: Path
) -> None:
    out = tmp_path / "model"
    told = run("model", "train", "--out", out, "--draws", 20, "--owner", "某局")
    assert told.exit_code == 0, told.output
    content = json.loads((out / "model.json").read_text("utf-8"))
    report = content["report"]
    assert report["metrics"]["auc"]["value"] > 0.6
    assert [step["step"] for step in report["ablation"]] == [
        "own", "structure", "neighbours", "sectors",
    ]  # fmt: skip
    assert report["ablation"][0]["auc"] > 0.6  # the pattern is in the own record
    assert abs(report["controls"]["shuffled_labels_auc"] - 0.5) < 0.2
    assert report["controls"]["leak_ceiling_auc"] > 0.99
    assert not content["origin"]["known_then"]
    card = (out / "card.md").read_text("utf-8")
    assert card.startswith("> **在本部署截至 2026-11-22 的记录上训练。**")
    assert "某局" in card
    assert "figures are optimistic" in card
    assert (out / "model.svg").read_text("utf-8").startswith("<?xml")
    shown = run("model", "card", out / "model.json")
    assert "泄漏" in shown.stdout
    assert json.loads(run("model", "card", out / "model.json", "--json").stdout)[
        "report"
    ]
    again = run("model", "train", "--out", out)
    assert again.exit_code == 4
    other = run("model", "evaluate", out / "model.json", "--draws", 20, "--json")
    # Scores are cut off at 0 and 100, so a few that differed are equal there.
    found = json.loads(other.stdout)["metrics"]["auc"]["value"]
    assert found == pytest.approx(report["metrics"]["auc"]["value"], abs=0.01)


def test_the_same_seed_gives_the_same_model(run: Run, tmp_path: Path) -> None:
    words = ("model", "train", "--draws", 20, "--learner", "logistic", "--out")
    for name in ("a", "b"):
        assert run(*words, tmp_path / name).exit_code == 0
    first, second = ((tmp_path / n / "model.json").read_bytes() for n in ("a", "b"))
    assert first == second
    assert (tmp_path / "a/model.svg").read_bytes() == (
        tmp_path / "b/model.svg"
    ).read_bytes()


def test_the_model_in_use_is_evaluated(run: Run) -> None:
    told = run("model", "evaluate", "--draws", 20)
    assert told.exit_code == 0, told.output
    assert "AUC" in told.stdout
    assert "region 2307" in told.stdout


def test_a_scorecard_gets_its_probabilities(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "card.yaml"
    told = run("model", "calibrate", "--out", out)
    assert told.exit_code == 0, told.output
    assert "本部署 2025-11-22 起 365 天" in out.read_text("utf-8")
    assert run("model", "calibrate", "--out", out).exit_code == 4


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--as-of", "2016-01-01"), "无从学习"),
        (("--sector", "Z"), "没有行业门类"),
        (("--sector", "T"), "0 家此后出现严重记录"),
        (("--learner", "magic"), "magic"),
        (("--steps", "none"), "none"),
    ],
)
def test_what_cannot_be_learnt_from_is_told(
    run: Run, tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    found = run("model", "train", "--out", tmp_path / "x", *words)
    assert found.exit_code == 2
    assert told in found.output
    assert not (tmp_path / "x").exists()
