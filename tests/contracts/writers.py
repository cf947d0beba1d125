"""Several writers: numbers are consecutive and nothing is doubled or lost."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from graph.store.bolt import BoltStore
from graph.vocabulary import FactKind
from tests.contracts.facts import batch, tie

WRITER = Path(__file__).with_name("one_writer.py")
BATCHES, ROWS = 8, 20


class WritersContract:
    def test_two_processes_take_turns(self, store: BoltStore) -> None:
        endpoint = store.endpoint
        folder = "" if store.lock_folder is None else str(store.lock_folder)
        access = f"{endpoint.uri}\n{endpoint.user}\n{endpoint.password}\n{endpoint.database}\n"
        command = [sys.executable, "-m", "tests.contracts.one_writer", folder]
        writers = [
            subprocess.Popen(
                [*command, name, str(BATCHES), str(ROWS)],
                cwd=Path(__file__).parents[2],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for name in ("a", "b")
        ]
        numbers: list[int] = []
        for writer in writers:
            assert writer.stdin is not None
            writer.stdin.write(access)
            writer.stdin.close()
        for writer in writers:
            assert writer.stdout is not None
            numbers += [int(line) for line in writer.stdout.read().split()]
            writer.stdout.close()
            assert writer.wait() == 0
        assert sorted(numbers) == list(range(1, 2 * BATCHES + 1))
        store.catch_up()
        # Each writer sends its own facts and some that the other one sends too.
        own, shared = 2 * BATCHES * ROWS, BATCHES * 5
        assert store.facts.tables[FactKind.TIE].size == own + shared
        assert store.verify().ok

    def test_threads_of_one_process_take_turns(self, store: BoltStore) -> None:
        def write(n: int) -> int:
            return store.append(batch(f"b{n}", tie(f"per:{n}"), tie("per:same"))).seq

        with ThreadPoolExecutor(4) as pool:
            numbers = list(pool.map(write, range(12)))
        assert sorted(numbers) == list(range(1, 13))
        assert store.facts.tables[FactKind.TIE].size == 13

    def test_two_users_of_one_batch_write_it_once(
        self, store: BoltStore, other: BoltStore
    ) -> None:
        with ThreadPoolExecutor(2) as pool:
            one = pool.submit(store.append, batch("same", tie(), tie("per:b")))
            two = pool.submit(other.append, batch("same", tie(), tie("per:b")))
        assert {one.result().repeated, two.result().repeated} == {True, False}
        assert store.head() == 1
        assert store.verify().ok
