"""`make bench`: every bench in turn, each in a process of its own.

Figures are of this machine, now; what holds elsewhere are the ratios to the peer that
ran beside it. `python -m bench NAME …` runs only those named.
"""

import importlib.metadata
import os
import platform
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
SHOWN = ("numpy", "numba", "pyarrow", "neo4j", "networkx", "arcadedb-embedded")


def main() -> None:
    found = sorted(p.stem for p in HERE.glob("*.py") if not p.stem.startswith("_"))
    wanted = sys.argv[1:] or found
    unknown = sorted(set(wanted) - set(found))
    if unknown:
        sys.exit(
            f"There is no bench {', '.join(unknown)}; there are: {', '.join(found)}"
        )
    versions = ", ".join(f"{n} {importlib.metadata.version(n)}" for n in SHOWN)
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    )
    print(versions)
    failed = []
    for name in wanted:
        print(f"\n== {name}", flush=True)
        done = subprocess.run(
            [sys.executable, "-m", f"bench.{name}"], cwd=HERE.parent, check=False
        )
        if done.returncode:
            failed.append(name)
    if failed:
        sys.exit(f"These benches failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
