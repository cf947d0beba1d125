"""Takes batches as a store does, and keeps the entries that it would have written."""

from collections.abc import Iterator, Sequence

from graph.batch import Batch, Load, Page, Receipt
from graph.snapshot.facts import Facts
from graph.snapshot.intake import ONLY_WITH_ROWS, take_in
from graph.store import journal
from graph.store.bulk.spool import Spool
from graph.store.journal import Ledger
from graph.store.properties import instant


def beginning(loads: Sequence[Load]) -> tuple[Facts, Ledger]:
    """Return what a store without facts knows, and where its journal stands."""
    facts = Facts()
    for load in loads:
        facts.apply(load, ())
    if not loads:
        return facts, Ledger(0, "", "")
    last = loads[-1]
    return facts, Ledger(last.seq, last.chain, instant(last.recorded_at))


class Collector:
    """A store to be: what it was given is in the spool, and nowhere else.

    Args:
        spool: where the entries go.
        facts: what the store knows already: its first entries, but no fact.
        ledger: where its journal stands.
    """

    def __init__(self, spool: Spool, facts: Facts, ledger: Ledger) -> None:
        self.spool, self.facts = spool, facts
        self._ledger = ledger
        self._receipts: dict[str, Receipt] = {}

    @property
    def ledger(self) -> Ledger:
        """Return where the journal will stand."""
        return self._ledger

    def append(self, batch: Batch) -> Receipt:
        """Take a batch.

        Raises:
            BadInput: a row contradicts its schema or another row.
            AlreadyVoided: a row asserts a fact that was voided by decision.
        """
        if known := self._receipts.get(batch.batch):
            return known
        intake = take_in(batch, self.facts)
        if not intake.new and batch.kind in ONLY_WITH_ROWS:
            return intake.receipt(self._ledger.seq)
        entry = journal.entry_of(batch, intake, self._ledger)
        self.spool.add(entry)
        load = journal.load_of(entry.load)
        tables = enumerate(intake.tables)
        self.facts.apply(load, [Page(load.seq, n, k, t) for n, (k, t) in tables])
        recorded_at = entry.load["recorded_at"]
        self._ledger = Ledger(load.seq, load.chain, recorded_at)
        self._receipts[batch.batch] = intake.receipt(load.seq)
        return self._receipts[batch.batch]

    def pages(self, since: int, until: int) -> Iterator[Page]:
        """Yield the pages of the loads after `since` up to `until`, in order."""
        for load, rows in self.spool.entries():
            if since < load["seq"] <= until:
                yield from journal.decoded(rows)
