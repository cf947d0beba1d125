"""What it costs to refuse a hostile file: time and memory, each in a fresh process.

Run: python -m bench.hostile. Every kind of `tests.bombs` is made in a temporary folder
and opened; what the interpreter and its libraries take is measured before and
subtracted.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from graph.errors import BadInput
from loaders.tabular import open_table
from tests.bombs import BOMBS

ALLOWED_MS, ALLOWED_MB = 100, 40


def refuse(path: Path) -> None:
    """Open one file and print milliseconds and megabytes."""
    _reset_peak()
    before = _peak_mb()
    start = time.perf_counter()
    try:
        open_table(path)
        told = "TAKEN"
    except BadInput as error:
        told = error.message.en
    spent = (time.perf_counter() - start) * 1_000
    print(f"{spent:.1f}\t{_peak_mb() - before:.1f}\t{told[:70]}")


def _reset_peak() -> None:
    Path(f"/proc/{os.getpid()}/clear_refs").write_text("5")


def _peak_mb() -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1_024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024


def main() -> None:
    """Print a line for each kind, those first that the header tells."""
    print(f"{'kind':28} {'size kB':>9} {'ms':>9} {'MB':>7}  said")
    with tempfile.TemporaryDirectory() as folder:
        for name, bomb in sorted(BOMBS.items(), key=lambda b: not b[1].header):
            path = Path(folder) / f"hostile.{bomb.suffix}"
            bomb.make(path)
            command = [sys.executable, "-m", "bench.hostile", str(path)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            spent, memory, told = done.stdout.strip().split("\t")
            over = float(spent) > ALLOWED_MS or float(memory) > ALLOWED_MB
            mark = "over" if bomb.header and over else "" if bomb.header else "parsed"
            size = path.stat().st_size / 1e3
            print(f"{name:28} {size:9,.0f} {spent:>9} {memory:>7}  {mark:6} {told}")
            path.unlink()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        refuse(Path(sys.argv[1]))
    else:
        main()
