"""Names as they are registered under codes, and names that others write beside them.

A later description by the same source takes the place of the earlier one, so that a
change of name is none between two subjects. Two rows of one file are both meant.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analytics.quality.clashes import clashing
from analytics.quality.looked import Item, Looked
from analytics.quality.marks import Flags, Places
from analytics.quality.measures import Measure
from analytics.quality.stock import Stock
from graph.errors import Said
from graph.snapshot.grouping import grouped
from graph.vocabulary import FactKind

_KIND: Final = FactKind.PROFILE
_SPELLED: Final = (("（", "("), ("）", ")"), (" ", ""), ("\u3000", ""))
_SHOWN: Final = 10


def plain_names(names: pa.Array) -> pa.Array:
    """Return names without blanks, with brackets of one width and in capitals."""
    for written, plain in _SPELLED:
        names = pc.replace_substring(names, written, plain)
    return pc.utf8_upper(names)


@dataclass(eq=False)
class Registered:
    """The names that registers give to codes.

    Rows are those of descriptions with a code and a name; `codes` and `names` are the
    numbers of both, row by row.
    """

    stock: Stock

    @cached_property
    def rows(self) -> Places:
        """Return the rows of descriptions by a register that carry code and name."""
        rows = self.stock.registered
        has_code = self.stock.subjects.is_code[self._subjects(rows)]
        return rows[has_code & self.stock.has(_KIND, "name", rows)]

    @cached_property
    def codes(self) -> Places:
        """Return the number of the code in each row."""
        return self._subjects(self.rows)

    @cached_property
    def _encoded(self) -> tuple[Places, dict[str, int]]:
        found = plain_names(
            self.stock.texts(_KIND, "name", self.rows)
        ).dictionary_encode()
        known = {text: n for n, text in enumerate(found.dictionary.to_pylist())}
        return found.indices.to_numpy().astype(np.int64), known

    @property
    def names(self) -> Places:
        """Return the number of the name in each row."""
        return self._encoded[0]

    def _subjects(self, rows: Places) -> Places:
        found: Places = self.stock.column(_KIND, "subject")[rows].astype(np.int64)
        return found

    # ---- one code, several names -----------------------------------------

    @cached_property
    def clashing_codes(self) -> Places:
        """Return the codes that have several names at one time."""
        begins, ends = self._periods
        found = clashing(self.codes, begins, ends, self.names)
        return np.unique(self.codes[found.one])

    @cached_property
    def _periods(self) -> tuple[Places, Places]:
        """Return since when and until when each description is the one that counts."""
        table = self.stock.snapshot.tables[_KIND]
        begins = self.stock.known_from(_KIND, self.rows)
        ends = self.stock.column(_KIND, "valid_to")[self.rows].astype(np.int64)
        loads = table.load.values[self.rows]
        source, file = table.source.values[self.rows], self.stock.files[loads]
        order = np.lexsort((begins, loads, source, self.codes))
        same = [c[order] for c in (self.codes, source)]
        new_file = np.ones(len(order), np.bool_)
        told = [*same, file[order]]
        new_file[1:] = np.any([c[1:] != c[:-1] for c in told], axis=0)
        starts = np.flatnonzero(new_file)
        block = np.cumsum(new_file) - 1
        following = np.append(starts[1:], len(order))[block]
        inside = following < len(order)
        at = np.where(inside, following, 0)
        renewed = inside & np.all([c[at] == c for c in same], axis=0)
        first, last = begins[order], ends[order]
        sooner = renewed & (first[at] > first)
        ends[order] = np.where(sooner, np.minimum(last, first[at]), last)
        return begins, ends

    def is_other_name(self, subject: str, name: str) -> bool:
        """Return whether the code is registered, and never under this name."""
        rows = self._rows_of(self.stock.snapshot.subjects.known(subject))
        if not rows.size or not name:
            return False
        plain = plain_names(pa.array([name]))[0].as_py()
        number = self._encoded[1].get(plain, -1)
        return number not in self.names[rows]

    def rows_of(self, code: int) -> list[int]:
        """Return the rows that describe the bearers of a code."""
        found: list[int] = self.rows[self._rows_of(code)].tolist()
        return found

    def names_of(self, code: int) -> list[str]:
        """Return the names under which a code is registered, as they were written."""
        found = self.stock.texts(_KIND, "name", self.rows[self._rows_of(code)][:_SHOWN])
        return list(dict.fromkeys(found.to_pylist()))

    @cached_property
    def _by_code(self) -> tuple[Places, Places]:
        order = np.argsort(self.codes, kind="stable")
        return self.codes[order], order

    def _rows_of(self, code: int) -> Places:
        codes, order = self._by_code
        low, high = np.searchsorted(codes, [code, code + 1])
        return np.sort(order[low:high])

    # ---- one name, several codes -----------------------------------------

    def several_codes(self) -> Looked:
        """Return what was looked at for names that have several codes on the day."""
        held = self.stock.holds(_KIND, self.rows)
        own = np.isin(self.rows, self.stock.counted(_KIND))
        at = np.flatnonzero(held)
        once = at[grouped(self.names[at], self.codes[at]).some]
        several = np.bincount(self.names[once], minlength=len(self._encoded[1])) > 1
        mine = np.flatnonzero(held & own)
        words = list(self._encoded[1])

        def show(places: Places) -> Item:
            name = int(self.names[mine[places[0]]])
            rows = at[self.names[at] == name]
            codes = sorted({texts[c] for c in self.codes[rows].tolist()})
            plain = [c.removeprefix("org:") for c in codes]
            return Item(
                name=words[name],
                said=Said(f"代码：{'、'.join(plain)}", f"codes: {', '.join(plain)}"),
                subjects=tuple(codes[:_SHOWN]),
                facts=tuple((_KIND, r) for r in self.rows[rows[:_SHOWN]].tolist()),
            )

        texts = self.stock.snapshot.subjects.texts
        names = self.names[mine]
        marks = self.stock.marks_at(_KIND, self.rows[mine])
        return Looked(
            Measure.NAMES_WITH_CODES, marks, several[names], words, show, units=names
        )

    # ---- names that others write beside a code ---------------------------

    def mismatches(self) -> Looked:
        """Return what was looked at for names that are not those of their code."""
        counted = self.stock.counted(_KIND)
        rows = counted[~np.isin(counted, self.stock.registered)]
        subjects = self._subjects(rows)
        known = np.isin(subjects, self.codes) & self.stock.has(_KIND, "name", rows)
        rows, subjects = rows[known], subjects[known]
        written = self.stock.texts(_KIND, "name", rows)
        faulty = self._is_other(subjects, plain_names(written))

        def show(places: Places) -> Item:
            place = int(places[0])
            code = int(subjects[place])
            names = "、".join(self.names_of(code))
            name = written[place].as_py()
            return Item(
                name=name,
                said=Said(
                    f"写作“{name}”，该代码登记为“{names}”",
                    f"written {name!r}; the code is registered as {names!r}",
                ),
                subjects=(self.stock.snapshot.subjects.texts[code],),
                facts=(
                    (_KIND, int(rows[place])),
                    *((_KIND, row) for row in self.rows_of(code)[:_SHOWN]),
                ),
            )

        marks = self.stock.marks_at(_KIND, rows)
        return Looked(Measure.NAME_MISMATCHES, marks, faulty, rows, show)

    def _is_other(self, subjects: Places, names: pa.Array) -> Flags:
        words = self._encoded[1]
        encoded = names.dictionary_encode()
        # A name that no register knows is a number beyond all of theirs.
        numbers = np.array(
            [words.get(t, len(words)) for t in encoded.dictionary.to_pylist()], np.int64
        )
        size = len(words) + 1
        pairs = self.codes * size + self.names
        written = subjects * size + numbers[encoded.indices.to_numpy()]
        return ~np.isin(written, pairs)


def names_looked(registered: Registered) -> Iterator[Looked]:
    """Yield what the measures of names looked at."""
    yield registered.several_codes()
    yield registered.mismatches()
