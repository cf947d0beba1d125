"""Facts of a piece against what is known: voided, contradicting, repeated, or news.

Rows are judged in the order of the file. A row that is set aside brings no fact, so
a later row that says the same thing is the first to say it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from graph.errors import Said
from graph.snapshot.facts import CHANGED, KNOWN, VOIDED, Facts
from graph.snapshot.table import split_keys
from graph.vocabulary import FactKind
from loaders.description import EmitRule
from loaders.emit import Emitted, Places
from loaders.interpret import Parsed
from loaders.issues import Fault, Reason
from loaders.seen import Halves, Lines, Seen

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Step:
    """What goes into one batch: each fact at most once.

    Args:
        tables: facts that are added or changed.
        withdraws: keys of facts that the source asserts no longer.
    """

    tables: Mapping[FactKind, pa.Table] = field(default_factory=dict)
    withdraws: Mapping[FactKind, Sequence[bytes]] = field(default_factory=dict)

    @property
    def brings(self) -> int:
        """Return how many facts are added or changed."""
        return sum(int(table.num_rows) for table in self.tables.values())

    @property
    def takes(self) -> int:
        """Return how many facts are withdrawn."""
        return sum(map(len, self.withdraws.values()))


@dataclass(frozen=True, slots=True)
class Settled:
    """What of a piece is to be written, in order, and which rows bring news.

    Args:
        steps: news of the good rows, a batch each.
        news: whether a row does something that the store does not know.
    """

    steps: Sequence[Step]
    news: Flags


class Settler:
    """Settles the pieces of one file, in order.

    Args:
        source: key of the source that asserts the facts.
        facts: what the store knows, the pieces before included.
    """

    def __init__(self, source: str, facts: Facts) -> None:
        """Begin with nothing seen."""
        self._source, self._facts = source, facts
        self._seen: dict[FactKind, Seen] = {}

    def settle(self, parsed: Parsed, emitted: Sequence[Emitted]) -> Settled:
        """Return what is to be written; rows that cannot be are set aside."""
        groups = [
            self._group(k, emitted) for k in dict.fromkeys(e.kind for e in emitted)
        ]
        for group in groups:
            _refuse_voided(parsed, group)
        _judge(parsed, groups)
        news = np.zeros(len(parsed), np.bool_)
        tables: dict[FactKind, pa.Table] = {}
        for group in groups:
            firsts = group.firsts(parsed.bad)
            lines = group.table["line"].to_numpy()[firsts]
            self._seen[group.kind].add(group.keys[firsts], lines)
            fresh = firsts[group.found[firsts] != KNOWN]
            news[group.rows[fresh]] = True
            if fresh.size:
                tables[group.kind] = group.table.take(pa.array(fresh))
        return Settled([Step(tables)] if tables else [], news)

    def _group(self, kind: FactKind, emitted: Sequence[Emitted]) -> "_Group":
        parts = [e for e in emitted if e.kind is kind]
        keys = pa.concat_arrays([e.keys for e in parts])
        digests = pa.concat_arrays([e.digests for e in parts])
        found = self._facts.classify(self._source, kind, keys, digests)
        halves = split_keys(keys)
        seen = self._seen.setdefault(kind, Seen())
        return _Group(
            kind=kind,
            rules=np.repeat(np.arange(len(parts)), [len(e.rows) for e in parts]),
            emit=[e.rule for e in parts],
            table=pa.concat_tables([e.table for e in parts]),
            rows=np.concatenate([e.rows for e in parts]),
            keys=halves,
            digests=split_keys(digests),
            found=found,
            earlier=seen.lines(halves),
        )


@dataclass
class _Group:
    """All facts of one kind in a piece.

    Args:
        rows: the row behind each fact.
        found: how the store knows the fact (graph.snapshot.facts).
        earlier: line of an earlier piece in which the fact stood first, else 0.
    """

    kind: FactKind
    rules: Places
    emit: list[EmitRule]
    table: pa.Table
    rows: Places
    keys: Halves
    digests: Halves
    found: npt.NDArray[np.int8]
    earlier: Lines
    leader: Places = field(init=False)
    dropped: Flags = field(init=False)

    def __post_init__(self) -> None:
        """Find which facts have one key."""
        self.leader = _groups(self.keys)
        self.dropped = np.zeros(len(self.rows), np.bool_)

    def rule(self, place: int) -> EmitRule:
        """Return the rule that yielded a fact."""
        return self.emit[int(self.rules[place])]

    def contested(self) -> Places:
        """Return the facts that are told in two ways in this file."""
        _, first = np.unique(self.leader, return_index=True)
        differs = (self.digests != self.digests[first[self.leader]]).any(axis=1)
        twice = np.isin(self.leader, self.leader[differs])
        return np.flatnonzero(twice | self._against_earlier())

    def _against_earlier(self) -> Flags:
        """The piece before is in the store, so CHANGED is told against its row."""
        flags: Flags = (self.earlier > 0) & (self.found == CHANGED)
        return flags

    def firsts(self, bad: Flags) -> Places:
        """Return the facts of good rows that this file tells first, in file order."""
        good = np.flatnonzero(~bad[self.rows] & ~self.dropped & (self.earlier == 0))
        good = good[np.argsort(self.rows[good], kind="stable")]
        _, first = np.unique(self.leader[good], return_index=True)
        return good[np.sort(first)]


def _groups(keys: Halves) -> Places:
    """Return a number for each key, the same for equal keys."""
    _, first, group = np.unique(keys[:, 0], return_index=True, return_inverse=True)
    if (keys[first[group], 1] != keys[:, 1]).any():
        # Two digests agree in one half: compare them whole, which is slower.
        packed = np.ascontiguousarray(keys).view([("a", "u8"), ("b", "u8")])
        _, group = np.unique(packed.ravel(), return_inverse=True)
    found: Places = group.ravel()
    return found


def _refuse_voided(parsed: Parsed, group: _Group) -> None:
    for place in np.flatnonzero(group.found == VOIDED).tolist():
        group.dropped[place] = True
        minor = group.rule(place).minor
        parsed.report(int(group.rows[place]), "", voided(minor=minor), value="")


class _Told(NamedTuple):
    """How a fact was told first, and where."""

    digest: bytes
    line: int


class _Claim(NamedTuple):
    """One fact of a row that is told in two ways."""

    group: _Group
    place: int

    @property
    def key(self) -> tuple[FactKind, int]:
        return self.group.kind, int(self.group.leader[self.place])

    @property
    def told(self) -> _Told:
        digest = self.group.digests[self.place].tobytes()
        return _Told(digest, self.group.table["line"][self.place].as_py())

    def clash(self, first: _Told | None) -> int:
        """Return the line that tells the fact otherwise, 0 when none does."""
        earlier = int(self.group.earlier[self.place])
        if earlier:
            return earlier if self.group.found[self.place] == CHANGED else 0
        return first.line if first and first.digest != self.told.digest else 0


def _judge(parsed: Parsed, groups: Iterable[_Group]) -> None:
    """Decide in file order which of two tellings counts: the first."""
    claims: dict[int, list[_Claim]] = {}
    for group in groups:
        for place in group.contested().tolist():
            claims.setdefault(int(group.rows[place]), []).append(_Claim(group, place))
    told: dict[tuple[FactKind, int], _Told] = {}
    for row in sorted(claims):
        if not parsed.bad[row]:
            _judge_row(parsed, row, claims[row], told)


def _judge_row(
    parsed: Parsed,
    row: int,
    claims: Sequence[_Claim],
    told: dict[tuple[FactKind, int], _Told],
) -> None:
    mine: dict[tuple[FactKind, int], _Told] = {}
    for claim in claims:
        line = claim.clash(mine.get(claim.key) or told.get(claim.key))
        if not line:
            mine.setdefault(claim.key, claim.told)
            continue
        rule = claim.group.rule(claim.place)
        claim.group.dropped[claim.place] = True
        parsed.report(row, "", _contradiction(rule, line), value="")
        if not rule.minor:
            return
    for key, first in mine.items():
        told.setdefault(key, first)


_ADVICE: Final = Said(
    "如有新的决定，请以新文书号报送", "send a new decision under its own number"
)


def voided(*, minor: bool) -> Fault:
    """Return the fault of a row that asserts what a decision voided."""
    return Fault(
        Reason.VOIDED,
        "该事实已被决定撤销，不会因重新报送而恢复",
        "the fact was voided by decision and is not revived by sending it again",
        *_ADVICE,
        fatal=not minor,
    )


def _contradiction(rule: EmitRule, line: int) -> Fault:
    return Fault(
        Reason.CONTRADICTION,
        f"与第 {line} 行的同一{rule.fact.zh}内容不同",
        f"differs from line {line} about the same {rule.fact.en}",
        "核对两行，保留正确的一行",
        "keep the right one of the two rows",
        fatal=not rule.minor,
    )
