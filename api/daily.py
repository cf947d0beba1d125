"""What a service journals by itself: the law book it works by, and every new day."""

from api.clock import Clock
from api.entries import day_batch, law_batch
from graph.law.book import LawBook
from graph.store.bolt import BoltStore
from graph.vocabulary import LoadKind


def journal_law(store: BoltStore, law: LawBook, clock: Clock) -> None:
    """Journal the law book by content unless the last one journaled is this."""
    store.catch_up()
    books = [load for load in store.facts.loads if load.kind is LoadKind.LAW]
    if not books or books[-1].digest != law.digest:
        store.append(law_batch(law, len(books), clock.now()))


def begin_day(store: BoltStore, clock: Clock) -> None:
    """Journal that a new day began, once per day and store."""
    day = clock.today().isoformat()
    if not any(
        load.kind is LoadKind.DAY and load.note.get("day", "") >= day
        for load in reversed(store.facts.loads)
    ):
        store.append(day_batch(day, clock.now()))
