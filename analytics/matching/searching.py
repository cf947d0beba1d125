"""Names and codes of a snapshot, indexed; what a reader may not see is never found.

The rows of descriptions only grow, so the index has a large part that is built aside
and swapped, and a small one of what came since. Grams are weighed over all names, so a
hidden name may change which of many poor candidates is looked at; it is never one.
"""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock
from typing import Final

import numpy as np
import numpy.typing as npt

from analytics.matching.grams import GramIndex, Scratch, build
from analytics.matching.names import Name, parsed
from analytics.matching.scoring import Candidate, Query, Score, scored, value
from graph.snapshot import Snapshot
from graph.snapshot.columns import TextColumn
from graph.vocabulary import FactKind

Flags = npt.NDArray[np.bool_]

LATE: Final = 20_000
"""So many names are added before the large part is built again."""

CANDIDATES: Final = 24
_READERS: Final = 4
_REMEMBERED: Final = 100_000
LEAST_CODE: Final = 4
_SEPARATOR: Final = b"\n"


@dataclass(frozen=True, slots=True)
class Hit:
    """A subject that may be meant.

    Args:
        subject: canonical identifier.
        row: the description that fits best.
        name: as it is written there.
        former: the subject was called so on other days than the one asked about.
    """

    subject: str
    row: int
    name: str
    former: bool
    score: Score


@dataclass(frozen=True)
class _Part:
    """The index of the rows from a first one on."""

    first: int
    index: GramIndex
    scratch: Scratch

    @property
    def end(self) -> int:
        return self.first + len(self.index.total)


class Matcher:
    """Finds subjects of one store's snapshots by name and code."""

    def __init__(self) -> None:
        self._parts: tuple[_Part, ...] = ()
        self._codes, self._ends = b"", np.empty(0, np.int64)
        self._coded = 0
        self._parsed: dict[int, tuple[Name, str, str]] = {}
        self._open: OrderedDict[tuple[object, ...], Flags] = OrderedDict()
        self._lock = Lock()

    @property
    def nbytes(self) -> int:
        """Return the bytes of the index."""
        grams = sum(part.index.nbytes for part in self._parts)
        return grams + len(self._codes) + self._ends.nbytes

    def prepare(self, snapshot: Snapshot) -> None:
        """Index what is new, so that the next search need not."""
        with self._lock:
            self._prepare(snapshot)

    def find(
        self,
        snapshot: Snapshot,
        query: Query,
        *,
        text: str,
        day: int,
        most: int = 10,
        others: bool = True,
    ) -> list[Hit]:
        """Return the subjects that fit best, the best first.

        Args:
            snapshot: under the reader's scope.
            query: what is asked for, in its parts.
            text: the name as it was written, empty for none.
            day: decides which names are former ones.
            most: at most so many.
            others: similar names too where one sounds the same as a whole.
        """
        with self._lock:
            self._prepare(snapshot)
            open_ = self._readable(snapshot)
            rows = [
                *self._by_code(query.code, open_),
                *self._by_name(text, open_, others=others),
            ]
        ranked = []
        for row in dict.fromkeys(rows):
            found = self._candidate(snapshot, row, day)
            ranked.append((-round(value(query, found), 6), found.former, row, found))
        best: dict[str, Hit] = {}
        for _, _, row, found in sorted(ranked, key=lambda r: r[:3]):
            hit = _hit(snapshot, row, found, query)
            best.setdefault(hit.subject, hit)
            if len(best) == most:
                break
        return list(best.values())

    def _candidate(self, snapshot: Snapshot, row: int, day: int) -> Candidate:
        kind = FactKind.PROFILE
        known = self._parsed.get(row)
        if known is None:
            subject, name, region = (
                snapshot.text(kind, row, c) for c in ("subject", "name", "region")
            )
            if len(self._parsed) >= _REMEMBERED:
                self._parsed.clear()
            known = parsed(name), _code_of(subject), region
            self._parsed[row] = known
        begins = snapshot.day(kind, row, "valid_from")
        former = not begins <= day < snapshot.day(kind, row, "valid_to")
        return Candidate(*known, former)

    # ---- candidates ------------------------------------------------------

    def _by_name(self, text: str, open_: Flags, *, others: bool) -> Iterator[int]:
        if not text:
            return
        parts = [(p, open_[p.first : p.end]) for p in self._parts]
        equal = [
            row
            for part, own in parts
            for row in (part.index.same(text, own, CANDIDATES) + part.first).tolist()
        ]
        yield from equal
        if others or not equal:
            for part, own in parts:
                found = part.index.nearest(text, own, CANDIDATES, part.scratch)
                yield from (found + part.first).tolist()

    def _by_code(self, code: str, open_: Flags) -> Iterator[int]:
        if len(code) < LEAST_CODE:
            return
        wanted, at, found = code.encode("ascii", "replace"), -1, 0
        while found < CANDIDATES and (at := self._codes.find(wanted, at + 1)) >= 0:
            row = int(np.searchsorted(self._ends, at, "right"))
            if open_[row]:
                found += 1
                yield row
            at = int(self._ends[row]) - 1

    # ---- the index -------------------------------------------------------

    def _prepare(self, snapshot: Snapshot) -> None:
        names = snapshot.tables[FactKind.PROFILE].columns["name"]
        assert isinstance(names, TextColumn)  # noqa: S101  # the schema says so
        size, done = names.size, self._parts[-1].end if self._parts else 0
        if size == done:
            return
        base = self._parts[:1]
        first = base[0].end if base and size - base[0].end <= LATE else 0
        index = build(names.array(size).slice(first))
        part = _Part(first, index, Scratch(size - first))
        self._parts = (*base, part) if first else (part,)
        self._add_codes(snapshot, size)

    def _add_codes(self, snapshot: Snapshot, size: int) -> None:
        rows = np.arange(self._coded, size)
        subjects = snapshot.tables[FactKind.PROFILE].columns["subject"]
        texts = [_code_of(subject) for subject in subjects.values_at(rows)]
        lengths = [len(text) + 1 for text in texts]
        fresh = np.cumsum(lengths, dtype=np.int64) + len(self._codes)
        joined = "\n".join((*texts, "")) if texts else ""
        self._codes += joined.encode("ascii", "replace")
        self._ends = np.concatenate([self._ends, fresh])
        self._coded = size

    def _readable(self, snapshot: Snapshot) -> Flags:
        """Return which rows may be found; kept for the readers who asked last."""
        table = snapshot.tables[FactKind.PROFILE]
        key = (table.last_change(snapshot.seq), snapshot.scope, table.size)
        flags = self._open.get(key)
        if flags is None:
            flags = np.zeros(table.size, np.bool_)
            flags[snapshot.all_rows(FactKind.PROFILE)] = True
            self._open[key] = flags
            if len(self._open) > _READERS:
                self._open.popitem(last=False)
        self._open.move_to_end(key)
        return flags


def _hit(snapshot: Snapshot, row: int, found: Candidate, query: Query) -> Hit:
    kind = FactKind.PROFILE
    subject = snapshot.identities.canonical(snapshot.text(kind, row, "subject"))
    name = snapshot.text(kind, row, "name")
    return Hit(subject, row, name, found.former, scored(query, found))


def _code_of(subject: str) -> str:
    """Return the number in an identifier of an organization, empty where none is."""
    scheme, _, number = subject.partition(":")
    if scheme != "org" or number.startswith("scoped:"):
        return ""
    return number.rpartition(":")[2]


def query_of(name: str, *, code: str = "", region: str = "") -> Query:
    """Return what is asked for; a text that looks like a code is asked for as both."""
    text = name.strip()
    looks = text.upper() if LEAST_CODE <= len(text) <= _LONGEST_CODE else ""
    plain = looks.isascii() and looks.isalnum() and any(map(str.isdigit, looks))
    asked = code.strip().upper() or (looks if plain else "")
    return Query(parsed(text) if text and not plain else None, asked, region)


_LONGEST_CODE: Final = 18
