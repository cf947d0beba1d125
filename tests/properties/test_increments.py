"""After any change, what is advanced is exactly what would be derived anew."""

from hypothesis import given
from hypothesis import strategies as st

from analytics.propagation.engine import compare, derive
from graph.law.book import LawBook
from graph.records import Fact
from graph.snapshot import day_of
from tests.journal import Journal
from tests.properties.cases import Case, cases
from tests.properties.worlds import everything, perform, steps
from tests.strategies import day


@st.composite
def histories(
    draw: st.DrawFn,
) -> tuple[LawBook, list[tuple[str, str, list[Fact]]]]:
    case: Case = draw(cases)
    return case.law, draw(steps(case.facts))


@given(histories())
def test_advancing_step_by_step_is_deriving_in_full(
    history: tuple[LawBook, list[tuple[str, str, list[Fact]]]],
) -> None:
    law, happening = history
    journal = Journal()
    derivation = derive(journal.now(), law)
    for step in happening:
        before = derivation.snapshot
        perform(journal, step)
        derivation = derivation.advance(journal.now(), journal.changes(before))
        full = derive(journal.now(), law)
        assert everything(derivation) == everything(full)
        assert derivation.seq == full.seq


@given(histories())
def test_a_comparison_does_not_depend_on_the_way_that_was_taken(
    history: tuple[LawBook, list[tuple[str, str, list[Fact]]]],
) -> None:
    law, happening = history
    journal = Journal()
    for step in happening[:-1]:
        perform(journal, step)
    before = derive(journal.now(), law)
    perform(journal, happening[-1])
    short = before.advance(journal.now(), journal.changes(before.snapshot))
    full = derive(journal.now(), law)
    on = day_of(day(20))
    assert compare(before, short, day_before=on, day_after=on) == compare(
        before, full, day_before=on, day_after=on
    )
