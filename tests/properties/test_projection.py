"""What is projected step by step is what would be projected at once."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from analytics.propagation.engine import derive
from api.board import Board
from api.projection import Projector, whole
from graph.law.book import LawBook
from graph.records import Fact
from graph.store.projection import (
    EffectDelta,
    EffectRow,
    ProjectionState,
    toggled,
)
from graph.store.verify import VerifyReport
from tests.journal import Journal
from tests.properties.test_increments import histories
from tests.properties.worlds import perform
from tests.strategies import FIRST_DAY


class Graph:
    """Keeps what a projector writes."""

    def __init__(self) -> None:
        self.rows: dict[str, EffectRow] = {}
        self.load = 0
        self.written = 0

    def projected_ids(self) -> set[str]:
        return set(self.rows)

    def project_effects(
        self, delta: EffectDelta, *, load: int, law_digest: str
    ) -> None:
        for name in delta.removed:
            del self.rows[name]
        self.rows.update((row.id, row) for row in delta.upserts)
        self.load = load
        self.written += len(delta.removed) + len(delta.upserts)

    def projection_state(self) -> ProjectionState:
        digests = (row.properties()["digest"] for row in self.rows.values())
        digest = toggled(ProjectionState().digest, digests)
        return ProjectionState(self.load, "", len(self.rows), digest)

    def report(self) -> VerifyReport:
        return VerifyReport(self.load, "", (), {}, 0, len(self.rows))


@given(histories(), st.lists(st.integers(0, 3), min_size=12, max_size=12))
def test_a_projection_follows_the_board(
    history: tuple[LawBook, list[tuple[str, str, list[Fact]]]], pauses: list[int]
) -> None:
    law, happening = history
    journal, graph, today = Journal(), Graph(), FIRST_DAY
    projector = Projector(graph)  # type: ignore[arg-type]  # what it needs of a store
    derivation = derive(journal.now(), law)
    for step, pause in zip(happening, pauses, strict=False):
        before = derivation.snapshot
        perform(journal, step)
        derivation = derivation.advance(journal.now(), journal.changes(before))
        today = _later(today, pause)
        board = Board(derivation.snapshot, derivation, law, today)
        before_it, written = dict(graph.rows), graph.written
        projector.follow(board)
        assert graph.rows == whole(board)
        names = before_it.keys() | graph.rows.keys()
        differing = [n for n in names if before_it.get(n) != graph.rows.get(n)]
        assert graph.written - written == len(differing)
        assert projector.check(graph.report()).ok
    anew = Projector(graph)  # type: ignore[arg-type]  # another process
    anew.follow(Board(derivation.snapshot, derivation, law, _later(today, 9)))
    assert graph.rows == whole(
        Board(derivation.snapshot, derivation, law, _later(today, 9))
    )


def _later(day: date, pause: int) -> date:
    return day + timedelta(days=pause * 7)
