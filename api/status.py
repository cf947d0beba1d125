"""What a store holds, and whether every row of every file is accounted for."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from api.board import Board
from graph.snapshot import day_of
from loaders.quarantine import Quarantine
from loaders.report import FileReceipt

_NAMED: Final = ("file", "source")
_ROWS: Final = ("read", "new", "known", "quarantined")
CLOSED: Final = ("corrected", "ended", "withdrawn")
"""What files did to facts that were there: counted over all loads."""


def of_board(board: Board) -> dict[str, Any]:
    """Return how many facts stand and how many effects there are, by kind."""
    last = board.snapshot.loads[-1]
    counts = {
        kind.value: len(board.snapshot.all_rows(kind)) for kind in board.snapshot.tables
    }
    day = day_of(board.today)
    statuses = Counter(
        status.value
        for effect in board.derivation.effects.values()
        if (status := effect.status_on(day)) is not None
    )
    return {
        "today": board.today.isoformat(),
        "loads": board.snapshot.seq,
        "last_load": f"{last.kind.value} {last.file or last.source}",
        "recorded_at": last.recorded_at.isoformat(),
        "facts": sum(counts.values()),
        **{f"facts.{kind}": n for kind, n in counts.items() if n},
        **{f"effects.{status}": n for status, n in sorted(statuses.items())},
    }


def of_files(receipts: Iterable[FileReceipt], box: Quarantine) -> dict[str, Any]:
    """Return what became of the rows of every file, as it was loaded last.

    `files.unreconciled` counts the files of which rows are not accounted for: read is
    not new + known + quarantined, or the quarantine does not hold what was set aside.
    """
    told = list(receipts)
    last = _last(told)
    rows: Counter[str] = Counter()
    for one in last.values():
        for name in _ROWS:
            rows[name] += getattr(one, name)
    closed = {n: sum(getattr(r, n) for r in told) for n in CLOSED}
    waiting: Counter[str] = Counter()
    for file in box.waiting():
        waiting[file.source] += file.waiting
    return {
        "files": len(last),
        **{f"rows.{name}": n for name, n in rows.items()},
        **{f"files.{name}": n for name, n in closed.items()},
        "files.unreconciled": sum(not _adds_up(r, box) for r in last.values()),
        **{f"quarantine.{source}": n for source, n in sorted(waiting.items())},
    }


def by_file(
    receipts: Iterable[FileReceipt], box: Quarantine
) -> Sequence[Mapping[str, Any]]:
    """Return the counts of each file as it was loaded last, and whether they add up.

    `waiting` is how many of the rows set aside still wait; what the file did to facts
    that were there is counted over all its loads.
    """
    told = list(receipts)
    closed = {name: Counter[tuple[str, str]]() for name in CLOSED}
    for one in told:
        for name in CLOSED:
            closed[name][one.digest, one.source] += getattr(one, name)
    return [
        {name: getattr(one, name) for name in (*_NAMED, *_ROWS)}
        | {name: closed[name][key] for name in CLOSED}
        | {"waiting": len(box.lines(one.digest)), "adds_up": _adds_up(one, box)}
        for key, one in _last(told).items()
    ]


def _last(receipts: Iterable[FileReceipt]) -> dict[tuple[str, str], FileReceipt]:
    return {(r.digest, r.source): r for r in receipts if not r.redriven}


def _adds_up(one: FileReceipt, box: Quarantine) -> bool:
    held = len(box.lines(one.digest)) + len(box.resolved(one.digest))
    told = one.new + one.known + one.quarantined
    return one.read == told and held >= one.quarantined
