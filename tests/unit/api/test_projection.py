"""The projection follows a change at its cost, and verify finds what is not so."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from analytics.propagation.engine import derive
from analytics.propagation.feed import boundaries
from api import projection
from api.board import Board
from api.projection import Projector, whole
from graph.snapshot import date_of
from tests.journal import Journal
from tests.properties.test_projection import Graph
from tests.unit.api import city
from tests.unit.api.conftest import LAW


@pytest.fixture
def journal() -> Journal:
    return Journal(*city.facts())


@pytest.fixture
def graph() -> Graph:
    return Graph()


@pytest.fixture
def projector(graph: Graph) -> Projector:
    return Projector(graph)  # type: ignore[arg-type]  # what it needs of a store


def board_of(journal: Journal, today: date = city.TODAY) -> Board:
    snapshot = journal.now()
    return Board(snapshot, derive(snapshot, LAW), LAW, today)


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the effects that are drawn from now on."""
    names: list[str] = []
    draw = projection.effect_row

    def counted(effect, *more):  # type: ignore[no-untyped-def]  # passes all on
        names.append(effect.id)
        return draw(effect, *more)

    monkeypatch.setattr(projection, "effect_row", counted)
    return names


def test_a_change_is_followed_at_its_cost(
    journal: Journal, graph: Graph, projector: Projector, looked_at: list[str]
) -> None:
    before = board_of(journal)
    projector.follow(before)
    assert set(looked_at) == set(before.derivation.effects)
    looked_at.clear()
    facts = journal.now()
    journal.add(
        city.sanction(city.INN, "伊市监列〔2026〕9号", list="market_supervision")
    )
    derivation = before.derivation.advance(journal.now(), journal.changes(facts))
    after = Board(derivation.snapshot, derivation, LAW, before.today)
    projector.follow(after)
    assert looked_at
    bearers = {derivation.effects[name].bearer for name in looked_at}
    assert bearers <= {city.ZHAO, city.INN}
    assert graph.rows == whole(after)


def test_a_new_day_costs_what_begins_or_ends_on_it(
    journal: Journal, graph: Graph, projector: Projector, looked_at: list[str]
) -> None:
    before = board_of(journal)
    projector.follow(before)
    ends = min(
        day
        for effect in before.derivation.effects.values()
        for number in boundaries(effect)
        if (day := date_of(number)) and day > before.today
    )
    looked_at.clear()
    eve = replace(before, today=ends - timedelta(days=1))
    projector.follow(eve)
    assert looked_at == []
    projector.follow(replace(before, today=ends))
    assert 0 < len(looked_at) < len(before.derivation.effects)
    assert graph.rows == whole(replace(before, today=ends))
    projector.follow(before)  # a clock that was put back
    assert graph.rows == whole(before)


def test_verify_names_an_effect_that_is_not_what_follows(
    journal: Journal, graph: Graph, projector: Projector
) -> None:
    board = board_of(journal)
    wrong, *_ = sorted(board.derivation.effects)
    cut = board.derivation.effects.with_changes({wrong: None})
    projector.follow(replace(board, derivation=replace(board.derivation, effects=cut)))
    report = projector.check(graph.report())
    assert [(f.kind, f.key) for f in report.findings] == [("effect", wrong)]


def test_verify_finds_that_the_graph_holds_other_effects_than_follow(
    journal: Journal, graph: Graph, projector: Projector
) -> None:
    projector.follow(board_of(journal))
    assert projector.check(graph.report()).ok
    lost, *_ = sorted(graph.rows)
    del graph.rows[lost]
    (finding,) = projector.check(graph.report()).findings
    assert (finding.kind, finding.key) == ("effect", "")
    graph.load += 1  # another process has brought it further
    assert projector.check(graph.report()).ok
