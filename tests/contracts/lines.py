"""Lines that go dead: an answer that is lost, a connection cut at any moment."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from graph.store.bolt import BoltStore
from graph.vocabulary import FactKind
from tests.contracts.facts import batch, profile, tie
from tests.contracts.proxy import COMMIT, CuttableLine, Fate


@contextmanager
def over_a_line(store: BoltStore, fate: Callable[[bytes], Fate]) -> Iterator[BoltStore]:
    """Yield another user of the store, behind a line that can be cut."""
    line = CuttableLine(store.endpoint.uri, fate)
    endpoint = replace(store.endpoint, uri=line.uri)
    far = BoltStore(endpoint, lock_folder=store.lock_folder)
    try:
        yield far
    finally:
        far.close()
        line.close()


class LinesContract:
    def test_a_commit_whose_answer_is_lost_is_not_repeated(
        self, store: BoltStore
    ) -> None:
        losses = iter([True, False] * 8)
        lost: list[bool] = []

        def fate(data: bytes) -> Fate:
            if not data.endswith(COMMIT):
                return Fate.PASS
            lost.append(next(losses, False))
            return Fate.LOSE if lost[-1] else Fate.PASS

        repeated: list[bool] = []
        with over_a_line(store, fate) as far:
            for n in range(8):
                facts = tie(f"per:{n}"), profile(f"org:{n}")
                receipt = far.append(batch(f"b{n}", *facts))
                assert (receipt.seq, receipt.added) == (n + 1, 2)
                repeated.append(receipt.repeated)
        assert sum(lost) == 8
        assert any(repeated)
        store.catch_up()
        assert store.facts.tables[FactKind.TIE].size == 8
        assert store.verify().ok

    def test_lines_cut_at_any_moment_lose_nothing_and_double_nothing(
        self, store: BoltStore
    ) -> None:
        lot = random.Random(7)
        until_cut = [20]
        cuts: list[bool] = []

        def fate(data: bytes) -> Fate:
            until_cut[0] -= 1
            if until_cut[0] > 0:
                return Fate.PASS
            until_cut[0] = lot.randrange(5, 60)
            cuts.append(True)
            return lot.choice((Fate.CUT, Fate.LOSE))

        with over_a_line(store, fate) as far:
            for n in range(20):
                facts = (tie(f"per:{n}-{row}") for row in range(50))
                receipt = far.append(batch(f"b{n}", *facts))
                assert (receipt.seq, receipt.added) == (n + 1, 50)
        assert len(cuts) > 5
        store.catch_up()
        assert store.facts.tables[FactKind.TIE].size == 1_000
        assert store.verify().ok
