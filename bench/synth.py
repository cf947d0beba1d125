"""Rows a second of an invented city, beside writing as many rows that mean nothing.

Run: python -m bench.synth [organizations, default 100,000]. The peer draws the same
number of rows of eight columns with NumPy and writes them with pandas: no names, no
codes that check, no links between files. Aim: 200,000 rows a second, and a million
organizations below 2 GiB.
"""

import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from graph.identifiers import warm_up
from loaders.synthetic import synthesize

DAY = date(2026, 11, 22)
COLUMNS, BLOCK = 8, 200_000


def meaningless(path: Path, rows: int) -> float:
    """Write rows of random words and return the seconds that it took."""
    lot, start = np.random.default_rng(1), time.perf_counter()
    words = np.array([f"词{n}" for n in range(1_000)])
    with path.open("w", encoding="utf-8") as file:
        for begin in range(0, rows, BLOCK):
            size = min(BLOCK, rows - begin)
            columns = {f"列{n}": words[lot.integers(0, 1_000, size)] for n in range(8)}
            pd.DataFrame(columns).to_csv(file, index=False, header=begin == 0)
    return time.perf_counter() - start


def main(organizations: int) -> None:
    """Print rows a second of both, and the memory."""
    warm_up()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        start = time.perf_counter()
        city = synthesize(out / "city", organizations=organizations, reference=DAY)
        seconds = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        written = sum(p.stat().st_size for p in (out / "city").iterdir())
        plain = meaningless(out / "plain.csv", city.total)
    print(
        f"{organizations:,} organizations, {city.total:,} rows, {written / 1e6:,.0f} MB: "
        f"{seconds:.1f} s, {city.total / seconds:,.0f} rows/s, {peak:,.0f} MB at most"
    )
    print(
        f"pandas, words without meaning: {plain:.1f} s, {city.total / plain:,.0f} rows/s; "
        f"{plain / seconds:.2f} x"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
