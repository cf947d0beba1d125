"""Compares the graph with what the journal says it should hold, and names what differs.

Every node and relationship is read once, as it comes; nothing is kept of those that
are as they should be.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from graph.batch import Page
from graph.errors import Said
from graph.store import journal
from graph.store.expected import (
    CLOSING,
    Expected,
    based_on,
    described,
    digest_of,
    drawn_rows,
    joined,
    key_at,
    properties_of,
    shown_profiles,
)
from graph.store.findings import Findings
from graph.store.properties import plain
from graph.store.queries import Row, Run, Stream
from graph.store.shapes import LINKS, NODES, subject_label, subject_properties
from graph.store.subjects import Drawn
from graph.vocabulary import FactKind

_NAMED: Final = 100
"""Facts of one kind whose differing properties are worked out one by one."""

_OWN_LABELS: Final = frozenset(
    {"Load", "Page", "Ledger", "Meta", "Effect", "Rule", "Projection"}
)
_EFFECT_TYPES: Final = frozenset({"BEARS", "FOLLOWS_FROM", "UNDER_RULE"})


@dataclass(slots=True)
class _Different:
    """A fact whose drawing is not what it should be."""

    row: int
    properties: Row
    joined: list[str]


class Comparison:
    """One pass over the graph.

    Args:
        sweep: streams the rows of a named query.
        run: runs a named query whose answer is small.
        expected: what the journal says.
        findings: where to report.
    """

    def __init__(
        self, sweep: Stream, run: Run, expected: Expected, findings: Findings
    ) -> None:
        self._sweep, self._run = sweep, run
        self._expected, self._findings = expected, findings
        self._relationships: Counter[str] = Counter({"HAS_PAGE": expected.pages})
        self._labels: Counter[str] = Counter()

    def compare(self) -> None:
        """Report whatever in the graph does not follow from the journal."""
        for kind in FactKind:
            self._facts(kind)
        self._based_on()
        self._subjects()
        self._authorities()
        self._totals()

    # ---- facts -----------------------------------------------------------

    def _facts(self, kind: FactKind) -> None:
        table = self._expected.facts.tables[kind]
        seen = np.zeros(table.size, np.bool_)
        different: list[_Different] = []
        for properties, ends in self._drawings(kind):
            row = self._row(kind, properties)
            if row is None:
                name = str(properties.get("key", "?"))
                self._findings.add(
                    kind.value, name, Said("账本中没有", "is not in the journal")
                )
            elif seen[row]:
                key = key_at(table, row).hex()
                self._findings.add(
                    kind.value, key, Said("在图中出现两次", "stands twice in the graph")
                )
            else:
                seen[row] = True
                if self._differs(kind, row, properties, ends):
                    different.append(_Different(row, properties, ends))
        for lost in np.flatnonzero(~seen).tolist():
            key, load = key_at(table, lost).hex(), table.load.values[lost]
            problem = Said(
                f"图中缺少第 {load} 次载入的版本",
                f"the version of load {load} is missing from the graph",
            )
            self._findings.add(kind.value, key, problem)
        self._name(kind, different)
        self._count(kind)

    def _drawings(self, kind: FactKind) -> Iterable[tuple[Row, list[str]]]:
        """Yield the properties of each drawn fact and what it is joined to."""
        if kind in NODES:
            for row in self._sweep(f"sweep_nodes/{NODES[kind].label}"):
                yield row["properties"], sorted(row["incoming"] + row["outgoing"])
            return
        for type_ in LINKS[kind].types.values():
            for row in self._sweep(f"sweep_links/{type_}"):
                yield row["properties"], [row["start"], type_, row["end"]]

    def _row(self, kind: FactKind, properties: Row) -> int | None:
        try:
            key = bytes.fromhex(properties["key"])
            return self._expected.row_of(kind, key, int(properties["load"]))
        except (KeyError, TypeError, ValueError):
            return None

    def _differs(
        self, kind: FactKind, row: int, properties: Row, ends: list[str]
    ) -> bool:
        digest = self._expected.digests[kind].values[row]
        closing = {n: properties[n] for n in CLOSING if n in properties}
        return bool(
            digest_of(properties, ends) != digest
            or closing != self._expected.closing(kind, row)
        )

    def _name(self, kind: FactKind, different: Sequence[_Different]) -> None:
        """Report which properties differ, reading the page of each fact again."""
        table = self._expected.facts.tables[kind]
        for fact in different[:_NAMED]:
            key, load = key_at(table, fact.row), int(table.load.values[fact.row])
            should = self._from_journal(kind, key, load)
            should |= self._expected.closing(kind, fact.row)
            names = differing(properties_of(kind, should), fact.properties)
            named = [Said(name, name) for name in names]
            if joined(kind, should) != fact.joined:
                named.append(Said("所连的节点", "what it is joined to"))
            problem = Said(
                f"与第 {load} 次载入不同：{'、'.join(own.zh for own in named)}",
                f"differs in load {load}: {', '.join(own.en for own in named)}",
            )
            self._findings.add(kind.value, key.hex(), problem)
        for fact in different[_NAMED:]:
            key = key_at(table, fact.row)
            self._findings.add(kind.value, key.hex(), Said("不同", "differs"))

    def _from_journal(self, kind: FactKind, key: bytes, load: int) -> Row:
        entry = self._expected.facts.loads[load - 1]
        for _, raw in journal.entries(self._run, load - 1, load):
            for page in journal.decoded(raw):
                if page.kind is kind and (found := _with_key(page, key)) is not None:
                    return next(iter(drawn_rows(entry, kind, found)))
        return {}

    def _count(self, kind: FactKind) -> None:
        """Add up which relationships the facts of this kind account for."""
        table = self._expected.facts.tables[kind]
        if kind in NODES:
            shape = NODES[kind]
            self._labels[shape.label] = table.size
            self._relationships[shape.link] += table.size
            if shape.issued:
                self._relationships["ISSUED_BY"] += table.size
            if shape.concerns:
                self._relationships["CONCERNS"] += table.size
            return
        shape_ = LINKS[kind]
        if not shape_.column:
            self._relationships[shape_.type_of("")] += table.size
            return
        column = table.columns[shape_.column]
        words = Counter(str(column.value(row)) for row in range(table.size))
        for word, count in words.items():
            self._relationships[shape_.type_of(word)] += count

    # ---- what joins and describes ----------------------------------------

    def _based_on(self) -> None:
        """Compare sanctions and records that were believed at the same time."""
        should = set(self._should_rest())
        stands: Counter[tuple[str, int, str, int]] = Counter(
            (r["sanction"], r["sanction_load"], r["record"], r["record_load"])
            for r in self._sweep("sweep_based_on")
        )
        self._relationships["BASED_ON"] = len(should)
        kind = FactKind.SANCTION.value
        for sanction, *_ in should - stands.keys():
            self._findings.add(
                kind,
                sanction,
                Said("没有连到所依据的记录", "is not joined to the record it rests on"),
            )
        for (sanction, *_), count in stands.items():
            if (sanction, *_) not in should or count > 1:
                problem = Said(
                    "连到了并非依据的记录，或者连了两次",
                    "is joined to a record it does not rest on, or joined twice",
                )
                self._findings.add(kind, str(sanction), problem)

    def _should_rest(self) -> Iterable[tuple[str, int, str, int]]:
        facts = self._expected.facts
        sanctions, records = (
            facts.tables[kind] for kind in (FactKind.SANCTION, FactKind.RECORD)
        )
        for row, other in based_on(facts):
            yield (
                key_at(sanctions, row).hex(),
                int(sanctions.load.values[row]),
                key_at(records, other).hex(),
                int(records.load.values[other]),
            )

    def _subjects(self) -> None:
        names = set(Drawn(self._expected.facts).all())
        shown = shown_profiles(self._expected.facts)
        self._labels["Subject"] = len(names)
        for row in self._sweep("sweep_subjects"):
            properties = dict(row["properties"])
            name = str(properties.get("id", "?"))
            if name not in names:
                self._findings.add(
                    "subject", name, Said("账本中没有", "is not in the journal")
                )
                continue
            names.discard(name)
            for own, value in subject_properties(name).items():
                if properties.pop(own, None) != value:
                    self._findings.add(
                        "subject", name, Said(f"不同：{own}", f"differs: {own}")
                    )
            label = subject_label(name)
            if label:
                self._labels[label] += 1
            if set(row["labels"]) != {"Subject", label} - {""}:
                self._findings.add(
                    "subject", name, Said("标签不同", "has other labels")
                )
            self._description(name, shown.get(name), properties)
        for name in sorted(names):
            self._findings.add(
                "subject", name, Said("图中没有", "is missing from the graph")
            )

    def _description(self, name: str, row: int | None, properties: Row) -> None:
        if row is None:
            if properties:
                problem = Said(
                    f"有来源没有说过的内容：{'、'.join(sorted(properties))}",
                    f"has what no source says: {', '.join(sorted(properties))}",
                )
                self._findings.add("subject", name, problem)
            return
        if digest_of(properties) == self._expected.descriptions.values[row]:
            return
        table = self._expected.facts.tables[FactKind.PROFILE]
        load = int(table.load.values[row])
        profile = self._from_journal(FactKind.PROFILE, key_at(table, row), load)
        names = ", ".join(differing(described(profile), properties))
        self._findings.add(
            "subject",
            name,
            Said(f"与主体概况不同：{names}", f"differs from its description: {names}"),
        )

    def _authorities(self) -> None:
        should = dict(self._expected.authorities)
        self._labels["Authority"] = len(should)
        for row in self._sweep("sweep_authorities"):
            properties = row["properties"]
            code = str(properties.get("id", "?"))
            if code not in should:
                self._findings.add(
                    "authority", code, Said("账本中没有", "is not in the journal")
                )
                continue
            wanted = {"id": code, "name": should.pop(code)}
            if properties != {n: v for n, v in wanted.items() if v is not None}:
                self._findings.add(
                    "authority", code, Said("不同：name", "differs: name")
                )
        for code in should:
            self._findings.add(
                "authority", code, Said("图中没有", "is missing from the graph")
            )

    # ---- what nothing accounts for ---------------------------------------

    def _totals(self) -> None:
        """Report labels, types and numbers of what the passes above cannot see."""
        types = {r["type"]: r["count"] for r in self._run("count_relationships")}
        for type_ in sorted(types.keys() | +self._relationships):
            if type_ in _EFFECT_TYPES:
                continue
            stands, should = types.get(type_, 0), self._relationships[type_]
            if stands != should:
                problem = Said(
                    f"图中有 {stands} 个，按账本应有 {should} 个",
                    f"{stands} in the graph, {should} by the journal",
                )
                self._findings.add("relationship", type_, problem)
        labels = {r["label"]: r["count"] for r in self._run("count_nodes")}
        for label in sorted(labels.keys() - self._labels - _OWN_LABELS):
            problem = Said(
                f"有 {labels[label]} 个节点带有本程序不写的标签",
                f"{labels[label]} nodes with a label this program does not write",
            )
            self._findings.add("node", label, problem)


def differing(should: Row, stands: Row) -> list[str]:
    """Return the names of properties that are not what they should be, in order."""
    names = should.keys() | stands.keys()
    return sorted(n for n in names if _plain(should, n) != _plain(stands, n))


def _plain(properties: Row, name: str) -> Any:
    return plain(properties.get(name))


def _with_key(page: Page, key: bytes) -> Any:
    keys = page.table["key"].to_pylist()
    return page.table.slice(keys.index(key), 1) if key in keys else None
