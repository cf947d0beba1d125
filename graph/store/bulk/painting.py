"""What the graph holds, worked out from entries of the journal all at once.

Tables of nodes and of relationships, page by page, so that memory stays flat. Every
table has the properties of graph.store.properties; what is null is absent.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from graph.batch import Load, Page, brought
from graph.schema import SCHEMAS
from graph.snapshot.facts import Facts
from graph.snapshot.table import BELIEVED
from graph.store import journal
from graph.store.expected import DESCRIPTION, based_on, key_at, shown_profiles
from graph.store.factgraph import authority_names
from graph.store.properties import instant, stored_column
from graph.store.queries import Row
from graph.store.shapes import LINKS, NODES, subject_label, subject_properties
from graph.store.subjects import Drawn
from graph.vocabulary import FactKind

SUBJECT: Final = "Subject"
AUTHORITY: Final = "Authority"
_CHUNK: Final = 50_000
Entries = Callable[[], Iterator[tuple[Row, list[Row]]]]


@dataclass(frozen=True, slots=True)
class Nodes:
    """Nodes with the same labels.

    Args:
        labels: their labels.
        ids: what relationships call them.
        table: their properties.
    """

    labels: tuple[str, ...]
    ids: pa.Array
    table: pa.Table


@dataclass(frozen=True, slots=True)
class Edges:
    """Relationships of one type between the nodes that `starts` and `ends` name."""

    type: str
    starts: pa.Array
    ends: pa.Array
    table: pa.Table | None = None


class Painting:
    """The graph of a journal.

    Args:
        facts: everything that the entries brought.
        entries: yields the loads with their raw pages; asked several times.
    """

    def __init__(self, facts: Facts, entries: Entries) -> None:
        self._facts, self._entries = facts, entries
        self._instants = [instant(load.recorded_at) for load in facts.loads]

    def nodes(self) -> Iterator[Nodes]:
        """Yield subjects, authorities and the facts that stand as nodes."""
        described, names = self._survey()
        yield from self._subjects(described)
        if names:
            codes = sorted(names)
            table = pa.table(
                {"id": codes, "name": pa.array([names[c] for c in codes], pa.string())}
            )
            yield Nodes((AUTHORITY,), _ids(AUTHORITY, table["id"]), table)
        for load, page, first in self._pages():
            if page.kind in NODES:
                table = self._properties(load, page, first)
                ids = _row_ids(page.kind, first, table.num_rows)
                yield Nodes((NODES[page.kind].label,), ids, table)

    def edges(self) -> Iterator[Edges]:
        """Yield what joins the nodes, the facts that stand as relationships included."""
        for load, page, first in self._pages():
            if page.kind in NODES:
                yield from self._node_edges(page, first)
            else:
                yield from self._links(page, self._properties(load, page, first))
        pairs = np.array(list(based_on(self._facts)), np.int64).reshape(-1, 2)
        if len(pairs):
            yield Edges(
                "BASED_ON",
                _named(FactKind.SANCTION, pairs[:, 0]),
                _named(FactKind.RECORD, pairs[:, 1]),
            )

    # ---- one pass over the pages -----------------------------------------

    def _pages(self) -> Iterator[tuple[Load, Page, int]]:
        """Yield load, page without closings, and the row of its first fact."""
        rows = dict.fromkeys(FactKind, 0)
        for header, raw in self._entries():
            load = journal.load_of(header)
            for page in journal.decoded(raw):
                facts = brought(page.table)
                if facts.num_rows:
                    known = Page(page.seq, page.part, page.kind, facts)
                    yield load, known, rows[page.kind]
                    rows[page.kind] += facts.num_rows

    def _survey(self) -> tuple[pa.Table | None, dict[str, str | None]]:
        """Return the descriptions that subjects repeat, and the names of authorities."""
        table = self._facts.tables[FactKind.PROFILE]
        shown = np.zeros(table.size, np.bool_)
        shown[list(shown_profiles(self._facts).values())] = True
        parts: list[pa.Table] = []
        names: dict[str, str | None] = {}
        seq, told = 0, dict[str, str | None]()
        for load, page, first in self._pages():
            if load.seq != seq:
                _settle(names, told)
                seq, told = load.seq, {}
            if page.kind is FactKind.PROFILE:
                mask = pa.array(shown[first : first + page.table.num_rows])
                parts.append(page.table.select(["subject", *DESCRIPTION]).filter(mask))
            elif page.kind in NODES:
                for code, name in authority_names(page.table).items():
                    told[code] = max(told.get(code) or "", name or "") or None
        _settle(names, told)
        return (pa.concat_tables(parts) if parts else None), names

    def _subjects(self, described: pa.Table | None) -> Iterator[Nodes]:
        groups: dict[str, list[str]] = {}
        for name in Drawn(self._facts).all():
            groups.setdefault(subject_label(name), []).append(name)
        for label, names in groups.items():
            labels = (SUBJECT, label) if label else (SUBJECT,)
            for start in range(0, len(names), _CHUNK):
                some = pa.array(names[start : start + _CHUNK])
                yield Nodes(labels, _ids(SUBJECT, some), _described(some, described))

    # ---- facts -----------------------------------------------------------

    def _properties(self, load: Load, page: Page, first: int) -> pa.Table:
        """Return what stands on the nodes or relationships of a page."""
        table, size = page.table, page.table.num_rows
        ends = (LINKS[page.kind].start, LINKS[page.kind].end) if page.kind in LINKS else ()  # fmt: skip
        columns: dict[str, pa.Array] = {
            "source": pa.array([load.source] * size),
            "load": pa.array(np.full(size, load.seq)),
            "recorded_at": pa.array([instant(load.recorded_at)] * size),
            "key": _hex(table["key"]),
            "version": _hex(table["version"]),
            "line": table["line"],
        }
        for column in SCHEMAS[page.kind].columns:
            values = table[column.name]
            if column.name not in ends and values.null_count < size:
                columns[column.name] = stored_column(values)
        return pa.table(columns | self._closings(page, first))

    def _closings(self, page: Page, first: int) -> dict[str, pa.Array]:
        """Return when and how versions were closed; nothing where all stand."""
        table, size = self._facts.tables[page.kind], page.table.num_rows
        until = table.until.values[first : first + size]
        closed = until != BELIEVED
        if not closed.any():
            return {}
        at = [self._instants[u - 1] if u != BELIEVED else None for u in until.tolist()]
        voided = [
            self._facts.voided.get((page.kind, key_at(table, first + row)))
            == until[row]
            or None
            if closed[row]
            else None
            for row in range(size)
        ]
        return {
            "superseded_at": pa.array(at, pa.string()),
            "superseded_load": pa.array(until.astype(np.int64), mask=~closed),
            "voided": pa.array(voided, pa.bool_()),
        }

    def _node_edges(self, page: Page, first: int) -> Iterator[Edges]:
        shape, table = NODES[page.kind], page.table
        rows = _row_ids(page.kind, first, table.num_rows)
        yield Edges(shape.link, _ids(SUBJECT, table[shape.subject]), rows)
        if shape.issued:
            yield Edges("ISSUED_BY", rows, _ids(AUTHORITY, table["authority"]))
        if shape.concerns:
            yield Edges("CONCERNS", rows, _ids(SUBJECT, table[shape.concerns]))

    def _links(self, page: Page, properties: pa.Table) -> Iterator[Edges]:
        shape, table = LINKS[page.kind], page.table
        starts = _ids(SUBJECT, table[shape.start])
        ends = _ids(SUBJECT, table[shape.end])
        if not shape.column:
            yield Edges(shape.type_of(""), starts, ends, properties)
            return
        for word in pc.unique(table[shape.column]).to_pylist():
            mask = pc.equal(table[shape.column], word).combine_chunks()
            yield Edges(
                shape.type_of(word),
                starts.filter(mask),
                ends.filter(mask),
                properties.filter(mask),
            )


def _settle(names: dict[str, str | None], told: dict[str, str | None]) -> None:
    """The name given last is kept; a document without one does not remove it."""
    for code, name in told.items():
        names[code] = name or names.get(code)


def _described(names: pa.Array, described: pa.Table | None) -> pa.Table:
    """Return the properties of subjects: their own and the description they repeat."""
    own = [subject_properties(name) for name in names.to_pylist()]
    columns: dict[str, pa.Array] = {
        key: pa.array([o.get(key) for o in own], pa.string())
        for key in ("id", "identity")
    }
    if described is not None:
        at = pc.index_in(names, value_set=described["subject"].combine_chunks())
        for column, name in DESCRIPTION.items():
            columns[name] = stored_column(described[column].take(at))
    table = pa.table(columns)
    filled = [c for c in table.column_names if table[c].null_count < len(names)]
    return table.select(filled)


def _ids(group: str, names: pa.Array | pa.ChunkedArray) -> pa.Array:
    if isinstance(names, pa.ChunkedArray):
        names = names.combine_chunks()
    return pc.binary_join_element_wise(group, names, ":")


def _row_ids(kind: FactKind, first: int, size: int) -> pa.Array:
    return _named(kind, np.arange(first, first + size))


def _named(kind: FactKind, rows: npt.NDArray[np.int64]) -> pa.Array:
    return pc.binary_join_element_wise(
        kind.value, pa.array(rows).cast(pa.string()), ":"
    )


def _hex(keys: pa.ChunkedArray) -> pa.Array:
    return pa.array([key.hex() for key in keys.to_pylist()], pa.string())
