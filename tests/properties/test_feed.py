"""The changes of every load, one after another, come to exactly what stands."""

from hypothesis import given
from hypothesis import strategies as st

from analytics.propagation.engine import Derivation, derive
from analytics.propagation.feed import Changed, ChangeKind, moved, passed
from graph.law.book import LawBook
from graph.records import Fact
from graph.snapshot import day_of
from graph.vocabulary import EffectStatus
from tests.journal import Journal
from tests.properties.cases import Case, cases
from tests.properties.worlds import perform, steps
from tests.strategies import LAST, day

Standing = dict[str, EffectStatus]


@st.composite
def histories(
    draw: st.DrawFn,
) -> tuple[LawBook, list[tuple[int, tuple[str, str, list[Fact]]]]]:
    """Return what happens, each with the days that pass before it."""
    case: Case = draw(cases)
    happening = draw(steps(case.facts))
    return case.law, [(draw(st.integers(0, LAST // 2)), step) for step in happening]


def standing(derivation: Derivation, on: int) -> Standing:
    """Return the effects that stand on a day, ended ones left out."""
    found = {e.id: e.status_on(on) for e in derivation.effects.values()}
    return {
        name: status
        for name, status in found.items()
        if status not in (None, EffectStatus.ENDED)
    }


def fold(known: Standing, changes: list[Changed]) -> None:
    """Take the changes in as a reader of the feed would, and refuse what cannot be."""
    for changed in changes:
        name, after = changed.change.effect.id, changed.change.after
        assert (name in known) is (changed.kind in WHERE_IT_STOOD), changed.kind
        match changed.kind:
            case ChangeKind.LOST:
                del known[name]
            case ChangeKind.GAINED | ChangeKind.CHANGED:
                assert after is not None
                assert known.get(name) is not after
                known[name] = after
            case ChangeKind.ALTERED:
                assert known[name] is after
            case ChangeKind.PAST:
                assert name not in known


WHERE_IT_STOOD = (ChangeKind.LOST, ChangeKind.CHANGED, ChangeKind.ALTERED)


@given(histories())
def test_whoever_follows_the_feed_knows_what_stands(
    history: tuple[LawBook, list[tuple[int, tuple[str, str, list[Fact]]]]],
) -> None:
    law, happening = history
    journal, on = Journal(), day_of(day(-12))
    known: Standing = {}
    state = derive(journal.now(), law)
    for days, step in happening:
        fold(known, passed(state, day_before=on, day_after=on + days))
        on += days
        assert known == standing(state, on)
        before = state
        perform(journal, step)
        state = before.advance(journal.now(), journal.changes(before.snapshot))
        changes = moved(before, state, day=on)
        fold(known, changes)
        assert known == standing(state, on)
        told = {c.change.effect.id for c in changes}
        every = before.effects.keys() | state.effects.keys()
        for name in every:
            same = before.effects.get(name) == state.effects.get(name)
            assert (name not in told) is same


@given(histories())
def test_a_change_differs_from_its_day_on_and_not_before(
    history: tuple[LawBook, list[tuple[int, tuple[str, str, list[Fact]]]]],
) -> None:
    law, happening = history
    journal, on = Journal(), day_of(day(10))
    state = derive(journal.now(), law)
    for _, step in happening:
        before = state
        perform(journal, step)
        state = before.advance(journal.now(), journal.changes(before.snapshot))
        for changed in moved(before, state, day=on):
            was, now = changed.change.was, changed.change.now
            days = range(day_of(day(-20)), day_of(day(LAST + 60)))
            differing = [
                d
                for d in days
                if _held(was and was.status_on(d))
                is not _held(now and now.status_on(d))
            ]
            assert changed.since == (differing[0] if differing else None)
            if changed.on is not None:
                assert changed.on == changed.since


def _held(status: EffectStatus | None) -> EffectStatus | None:
    return None if status is EffectStatus.ENDED else status
