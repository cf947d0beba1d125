"""What became of a file: every row is new, known or set aside, and the sum is checked."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from graph.batch import Load
from graph.errors import CreditGraphError
from graph.vocabulary import LoadKind
from loaders.issues import Issue

COUNTED: Final = ("read", "new", "known", "quarantined", "facts")
REASON: Final = "reason."
"""In the note of a receipt, how many issues of a reason there were."""

_LISTED: Final = 200
"""So many issues of one reason are kept in a report; all are counted."""


class ReportMismatch(CreditGraphError):
    """Rows were lost or counted twice."""

    code = "report_mismatch"


@dataclass(frozen=True, slots=True)
class FileReceipt:
    """What the journal says became of a file: read = new + known + quarantined.

    Args:
        load: number of the journal entry.
        reasons: how many issues of each reason there were.
    """

    load: int
    recorded_at: datetime
    file: str
    source: str
    digest: str
    read: int
    new: int
    known: int
    quarantined: int
    facts: int
    reasons: Mapping[str, int]


def receipts(loads: Iterable[Load]) -> list[FileReceipt]:
    """Return what became of the files that were loaded, in order."""
    return [
        FileReceipt(
            load=load.seq,
            recorded_at=load.recorded_at,
            file=load.file,
            source=load.source,
            digest=load.digest,
            **{name: int(load.note[name]) for name in COUNTED},
            reasons={
                name.removeprefix(REASON): int(n)
                for name, n in load.note.items()
                if name.startswith(REASON)
            },
        )
        for load in loads
        if load.kind is LoadKind.RECEIPT
    ]


@dataclass
class LoadReport:
    """What became of one file: read = new + known + quarantined.

    Args:
        facts: how many facts the new rows brought.
        issues: what was found, up to 200 of each reason; `reasons` counts them all.
    """

    file: str
    source: str
    digest: str
    encoding: str
    read: int = 0
    new: int = 0
    known: int = 0
    quarantined: int = 0
    facts: int = 0
    seconds: float = 0.0
    issues: list[Issue] = field(default_factory=list)
    _counts: Counter[str] = field(default_factory=Counter)

    @property
    def reasons(self) -> Mapping[str, int]:
        """Return how many issues there were, by reason."""
        return dict(self._counts)

    @property
    def unlisted(self) -> int:
        """Return how many issues are counted but not kept in `issues`."""
        return self._counts.total() - len(self.issues)

    def add_issues(self, issues: Iterable[Issue]) -> None:
        """Count the issues, and keep the first of each reason."""
        for issue in issues:
            self._counts[issue.reason.value] += 1
            if self._counts[issue.reason.value] <= _LISTED:
                self.issues.append(issue)

    def note(self) -> dict[str, str]:
        """Return the counts as the note of a journal entry."""
        counts = {name: str(getattr(self, name)) for name in COUNTED}
        reasons = {
            f"{REASON}{name}": str(n) for name, n in sorted(self._counts.items())
        }
        return counts | reasons

    def reconcile(self) -> None:
        """Return when no row was lost.

        Raises:
            ReportMismatch: rows read and rows accounted for differ.
        """
        if self.read != self.new + self.known + self.quarantined:
            raise ReportMismatch(
                f"{self.file}：读入 {self.read} 行，却是新增 {self.new} 行、已知 {self.known} 行、隔离 {self.quarantined} 行。",
                f"{self.file}: {self.read} rows read, but {self.new} new, {self.known} "
                f"known and {self.quarantined} set aside.",
                hint_zh="这是程序的错误，请报告。",
                hint_en="This is a fault of the program; please report it.",
            )
