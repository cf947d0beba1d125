"""Facts of a subject, newest first, one page at a time.

A page ends at a (day, key) and the next begins after it, so a fact that is loaded in
between is neither skipped nor repeated; hidden facts leave no trace in a cursor.
"""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from api.access import Sight
from api.showing.cursors import read_cursor, write_cursor
from graph.errors import BadInput
from graph.snapshot.columns import NumberColumn
from graph.vocabulary import FactKind

LARGE: Final = 300
"""From this many facts on, a list is put together in a thread."""


@dataclass(frozen=True, slots=True)
class FactPage:
    """Rows of one page."""

    rows: list[int]
    next_cursor: str | None
    total: int


class FactsOf(NamedTuple):
    """Which facts about a subject a list holds, and in which order."""

    kind: FactKind
    columns: tuple[str, ...]
    """Columns that may name the subject."""
    by: str
    """The day that orders them, latest first, unknown last."""


RECORDS: Final = FactsOf(FactKind.RECORD, ("subject",), "decided_on")
SANCTIONS: Final = FactsOf(FactKind.SANCTION, ("subject",), "valid_from")
TIES: Final = FactsOf(FactKind.TIE, ("person", "organization"), "valid_from")
HOLDINGS: Final = FactsOf(FactKind.HOLDING, ("holder", "organization"), "valid_from")
BRANCHES: Final = FactsOf(FactKind.BRANCH, ("branch", "parent"), "valid_from")
LINKS: Final = FactsOf(FactKind.LINK, ("subject", "other"), "valid_from")
CONTACTS: Final = FactsOf(FactKind.CONTACT, ("subject", "anchor"), "valid_from")


def degree(seen: Sight, of: FactsOf, subject: str) -> int:
    """Return about how many facts name the subject, readable or not."""
    snapshot = seen.snapshot
    codes = [snapshot.subjects.known(m) for m in snapshot.identities.members(subject)]
    indexes = [snapshot.tables[of.kind].by_subject[column] for column in of.columns]
    return sum(len(i.rows(code)) for i in indexes for code in codes if code > 0)


def fact_page(
    seen: Sight, of: FactsOf, subject: str, *, limit: int, cursor: str | None
) -> FactPage:
    """Return a page of the facts about a subject.

    Raises:
        BadInput: the cursor is not one of such a list.
    """
    snapshot, table = seen.snapshot, seen.snapshot.tables[of.kind]
    found = {r for c in of.columns for r in snapshot.rows(of.kind, c, subject)}
    rows = np.array(sorted(found), np.int64)
    column = table.columns[of.by]
    assert isinstance(column, NumberColumn)  # noqa: S101  # days are numbers
    late = -column.data.values[rows].astype(np.int64)
    high, low = table.high.values[rows], table.low.values[rows]
    order = np.lexsort((low, high, late))
    rows, late, high, low = rows[order], late[order], high[order], low[order]
    start = 0
    if cursor is not None:
        at, key = _position(cursor)
        after = (late > at) | (
            (late == at) & ((high > key[0]) | ((high == key[0]) & (low > key[1])))
        )
        start = int(np.argmax(after)) if after.any() else len(rows)
    taken = rows[start : start + limit]
    following = None
    if start + limit < len(rows):
        last = start + limit - 1
        key_hex = snapshot.key(of.kind, int(rows[last])).hex()
        following = write_cursor(int(late[last]), key_hex)
    return FactPage(taken.tolist(), following, len(rows))


def _position(cursor: str) -> tuple[int, tuple[np.uint64, np.uint64]]:
    day, key = read_cursor(cursor, int, str)
    try:
        high, low = np.frombuffer(bytes.fromhex(key), np.uint64)
    except ValueError as error:
        raise BadInput(
            "游标不属于这个清单。", "The cursor is not one of this list."
        ) from error
    if abs(day) > 2**31:
        raise BadInput("游标不属于这个清单。", "The cursor is not one of this list.")
    return day, (high, low)
