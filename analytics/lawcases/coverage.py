"""Which branches of a law book the cases show, and which no case does.

A branch counts only where a case asks: on a day and about somebody it names (or by
其他人: 无, which asks about everybody).
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from analytics.lawcases.branches import Branch, BranchKind, branches_of
from analytics.lawcases.observing import Observer
from analytics.lawcases.trial import Tried
from graph.law.book import LawBook
from graph.snapshot import day_of


def uncovered(law: LawBook, trials: Iterable[Tried]) -> list[Branch]:
    """Return the branches of a book that no case shows, in the order of the book."""
    shown: set[Branch] = set()
    days: dict[str, set[int]] = {}
    for tried in trials:
        observer = Observer(tried)
        shown |= observer.branches()
        for owner, asked in observer.asked_days():
            days.setdefault(owner, set()).update(asked)
    shown.update(_turns(law, days))
    return [branch for branch in branches_of(law) if branch not in shown]


def _turns(law: LawBook, days: dict[str, set[int]]) -> Iterator[Branch]:
    """Yield the first and last days of versions that were asked on both sides."""
    for owner, _, version in law.active_versions():
        asked = days.get(owner, set())
        for kind, turn in (
            (BranchKind.FIRST_DAY, version.in_force_from),
            (BranchKind.LAST_DAY, version.in_force_to),
        ):
            if turn and {day_of(turn - timedelta(days=1)), day_of(turn)} <= asked:
                yield Branch(owner, kind)
