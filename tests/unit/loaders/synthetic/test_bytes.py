"""The same seed, size and day give the same bytes; others do not."""

from datetime import date
from pathlib import Path

import pytest

from graph.errors import BadInput
from loaders.synthetic import CityReport, synthesize, write_mistakes
from tests.unit.loaders.synthetic.conftest import DAY, EXAMPLES


def contents(folder: Path) -> dict[str, bytes]:
    """Return the bytes of each file, those of the key included."""
    files = [p for p in sorted(folder.rglob("*")) if p.suffix and p.is_file()]
    return {str(p.relative_to(folder)): p.read_bytes() for p in files}


def small(out: Path, **changed: object) -> CityReport:
    settings = {"organizations": 300, "seed": 5, "reference": DAY} | changed
    return synthesize(out, **settings)  # type: ignore[arg-type]  # of mixed types


def test_the_committed_city_is_what_the_code_draws(folder: Path) -> None:
    committed = contents(EXAMPLES / "city")
    drawn = contents(folder)
    assert sorted(committed) == sorted(drawn)
    assert [n for n in drawn if drawn[n] != committed[n]] == []


def test_the_committed_mistakes_are_what_the_code_writes(tmp_path: Path) -> None:
    name = "registrations_with_mistakes.csv"
    write_mistakes(tmp_path / name, reference=DAY)
    committed = (EXAMPLES / "mistakes" / name).read_bytes()
    assert (tmp_path / name).read_bytes() == committed


def test_drawing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    small(tmp_path / "a")
    small(tmp_path / "b")
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_another_seed_gives_another_city_with_the_same_stories(tmp_path: Path) -> None:
    small(tmp_path / "a")
    small(tmp_path / "b", seed=6)
    a, b = contents(tmp_path / "a"), contents(tmp_path / "b")
    assert a["registrations.csv"] != b["registrations.csv"]
    assert a["answers.json"] == b["answers.json"]


def test_another_day_moves_the_stories_with_it(tmp_path: Path) -> None:
    small(tmp_path / "a")
    small(tmp_path / "b", reference=date(2027, 11, 22))
    a, b = contents(tmp_path / "a"), contents(tmp_path / "b")
    assert "2025-06-10" in a["severe_lists.csv"].decode()
    assert "2026-06-10" in b["severe_lists.csv"].decode()


def test_the_report_counts_the_rows_and_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    report = small(tmp_path, progress=lambda *step: told.append(step))
    assert report.rows["registrations.csv"] == 300
    assert [t[0] for t in told] == list(report.rows)
    assert told[-1][1] == told[-1][2] == report.total
    lines = (tmp_path / "registrations.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 301
    assert report.total == sum(report.rows.values())


def test_a_city_that_is_too_small_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="200 or more"):
        small(tmp_path, organizations=199)


def test_the_examples_stay_small() -> None:
    assert sum(map(len, contents(EXAMPLES / "city").values())) < 5_000_000
