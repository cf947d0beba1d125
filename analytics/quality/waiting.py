"""Rows in quarantine, as far as measures speak of them.

They hold no fact, and still a wrong code is a wrong code: what is set aside is counted
with what is taken.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from graph.errors import Said
from graph.scope import Scope


class WaitingCode(NamedTuple):
    """A unified code on a row, in its normal spelling."""

    text: str
    wrong: bool


class WaitingRow(NamedTuple):
    """A row that was set aside.

    Args:
        since: the instant it was set aside; None where that was not kept.
        until: the instant it was taken after all; None while it waits.
        codes: the codes of subjects that stand on it.
        name: of the organization that it describes, where it describes one.
        described: identifier of that organization by its code; else None.
        reasons: why it waits, values of loaders.issues.Reason.
        told: why it waits, in words that name no person.
    """

    file_digest: str
    file: str
    source: str
    line: int
    department: str
    region: str
    sector: str
    since: datetime | None
    until: datetime | None
    codes: tuple[WaitingCode, ...]
    name: str
    described: str | None
    reasons: tuple[str, ...]
    told: Said

    @property
    def position(self) -> str:
        """Return what orders rows, the same whatever else is set aside."""
        return f"{self.file_digest}:{self.line:010}"


def waiting_at(
    rows: Iterable[WaitingRow], instant: datetime | None, scope: Scope
) -> list[WaitingRow]:
    """Return the rows that waited at an instant and are the reader's own, in order.

    A reader with limits sees rows under his own marks only: they may be about anybody.

    Args:
        rows: every row ever set aside.
        instant: None is now.
        scope: limits of the reader.
    """
    return sorted(
        (r for r in rows if _waits(r, instant) and _is_own(r, scope)),
        key=lambda r: r.position,
    )


def _waits(row: WaitingRow, instant: datetime | None) -> bool:
    if instant is None:
        return row.until is None
    begun = row.since is None or row.since <= instant
    return begun and (row.until is None or instant < row.until)


def _is_own(row: WaitingRow, scope: Scope) -> bool:
    return scope.allows(
        public=False, department=row.department, sector=row.sector, region=row.region
    )
