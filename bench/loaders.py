"""Rows a second from CSV to facts, stage by stage, beside a bare Arrow read.

Run: python -m bench.loaders [organizations] [source …]. A city is invented in a
temporary folder; each stage does everything the stages above it do. Reading the same
bytes with Arrow, pandas and Python's csv alone, and workbooks with the bare reader, is
measured in the same run: the ratios hold elsewhere, the rates are of this machine, now.
The last row is the memory of a process that checks every cell of a file of 5 M rows.
"""

import csv
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import fastexcel
import pandas as pd
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
LONG = 5_000_000
CHECKED = "… every cell read and checked"


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


def bare_pandas(path: Path, encoding: str) -> int:
    """Return the rows that pandas reads as text."""
    return len(pd.read_csv(path, dtype=str, encoding=encoding, keep_default_na=False))


def bare_workbook(path: Path) -> int:
    """Return the rows of the first sheet, every cell as text, nothing checked."""
    sheet = fastexcel.read_excel(path).load_sheet(0, dtypes="string")
    return int(sheet.to_arrow().num_rows)


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


def bare(path: Path, encoding: str) -> dict[str, Callable[[], int]]:
    if path.suffix == ".xlsx":
        return {"the bare reader, nothing checked": lambda: bare_workbook(path)}
    return {
        "Arrow alone, nothing checked": lambda: bare_arrow(path, encoding),
        "pandas alone": lambda: bare_pandas(path, encoding),
        "Python's csv alone": lambda: bare_python(path, encoding),
    }


def checked(path: Path, law: LawBook) -> int:
    return sum(len(parsed) for parsed in interpreted(open_table(path), law))


def stages(path: Path, law: LawBook) -> dict[str, Callable[[], int]]:
    file = open_table(path)
    full = Trial(Facts())
    loaded(path, law, full)
    return bare(path, file.encoding) | {
        "looked through (digest, encoding, quotes)": lambda: open_table(path).rows,
        "read as text with lines": lambda: sum(len(p) for p in file.pieces()),
        CHECKED: lambda: checked(path, law),
        "… facts, identifiers, digests": lambda: sum(
            max(len(e.rows) for e in one) for one in emitted(file, law)
        ),
        "whole load into empty facts": lambda: loaded(path, law, Trial(Facts())),
        "whole load, everything known": lambda: loaded(path, law, full),
    }


def spent() -> float:
    """Return the processor seconds of this process and of those it waited for."""
    return sum(os.times()[:4])


def best(work: Callable[[], int]) -> tuple[float, float, int]:
    """Return wall seconds and processor seconds, the least of each, and the rows."""
    seconds = processor = float("inf")
    rows = 0
    for _ in range(ROUNDS):
        begun, start = spent(), time.perf_counter()
        rows = work()
        seconds = min(seconds, time.perf_counter() - start)
        processor = min(processor, spent() - begun)
    return seconds, max(processor, 0.01), rows


def report(path: Path, law: LawBook) -> None:
    """Print a row a stage.

    The ratio is of processor seconds, the first row's to this one's: above 1 where it
    needs less. Wall time on a machine that others use says little.
    """
    size = path.stat().st_size / 1e6
    print(f"\n{path.name}, {size:.1f} MB, load average {os.getloadavg()[0]:.1f}")
    base = 0.0
    for name, work in stages(path, law).items():
        seconds, processor, rows = best(work)
        base = base or processor
        print(
            f"{name:44} {rows / seconds:12,.0f} rows/s  {rows / processor:12,.0f} rows "
            f"per processor second {base / processor:8.3f} x  {rows:,}",
            flush=True,
        )


def long_file(city: Path) -> Path:
    """Return a file of 5 M rows: the register of the city over and over."""
    path = city / "long.csv"
    head, body = (city / "registrations.csv").read_bytes().split(b"\n", 1)
    rows = body.count(b"\n")
    with path.open("wb") as file:
        file.write(head + b"\n")
        for _ in range(LONG // rows):
            file.write(body)
    return path


def memory(path: Path) -> None:
    """Print what a process of its own needs to check every cell of a long file."""
    size = path.stat().st_size / 1e6
    print(f"\n{path.name}, {size:,.0f} MB", flush=True)
    command = [sys.executable, "-m", "bench.loaders", "--memory", str(path)]
    subprocess.run(command, check=True)


def measured(path: Path) -> None:
    start = time.perf_counter()
    rows = checked(path, LawBook.load())
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{CHECKED:44} {rows / seconds:12,.0f} rows/s  {peak:6,.0f} MB at most  {rows:,}"
    )


def main(organizations: int, wanted: list[str]) -> None:
    """Print a table for each file."""
    warm_up()
    law = LawBook.load()
    with tempfile.TemporaryDirectory() as folder:
        city = Path(folder)
        synthesize(city, organizations=organizations, reference=date(2026, 11, 22))
        for key in wanted or ["registrations", "penalties", "posts", "holdings"]:
            for path in sorted(city.glob(f"{key}.*")):
                report(path, law)
        if not wanted:
            memory(long_file(city))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--memory"]:
        measured(Path(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000, sys.argv[2:])
