"""`creditgraph quarantine`: list, show, export, redrive."""

import csv
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from api import wiring
from api.cli import app, quarantine
from api.console import Terminal
from api.service import Service
from graph.vocabulary import LoadKind
from loaders.quarantine import Quarantine
from tests.unit.api.conftest import World

ID = "230799198001010016"
POSTS = f"""姓名,证件类型,证件号码,任职单位,职务
林甲,,,示例公司,监事
林乙,身份证,{ID},示例公司,大[顾]问
林丙,,,示例公司,监事
林丁,,,,监事
"""
Run = Callable[..., Result]


@pytest.fixture
def run(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return what runs a command on the world, in which a file was loaded."""
    path = tmp_path / "posts.csv"
    path.write_text(POSTS, "utf-8")
    world.service.load([path])

    @contextmanager
    def service(_: Terminal) -> Iterator[Service]:
        yield world.service

    def box(_: object) -> Quarantine:
        return Quarantine(tmp_path / "quarantine", b"1" * 32)

    monkeypatch.setattr(Terminal, "service", service)
    monkeypatch.setattr(quarantine, "open_quarantine", box)

    def invoke(*words: object, language: str = "zh", answer: str | None = None) -> Any:
        settings = world.service.settings.model_copy(update={"language": language})
        terminal = Terminal(settings, world.service.clock)
        command = ["quarantine", *map(str, words)]
        return CliRunner().invoke(app, command, obj=terminal, input=answer)

    return invoke


def told(answer: Result) -> Any:
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.stdout)


def mend(path: Path, **cells: str) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row.update(cells)
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def test_files_are_listed_with_their_reasons(run: Run) -> None:
    (file,) = told(run("list", "--json"))
    assert (file["file"], file["source"], file["waiting"]) == ("posts.csv", "posts", 2)
    assert sum(file["reasons"].values()) == 2
    assert file["since"]
    assert file["digest"][:12] in run("list").output
    assert told(run("list", "--json", "--source", "penalties")) == []
    assert told(run("list", "--json", "--reason", "share")) == []
    assert (
        len(told(run("list", "--json", "--reason", next(iter(file["reasons"]))))) == 1
    )
    assert "没有等候的行" in run("list", "--source", "penalties").output
    assert run("list", "--reason", "nonsense").exit_code == 2


def test_rows_are_shown_with_reason_and_advice_and_masked(run: Run) -> None:
    shown = told(run("show", "posts.csv", "--json"))
    assert [row["line"] for row in shown["rows"]] == [3, 5]
    (first, _) = shown["rows"]
    assert first["row"]["证件号码"] == "2307**********0016"
    assert first["issues"][0]["field"] == "职务"
    assert first["loader"]
    assert ID not in run("show", "posts.csv").output
    zh = run("show", shown["digest"][:8], 3).output
    assert "第 3 行" in zh
    assert "大[顾]问" in zh
    assert "第 5 行" not in zh
    en = run("show", "posts.csv", "--limit", 1, language="en").output
    assert "line 3" in en
    assert "and 1 more" in en
    assert run("show", "posts.csv", 4).exit_code == 3
    assert run("show", "other.csv").exit_code == 3


def test_an_export_in_clear_is_asked_for_and_journaled(
    run: Run, tmp_path: Path, world: World
) -> None:
    out = tmp_path / "x.csv"
    command = ("export", "posts.csv", "--out", out, "--unmasked")
    assert run(*command, answer="n\n").exit_code == 1
    assert not out.exists()
    assert world.service.refresh().snapshot.loads[-1].kind is not LoadKind.DISCLOSURE
    assert run(*command, "--reason", "更正", answer="y\n").exit_code == 0
    assert ID in out.read_text("utf-8-sig")
    last = world.service.refresh().snapshot.loads[-1]
    assert last.kind is LoadKind.DISCLOSURE
    assert (last.file, last.note["rows"], last.note["reason"]) == (
        "posts.csv",
        "2",
        "更正",
    )
    assert run(*command, "--yes").exit_code == 4
    masked = told(run("export", "posts.csv", "--out", tmp_path / "y.csv", "--json"))
    assert (masked["rows"], masked["unmasked"]) == (2, False)
    assert ID not in (tmp_path / "y.csv").read_text("utf-8-sig")


def test_corrected_rows_are_taken_once(run: Run, tmp_path: Path, world: World) -> None:
    out = tmp_path / "x.csv"
    assert run("export", "posts.csv", "--out", out).exit_code == 0
    answer = run("redrive", "posts.csv", "--with", out, "--json")
    assert [f["quarantined"] for f in told(answer)["files"]] == [2]
    mend(out, 职务="监事", 任职单位="示例公司")
    answer = run("redrive", "posts.csv", "--with", out)
    assert answer.exit_code == 0, answer.output
    assert "读入 2 行 = 新增 2 + 已知 0 + 仍隔离 0" in answer.output
    assert told(run("list", "--json")) == []
    assert run("redrive", "posts.csv", "--with", out).exit_code == 3
    assert "没有等候的行" in run("redrive", "--all").output


def test_all_files_are_driven_and_a_source_that_is_gone_is_told(
    run: Run, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [f["quarantined"] for f in told(run("redrive", "--all", "--json"))["files"]]
    monkeypatch.setattr(quarantine, "sources", dict)
    answer = run("redrive", "--all", language="en")
    assert answer.exit_code == 0
    shown = run("show", "posts.csv", "--json").stdout
    assert "林乙" not in shown, "nobody says any more what is sensitive"


@pytest.mark.parametrize(
    "words", [(), ("posts.csv", "--all"), ("--all", "--with", "x.csv")]
)
def test_what_is_to_be_driven_is_one_file_or_all(run: Run, words: Any) -> None:
    assert run("redrive", *words).exit_code == 2


def test_status_says_how_many_rows_wait(run: Run, world: World) -> None:
    assert world.service.status()["quarantine.posts"] == 2


def test_reading_needs_no_server_and_makes_nothing(
    tmp_path: Path, world: World
) -> None:
    data = tmp_path / "none"
    settings = world.service.settings.model_copy(update={"data": data})
    assert wiring.open_quarantine(settings).waiting() == []
    assert not data.exists()
    (data / "quarantine").mkdir(parents=True)
    assert wiring.open_quarantine(settings).waiting() == []
