"""Draws journal rows into the graph: subjects, closings, facts, what joins them.

Nothing is deleted or overwritten. A correction adds a version and closes the one
the same source asserted, a withdrawal only closes it; what a decision voided is
closed whoever asserted it.

A subject is found by the number that the server gave its node, which is remembered:
looking its identifier up takes as long as writing the fact. The identifier is compared
all the same, so that a number that now belongs to something else is noticed. While the
server works on some rows the next ones are made ready.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from graph.ahead import ahead
from graph.batch import OPS, brought
from graph.errors import StoreDamaged
from graph.identity import ANCHOR_KINDS
from graph.schema import SCHEMAS
from graph.snapshot.facts import Facts
from graph.store.description import Closing, chosen
from graph.store.details import starts_of
from graph.store.properties import sent_rows
from graph.store.queries import CELLS, Row, Run
from graph.store.shapes import LINKS, NODES, subject_label, subject_properties
from graph.store.subjects import Drawn
from graph.vocabulary import FactKind, Op

_CHUNK: Final = 10_000
_REPLACE, _VOID = OPS.index(Op.REPLACE), OPS.index(Op.VOID)
_WITHDRAW = OPS.index(Op.WITHDRAW)
_ADD: Final = {kind: f"add_{kind.value}s" for kind in FactKind} | {
    FactKind.BRANCH: "add_branches"
}
_ADD_SUBJECTS: Final = {
    "Organization": "add_organizations",
    "Person": "add_persons",
    "": "add_subjects",
} | {kind.capitalize(): f"add_anchors/{kind.capitalize()}" for kind in ANCHOR_KINDS}


@dataclass(frozen=True, slots=True)
class Stamp:
    """What every fact of one load carries."""

    source: str
    load: int
    recorded_at: str


@dataclass(frozen=True, slots=True)
class _Part:
    """The journal rows of one kind, by what they do."""

    kind: FactKind
    facts: pa.Table
    replaced: list[bytes]
    voided: list[bytes]
    withdrawn: list[bytes]

    @classmethod
    def of(cls, kind: FactKind, table: pa.Table) -> "_Part":
        ops = table["op"].to_numpy()
        keys = table["key"]
        return cls(
            kind,
            brought(table),
            keys.filter(pa.array(ops == _REPLACE)).to_pylist(),
            keys.filter(pa.array(ops == _VOID)).to_pylist(),
            keys.filter(pa.array(ops == _WITHDRAW)).to_pylist(),
        )


@dataclass(frozen=True, slots=True)
class _Work:
    """A query with its values; for `sent` rows of `kind` each must find its subjects."""

    query: str
    values: dict[str, Any]
    kind: FactKind | None = None
    sent: int = 0


class Pen:
    """Draws one load inside its transaction.

    Args:
        run: runs a named query in the transaction.
        facts: what was journaled before this load.
        drawn: the subjects that have a node.
        stamp: what every fact of the load carries.
    """

    def __init__(self, run: Run, facts: Facts, drawn: Drawn, stamp: Stamp) -> None:
        self._run, self._facts, self._drawn = run, facts, drawn
        self._stamp = stamp
        self._marks: dict[str, Any] = {
            "source": stamp.source,
            "load": stamp.load,
            "recorded_at": stamp.recorded_at,
        }
        self._places: dict[str, int] = {}
        self._offices: dict[str, int] = {}

    def draw(self, tables: Iterable[tuple[FactKind, pa.Table]]) -> dict[str, int]:
        """Draw the rows of the load; return the server's numbers of their subjects.

        Raises:
            StoreDamaged: a subject's node is gone; somebody changed the graph.
        """
        given = sorted(tables, key=lambda entry: _ORDER[entry[0]])
        parts = [_Part.of(kind, table) for kind, table in given]
        self._add_subjects(parts)
        self._add_authorities(parts)
        for part in parts:
            self._close("close", part.kind, part.replaced)
        for work in ahead(self._additions(parts)):
            self._do(work)
        for part in parts:
            self._close("void", part.kind, part.voided)
            self._close("close", part.kind, part.withdrawn)
        self._join_sanctions({p.kind: p.facts for p in parts if p.facts.num_rows})
        return self._places

    def _additions(self, parts: Sequence[_Part]) -> Iterator[_Work]:
        for part in parts:
            if part.kind in LINKS:
                yield from self._links(part)
            elif part.kind is not FactKind.PROFILE:
                yield from self._nodes(_ADD[part.kind], part.kind, part.facts)
        for part in parts:
            if part.kind is FactKind.PROFILE:
                yield from self._descriptions(part)

    def _do(self, work: _Work) -> None:
        answer = self._run(work.query, **work.values, **self._marks)
        if work.kind:
            self._check(work.kind, work.sent, answer)

    def _add_subjects(self, parts: Sequence[_Part]) -> None:
        named: set[str] = set()
        for part in parts:
            for column in SCHEMAS[part.kind].subject_columns:
                named.update(pc.unique(part.facts[column.name]).to_pylist())
        groups: dict[str, list[str]] = {}
        new = self._drawn.missing(named)
        for identifier in new:
            groups.setdefault(subject_label(identifier), []).append(identifier)
        for label, identifiers in groups.items():
            for chunk in _chunks(identifiers):
                query = _ADD_SUBJECTS[label]
                rows = [_subject_row(name, CELLS[query]) for name in chunk]
                _note(self._run(query, table=rows), self._places)
        self._places |= self._drawn.places(named.difference(new))
        for chunk in _chunks(sorted(named.difference(self._places))):
            _note(self._run("find_subjects", ids=chunk), self._places)

    def _add_authorities(self, parts: Sequence[_Part]) -> None:
        names: dict[str, str | None] = {}
        for part in parts:
            if part.kind in NODES and NODES[part.kind].issued:
                for code, name in authority_names(part.facts).items():
                    names[code] = max(names.get(code) or "", name or "") or None
        rows = [{"id": code, "name": names[code]} for code in sorted(names)]
        for chunk in _chunks(rows):
            _note(self._run("add_authorities", rows=chunk), self._offices)

    def _nodes(self, query: str, kind: FactKind, table: pa.Table) -> Iterator[_Work]:
        shape = NODES[kind]
        ends = {shape.subject: self._places}
        if shape.concerns:
            ends[shape.concerns] = self._places
        if shape.issued:
            ends["authority"] = self._offices
        yield from _sendings(query, kind, table.sort_by(shape.subject), ends)

    def _links(self, part: _Part) -> Iterator[_Work]:
        shape, table = LINKS[part.kind], part.facts.sort_by(LINKS[part.kind].start)
        ends = {shape.start: self._places, shape.end: self._places}
        words = pc.unique(table[shape.column]).to_pylist() if shape.column else [""]
        for word in words:
            same = table.filter(pc.equal(table[shape.column], word)) if word else table
            query = f"{_ADD[part.kind]}/{shape.type_of(word)}"
            yield from _sendings(query, part.kind, same, ends)

    def _descriptions(self, part: _Part) -> Iterator[_Work]:
        kind = FactKind.PROFILE
        closing = Closing(
            self._stamp.source,
            replaced=set(part.replaced),
            withdrawn=set(part.withdrawn),
            voided=set(part.voided),
        )
        choice = chosen(self._facts, part.facts, closing, self._stamp.load)
        shown = pa.array(choice.shown)
        hidden = part.facts.filter(pc.invert(shown))
        yield from self._nodes("add_profiles", kind, hidden)
        current = part.facts.filter(shown)
        yield from self._nodes("add_current_profiles", kind, current)
        rows = (
            {"subject": subject, "key": key.hex(), "load": load}
            for subject, (key, load) in sorted(choice.earlier.items())
        )
        for chunk in _chunks(rows):
            yield _Work("describe", {"rows": chunk})
        for gone in _chunks(choice.gone):
            yield _Work("undescribe", {"ids": gone})

    def _close(self, what: str, kind: FactKind, keys: Sequence[bytes]) -> None:
        """Close these facts: `close` what this source asserts, `void` what any does."""
        if kind in NODES:
            for chunk in _chunks(key.hex() for key in sorted(keys)):
                self._run(
                    f"{what}_nodes/{NODES[kind].label}", keys=chunk, **self._marks
                )
            return
        for type_, rows in starts_of(self._facts, kind, keys).items():
            for some in _chunks(rows):
                self._run(f"{what}_links/{type_}", rows=some, **self._marks)

    def _join_sanctions(self, new: dict[FactKind, pa.Table]) -> None:
        """Join new sanctions to their records, and new records to their sanctions."""
        sanctions, records = new.get(FactKind.SANCTION), new.get(FactKind.RECORD)
        if sanctions is not None:
            based = sanctions.filter(pc.is_valid(sanctions["record_key"]))
            pairs = zip(
                based["key"].to_pylist(), based["record_key"].to_pylist(), strict=True
            )
            rows = ({"key": key.hex(), "record_key": record} for key, record in pairs)
            for chunk in _chunks(rows):
                self._run("base_sanctions", rows=chunk, load=self._stamp.load)
        if records is not None and self._facts.tables[FactKind.SANCTION].size:
            for keys in _chunks(key.hex() for key in records["key"].to_pylist()):
                self._run("base_on_records", keys=keys, load=self._stamp.load)

    def _check(self, kind: FactKind, sent: int, answer: list[dict[str, Any]]) -> None:
        written = answer[0]["written"] if answer else 0
        if written != sent:
            raise StoreDamaged(
                f"{sent} 行{kind.zh}中只有 {written} 行在图中找到了主体：有人改动过图。",
                f"{written} of {sent} {kind.value} rows found their subjects in the "
                "graph: somebody changed the graph.",
                hint_zh="请运行 `creditgraph verify`；账本本身不受影响。",
                hint_en="Run `creditgraph verify`; the journal itself is not affected.",
            )


_ORDER: Final = {kind: position for position, kind in enumerate(SCHEMAS)}


def authority_names(table: pa.Table) -> dict[str, str | None]:
    """Return the name each authority is given; of several the last in the alphabet."""
    if "authority_name" not in table.column_names:
        return dict.fromkeys(pc.unique(table["authority"]).to_pylist())
    pairs = table.group_by(["authority", "authority_name"]).aggregate([])
    given: dict[str, str | None] = {}
    for row in pairs.to_pylist():
        code, name = row["authority"], row["authority_name"]
        given[code] = max(given.get(code) or "", name or "") or None
    return given


def _sendings(
    query: str, kind: FactKind, table: pa.Table, ends: Mapping[str, Mapping[str, int]]
) -> Iterator[_Work]:
    for start in range(0, table.num_rows, _CHUNK):
        some = sent_rows(table.slice(start, _CHUNK), CELLS[query], ends)
        yield _Work(
            query, {"table": some.rows, "days": some.days}, kind, len(some.rows)
        )


def _subject_row(identifier: str, cells: Sequence[str]) -> list[str]:
    properties = subject_properties(identifier)
    return [properties[cell] for cell in cells]


def _note(answer: Sequence[Row], places: dict[str, int]) -> None:
    """Note the server's numbers of nodes: two lists in one row, for speed."""
    (row,) = answer
    places.update(zip(row["ids"], row["places"], strict=True))


def _chunks(values: Iterable[Any]) -> Iterator[list[Any]]:
    iterator = iter(values)
    while chunk := list(islice(iterator, _CHUNK)):
        yield chunk
