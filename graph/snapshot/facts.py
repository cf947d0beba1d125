"""All facts ever journaled, in memory: one writer appends, readers pin a load.

Built by applying the journal in order; what changed since a load costs what
changed. Nothing here decides what a fact means: that is analytics' business.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from graph.batch import DECISION, OPS, Load, Page, brought
from graph.errors import StoreDamaged
from graph.schema import SCHEMAS
from graph.snapshot.columns import Words
from graph.snapshot.index import Rows
from graph.snapshot.table import FactTable, halves, split_keys
from graph.snapshot.view import Snapshot
from graph.vocabulary import FactKind, Op

NEW, CHANGED, KNOWN, VOIDED = range(4)
"""What `classify` says of a row."""

_REPLACE, _VOID = OPS.index(Op.REPLACE), OPS.index(Op.VOID)
_WITHDRAW = OPS.index(Op.WITHDRAW)


@dataclass(frozen=True, slots=True)
class Changes:
    """Rows that appeared or were closed between two loads, by kind."""

    since: int
    until: int
    rows: Mapping[FactKind, Rows]


class Facts:
    """Every version of every fact, by kind, as of the last applied load."""

    def __init__(self) -> None:
        self.words, self.subjects, self.sources = Words(), Words(), Words()
        self.tables = {
            kind: FactTable(schema, self.words, self.subjects)
            for kind, schema in SCHEMAS.items()
        }
        self.loads: list[Load] = []
        self.voided: dict[tuple[FactKind, bytes], int] = {}
        self._lock = Lock()
        self._writable = frozenset(SCHEMAS)
        self.sources.code(DECISION)

    @property
    def seq(self) -> int:
        """Return the number of the last applied load; 0 before the first."""
        return self.loads[-1].seq if self.loads else 0

    def apply(self, load: Load, pages: Iterable[Page]) -> None:
        """Take in one load.

        Args:
            load: the next entry of the journal.
            pages: its pages, in order.

        Raises:
            StoreDamaged: a number is missing or repeated.
        """
        with self._lock:
            if load.seq != self.seq + 1:
                raise StoreDamaged(
                    f"账本中第 {self.seq} 次载入之后是第 {load.seq} 次，不相连。",
                    f"Load {load.seq} follows load {self.seq} in the journal.",
                    hint_zh="请运行 `creditgraph verify`。",
                    hint_en="Run `creditgraph verify`.",
                )
            source = self.sources.code(load.source)
            for page in pages:
                if page.kind not in self._writable:
                    raise KeyError(page.kind)
                self._apply_page(self.tables[page.kind], page, source, load.seq)
            self.loads.append(load)

    def _apply_page(self, table: FactTable, page: Page, source: int, seq: int) -> None:
        ops = page.table["op"].to_numpy()
        if (voids := np.flatnonzero(ops == _VOID)).size:
            for key in page.table["key"].take(pa.array(voids)).to_pylist():
                table.close(table.believed(*halves(key)), seq)
                self.voided[page.kind, key] = seq
        own = np.flatnonzero((ops == _REPLACE) | (ops == _WITHDRAW))
        if own.size:
            keys = split_keys(page.table["key"])[own]
            rows = table.current(keys, source)
            table.close(rows[rows >= 0], seq)
        facts = brought(page.table)
        if facts.num_rows:
            table.append(facts, seq=seq, source=source)

    def fork(self, kinds: Iterable[FactKind]) -> "Facts":
        """Return facts to try something on; only tables of `kinds` may be written.

        The other tables are shared: applying a page of another kind to the fork
        would change the original, so it raises KeyError instead.
        """
        with self._lock:
            twin = Facts()
            chosen = frozenset(kinds)
            twin.words, twin.subjects = self.words, self.subjects
            twin.sources = self.sources
            twin.tables = {
                kind: table.copy() if kind in chosen else table
                for kind, table in self.tables.items()
            }
            twin.loads, twin.voided = self.loads.copy(), self.voided.copy()
            twin._writable = chosen
            return twin

    def classify(
        self, source: str, kind: FactKind, keys: pa.Array, versions: pa.Array
    ) -> npt.NDArray[np.int8]:
        """Return NEW, CHANGED, KNOWN or VOIDED for each row.

        KNOWN means equal to what this source now asserts; CHANGED that it asserts
        another version of the same fact.
        """
        table, code = self.tables[kind], self.sources.known(source)
        pairs = split_keys(keys)
        rows = table.current(pairs, code)
        answer = np.where(rows >= 0, CHANGED, NEW).astype(np.int8)
        held = np.flatnonzero(rows >= 0)
        same = table.version.values[rows[held]] == split_keys(versions)[held, 0]
        answer[held[same]] = KNOWN
        gone = {key for of, key in self.voided if of is kind}
        if gone:
            for i, key in enumerate(keys.to_pylist()):
                if key in gone:
                    answer[i] = VOIDED
        return answer

    def asserted(
        self, source: str, kind: FactKind, keys: pa.Array
    ) -> npt.NDArray[np.bool_]:
        """Return whether this source asserts each key now."""
        rows = self.tables[kind].current(split_keys(keys), self.sources.known(source))
        flags: npt.NDArray[np.bool_] = rows >= 0
        return flags

    def standing(self, kind: FactKind, keys: Sequence[bytes]) -> npt.NDArray[np.bool_]:
        """Return whether any source asserts each key now."""
        table = self.tables[kind]
        found = [bool(table.believed(*halves(key))) for key in keys]
        return np.array(found, np.bool_)

    def snapshot(self) -> Snapshot:
        """Return an immutable view pinned at the last applied load."""
        with self._lock:
            for table in self.tables.values():
                table.settle()
            return Snapshot(
                tables=self.tables,
                words=self.words,
                subjects=self.subjects,
                sources=self.sources,
                loads=tuple(self.loads),
            )

    def changes(self, since: int, until: int | None = None) -> Changes:
        """Return which rows appeared or were closed after load `since`.

        Args:
            since: the load after which to look.
            until: the last load to look at, by default the last there is.
        """
        last = self.seq if until is None else until
        return Changes(
            since,
            last,
            {k: _changed(table, since, last) for k, table in self.tables.items()},
        )


def _changed(table: FactTable, since: int, until: int) -> Rows:
    first, end = np.searchsorted(table.load.values, (since, until), "right")
    added = np.arange(first, end)
    start, stop = np.searchsorted(table.closed_at.values, (since, until), "right")
    closed = np.asarray(table.closed_row.values[start:stop], np.int64)
    return np.union1d(added, closed)
