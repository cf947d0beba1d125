"""`creditgraph bulk`: files and a command for the importer, and nothing by halves."""

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app

SAMPLE = Path("loaders/sources/holdings/sample.csv")


def run(tmp_path: Path, *arguments: str) -> tuple[int, str]:
    environment = {
        **os.environ,
        "CREDITGRAPH_DATA": str(tmp_path / "data"),
        "CREDITGRAPH_LANGUAGE": "en",
    }
    result = CliRunner().invoke(app, ["bulk", *arguments], env=environment)
    return result.exit_code, result.output


def test_files_and_a_command_are_written(tmp_path: Path) -> None:
    out = tmp_path / "out"
    code, text = run(tmp_path, str(SAMPLE), "--out", str(out))
    assert code == 0, text
    assert "read 4 rows = new 3 + known 0 + quarantined 1" in text
    script = (out / "import.sh").read_text("utf-8")
    assert "neo4j-admin database import full neo4j" in script
    named = {
        part.split("=")[-1] for part in script.split() if part.startswith("--nodes")
    }
    assert named
    assert all(Path(name).is_file() for name in named)
    assert not (out / "journal.part").exists()


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine", "utf-8")
    code, text = run(tmp_path, str(SAMPLE), "--out", str(tmp_path / "out"))
    assert code == 4
    assert "not an empty folder" in text


def test_an_importer_that_is_not_there_is_named(tmp_path: Path) -> None:
    out, home = str(tmp_path / "out"), str(tmp_path)
    code, text = run(tmp_path, str(SAMPLE), "--out", out, "--neo4j-home", home)
    assert code == 2
    assert "no bin/neo4j-admin" in text


@pytest.mark.parametrize(("status", "code"), [(0, 0), (3, 6)])
def test_the_importer_is_run_and_its_failure_told(
    tmp_path: Path, status: int, code: int
) -> None:
    tool = tmp_path / "bin" / "neo4j-admin"
    tool.parent.mkdir()
    tool.write_text(
        f"#!/bin/sh\necho database is running >&2\nexit {status}\n", "utf-8"
    )
    tool.chmod(0o700)
    out, home = str(tmp_path / "out"), str(tmp_path)
    found, text = run(tmp_path, str(SAMPLE), "--out", out, "--neo4j-home", home)
    assert found == code, text
    assert ("database is running" in text) == bool(status)
