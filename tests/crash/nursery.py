"""Grows writers to be killed: imports once, then forks one per line of input.

Usage: python -m tests.crash.nursery LOCK_FOLDER ACKNOWLEDGED
The first four lines of standard input are the endpoint. Every further line forks a
writer, whose process id is printed. A writer goes on where the acknowledgements in
the file end: it sends the next step again, whether or not that was written already.
"""

import os
import signal
import sys
from pathlib import Path

from graph.store.bolt import BoltStore
from graph.store.embedded import Endpoint
from tests.crash.workload import batches, delta


def main() -> None:
    """Fork a writer for every line that comes."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the dead
    folder, acknowledged = sys.argv[1:]
    lines = iter(sys.stdin.readline, "")
    endpoint = Endpoint(*(next(lines).rstrip("\n") for _ in range(4)))
    for _ in lines:
        child = os.fork()
        if not child:
            write(endpoint, Path(folder) if folder else None, Path(acknowledged))
            os._exit(0)
        print(child, flush=True)


def write(endpoint: Endpoint, lock_folder: Path | None, acknowledged: Path) -> None:
    """Write one step after another; acknowledge each once it is written."""
    log = os.open(acknowledged, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    step = len(acknowledged.read_text().split())
    store = BoltStore(endpoint, lock_folder=lock_folder)
    while True:
        for batch in batches(step):
            receipt = store.append(batch)
        if step % 3 == 0:
            change = delta(step, store.projected_ids())
            store.project_effects(change, load=receipt.seq, law_digest="L")
        os.write(log, f"{step}\n".encode())
        step += 1


if __name__ == "__main__":
    main()
