"""A file that is the whole truth of its source: what it does not have any more.

What the source asserts and the file does not mention is dropped: it ended on the day
of the file, or it is withdrawn because it was never so. A row that could not be taken
still mentions what it may be about, so that a slip of the pen ends nothing.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pyarrow as pa

from graph.schema import SCHEMAS
from graph.snapshot import day_of
from graph.snapshot.contents import Pages, contents
from graph.snapshot.facts import Facts
from graph.snapshot.index import Rows
from graph.snapshot.table import BELIEVED, FactTable, split_keys
from graph.vocabulary import FactKind
from loaders.description import SourceDescription
from loaders.emit import Emitted
from loaders.interpret import Parsed
from loaders.piece import Piece
from loaders.seen import Seen
from loaders.settle import Step

_CHUNK: Final = 20_000
_NAMING: Final = ("document_number", "document", "about_document")
"""Columns of a business key that a bad row may still have written right."""
_NO_WORD: Final = re.compile(r"\W")


@dataclass(frozen=True, slots=True)
class Dropped:
    """What the file does not have any more, as rows of the facts by kind.

    Args:
        asserted: how many facts the source asserts that the file could have.
        gone: those that the file drops.
        kept: those of which a row that was set aside may speak; they stay.
    """

    asserted: int
    gone: Mapping[FactKind, Rows]
    kept: int

    @property
    def count(self) -> int:
        """Return how many facts the file drops."""
        return sum(len(rows) for rows in self.gone.values())


class Whole:
    """What one file mentions.

    Args:
        source: of the file; its mode is `full`.
        on: the day of which the file speaks.
    """

    def __init__(self, source: SourceDescription, on: date) -> None:
        """Begin with nothing mentioned."""
        self._source, self._on = source, on
        kinds = dict.fromkeys(rule.fact for rule in source.own_rules)
        self._seen = {kind: Seen() for kind in kinds}
        self._within: set[tuple[str, ...]] = set()
        self._cells: set[str] = set()
        self._broken: list[str] = []

    def take(self, piece: Piece, parsed: Parsed, emitted: Iterable[Emitted]) -> None:
        """Note what a piece mentions."""
        for one in emitted:
            if one.kind not in self._seen:
                continue
            seen, keys = self._seen[one.kind], split_keys(one.keys)
            _, first = np.unique(keys, axis=0, return_index=True)
            new = np.sort(first)
            new = new[seen.lines(keys[new]) == 0]
            seen.add(keys[new], np.ones(len(new), np.int32))
            if self._source.replaces_within and not one.rule.minor:
                columns = (one.table[n] for n in self._source.replaces_within)
                texts = (c.fill_null("").to_pylist() for c in columns)
                self._within |= set(zip(*texts, strict=True))
        for row in np.flatnonzero(parsed.bad).tolist():
            if row in piece.broken:
                self._broken.append(_plain(piece.broken[row].raw))
            else:
                cells = (column[row].as_py() for column in piece.table.columns)
                self._cells |= {_plain(cell or "") for cell in cells}
        self._cells.discard("")

    def dropped(self, facts: Facts) -> Dropped:
        """Return what the source asserts and the file does not mention."""
        asserted = kept = 0
        gone: dict[FactKind, Rows] = {}
        for kind, seen in self._seen.items():
            rows = self._asserted(facts, kind)
            asserted += len(rows)
            rows = rows[seen.lines(_keys(facts.tables[kind], rows)) == 0]
            spoken_of = np.array([self._speaks_of(facts, kind, r) for r in rows], bool)
            kept += int(spoken_of.sum())
            if len(rows := rows[~spoken_of]):
                gone[kind] = rows
        return Dropped(asserted, gone, kept)

    def _asserted(self, facts: Facts, kind: FactKind) -> Rows:
        """Return the rows that the source asserts now, where the file is the truth.

        What had ended by the day of the file needs not stand in it any more.
        """
        table, code = facts.tables[kind], facts.sources.known(self._source.key)
        own = (table.source.values == code) & (table.until.values == BELIEVED)
        rows = np.flatnonzero(own)
        if self._source.dropped == "end":
            ends = np.array(table.columns["valid_to"].values_at(rows), np.int64)
            rows = rows[ends > day_of(self._on)] if len(rows) else rows
        if self._source.replaces_within:
            names = self._source.replaces_within
            columns = (table.columns[name].values_at(rows) for name in names)
            inside = [one in self._within for one in zip(*columns, strict=True)]
            rows = rows[np.array(inside, bool)]
        return rows

    def _speaks_of(self, facts: Facts, kind: FactKind, row: int) -> bool:
        """Return whether a row that was set aside may be about the fact."""
        if not self._cells and not self._broken:
            return False
        names = {_plain(text) for text in _names_of(facts, kind, row)} - {""}
        return not names.isdisjoint(self._cells) or any(
            name in text for text in self._broken for name in names
        )

    def closings(self, facts: Facts, pages: Pages, dropped: Dropped) -> Iterator[Step]:
        """Yield what closes the dropped facts, in batches of bounded size."""
        for kind, rows in dropped.gone.items():
            for start in range(0, len(rows), _CHUNK):
                some = rows[start : start + _CHUNK]
                yield self._closing(facts, pages, kind, some)

    def _closing(self, facts: Facts, pages: Pages, kind: FactKind, rows: Rows) -> Step:
        table = facts.tables[kind]
        keys = _bytes(_keys(table, rows))
        if self._source.dropped == "withdraw":
            return Step(withdraws={kind: keys})
        begun = np.array(table.columns["valid_from"].values_at(rows), np.int64)
        # What was to begin only later never held: it has no last day.
        never = (begun >= day_of(self._on)).tolist()
        ending = [key for key, not_yet in zip(keys, never, strict=True) if not not_yet]
        future = [key for key, not_yet in zip(keys, never, strict=True) if not_yet]
        whole = contents(facts, pages, self._source.key, kind, ending)
        return Step(
            tables={kind: self._ended(kind, whole)} if ending else {},
            withdraws={kind: future} if future else {},
        )

    def _ended(self, kind: FactKind, whole: pa.Table) -> pa.Table:
        """Return the facts with the day of the file as the first on which they are not."""
        given = {"valid_to": pa.scalar(self._on, pa.date32())}
        if kind is FactKind.SANCTION:
            given["end_reason"] = pa.scalar(self._source.drop_reason, pa.string())
        for name, value in given.items():
            column = pa.array([value.as_py()] * whole.num_rows, value.type)
            whole = whole.set_column(whole.column_names.index(name), name, column)
        return whole


def _keys(table: FactTable, rows: Rows) -> np.ndarray:
    return np.stack([table.high.values[rows], table.low.values[rows]], axis=1)


def _bytes(keys: np.ndarray) -> list[bytes]:
    data = np.ascontiguousarray(keys).tobytes()
    return [data[at : at + 16] for at in range(0, len(data), 16)]


def _names_of(facts: Facts, kind: FactKind, row: int) -> Iterator[str]:
    """Yield what a row about the fact would name: documents, codes and names."""
    table = facts.tables[kind]
    for column in SCHEMAS[kind].key_columns:
        if column.name in _NAMING:
            yield str(table.columns[column.name].value(row) or "")
    profiles = facts.tables[FactKind.PROFILE]
    for column in SCHEMAS[kind].subject_columns:
        code = int(table.subject_codes(column.name).values[row])
        yield facts.subjects.texts[code].rpartition(":")[2]
        for described in profiles.by_subject["subject"].rows(code):
            yield str(profiles.columns["name"].value(described) or "")


def _plain(text: str) -> str:
    """Return letters and digits in one spelling."""
    return _NO_WORD.sub("", unicodedata.normalize("NFKC", text).casefold())
