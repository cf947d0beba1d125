"""A batch of facts on its way into the journal, and the pages it is kept on.

The key of a fact is the digest of its business key, its version the digest of its
whole content. Null columns do not enter a digest, so a column added to a schema
later changes neither. A row is known when it equals its source's current version.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph.errors import BadInput, StoreTooNew
from graph.schema import ENVELOPE, SCHEMAS, Column, FactSchema
from graph.vocabulary import FactKind, LoadKind, Op

OPS: tuple[Op, ...] = (Op.ADD, Op.REPLACE, Op.VOID, Op.WITHDRAW)
"""The number in a journal row's `op` column is the index here."""

_BRINGING = (OPS.index(Op.ADD), OPS.index(Op.REPLACE))

DECISION = "decision"
"""Source of what an authority decided by hand; it overrides every file source."""

PAGE_BYTES = 400_000
_UNIT = "\x1f"


@dataclass(frozen=True, slots=True)
class Batch:
    """What one transaction brings in.

    Args:
        batch: unique name; sending the same name again changes nothing.
        source: key of the source that asserts these facts.
        tables: content columns of graph.schema per kind, plus `line` (int32).
        voids: keys of facts that were wrong from the start, per kind.
        withdraws: keys of facts that this source asserts no longer, per kind; what
            another source asserts stands.
        recorded_at: instant, UTC; the store never lets it run backwards.
        file: name of the file, for people; `digest` is of its bytes.
        note: document, authority, reason, actor: whatever the act must carry.
    """

    batch: str
    source: str
    recorded_at: datetime
    tables: Mapping[FactKind, pa.Table] = field(default_factory=dict)
    voids: Mapping[FactKind, Sequence[bytes]] = field(default_factory=dict)
    withdraws: Mapping[FactKind, Sequence[bytes]] = field(default_factory=dict)
    kind: LoadKind = LoadKind.FACTS
    file: str = ""
    digest: str = ""
    note: Mapping[str, str] = field(default_factory=dict)
    payload: bytes | None = None

    @property
    def rows(self) -> int:
        """Return how many rows the batch carries, voids and withdrawals included."""
        facts = sum(int(t.num_rows) for t in self.tables.values())
        closings = (*self.voids.values(), *self.withdraws.values())
        return facts + sum(map(len, closings))

    def note_json(self) -> str:
        """Return the note as canonical JSON."""
        return json.dumps(dict(self.note), ensure_ascii=False, sort_keys=True)


@dataclass(frozen=True, slots=True)
class Load:
    """One entry of the journal, as it was acknowledged."""

    seq: int
    batch: str
    kind: LoadKind
    source: str
    file: str
    digest: str
    recorded_at: datetime
    counts: Mapping[str, int]
    note: Mapping[str, str]
    chain: str
    """Digest over every load up to and with this one: names the whole history."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the journal: rows of one kind from one load."""

    seq: int
    part: int
    kind: FactKind
    table: pa.Table
    """Envelope columns (op, key, version, line) and the content columns."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a store did with a batch: its rows are the sum of the five counts."""

    seq: int
    added: int
    replaced: int
    voided: int
    known: int
    withdrawn: int = 0
    repeated: bool = False
    """The batch name was already acknowledged; nothing was written now."""

    @property
    def new(self) -> int:
        """Return how many rows changed something."""
        return self.added + self.replaced + self.voided + self.withdrawn


def conform(kind: FactKind, table: pa.Table) -> pa.Table:
    """Return the table in schema order and types; absent columns become null.

    Raises:
        BadInput: a column is not of this kind, or a required one has nulls.
    """
    schema = SCHEMAS[kind]
    names = {c.name for c in schema.columns} | {"line"}
    if unknown := sorted(set(table.column_names) - names):
        raise BadInput(
            f"{kind.zh}（{kind.value}）没有列 {'、'.join(unknown)}。",
            f"A {kind.value} has no column {', '.join(unknown)}.",
            hint_zh="各类事实的列见 graph.schema。",
            hint_en="graph.schema lists the columns of each kind.",
        )
    arrays = [_conformed(schema, c, table) for c in schema.columns]
    line = (
        table["line"].cast(pa.int32())
        if "line" in table.column_names
        else pa.nulls(table.num_rows, pa.int32())
    )
    return pa.table([*arrays, line], names=[*(c.name for c in schema.columns), "line"])


def _conformed(schema: FactSchema, column: Column, table: pa.Table) -> pa.ChunkedArray:
    if column.name not in table.column_names:
        values = pa.chunked_array([pa.nulls(table.num_rows, column.type)])
    else:
        values = table[column.name].cast(column.type)
    if column.required and values.null_count:
        raise BadInput(
            f"{table.num_rows} 行{schema.kind.zh}中有 {values.null_count} 行缺少必填列“{column.zh}”（{column.name}）。",
            f"{values.null_count} of {table.num_rows} {schema.kind.value} rows lack "
            f"the required column {column.name}.",
        )
    return values


def fact_keys(kind: FactKind, table: pa.Table) -> pa.Array:
    """Return the 16-byte key of each row, from the columns of its business key."""
    return _digests(kind, table, SCHEMAS[kind].key_columns)


def versions(kind: FactKind, table: pa.Table) -> pa.Array:
    """Return the 16-byte digest of each row's content (`line` is not content)."""
    return _digests(kind, table, SCHEMAS[kind].columns)


def _digests(kind: FactKind, table: pa.Table, columns: Sequence[Column]) -> pa.Array:
    parts = [
        pc.binary_join_element_wise(f"{c.name}=", _as_text(table[c.name], c), "")
        for c in columns
    ]
    joined = pc.binary_join_element_wise(
        f"{kind.value}", *parts, _UNIT, null_handling="skip"
    )
    encoded = joined.cast(pa.binary()).to_pylist()
    return pa.array(
        [blake2b(text, digest_size=16).digest() for text in encoded], pa.binary(16)
    )


def _as_text(values: pa.ChunkedArray, column: Column) -> pa.ChunkedArray:
    if pa.types.is_list(column.type):
        return pc.binary_join(values, ";")
    if pa.types.is_string(column.type):
        return values
    return values.cast(pa.string())


def journal_table(
    table: pa.Table, *, ops: Sequence[int], keys: pa.Array, digests: pa.Array
) -> pa.Table:
    """Return a conformed table with its envelope in front."""
    content = table.drop_columns(["line"])
    return pa.table(
        [pa.array(ops, pa.int8()), keys, digests, table["line"], *content.columns],
        names=[*ENVELOPE.names, *content.column_names],
    )


def closing_table(kind: FactKind, keys: Sequence[bytes], op: Op) -> pa.Table:
    """Return journal rows that close these facts; their content columns are null.

    Args:
        kind: of the facts.
        keys: of the facts.
        op: VOID whoever asserts them, WITHDRAW what the source of the batch asserts.
    """
    empty = pa.nulls(len(keys), pa.int32())
    content = [pa.nulls(len(keys), c.type) for c in SCHEMAS[kind].columns]
    return pa.table(
        [
            pa.array([OPS.index(op)] * len(keys), pa.int8()),
            pa.array(list(keys), pa.binary(16)),
            pa.array([bytes(16)] * len(keys), pa.binary(16)),
            empty,
            *content,
        ],
        names=[*ENVELOPE.names, *(c.name for c in SCHEMAS[kind].columns)],
    )


def brought(rows: pa.Table) -> pa.Table:
    """Return those journal rows that bring a fact, without voids and withdrawals."""
    bringing = np.isin(rows["op"].to_numpy(), _BRINGING)
    return rows if bringing.all() else rows.filter(pa.array(bringing))


def encode_pages(table: pa.Table) -> Iterator[tuple[int, bytes]]:
    """Yield (rows, bytes) pages of a journal table, Arrow IPC with zstd.

    Pages aim at PAGE_BYTES after compression; servers stream such pages fastest.
    """
    per_row = max(1, table.nbytes // max(1, table.num_rows))
    rows = max(1_000, min(100_000, PAGE_BYTES * 4 // per_row))
    for start in range(0, table.num_rows, rows):
        part = table.slice(start, rows)
        sink = pa.BufferOutputStream()
        options = pa.ipc.IpcWriteOptions(compression="zstd")
        with pa.ipc.new_stream(sink, part.schema, options=options) as writer:
            writer.write_table(part)
        yield part.num_rows, sink.getvalue().to_pybytes()


def decode_page(kind: FactKind, schema_version: int, data: bytes) -> pa.Table:
    """Return the journal table of a page, upcast to the present schema.

    An older page lacks columns that came later: they are null.

    Raises:
        StoreTooNew: the page was written by a later version of the program.
    """
    schema = SCHEMAS[kind]
    if schema_version > schema.version:
        raise StoreTooNew(
            f"{kind.zh}的账本页是模式版本 {schema_version}，本程序只认到 {schema.version}。",
            f"A {kind.value} page has schema version {schema_version}; this program "
            f"knows {schema.version}.",
            hint_zh="请使用写入该存储的程序版本或更新的版本。",
            hint_en="Use the program version that wrote the store, or a newer one.",
        )
    table = pa.ipc.open_stream(data).read_all()
    if table.column_names == [*ENVELOPE.names, *(c.name for c in schema.columns)]:
        return table
    for column in schema.columns:
        if column.name not in table.column_names:
            table = table.append_column(
                column.name, pa.nulls(table.num_rows, column.type)
            )
    return table.select([*ENVELOPE.names, *(c.name for c in schema.columns)])
