"""What if: facts added, ended or voided and rules switched, on a trial only.

A scenario goes the way of a load: through the same intake and the same derivation,
so what is foretold is what would happen. Nothing is written.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import NamedTuple

from analytics.propagation.engine import Derivation
from graph.batch import DECISION, Batch, Receipt
from graph.errors import BadInput, NotFound
from graph.law.book import LawBook
from graph.law.supposing import Switches, read_amended, switched
from graph.records import Fact, Sanction, tables_of
from graph.snapshot import Snapshot
from graph.snapshot.intake import Trial
from graph.vocabulary import EndReason, FactKind


class Ending(NamedTuple):
    """A fact that ends.

    Args:
        kind: of the fact.
        key: its 16 bytes.
        on: the first day on which it no longer holds.
        reason: why a sanction ends.
    """

    kind: FactKind
    key: bytes
    on: date
    reason: EndReason = EndReason.REPAIR


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is supposed.

    Args:
        adds: facts that are true as well.
        ends: facts that end.
        voids: facts that never were.
        switches: rules that apply otherwise than in the book.
        rules: file name → text of rules that are put into the book first.
    """

    adds: tuple[Fact, ...] = ()
    ends: tuple[Ending, ...] = ()
    voids: tuple[tuple[FactKind, bytes], ...] = ()
    switches: Switches = field(default_factory=Switches)
    rules: Mapping[str, str] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Return how many facts are supposed."""
        return len(self.adds) + len(self.ends) + len(self.voids)


@dataclass(frozen=True, slots=True)
class Supposed:
    """What would follow.

    Args:
        receipt: how the supposed facts were met by those that are known.
        derivation: what follows from the facts and the book of the scenario.
    """

    receipt: Receipt
    derivation: Derivation

    @property
    def law(self) -> LawBook:
        """Return the book of the scenario."""
        return self.derivation.law


def suppose(
    scenario: Scenario, before: Derivation, trial: Trial, *, now: datetime
) -> Supposed:
    """Return what would follow.

    Args:
        scenario: what is supposed.
        before: what follows now.
        trial: begun at the load of `before`.
        now: the instant of the question.

    Raises:
        NotFound: a fact, rule or version that is not there.
        BadInput: the scenario contradicts itself or what is known.
        BrokenLawBook: a rule that is put in has faults.
    """
    law = supposed_law(scenario, before.law)
    receipt = trial.append(_batch(scenario, before.snapshot, now))
    changes = trial.facts.changes(before.seq)
    after = before.advance(trial.facts.snapshot(), changes)
    return Supposed(receipt, after if law is before.law else after.under(law))


def supposed_law(scenario: Scenario, book: LawBook) -> LawBook:
    """Return the book of a scenario; the same book where nothing about it is supposed.

    Rules are put into the book as it was shipped, other shelves of which are equal.

    Raises:
        NotFound, BadInput, BrokenLawBook: as `suppose`.
    """
    if scenario.rules:
        book = read_amended(scenario.rules)
    return switched(book, scenario.switches) if scenario.switches else book


def _batch(scenario: Scenario, facts: Snapshot, now: datetime) -> Batch:
    voids: dict[FactKind, list[bytes]] = {}
    for kind, key in scenario.voids:
        _row(facts, kind, key)
        voids.setdefault(kind, []).append(key)
    ended = (_ended(facts, ending) for ending in scenario.ends)
    return Batch(
        batch="scenario",
        source=DECISION,
        recorded_at=now,
        tables=tables_of((*scenario.adds, *ended)),
        voids=voids,
    )


def _ended(facts: Snapshot, ending: Ending) -> Fact:
    fact = facts.fact(ending.kind, _row(facts, ending.kind, ending.key))
    if fact.valid_from and ending.on < fact.valid_from:
        raise BadInput(
            f"键为 {ending.key.hex()} 的{ending.kind.zh}始于 {fact.valid_from}，"
            f"不能在 {ending.on} 终止。",
            f"The {ending.kind.en} {ending.key.hex()} began on {fact.valid_from}; it "
            f"cannot end on {ending.on}.",
            hint_zh="如果本不应当有，请改用 void。",
            hint_en="Void it if it should never have been.",
        )
    ended = replace(fact, valid_to=ending.on, line=0)
    if isinstance(ended, Sanction):
        ended = replace(ended, end_reason=ending.reason)
    return ended


def _row(facts: Snapshot, kind: FactKind, key: bytes) -> int:
    row = facts.row_of(kind, key)
    if row is None:
        raise NotFound(
            f"没有键为 {key.hex()} 的{kind.zh}。",
            f"No {kind.en} has the key {key.hex()}.",
        )
    return row
