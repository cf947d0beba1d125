"""Finding subjects: by identifier, by code, by name or its beginning."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import merge
from threading import Lock
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from api.board import View
from graph.errors import BadInput, NotFound
from graph.records import Profile
from graph.scope import Scope
from graph.snapshot import OPEN, Snapshot
from graph.snapshot.columns import TextColumn
from graph.vocabulary import FactKind

_UNSORTED_LIMIT: Final = 5_000
_CODE: Final = 18
_REGISTRATION: Final = 15


@dataclass(frozen=True, slots=True)
class Hit:
    """A profile row whose name matched; `position` orders hits for paging."""

    name: str
    row: int
    subject: str

    @property
    def position(self) -> tuple[str, int]:
        """Return where the hit stands in the order of all hits."""
        return self.name, self.row


class NameIndex:
    """Profile rows in the order of their names; what came lately is kept aside."""

    def __init__(self) -> None:
        self._order: list[int] = []
        self._sorted = 0
        self._lock = Lock()

    def hits(
        self, snapshot: Snapshot, prefix: str, *, after: tuple[str, int] = ("", -1)
    ) -> Iterator[Hit]:
        """Yield readable, standing profiles whose name begins so, in name order."""
        table = snapshot.tables[FactKind.PROFILE]
        names = table.columns["name"]
        assert isinstance(names, TextColumn)  # noqa: S101  # the schema says so
        order, late = self._prepared(names)

        def key(row: int) -> tuple[str, int]:
            return names.value(row) or "", row

        start = bisect_left(order, max(after, (prefix, -1)), key=key)
        fresh = sorted(r for r in late if (names.value(r) or "").startswith(prefix))
        for row in merge(_from(order, start), fresh, key=key):
            name, _ = at = key(row)
            if not name.startswith(prefix):
                return
            if at > after and snapshot.holds(table, row):
                yield Hit(name, row, snapshot.text(FactKind.PROFILE, row, "subject"))

    def _prepared(self, names: TextColumn) -> tuple[list[int], range]:
        with self._lock:
            if names.size - self._sorted > _UNSORTED_LIMIT or not self._sorted:
                values = names.array(names.size)
                keys = pa.table({"n": values, "r": pa.array(np.arange(names.size))})
                order = [("n", "ascending"), ("r", "ascending")]
                self._order = pc.sort_indices(keys, sort_keys=order).to_pylist()
                self._sorted = names.size
            return self._order, range(self._sorted, names.size)


def _from(order: list[int], start: int) -> Iterator[int]:
    for position in range(start, len(order)):
        yield order[position]


def find_subject(text: str, *, view: View, scope: Scope, names: NameIndex) -> str:
    """Return the identifier of the one subject the text means.

    Args:
        text: an identifier, a unified social credit code, a registration number or
            a full name.
        view: the picture to look in.
        scope: what the reader may see.
        names: the index of names.

    Raises:
        NotFound: nothing readable matches.
        BadInput: a name that several subjects bear.
    """
    snapshot = view.snapshot.under(scope)
    wanted = text.strip()
    for candidate in _identifiers(wanted):
        if snapshot.has(candidate):
            return snapshot.identities.canonical(candidate)
    found = {
        snapshot.identities.canonical(hit.subject)
        for hit in names.hits(snapshot, wanted)
        if hit.name == wanted
    }
    if not found:
        raise NotFound(
            f"没有代码、标识或名称为“{text}”的主体。",
            f"No subject has the code, identifier or name {text!r}.",
            hint_zh="可以按名称开头查找。",
            hint_en="A search by the beginning of the name may help.",
        )
    if len(found) > 1:
        raise BadInput(
            f"名称为“{text}”的主体有 {len(found)} 个。",
            f"{len(found)} subjects bear the name {text!r}.",
            hint_zh=f"请按标识查询：{'、'.join(sorted(found)[:10])}",
            hint_en=f"Ask by identifier: {', '.join(sorted(found)[:10])}",
        )
    return found.pop()


def _identifiers(text: str) -> Iterator[str]:
    if text.startswith(("org:", "per:", "anc:")):
        yield text
    elif len(text) == _CODE and text.isascii():
        yield f"org:{text.upper()}"
    elif len(text) == _REGISTRATION and text.isdigit():
        yield f"org:reg:{text}"


def profile_on(snapshot: Snapshot, subject: str, day: int) -> Profile | None:
    """Return how the subject is described on a day.

    Of several descriptions the one that began last counts; a subject described only
    later or earlier is shown with the description nearest before, else the first.
    """
    best: tuple[bool, int, int] | None = None
    for row in snapshot.rows(FactKind.PROFILE, "subject", subject):
        begins = snapshot.day(FactKind.PROFILE, row, "valid_from")
        ends = snapshot.day(FactKind.PROFILE, row, "valid_to")
        valid = begins <= day < (ends if ends != OPEN else day + 1)
        rank = (valid, begins if begins <= day else -begins, row)
        if best is None or rank > best:
            best = rank
    if best is None:
        return None
    found = snapshot.fact(FactKind.PROFILE, best[2])
    assert isinstance(found, Profile)  # noqa: S101  # kind of the table
    return found
