"""A change feed: each row says what it does, and the rows count in their order.

A fact that several rows of a piece touch goes into several batches, so that the journal
keeps every step. What a row says in passing is settled as in any other file.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from graph.snapshot.facts import VOIDED, Facts
from graph.snapshot.table import FactTable, split_keys
from graph.vocabulary import FactKind
from loaders.emit import Emitted, Places
from loaders.interpret import Parsed
from loaders.issues import Fault, Reason
from loaders.modes import Operation
from loaders.seen import Halves
from loaders.settle import Flags, Settled, Settler, Step, voided

_UNKNOWN = Fault(
    Reason.NEVER_SAID,
    "要撤销的事实，该来源没有报送过",
    "withdraws what this source never said",
    "核对文书号和主体；先报送该事实",
    "compare number and subject, or send the fact first",
)


class FeedSettler:
    """Settles the pieces of one change feed, in order.

    Args:
        source: key of the source.
        operation: parsed column that says what a row does.
        facts: what the store knows, the pieces before included.
    """

    def __init__(self, source: str, operation: str, facts: Facts) -> None:
        """Begin with nothing seen."""
        self._source, self._operation, self._facts = source, operation, facts
        self._passing = Settler(source, facts)

    def settle(self, parsed: Parsed, emitted: Sequence[Emitted]) -> Settled:
        """Return what is to be written; rows that cannot be are set aside."""
        words = parsed.column(self._operation).to_pylist()
        withdraws = np.array([w == Operation.WITHDRAW for w in words], np.bool_)
        own = [e for e in emitted if not e.rule.minor]
        kinds = dict.fromkeys(e.kind for e in own)
        groups = [_Group.of(k, own, self._source, self._facts) for k in kinds]
        for group in groups:
            group.refuse_voided(parsed, withdraws)
        steps = _Steps(parsed, withdraws, groups)
        steps.take()
        said = [_without(e, withdraws) for e in emitted if e.rule.minor]
        passing = self._passing.settle(parsed, [e for e in said if len(e.rows)])
        return Settled([*steps.steps(), *passing.steps], steps.news | passing.news)


def _without(one: Emitted, withdraws: Flags) -> Emitted:
    """Return the facts of the rows that withdraw nothing."""
    kept = ~withdraws[one.rows]
    flags = pa.array(kept)
    return Emitted(
        one.rule,
        one.table.filter(flags),
        one.rows[kept],
        one.keys.filter(flags),
        one.digests.filter(flags),
    )


@dataclass
class _Group:
    """All facts of one kind in a piece that rows say for themselves.

    Args:
        rows: the row behind each fact.
        versions: first half of the digest of each fact, as the snapshot keeps it.
        now: version that the source asserts before the piece; 0 where none.
    """

    kind: FactKind
    facts: FactTable
    source: int
    table: pa.Table
    rows: Places
    keys: Halves
    raw: pa.Array
    versions: Halves
    now: Halves
    voided: Flags

    @classmethod
    def of(
        cls, kind: FactKind, emitted: Iterable[Emitted], source: str, facts: Facts
    ) -> "_Group":
        parts = [e for e in emitted if e.kind is kind]
        raw = pa.concat_arrays([e.keys for e in parts])
        digests = pa.concat_arrays([e.digests for e in parts])
        table, code = facts.tables[kind], facts.sources.known(source)
        keys = split_keys(raw)
        held = table.current(keys, code)
        now = np.zeros(len(held), np.uint64)
        now[held >= 0] = table.version.values[held[held >= 0]]
        return cls(
            kind=kind,
            facts=table,
            source=code,
            table=pa.concat_tables([e.table for e in parts]),
            rows=np.concatenate([e.rows for e in parts]),
            keys=keys,
            raw=raw,
            versions=split_keys(digests)[:, 0],
            now=now,
            voided=facts.classify(source, kind, raw, digests) == VOIDED,
        )

    def refuse_voided(self, parsed: Parsed, withdraws: Flags) -> None:
        """Set rows aside that assert what was voided."""
        for row in self.rows[self.voided & ~withdraws[self.rows]].tolist():
            if not parsed.bad[row]:
                parsed.report(row, "", voided(minor=False), value="")

    def was_said(self, place: int) -> bool:
        """Return whether the source ever asserted the fact, or it was voided."""
        return bool(self.voided[place]) or bool(self.said(place))

    def said(self, place: int) -> set[int]:
        """Return every version of the fact that the source ever asserted."""
        high, low = self.keys[place].tolist()
        return {
            int(self.facts.version.values[row])
            for row in self.facts.by_key.rows(high)
            if int(self.facts.low.values[row]) == low
            and int(self.facts.source.values[row]) == self.source
        }


@dataclass
class _Steps:
    """Puts what the rows do into batches, each fact at most once in each."""

    parsed: Parsed
    withdraws: Flags
    groups: Sequence[_Group]
    _adds: dict[tuple[int, int], list[int]] = field(default_factory=dict)
    _gone: dict[tuple[int, int], list[int]] = field(default_factory=dict)
    _state: dict[tuple[int, int, int], int] = field(default_factory=dict)
    _turn: dict[tuple[int, int, int], int] = field(default_factory=dict)
    _again: set[tuple[int, int, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Begin with no row doing anything."""
        self.news: Flags = np.zeros(len(self.parsed), np.bool_)

    def take(self) -> None:
        """Take every row in order; most facts are touched once and go at once."""
        by_row: dict[int, list[tuple[int, int]]] = {}
        for number, group in enumerate(self.groups):
            _, same, times = np.unique(
                group.keys, axis=0, return_inverse=True, return_counts=True
            )
            once = (times[same.ravel()] == 1) & ~self.withdraws[group.rows]
            fresh = once & (group.versions != group.now) & ~self.parsed.bad[group.rows]
            self.news[group.rows[fresh]] = True
            if fresh.any():
                self._adds[0, number] = np.flatnonzero(fresh).tolist()
            for place in np.flatnonzero(~once).tolist():
                by_row.setdefault(int(group.rows[place]), []).append((number, place))
        rows = [row for row in sorted(by_row) if not self.parsed.bad[row]]
        self._recognise([touch for row in rows for touch in by_row[row]])
        for row in rows:
            self._row(row, by_row[row])

    def _recognise(self, touches: Iterable[tuple[int, int]]) -> None:
        """Remember facts whose steps are old ones and lead to what stands now."""
        taken: dict[tuple[int, int, int], list[tuple[int, int]]] = {}
        for number, place in touches:
            group = self.groups[number]
            gone = self.withdraws[group.rows[place]]
            version = 0 if gone else int(group.versions[place])
            key = number, *group.keys[place].tolist()
            taken.setdefault(key, []).append((place, version))
        for key, steps in taken.items():
            group, (place, last) = self.groups[key[0]], steps[-1]
            old = {0, *group.said(place)}
            if last == int(group.now[place]) and {v for _, v in steps} <= old:
                self._again.add(key)

    def _row(self, row: int, places: Sequence[tuple[int, int]]) -> None:
        if not self.withdraws[row]:
            for number, place in places:
                version = int(self.groups[number].versions[place])
                self._touch(row, number, place, version)
        elif not any(self._is_known(number, place) for number, place in places):
            self.parsed.report(row, "", _UNKNOWN, value="")
        else:
            for number, place in places:
                self._touch(row, number, place, 0)

    def _is_known(self, number: int, place: int) -> bool:
        group = self.groups[number]
        return (number, *group.keys[place].tolist()) in self._state or (
            group.was_said(place)
        )

    def _touch(self, row: int, number: int, place: int, version: int) -> None:
        """Let a row give the fact another version; 0 withdraws it."""
        group = self.groups[number]
        key = number, *group.keys[place].tolist()
        now = self._state.get(key, int(group.now[place]))
        self._state[key] = version
        if now == version or key in self._again:
            return
        turn = self._turn.get(key, 0)
        self._turn[key] = turn + 1
        into = self._adds if version else self._gone
        into.setdefault((turn, number), []).append(place)
        self.news[row] = True

    def steps(self) -> list[Step]:
        """Return the batches in their order."""
        turns = sorted({turn for turn, _ in (*self._adds, *self._gone)})
        return [self._step(turn) for turn in turns]

    def _step(self, turn: int) -> Step:
        tables, withdraws = {}, {}
        for number, group in enumerate(self.groups):
            if adds := self._adds.get((turn, number)):
                tables[group.kind] = group.table.take(pa.array(sorted(adds)))
            if gone := self._gone.get((turn, number)):
                withdraws[group.kind] = group.raw.take(pa.array(gone)).to_pylist()
        return Step(tables, withdraws)
