"""A city goes through the pipeline: what the key calls wrong is set aside, all else is in."""

import json
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from analytics.quality.lateness import lateness
from analytics.quality.stock import Stock
from graph.identity import PersonKeys
from graph.law.book import LawBook
from graph.law.calendar import WorkingCalendar
from graph.snapshot.facts import Facts
from graph.snapshot.intake import Trial
from loaders.pipeline import LoadReport, load
from loaders.synthetic import CityReport, Rates, synthesize

DAY = date(2026, 10, 25)
KEYS = PersonKeys(b"a secret of the tests, 32 bytes!!")


class Loaded:
    """A city with wrong and late rows, loaded: the stock first, then week by week."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.city: CityReport = synthesize(
            folder,
            organizations=2_000,
            seed=7,
            reference=DAY,
            rates=Rates(wrong=0.01, late=0.1),
        )
        self.trial = Trial(Facts())
        self.reports: dict[str, LoadReport] = {}
        self.weeks = sorted(folder.glob("penalties_delivered_*.csv"))
        first = DAY - timedelta(weeks=12)
        self.load([folder / n for n in self.city.rows if "delivered" not in n], first)
        self.late_before = self.late()
        for path in self.weeks:
            self.load([path], date.fromisoformat(path.stem.rsplit("_", 1)[1]))

    def load(self, paths: list[Path], on: date) -> None:
        at = datetime(on.year, on.month, on.day, 4, tzinfo=UTC)
        reports = load(
            paths,
            store=self.trial,
            keys=KEYS,
            law=LawBook.load(),
            quarantine=None,
            recorded_at=at,
        )
        self.reports |= {r.file: r for r in reports}

    def late(self) -> tuple[int, int]:
        """Return how many records arrived late, of how many."""
        stock = Stock(self.trial.facts.snapshot(), (), DAY)
        records, _ = lateness(stock, WorkingCalendar.published())
        return int(records.faulty.sum()), len(records.faulty)

    def key(self, name: str) -> list[dict[str, Any]]:
        text = (self.folder / "key" / name).read_text("utf-8")
        return [json.loads(line) for line in text.splitlines()]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return Loaded(tmp_path_factory.mktemp("city"))


def test_exactly_the_wrong_rows_are_set_aside(loaded: Loaded) -> None:
    wrong: dict[str, set[int]] = defaultdict(set)
    for row in loaded.key("wrong_rows.jsonl"):
        wrong[row["file"]].add(row["line"])
    assert loaded.city.wrong == sum(map(len, wrong.values())) > 50
    for name, report in loaded.reports.items():
        fatal = {i.line for i in report.issues if i.fatal}
        assert (name, fatal) == (name, wrong[name])
        assert report.quarantined == len(wrong[name])
        assert report.read == loaded.city.rows[name]


def test_every_kind_of_mistake_occurs_and_is_named_by_its_field(loaded: Loaded) -> None:
    kinds = set()
    for row in loaded.key("wrong_rows.jsonl"):
        issues = loaded.reports[row["file"]].issues
        mine = [i for i in issues if i.line == row["line"] and i.fatal]
        assert row["field"] in {i.field for i in mine}
        kinds.add(row["wrong"])
    assert len(kinds) == 4


def test_as_many_arrive_late_as_the_key_says(loaded: Loaded) -> None:
    wrong = {(r["file"], r["line"]) for r in loaded.key("wrong_rows.jsonl")}
    late = [(row["file"], row["document"]) for row in loaded.key("late_rows.jsonl")]
    assert loaded.city.late == len(late) > 0
    spoiled = sum((name, line_of(loaded, name, paper)) in wrong for name, paper in late)
    now, looked = loaded.late()
    before, known = loaded.late_before
    assert now - before == len(late) - spoiled
    assert (now - before) / (looked - known) == pytest.approx(0.1, abs=0.06)


def line_of(loaded: Loaded, name: str, paper: str) -> int:
    """Return the line of a paper in a file; 0 where it has been spoiled away."""
    lines = (loaded.folder / name).read_text("utf-8-sig").splitlines()
    return next((n for n, text in enumerate(lines, 1) if f",{paper}," in text), 0)
