"""Writers queue; a lock ends with whoever holds it."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from graph.errors import StoreUnavailable
from graph.store.locks import FileLock, writer_lock

_HOLD = """
import sys
from pathlib import Path
from graph.store.locks import writer_lock
with writer_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


def test_writers_of_one_folder_queue(tmp_path: Path) -> None:
    count = 0

    def add_slowly() -> None:
        nonlocal count
        for _ in range(20):
            with writer_lock(tmp_path):
                seen = count
                threading.Event().wait(0.0005)
                count = seen + 1

    threads = [threading.Thread(target=add_slowly) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert count == 80


def test_a_killed_writer_leaves_the_door_open(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    with (
        pytest.raises(StoreUnavailable, match="Another writer"),
        writer_lock(tmp_path, patience=0.05),
    ):
        pass
    holder.kill()
    holder.communicate()
    with writer_lock(tmp_path, patience=0.05):
        pass


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with (
        pytest.raises(StoreUnavailable, match="cannot be taken"),
        writer_lock(tmp_path / "nowhere"),
    ):
        pass


def test_the_last_sharer_learns_that_it_was_the_last(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    first, second = FileLock.try_shared(path), FileLock.try_shared(path)
    assert first is not None
    assert second is not None
    assert FileLock.try_exclusive(path) is None
    assert not first.release_last()
    assert second.release_last()
    with pytest.raises(ValueError, match="released"):
        _ = second.descriptor
