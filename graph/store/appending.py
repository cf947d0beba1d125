"""What happens inside the one transaction that takes a batch in.

Take the ledger, apply what others wrote, drop what is known, draw the rest into the
graph, write the entry. Running it again after a lost answer changes nothing.
"""

from dataclasses import dataclass

from graph.batch import Batch, Load, Page, Receipt
from graph.errors import StoreDamaged
from graph.snapshot.facts import Facts
from graph.snapshot.intake import ONLY_WITH_ROWS, take_in
from graph.store import journal
from graph.store.factgraph import Pen, Stamp
from graph.store.queries import Run
from graph.store.subjects import Drawn

_FAR_BEHIND = 20


class Settled(Exception):  # not an error: rolls back and answers
    """There is nothing to write; the receipt says why."""

    def __init__(self, receipt: Receipt) -> None:
        super().__init__()
        self.receipt = receipt


class Behind(Exception):  # not an error: rolls back and begins anew
    """The facts are too far behind the journal to catch up while others wait."""


@dataclass(frozen=True, slots=True)
class Written:
    """A new entry, to be applied to the facts once it is committed."""

    load: Load
    pages: tuple[Page, ...]
    receipt: Receipt
    places: dict[str, int]
    """The server's numbers of the subjects that it names."""


def append(batch: Batch, facts: Facts, drawn: Drawn, run: Run) -> Written:
    """Write the batch as the next entry of the journal.

    Raises:
        Settled: it was acknowledged before, or it brings nothing new.
        Behind: others wrote so much that it is better read before writers wait.
    """
    ledger = journal.lock(run, batch.batch)
    if receipt := ledger.receipt():
        raise Settled(receipt)
    if ledger.seq - facts.seq > _FAR_BEHIND:
        raise Behind
    catch_up(run, facts, ledger.seq)
    intake = take_in(batch, facts)
    if not intake.new and batch.kind in ONLY_WITH_ROWS:
        raise Settled(intake.receipt(ledger.seq))
    entry = journal.entry_of(batch, intake, ledger)
    load = journal.load_of(entry.load)
    stamp = Stamp(batch.source, load.seq, entry.load["recorded_at"])
    places = Pen(run, facts, drawn, stamp).draw(intake.tables)
    journal.write(run, entry)
    tables = enumerate(intake.tables)
    pages = tuple(Page(load.seq, part, kind, table) for part, (kind, table) in tables)
    return Written(load, pages, intake.receipt(load.seq), places)


def catch_up(run: Run, facts: Facts, until: int) -> int:
    """Apply the journal up to load `until`; return how many loads that was.

    Raises:
        StoreDamaged: the journal is shorter than the ledger says.
    """
    before = facts.seq
    for load, rows in journal.entries(run, before, until):
        facts.apply(journal.load_of(load), journal.decoded(rows))
    if facts.seq < until:
        raise StoreDamaged(
            f"账本只到第 {facts.seq} 次载入，记载的却是 {until} 次。",
            f"The journal ends at load {facts.seq}, its ledger says {until}.",
            hint_zh="请运行 `creditgraph verify`。",
            hint_en="Run `creditgraph verify`.",
        )
    return facts.seq - before
