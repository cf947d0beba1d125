"""Rows a second from CSV to facts, stage by stage, beside a bare Arrow read.

Run: python -m bench.loaders [organizations] [source …]. A city is invented in a
temporary folder; each stage does everything the stages above it do. Reading the same
bytes with Arrow alone, and with Python's csv, is measured in the same run: the ratios
hold elsewhere, the rates are of this machine, now.
"""

import csv
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as arrow_csv

from graph.identifiers import warm_up
from graph.identity import PersonKeys
from graph.law.book import LawBook
from graph.snapshot import Facts
from graph.snapshot.intake import Trial
from loaders.emit import Emitted, emit
from loaders.interpret import Interpreter, Parsed
from loaders.pipeline import load
from loaders.registry import hook_of, recognise, sources
from loaders.synthetic import synthesize
from loaders.tabular import TextFile, open_table

KEYS = PersonKeys(bytes(range(32)))
NOW = datetime(2026, 11, 22, tzinfo=UTC)
ROUNDS = 3


def bare_arrow(path: Path, encoding: str) -> int:
    """Return the rows Arrow reads when every column is text and nothing is checked."""
    read = arrow_csv.ReadOptions(encoding=encoding.removesuffix("-sig"))
    with path.open(encoding=encoding, newline="") as file:
        names = next(csv.reader(file))

    convert = arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()))
    table = arrow_csv.read_csv(path, read_options=read, convert_options=convert)
    return int(table.num_rows)


def bare_python(path: Path, encoding: str) -> int:
    """Return the rows Python's csv reads."""
    with path.open(encoding=encoding, newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1


def interpreted(file: TextFile, law: LawBook) -> Iterator[Parsed]:
    source = recognise(file.headings, file.path.name, sources())
    reader, hook = Interpreter(file.path.name, source, law), hook_of(source)
    for piece in file.pieces():
        parsed = reader.read(piece)
        if hook:
            hook(parsed)
        yield parsed


def emitted(file: TextFile, law: LawBook) -> Iterator[list[Emitted]]:
    for parsed in interpreted(file, law):
        yield emit(parsed, KEYS, as_of=NOW.date())


def loaded(path: Path, law: LawBook, trial: Trial) -> int:
    (report,) = load(
        [path], store=trial, keys=KEYS, law=law, quarantine=None, recorded_at=NOW
    )
    return report.read


def stages(path: Path, law: LawBook) -> dict[str, Callable[[], int]]:
    file = open_table(path)
    full = Trial(Facts())
    loaded(path, law, full)
    return {
        "Arrow alone, nothing checked": lambda: bare_arrow(path, file.encoding),
        "Python's csv alone": lambda: bare_python(path, file.encoding),
        "looked through (digest, encoding, quotes)": lambda: open_table(path).rows,
        "read as text with lines": lambda: sum(len(p) for p in file.pieces()),
        "… every cell read and checked": lambda: sum(
            len(p) for p in interpreted(file, law)
        ),
        "… facts, identifiers, digests": lambda: sum(
            max(len(e.rows) for e in one) for one in emitted(file, law)
        ),
        "whole load into empty facts": lambda: loaded(path, law, Trial(Facts())),
        "whole load, everything known": lambda: loaded(path, law, full),
    }


def best(work: Callable[[], int]) -> tuple[float, int]:
    seconds, rows = float("inf"), 0
    for _ in range(ROUNDS):
        start = time.perf_counter()
        rows = work()
        seconds = min(seconds, time.perf_counter() - start)
    return seconds, rows


def report(path: Path, law: LawBook) -> None:
    size = path.stat().st_size / 1e6
    print(f"\n{path.name}, {size:.1f} MB")
    base = 0.0
    for name, work in stages(path, law).items():
        seconds, rows = best(work)
        base = base or seconds
        rate = rows / seconds
        print(f"{name:44} {rate:12,.0f} rows/s  {seconds / base:8.1f} x  {rows:,}")


def main(organizations: int, wanted: list[str]) -> None:
    """Print a table for each file."""
    warm_up()
    law = LawBook.load()
    with tempfile.TemporaryDirectory() as folder:
        city = Path(folder)
        synthesize(city, organizations=organizations, reference=date(2026, 11, 22))
        for key in wanted or ["registrations", "posts", "holdings"]:
            report(city / f"{key}.csv", law)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000, sys.argv[2:])
