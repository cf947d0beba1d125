"""A process that writes batches; prints the number each one got.

Usage: python -m tests.contracts.one_writer LOCK_FOLDER NAME BATCHES ROWS
The four lines of the endpoint come on standard input: a password is no argument.
"""

import sys
from pathlib import Path

from graph.store.bolt import BoltStore
from graph.store.embedded import Endpoint
from tests.contracts.facts import batch, tie


def main() -> None:
    """Write BATCHES batches of ROWS facts of one's own and five of everybody's."""
    folder, name, batches, rows = sys.argv[1:]
    endpoint = Endpoint(*sys.stdin.read().split("\n")[:4])
    store = BoltStore(endpoint, lock_folder=Path(folder) if folder else None)
    for n in range(int(batches)):
        own = [tie(f"per:{name}{n}-{row}") for row in range(int(rows))]
        shared = [tie(f"per:shared{n}-{row}") for row in range(5)]
        receipt = store.append(batch(f"{name}{n}", *own, *shared))
        print(receipt.seq, flush=True)
    store.close()


if __name__ == "__main__":
    main()
