"""Which description the node of a subject repeats.

Of the descriptions that are believed, the one that begins last; of several sources
that give the same one, a decision before a file and a later load before an earlier.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from graph.batch import DECISION
from graph.snapshot import UNKNOWN
from graph.snapshot.facts import Facts
from graph.snapshot.table import BELIEVED, halves
from graph.vocabulary import FactKind


class Candidate(NamedTuple):
    """A believed description; the greatest one is shown."""

    valid_from: int
    by_decision: bool
    load: int
    key: bytes


@dataclass(frozen=True, slots=True)
class Closing:
    """Which descriptions this batch closes.

    Args:
        replaced: those of which its source asserts another version.
        withdrawn: those that its source asserts no longer.
        voided: those that nobody may assert any more.
    """

    source: str
    replaced: Collection[bytes]
    withdrawn: Collection[bytes]
    voided: Collection[bytes]


@dataclass(frozen=True, slots=True)
class Descriptions:
    """What becomes of the subjects whose descriptions change.

    Args:
        shown: per new row, whether its subject shall repeat it.
        earlier: subject → (key, load) of the older description it falls back to.
        gone: subjects of which nothing is known any more.
    """

    shown: np.ndarray
    earlier: dict[str, tuple[bytes, int]]
    gone: list[str]


def chosen(
    facts: Facts, new: pa.Table | None, closing: Closing, seq: int
) -> Descriptions:
    """Return which description each affected subject repeats after load `seq`."""
    best: dict[str, tuple[Candidate, int]] = {}
    size = 0 if new is None else new.num_rows
    if new is not None:
        for row, (subject, candidate) in enumerate(_new(new, closing.source, seq)):
            if subject not in best or candidate > best[subject][0]:
                best[subject] = candidate, row
    closed = _subjects(facts, [*closing.withdrawn, *closing.voided])
    for subject in {*best, *closed}:
        for candidate in _believed(facts, subject, closing):
            if subject not in best or candidate > best[subject][0]:
                best[subject] = candidate, -1
    shown = np.zeros(size, np.bool_)
    shown[[row for _, row in best.values() if row >= 0]] = True
    earlier = {s: (c.key, c.load) for s, (c, row) in best.items() if row < 0}
    gone = sorted(set(closed) - set(best))
    return Descriptions(shown, earlier, gone)


def _new(table: pa.Table, source: str, seq: int) -> Iterable[tuple[str, Candidate]]:
    days = table["valid_from"].cast(pa.int32()).fill_null(UNKNOWN).to_pylist()
    keys, decided = table["key"].to_pylist(), source == DECISION
    for subject, day, key in zip(table["subject"].to_pylist(), days, keys, strict=True):
        yield subject, Candidate(day, decided, seq, key)


def _subjects(facts: Facts, keys: Iterable[bytes]) -> list[str]:
    """Return the subjects that these descriptions are of."""
    table = facts.tables[FactKind.PROFILE]
    codes = table.subject_codes("subject").values
    rows = (row for key in keys for row in table.believed(*halves(key)))
    return [facts.subjects.texts[codes[row]] for row in rows]


def _believed(facts: Facts, subject: str, closing: Closing) -> Iterable[Candidate]:
    """Yield the descriptions of the subject that this batch leaves standing."""
    code = facts.subjects.known(subject)
    if code < 0:
        return
    table = facts.tables[FactKind.PROFILE]
    days = table.columns["valid_from"]
    for row in table.by_subject["subject"].rows(code):
        if table.until.values[row] != BELIEVED:
            continue
        key = np.array(
            [table.high.values[row], table.low.values[row]], np.uint64
        ).tobytes()
        source = facts.sources.texts[table.source.values[row]]
        if key in closing.voided or (
            source == closing.source
            and (key in closing.replaced or key in closing.withdrawn)
        ):
            continue
        day = int(days.value(row))  # type: ignore[call-overload]  # days are numbers
        yield Candidate(day, source == DECISION, int(table.load.values[row]), key)
