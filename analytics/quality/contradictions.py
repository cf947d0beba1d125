"""What cannot all be true: two representatives, decisions too early, lists without one."""

from collections.abc import Iterator
from functools import cached_property
from typing import Final

import numpy as np

from analytics.quality.clashes import Clashes, clashing
from analytics.quality.looked import Item, Looked
from analytics.quality.marks import Flags, Marks, Places, joined
from analytics.quality.measures import Measure
from analytics.quality.names import plain_names
from analytics.quality.stock import Days, Stock, is_day
from graph.errors import Said
from graph.identity import is_scoped
from graph.snapshot import UNKNOWN, date_of
from graph.vocabulary import FactKind, Role

_SHOWN: Final = 10
_DECIDED: Final = (FactKind.RECORD, FactKind.SANCTION)


def contradictions(stock: Stock) -> Iterator[Looked]:
    """Yield what each measure of contradictions looked at."""
    yield Representatives(stock).looked()
    yield before_establishment(stock)
    yield lists_without_decision(stock)


class Representatives:
    """Terms of legal representatives that overlap.

    A person known by name only is taken for another of the same name: the one source
    gave a document number, the other did not.
    """

    def __init__(self, stock: Stock) -> None:
        self._stock = stock
        rows = stock.readable(FactKind.TIE)
        role = stock.snapshot.words.known(Role.LEGAL_REPRESENTATIVE.value)
        self._rows = rows[stock.column(FactKind.TIE, "role")[rows] == role]
        canonical = stock.subjects.canonical
        self._organizations, self._persons = (
            canonical[stock.column(FactKind.TIE, name)[self._rows]]
            for name in ("organization", "person")
        )

    def looked(self) -> Looked:
        """Return what was looked at: terms of office, by organization."""
        own = np.isin(self._rows, self._stock.counted(FactKind.TIE))
        units = self._organizations[own]
        faulty = np.isin(units, self._organizations[self._clashes.one])
        marks = self._stock.marks_at(FactKind.TIE, self._rows[own])
        texts = self._stock.snapshot.subjects.texts

        def show(places: Places) -> Item:
            return self._show(int(units[places[0]]))

        return Looked(
            Measure.TWO_REPRESENTATIVES, marks, faulty, texts, show, units=units
        )

    @cached_property
    def _clashes(self) -> Clashes:
        kind = FactKind.TIE
        begins = self._stock.known_from(kind, self._rows)
        ends = self._stock.column(kind, "valid_to")[self._rows].astype(np.int64)
        found = clashing(self._organizations, begins, ends, self._persons)
        differ = ~self._may_be_one(found)
        return Clashes(found.one[differ], found.other[differ])

    def _may_be_one(self, found: Clashes) -> Flags:
        """Return which pairs have one name, and one of the two is known by it only."""
        if not found.one.size:
            return np.zeros(0, np.bool_)
        texts = self._stock.snapshot.subjects.texts
        names = self._names(
            np.union1d(self._persons[found.one], self._persons[found.other])
        )
        pairs = zip(
            self._persons[found.one].tolist(),
            self._persons[found.other].tolist(),
            strict=True,
        )
        return np.array(
            [
                (is_scoped(texts[a]) or is_scoped(texts[b]))
                and names.get(a, a) == names.get(b, b)
                for a, b in pairs
            ],
            np.bool_,
        )

    def _names(self, persons: Places) -> dict[int, str]:
        rows = self._stock.readable(FactKind.PROFILE)
        column = self._stock.column(FactKind.PROFILE, "subject")
        subjects = self._stock.subjects.canonical[column[rows]]
        wanted = np.isin(subjects, persons)
        names = plain_names(self._stock.texts(FactKind.PROFILE, "name", rows[wanted]))
        return dict(zip(subjects[wanted].tolist(), names.to_pylist(), strict=True))

    def _show(self, organization: int) -> Item:
        found = self._clashes
        at = np.flatnonzero(self._organizations[found.one] == organization)[:_SHOWN]
        both = np.union1d(found.one[at], found.other[at])
        rows = self._rows[both]
        begins = self._stock.known_from(FactKind.TIE, self._rows)
        later = np.maximum(begins[found.one[at]], begins[found.other[at]])
        day = date_of(int(later.min()))
        persons = len(np.unique(self._persons[both]))
        texts = self._stock.snapshot.subjects.texts
        named = dict.fromkeys(
            texts[s] for s in [organization, *self._persons[both].tolist()]
        )
        return Item(
            name=texts[organization].removeprefix("org:"),
            said=Said(
                f"{persons} 人任期重叠，自 {day}",
                f"the terms of {persons} persons overlap from {day} on",
            ),
            subjects=tuple(named)[: _SHOWN + 1],
            facts=tuple((FactKind.TIE, row) for row in rows.tolist()),
        )


def before_establishment(stock: Stock) -> Looked:
    """Return what was looked at for decisions before their subject was there."""
    begun = _established(stock)
    parts = [_decided(stock, kind, begun) for kind in _DECIDED]
    rows, kinds, decided, since = (
        np.concatenate(part) for part in zip(*(p[:4] for p in parts), strict=True)
    )

    def show(places: Places) -> Item:
        place = int(places[0])
        kind, row = _DECIDED[int(kinds[place])], int(rows[place])
        days = date_of(int(decided[place])), date_of(int(since[place]))
        return Item(
            name=stock.place(kind, row),
            said=Said(
                f"{days[0]} 决定，主体 {days[1]} 才成立",
                f"decided on {days[0]}, established on {days[1]}",
            ),
            subjects=(stock.snapshot.text(kind, row, "subject"),),
            facts=((kind, row),),
        )

    # Sanctions are listed behind all records there may ever be.
    keys = kinds * 2**40 + rows
    marks = joined(*(p[4] for p in parts))
    return Looked(Measure.BEFORE_ESTABLISHMENT, marks, decided < since, keys, show)


def _established(stock: Stock) -> Days:
    """Return, by subject, the earliest day of establishment that anybody gives."""
    rows = stock.readable(FactKind.PROFILE)
    days = stock.column(FactKind.PROFILE, "established_on")[rows]
    known = is_day(days)
    subjects = stock.column(FactKind.PROFILE, "subject")[rows[known]]
    found = np.full(len(stock.subjects.canonical), np.iinfo(np.int32).max, np.int32)
    np.minimum.at(found, stock.subjects.canonical[subjects], days[known])
    found[found == np.iinfo(np.int32).max] = UNKNOWN
    return found


def _decided(
    stock: Stock, kind: FactKind, begun: Days
) -> tuple[Places, Places, Days, Days, Marks]:
    rows = stock.counted(kind)
    decided = stock.column(kind, "decided_on")[rows]
    subjects = stock.subjects.canonical[stock.column(kind, "subject")[rows]]
    since = begun[subjects]
    at = np.flatnonzero(is_day(decided) & is_day(since))
    kinds = np.full(len(at), _DECIDED.index(kind))
    return rows[at], kinds, decided[at], since[at], stock.marks(kind).take(at)


def lists_without_decision(stock: Stock) -> Looked:
    """Return what was looked at for entries on lists that lack their decision."""
    kind, snapshot = FactKind.SANCTION, stock.snapshot
    counted = stock.counted(kind)
    at = np.flatnonzero(stock.has(kind, "list", counted))
    rows = counted[at]
    undated = ~is_day(stock.column(kind, "decided_on")[rows])
    unnumbered = ~stock.has(kind, "document_number", rows)
    based = np.flatnonzero(stock.has(kind, "record_key", rows))
    gone = np.zeros(len(rows), np.bool_)
    keys = stock.texts(kind, "record_key", rows[based]).to_pylist()
    known = _heads(stock)
    heads = [np.frombuffer(bytes.fromhex(k)[:8], np.uint64)[0] for k in keys]
    gone[based] = ~np.isin(np.array(heads, np.uint64), known)

    def show(places: Places) -> Item:
        place = int(places[0])
        row = int(rows[place])
        lacking = [
            said
            for flags, said in (
                (undated, Said("无决定日期", "no day of decision")),
                (unnumbered, Said("无文书号", "no document number")),
                (gone, Said("所依据的记录已不存在", "the record it rests on is gone")),
            )
            if flags[place]
        ]
        return Item(
            name=stock.place(kind, row),
            said=Said(
                "；".join(s.zh for s in lacking), "; ".join(s.en for s in lacking)
            ),
            subjects=(snapshot.text(kind, row, "subject"),),
            facts=((kind, row),),
        )

    faulty = undated | unnumbered | gone
    marks = stock.marks(kind).take(at)
    return Looked(Measure.LISTS_WITHOUT_DECISION, marks, faulty, rows, show)


def _heads(stock: Stock) -> Places:
    """Return the first halves of the keys of all records that stand."""
    table = stock.snapshot.tables[FactKind.RECORD]
    heads: Places = table.high.values[stock.readable(FactKind.RECORD)]
    return heads
