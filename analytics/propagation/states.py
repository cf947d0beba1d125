"""Death, minority and want of capacity: what they do to what a person bears.

The law book says it state by state. Where no verified text ends an effect, it stays
and is marked from that day on, for a person to decide.
"""

import itertools
from collections.abc import Iterable, Iterator

from analytics.propagation.periods import Period, intersect
from analytics.propagation.reading import Entry
from analytics.propagation.triggers import first_known
from graph.law.book import LawBook
from graph.snapshot import OPEN, UNKNOWN

STATE = "bearer_"
"""Before the word of a state, in the flag that marks it."""


def begun(entry: Entry) -> int:
    """Return the day on which a state begins; of no known day it is not read."""
    return first_known(entry.valid_from, entry.decided_on)


def state_periods(
    period: Period, entries: Iterable[Entry], law: LawBook
) -> Iterator[tuple[Period, tuple[str, ...], str | None]]:
    """Yield the parts of a period, with their marks and the state that ends each.

    Args:
        period: over which somebody would bear an effect.
        entries: the states found of the person.
        law: says what each state does.
    """
    marks: list[tuple[Period, str]] = []
    begins, ends = period
    ended: str | None = None
    for entry in entries:
        state, first = law.person_states.get(entry.outcome), begun(entry)
        if state is None or first in (UNKNOWN, OPEN) or first >= entry.valid_to:
            continue
        if state.ends and first < ends:
            ends, ended = first, state.key
        elif not state.ends:
            marks.append(((first, entry.valid_to), STATE + state.key))
    if begins >= ends:
        return
    days = {d for (a, b), _ in marks for d in (a, b) if begins < d < ends}
    turns = sorted({begins, ends, *days})
    for a, b in itertools.pairwise(turns):
        flags = sorted({f for p, f in marks if intersect(p, (a, b))})
        yield (a, b), tuple(flags), ended if b == ends else None
