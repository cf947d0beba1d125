"""A journal in memory: the intake of a store, without a server."""

from datetime import UTC, datetime, timedelta
from typing import Any

from graph.batch import DECISION, Batch, conform, fact_keys
from graph.records import Fact, tables_of
from graph.snapshot import Changes, Facts, Snapshot
from graph.snapshot.intake import Trial
from graph.vocabulary import FactKind

START = datetime(2026, 1, 1, tzinfo=UTC)


def key_of(fact: Fact) -> bytes:
    """Return the key that the journal gives the fact."""
    kind = fact.kind_of_fact
    table = conform(kind, tables_of([fact])[kind])
    key: bytes = fact_keys(kind, table)[0].as_py()
    return key


class Journal:
    """Takes batches as a store would."""

    def __init__(self, *facts: Fact) -> None:
        self.trial = Trial(Facts())
        if facts:
            self.add(*facts)

    @property
    def facts(self) -> Facts:
        return self.trial.facts

    def add(self, *facts: Fact, source: str = "s") -> None:
        """Load the facts in one batch."""
        self._append(source, tables=tables_of(facts))

    def decide(self, *facts: Fact) -> None:
        """Enter facts that an authority decided by hand."""
        self.add(*facts, source=DECISION)

    def void(self, *facts: Fact) -> None:
        """Void the facts by decision."""
        voids: dict[FactKind, list[bytes]] = {}
        for fact in facts:
            voids.setdefault(fact.kind_of_fact, []).append(key_of(fact))
        self._append(DECISION, voids=voids)

    def withdraw(self, *facts: Fact, source: str = "s") -> None:
        """Let a source no longer assert the facts."""
        withdraws: dict[FactKind, list[bytes]] = {}
        for fact in facts:
            withdraws.setdefault(fact.kind_of_fact, []).append(key_of(fact))
        self._append(source, withdraws=withdraws)

    def _append(self, source: str, **content: Any) -> None:
        seq = self.facts.seq + 1
        self.trial.append(
            Batch(
                batch=f"b{seq}",
                source=source,
                file=f"f{seq}.csv",
                recorded_at=START + timedelta(days=seq),
                **content,
            )
        )

    def now(self) -> Snapshot:
        """Return the view of everything."""
        return self.facts.snapshot()

    def changes(self, since: Snapshot) -> Changes:
        """Return what came or went after a view."""
        return self.facts.changes(since.seq)
