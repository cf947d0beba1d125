"""Writers and the server are killed at random moments; nothing is lost or doubled.

SIGKILL leaves no time for tidying up. What a writer acknowledged must be there, each
batch once and in order, the graph as the journal says, and all goes on by itself.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

import pytest

from graph.snapshot import Facts
from graph.store.bolt import BoltStore
from graph.store.embedded import EmbeddedServer, Endpoint
from graph.store.keeper import State
from graph.vocabulary import FactKind
from tests.crash import workload

SERVER_KILLS_APART = 20.0
"""Seconds; the keeper takes more than five accidents a minute for a fault."""
CHECKED_EVERY = 10
PATIENCE = 60.0


class Nursery:
    """The process that forks writers."""

    def __init__(self, endpoint: Endpoint, folder: Path | None, log: Path) -> None:
        self.log = log
        log.touch()
        self._process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tests.crash.nursery",
                str(folder or ""),
                str(log),
            ],
            cwd=Path(__file__).parents[2],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        access = (endpoint.uri, endpoint.user, endpoint.password, endpoint.database)
        self._say("\n".join(access))

    def _say(self, text: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{text}\n")
        self._process.stdin.flush()

    def writer(self) -> int:
        """Return the process id of a new writer."""
        self._say("")
        assert self._process.stdout is not None
        return int(self._process.stdout.readline())

    def acknowledged(self) -> int:
        """Return how many steps were acknowledged."""
        return self.log.read_bytes().count(b"\n")

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(30)
        self._process.stdout.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[EmbeddedServer]:
    embedded = EmbeddedServer(tmp_path / "store", memory="512m")
    yield embedded
    embedded.stop()


@pytest.mark.crash
@pytest.mark.embedded
@pytest.mark.timeout(7_200)
def test_whoever_is_killed_nothing_is_lost_or_doubled(
    server: EmbeddedServer, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    kills = request.config.getoption("--kills")
    seed = random.SystemRandom().randrange(10**6)
    print(f"{kills} kills, seed {seed}")
    endpoint = server.start()
    store = BoltStore(endpoint, lock_folder=tmp_path)
    store.prepare(key_check="k", purpose="test")
    nursery = Nursery(endpoint, tmp_path, tmp_path / "acknowledged")
    killer = Killer(nursery, tmp_path / "store", random.Random(seed))
    try:
        for number in range(kills):
            killer.kill_somebody()
            if number % CHECKED_EVERY == CHECKED_EVERY - 1:
                killer.rest()
                check(store, nursery.acknowledged())
    finally:
        killer.rest()
        nursery.close()
        store.close()
    print(killer.account())


class Killer:
    """Kills the writer, and now and then the server, at moments drawn by lot."""

    def __init__(self, nursery: Nursery, folder: Path, lot: random.Random) -> None:
        self._nursery, self._folder, self._lot = nursery, folder, lot
        self._writer = 0
        self._server_killed = time.monotonic()
        self._writers = self._servers = 0

    def kill_somebody(self) -> None:
        """Wait for a random moment of a working writer and kill it or the server."""
        self._writer = self._writer or self._nursery.writer()
        done = self._nursery.acknowledged()
        if self._lot.random() < 0.7:  # else it may still be opening the store
            wait_until(lambda: self._nursery.acknowledged() > done, "a step")
        time.sleep(self._lot.uniform(0, 0.15))
        if time.monotonic() - self._server_killed > SERVER_KILLS_APART:
            self._kill_server()
        else:
            self.rest()
            self._writers += 1

    def _kill_server(self) -> None:
        """Kill the server; its keeper starts it again and the writer goes on."""
        state = State.read(self._folder)
        assert state is not None
        os.kill(state.server_pid, signal.SIGKILL)
        done = self._nursery.acknowledged()
        wait_until(lambda: self._nursery.acknowledged() > done + 1, "the server")
        self._server_killed = time.monotonic()
        self._servers += 1

    def rest(self) -> None:
        """Kill the writer, if there is one."""
        if self._writer:
            with suppress(ProcessLookupError):  # it may have failed: told elsewhere
                os.kill(self._writer, signal.SIGKILL)
        self._writer = 0

    def account(self) -> str:
        return (
            f"{self._writers} writers and {self._servers} servers killed, "
            f"{self._nursery.acknowledged()} steps"
        )


def wait_until(true: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, f"{what} did not come in {PATIENCE} s"
        time.sleep(0.005)


def check(store: BoltStore, acknowledged: int) -> None:
    """Assert the invariants; nobody writes meanwhile."""
    store.catch_up()
    loads = store.facts.loads
    assert [load.seq for load in loads] == list(range(1, len(loads) + 1))
    names = [batch.batch for batch in islice(workload.every(), len(loads))]
    assert [load.batch for load in loads] == names, "a batch is lost or doubled"
    assert len(loads) >= workload.batches_in(acknowledged)
    should = workload.expected(len(loads))
    for kind in FactKind:
        assert contents(store.facts, kind) == contents(should, kind)
    assert store.verify().findings == ()


def contents(facts: Facts, kind: FactKind) -> list[tuple[int, ...]]:
    """Return key, version and life of every version, in order."""
    table = facts.tables[kind]
    columns = (table.high, table.low, table.version, table.load, table.until)
    return list(zip(*(c.values.tolist() for c in columns), strict=True))
