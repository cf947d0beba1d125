"""`synth` writes a city once, and `load` finds the files that are meant."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from api.progress import expand
from graph.errors import BadInput
from loaders.synthetic.city import SMALLEST


def test_a_city_is_written_the_same_for_the_same_seed_and_never_over_something(
    tmp_path: Path,
) -> None:
    def synth(name: str, seed: int) -> tuple[int, str]:
        words = ["synth", "--out", str(tmp_path / name), "--organizations"]
        words += [str(SMALLEST), "--seed", str(seed), "--reference", "2026-11-22"]
        answer = CliRunner().invoke(app, [*words, "--json"])
        return answer.exit_code, answer.stdout

    code, told = synth("a", 1)
    assert code == 0, told
    city = json.loads(told)
    assert city["rows"]["registrations.csv"] == SMALLEST
    assert synth("b", 1)[0] == synth("c", 2)[0] == 0
    one, same, other = (
        {p.name: p.read_bytes() for p in (tmp_path / name).glob("*.csv")}
        for name in "abc"
    )
    assert one == same
    assert one != other
    code, told = synth("a", 1)
    assert code == 4
    assert {p.name: p.read_bytes() for p in (tmp_path / "a").glob("*.csv")} == one


def test_folders_and_patterns_stand_for_the_files_in_them(tmp_path: Path) -> None:
    for name in ("b.csv", "a.xlsx", "c.jsonl", "notes.txt", "answers.json"):
        (tmp_path / name).touch()
    assert [p.name for p in expand([tmp_path])] == ["a.xlsx", "b.csv", "c.jsonl"]
    assert [p.name for p in expand([tmp_path / "*.csv"])] == ["b.csv"]
    assert expand([tmp_path / "notes.txt"]) == [tmp_path / "notes.txt"]
    with pytest.raises(BadInput, match="no file to load"):
        expand([tmp_path / "*.parquet"])
