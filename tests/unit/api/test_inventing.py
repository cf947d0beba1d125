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
    told: list[Path] = []

    def names(*paths: Path) -> list[str]:
        return [p.name for p in expand(list(paths), told.append)]

    # What only has the name of an answer is a file as any other.
    assert names(tmp_path) == ["a.xlsx", "answers.json", "b.csv", "c.jsonl"]
    assert names(tmp_path / "*.csv") == ["b.csv"]
    assert names(tmp_path / "notes.txt") == ["notes.txt"]
    assert told == []
    for nothing in (tmp_path / "*.parquet", tmp_path / "empty"):
        (tmp_path / "empty").mkdir(exist_ok=True)
        with pytest.raises(BadInput, match="no file to load"):
            names(nothing)


def test_the_answers_to_a_city_are_told_and_not_loaded(tmp_path: Path) -> None:
    city = Path(__file__).parents[3] / "examples/city"
    for path in city.rglob("*.*"):
        copy = tmp_path / path.relative_to(city)
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(path.read_bytes())
    sources = sorted(
        p.name for p in tmp_path.iterdir() if p.suffix in {".csv", ".xlsx"}
    )
    told: list[Path] = []
    # As a shell puts it for city/*, and as it stands where there is no shell.
    for meant in (sorted(tmp_path.glob("[!.]*")), [tmp_path / "*"]):
        told.clear()
        assert [p.name for p in expand(meant, told.append)] == sources
        assert [p.name for p in told] == ["answers.json", "key"]
    told.clear()
    assert [p.name for p in expand([tmp_path], told.append)] == sources
    assert told == []
    with pytest.raises(BadInput, match="no file to load"):
        expand([tmp_path / "key" / "cases.jsonl"], told.append)
    assert [p.name for p in told] == ["cases.jsonl"]
