"""Which fields of the facts are empty, source by source, and which rows never came in."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from analytics.quality.looked import Item, Looked
from analytics.quality.marks import Flags, Marks, Places, joined
from analytics.quality.measures import Measure
from analytics.quality.stock import DESCRIBES, Stock
from graph.batch import DECISION
from graph.errors import Said
from graph.schema import SCHEMAS, Column
from graph.snapshot.grouping import grouped
from graph.vocabulary import FactKind, OrganizationKind, SubjectKind


class Form(NamedTuple):
    """What has the same fields: a kind of fact; a description by what is described."""

    kind: FactKind
    of: SubjectKind | None = None

    @property
    def name(self) -> str:
        """Return the first part of the names of its fields."""
        return (
            self.kind.value if self.of is None else f"{self.kind.value}.{self.of.value}"
        )


Filled = Mapping[tuple[str, Form], Set[str]]
"""Columns that a source fills, where that is known, by source and form."""

FORMS: Final = (
    *(
        Form(FactKind.PROFILE, of)
        for of in (SubjectKind.ORGANIZATION, SubjectKind.PERSON)
    ),
    *(Form(kind) for kind in FactKind if kind is not FactKind.PROFILE),
)
_ALWAYS: Final = frozenset({"public", "department"})
_MAY_BE_UNKNOWN: Final = frozenset({"organization_kind", "status"})
_NOT_OF: Final[Mapping[SubjectKind | None, Set[str]]] = {
    SubjectKind.ORGANIZATION: frozenset({"id_masked"}),
    SubjectKind.PERSON: DESCRIBES | {"uscc", "business_scope"},
}
"""What nobody has: organizations no identity number, persons no register's data."""


def field_name(form: Form, column: str) -> str:
    """Return the name of a field, for example `profile.organization.uscc`."""
    return f"{form.name}.{column}"


def labelled(field: str) -> Said:
    """Return a field with its labels; a name that is none of ours as it is."""
    for form in FORMS:
        column = field.removeprefix(f"{form.name}.")
        found = next((c for c in SCHEMAS[form.kind].columns if c.name == column), None)
        if column != field and found:
            of = Said(form.of.zh, form.of.en) if form.of else Said("", "")
            zh = f"{form.kind.zh}{f'（{of.zh}）' if of.zh else ''}·{found.zh}"
            en = f"{form.kind.value}{f' ({of.en})' if of.en else ''}: {column}"
            return Said(zh, en)
    return Said(field, field)


def completeness(stock: Stock, filled: Filled) -> Iterator[Looked]:
    """Yield, for each field, the facts of the sources that are to fill it.

    Args:
        stock: what is looked at.
        filled: what each source fills; of a source that is not named, the columns
            are looked at in which it has any value.
    """
    for form in FORMS:
        rows = stock.counted(form.kind)
        if not rows.size:
            continue
        at = np.arange(len(rows)) if form.of is None else _described(stock, rows, form)
        marks = (
            stock.marks(form.kind)
            if form.of is None
            else stock.marks(form.kind).take(at)
        )
        for column in SCHEMAS[form.kind].columns:
            never = column.key or column.name in _ALWAYS
            if not never and column.name not in _NOT_OF.get(form.of, ()):
                yield from _looked(stock, form, column, rows[at], marks, filled)


def _described(stock: Stock, rows: Places, form: Form) -> Places:
    subjects = stock.column(form.kind, "subject")[rows]
    is_person = stock.subjects.is_person[subjects]
    wanted = is_person if form.of is SubjectKind.PERSON else ~is_person
    return np.flatnonzero(wanted)


def _looked(
    stock: Stock, form: Form, column: Column, rows: Places, marks: Marks, filled: Filled
) -> Iterator[Looked]:
    has = _says(stock, form, column.name, rows)
    asked = _asked(stock, form, column.name, rows, has, filled)
    if not asked.any():
        return
    name = field_name(form, column.name)
    if not asked.all():
        at = np.flatnonzero(asked)
        rows, marks, has = rows[at], marks.take(at), has[at]

    def show(places: Places) -> Item:
        row = int(rows[places[0]])
        first = next(c.name for c in SCHEMAS[form.kind].subject_columns)
        return Item(
            name=stock.place(form.kind, row),
            said=Said(f"{column.zh}为空", f"{column.name} is empty"),
            subjects=(stock.snapshot.text(form.kind, row, first),),
            facts=((form.kind, row),),
        )

    yield Looked(Measure.EMPTY_FIELDS, marks, ~has, rows, show, field=name)


def _says(stock: Stock, form: Form, column: str, rows: Places) -> Flags:
    """Return where a column says something: that a kind is not known says nothing."""
    has = stock.has(form.kind, column, rows)
    if column in _MAY_BE_UNKNOWN:
        unknown = stock.snapshot.words.known(OrganizationKind.UNKNOWN.value)
        has &= stock.column(form.kind, column)[rows] != unknown
    return has


def _asked(
    stock: Stock, form: Form, column: str, rows: Places, has: Flags, filled: Filled
) -> Flags:
    """Return which rows come from a source that is to fill the column."""
    numbers = stock.snapshot.tables[form.kind].source.values[rows]
    texts = stock.snapshot.sources.texts
    told = np.bincount(numbers, weights=has, minlength=len(texts)) > 0
    asked = [
        text != DECISION
        and (column in filled[text, form] if (text, form) in filled else bool(told[n]))
        for n, text in enumerate(texts)
    ]
    flags: Flags = np.array(asked, np.bool_)[numbers]
    return flags


def rows_set_aside(stock: Stock) -> Looked:
    """Return what was looked at for rows: those that brought facts, and those that wait.

    A row that brought several facts is one row, with the marks of the record it holds.
    """
    taken = _taken(stock)
    marks = joined(taken, stock.waiting_marks)
    faulty = np.zeros(len(marks), np.bool_)
    faulty[len(taken) :] = True
    keys = [row.position for row in stock.waiting]

    def show(places: Places) -> Item:
        row = stock.waiting[int(places[0]) - len(taken)]
        return Item(name=f"{row.file}:{row.line}", said=row.told, waiting=(row,))

    return Looked(
        Measure.ROWS_SET_ASIDE, marks, faulty, _Behind(len(taken), keys), show
    )


@dataclass(frozen=True, slots=True)
class _Behind:
    """Keys of the rows that wait: they stand behind those that were taken."""

    before: int
    keys: Sequence[str]

    def __getitem__(self, place: int) -> str:
        return self.keys[place - self.before]


def _taken(stock: Stock) -> Marks:
    """Return the marks of every row of a file that stands in the facts."""
    files, lines, marks = [], [], []
    by_hand = stock.snapshot.sources.known(DECISION)
    # Descriptions last: what a row repeats about its subject has the source's marks.
    for kind in sorted(FactKind, key=lambda k: k is FactKind.PROFILE):
        rows, table = stock.counted(kind), stock.snapshot.tables[kind]
        at = np.flatnonzero(table.source.values[rows] != by_hand)
        files.append(stock.files[table.load.values[rows[at]]])
        lines.append(table.line.values[rows[at]])
        marks.append(stock.marks(kind).take(at))
    first = grouped(np.concatenate(files), np.concatenate(lines)).some
    return joined(*marks).take(np.sort(first))
