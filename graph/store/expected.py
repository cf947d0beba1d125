"""What the graph should hold, worked out anew from the journal alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from graph.batch import DECISION, Load, Page, brought
from graph.snapshot.columns import Growing
from graph.snapshot.facts import Facts
from graph.snapshot.table import BELIEVED, FactTable, halves
from graph.store.factgraph import authority_names
from graph.store.properties import instant, rows_of
from graph.store.queries import Row
from graph.store.shapes import LINKS, NODES
from graph.vocabulary import FactKind

CLOSING: Final = frozenset({"superseded_at", "superseded_load", "voided"})
"""Properties that change after the fact was drawn."""

DESCRIPTION: Final[Mapping[str, str]] = {
    "name": "name",
    "uscc": "uscc",
    "organization_kind": "kind",
    "status": "status",
    "established_on": "established_on",
    "region": "region",
    "sector": "sector",
    "address": "address",
    "legal_form": "legal_form",
    "capital_yuan": "capital_yuan",
    "id_masked": "id_masked",
}
"""Column of a description → property of the subject that repeats it."""


def digest_of(properties: Mapping[str, Any], joined: object = ()) -> int:
    """Return a number for the properties and what the fact is joined to."""
    items = sorted(
        (name, value) for name, value in properties.items() if name not in CLOSING
    )
    text = "\x1f".join([f"{n}={_text(v)}" for n, v in items]) + f"\x1f{joined}"
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


def _text(value: Any) -> str:
    return "\x1e".join(map(str, value)) if isinstance(value, list) else str(value)


@dataclass(slots=True)
class Expected:
    """The state of every fact, with a digest of what its drawing should look like."""

    facts: Facts = field(default_factory=Facts)
    digests: dict[FactKind, Growing] = field(
        default_factory=lambda: {kind: Growing(np.uint64) for kind in FactKind}
    )
    descriptions: Growing = field(default_factory=lambda: Growing(np.uint64))
    """Digest of the description in each row of the profiles."""
    authorities: dict[str, str | None] = field(default_factory=dict)
    pages: int = 0

    def take(self, load: Load, pages: list[Page]) -> None:
        """Take in one load."""
        names: dict[str, str | None] = {}
        for page in pages:
            facts = brought(page.table)
            self._take_facts(load, page.kind, facts)
            if page.kind in NODES and NODES[page.kind].issued:
                for code, name in authority_names(facts).items():
                    names[code] = max(names.get(code) or "", name or "") or None
        for code, name in names.items():
            self.authorities[code] = name or self.authorities.get(code)
        self.facts.apply(load, pages)

    def _take_facts(self, load: Load, kind: FactKind, facts: pa.Table) -> None:
        rows = drawn_rows(load, kind, facts)
        digests = [
            digest_of(properties_of(kind, row), joined(kind, row)) for row in rows
        ]
        self.digests[kind].extend(np.array(digests, np.uint64))
        if kind is FactKind.PROFILE:
            shown = [digest_of(described(row)) for row in drawn_rows(load, kind, facts)]
            self.descriptions.extend(np.array(shown, np.uint64))

    def counts(self) -> dict[str, tuple[int, int, int]]:
        """Return how many versions of each kind stand, are superseded, are voided."""
        answer = {}
        for kind, table in self.facts.tables.items():
            stands = int((table.until.values == BELIEVED).sum())
            voided = sum(
                "voided" in self.closing(of, row)
                for of, key in self.facts.voided
                if of is kind
                for row in table.by_key.rows(halves(key)[0])
            )
            answer[kind.value] = stands, table.size - stands - voided, voided
        return answer

    def row_of(self, kind: FactKind, key: bytes, load: int) -> int | None:
        """Return the row of a version, None when the journal has no such one."""
        table = self.facts.tables[kind]
        high, low = np.frombuffer(key, np.uint64)
        for row in table.by_key.rows(int(high)):
            if table.low.values[row] == low and table.load.values[row] == load:
                return row
        return None

    def closing(self, kind: FactKind, row: int) -> Row:
        """Return the properties that say when and how the version was closed."""
        table = self.facts.tables[kind]
        until = int(table.until.values[row])
        if until == BELIEVED:
            return {}
        moment = self.facts.loads[until - 1].recorded_at
        closed: Row = {"superseded_at": instant(moment), "superseded_load": until}
        if self.facts.voided.get((kind, key_at(table, row))) == until:
            closed["voided"] = True
        return closed


def shown_profiles(facts: Facts) -> dict[str, int]:
    """Return, per described subject, the row of the description it repeats."""
    table = facts.tables[FactKind.PROFILE]
    rows = np.flatnonzero(table.until.values == BELIEVED)
    decided = table.source.values == facts.sources.known(DECISION)
    subject = table.subject_codes("subject").values
    begins = np.array(
        [table.columns["valid_from"].value(int(r)) for r in rows], np.int64
    )
    order = np.lexsort((table.load.values[rows], decided[rows], begins, subject[rows]))
    texts = facts.subjects.texts
    return {texts[subject[row]]: int(row) for row in rows[order]}


def based_on(facts: Facts) -> Iterator[tuple[int, int]]:
    """Yield the rows of sanctions with the rows of the records they rest on.

    A sanction and its record are joined where both were believed at the same time.
    """
    sanctions, records = facts.tables[FactKind.SANCTION], facts.tables[FactKind.RECORD]
    for row in range(sanctions.size):
        key = _key_of(sanctions.columns["record_key"].value(row))
        if key is None:
            continue
        begins, ends = sanctions.load.values[row], sanctions.until.values[row]
        high, low = halves(key)
        for other in records.by_key.rows(high):
            if (
                records.low.values[other] == low
                and records.load.values[other] < ends
                and begins < records.until.values[other]
            ):
                yield row, int(other)


def _key_of(text: object) -> bytes | None:
    try:
        key = bytes.fromhex(str(text or ""))
    except ValueError:
        return None
    return key if len(key) == 16 else None


def drawn_rows(load: Load, kind: FactKind, facts: pa.Table) -> Iterator[Row]:
    """Yield the properties that the drawing of each fact should have."""
    stamp = {
        "source": load.source,
        "load": load.seq,
        "recorded_at": instant(load.recorded_at),
    }
    for row in rows_of(kind, facts):
        yield row | stamp


def properties_of(kind: FactKind, row: Mapping[str, Any]) -> Row:
    """Return what stands on the node or relationship itself."""
    ends = (LINKS[kind].start, LINKS[kind].end) if kind in LINKS else ()
    return {name: value for name, value in row.items() if name not in ends}


def joined(kind: FactKind, row: Mapping[str, Any]) -> list[str]:
    """Return what the fact should be joined to, as the sweeps report it."""
    if kind in LINKS:
        shape = LINKS[kind]
        word = row[shape.column] if shape.column else ""
        return [row[shape.start], shape.type_of(word), row[shape.end]]
    node = NODES[kind]
    ends = [f"{node.link} {row[node.subject]}"]
    if node.issued:
        ends.append(f"ISSUED_BY {row['authority']}")
    if node.concerns:
        ends.append(f"CONCERNS {row[node.concerns]}")
    return sorted(ends)


def described(profile: Mapping[str, Any]) -> Row:
    """Return what a subject repeats of a description."""
    return {p: profile[c] for c, p in DESCRIPTION.items() if c in profile}


def key_at(table: FactTable, row: int) -> bytes:
    """Return the key of the fact in a row."""
    pair: npt.NDArray[np.uint64] = np.array(
        [table.high.values[row], table.low.values[row]], np.uint64
    )
    return pair.tobytes()
