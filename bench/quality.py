"""Seconds for the whole report on data quality, and for its parts, at a million facts.

Run: python -m bench.quality [organizations]. A city is invented and loaded into facts in
memory; then everything is looked at, counted by every mark and told as Markdown. The
peer beside it counts the fields of the same facts with pandas.
"""

import csv
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from analytics.quality.measures import Measure
from analytics.quality.report import Quality, quality_of, trend
from api.quality import BREAKDOWNS, filled_columns
from api.quality_report import Told, breakdowns, csv_text, markdown, row_of
from api.waiting import WaitingRows
from graph.identifiers import warm_up
from graph.identity import PersonKeys
from graph.law.book import LawBook
from graph.law.calendar import WorkingCalendar
from graph.snapshot import Facts, Snapshot
from graph.snapshot.intake import Trial
from graph.vocabulary import FactKind
from loaders.pipeline import load
from loaders.quarantine import Quarantine
from loaders.synthetic import synthesize

T = TypeVar("T")
KEYS = PersonKeys(bytes(range(32)))
NOW = datetime(2026, 11, 22, tzinfo=UTC)
DAY = date(2026, 11, 22)


def invented(organizations: int, folder: Path) -> tuple[Snapshot, WaitingRows]:
    """Return the facts of a city; one row in a hundred of its register is set aside."""
    law, trial = LawBook.load(), Trial(Facts())
    synthesize(folder / "city", organizations=organizations, reference=DAY)
    files = sorted(p for p in (folder / "city").iterdir() if p.suffix != ".json")
    spoil(next(p for p in files if p.stem == "registrations"))
    box = Quarantine(folder / "quarantine", bytes(32))
    load(files, store=trial, keys=KEYS, law=law, quarantine=box, recorded_at=NOW)
    return trial.facts.snapshot(), WaitingRows(box, law)


def spoil(path: Path) -> None:
    """Change the last character of every hundredth code."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    at = rows[0].index("统一社会信用代码")
    for row in rows[50::100]:
        row[at] = row[at][:-1] + ("0" if row[at][-1] != "0" else "1")
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def timed(name: str, work: Callable[[], T]) -> T:
    start = time.perf_counter()
    found = work()
    print(f"{name:58} {time.perf_counter() - start:8.2f} s", flush=True)
    return found


def report(quality: Quality) -> int:
    told = Told(lambda zh, _: zh)
    parts = list(breakdowns(quality, None, Measure))
    rows = [row_of(f, by, told) for by, figures in parts for f in figures]
    return len(markdown(told, "", parts)) + len(csv_text(rows))


def with_pandas(snapshot: Snapshot) -> Any:
    """Return the fill rate of the records by department, as a script would count it."""
    table = snapshot.tables[FactKind.RECORD]
    rows = snapshot.all_rows(FactKind.RECORD)
    names = list(table.columns)
    frame = pd.DataFrame(
        dict(
            zip(
                names,
                zip(*snapshot.values(FactKind.RECORD, rows, names), strict=True),
                strict=True,
            )
        )
    )
    return frame.replace("", None).notna().groupby(frame["department"]).mean()


def main(organizations: int) -> None:
    """Print seconds."""
    warm_up()
    calendar = WorkingCalendar.published()
    with tempfile.TemporaryDirectory() as folder:
        measure(organizations, Path(folder), calendar)


def measure(organizations: int, folder: Path, calendar: WorkingCalendar) -> None:
    snapshot, waiting = timed(
        "(invent and load a city)", lambda: invented(organizations, folder)
    )
    facts = sum(len(snapshot.all_rows(kind)) for kind in snapshot.tables)
    print(f"{organizations:,} organizations, {facts:,} facts")

    begun = time.perf_counter()
    rows = timed("read the rows in quarantine", waiting.all)
    print(f"{'':58} {len(rows):8,} rows")

    def looked() -> Quality:
        return quality_of(snapshot, rows, calendar, DAY, filled_columns())

    quality = timed("look at everything", looked)
    for by in BREAKDOWNS:
        name = "+".join(by) or "in all"
        found = timed(f"figures, {name}", lambda by=by: quality.figures(by))  # type: ignore[misc]
        print(f"{'':58} {len(found):8,} figures")
    timed("the whole report, Markdown and CSV", lambda: report(quality))
    print(f"{'in all':58} {time.perf_counter() - begun:8.2f} s")
    timed("a page of 50 rows behind a figure", lambda: page(quality))
    timed(
        "trend, one point",
        lambda: trend(snapshot, rows, calendar, filled_columns(), points=1),
    )
    timed(
        "pandas: fields of the records by department alone",
        lambda: with_pandas(snapshot),
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak resident {peak:,.0f} MB")


def page(quality: Quality) -> int:
    entries = quality.entries(Measure.LATE_RECORDS, {})
    return sum(1 for _ in zip(range(50), entries, strict=False))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 160_000)
