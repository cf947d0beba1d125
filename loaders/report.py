"""What became of a file: every row is new, known or set aside, and the sum is checked."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from graph.batch import Load
from graph.errors import CreditGraphError
from graph.vocabulary import LoadKind
from loaders.issues import Issue

COUNTED: Final = (
    "read",
    "new",
    "known",
    "quarantined",
    "facts",
    "corrected",
    "withdrawn",
    "ended",
    "kept",
)
REASON: Final = "reason."
"""In the note of a receipt, how many issues of a reason there were."""
FILL: Final = "fill."
"""In the note of a receipt, the share of rows with a value in a parsed column."""
CODES_WRITTEN: Final = "codes.written"
CODES_SOUND: Final = "codes.sound"
REDRIVEN: Final = "redriven"
_MISSED: Final = "missed."

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
        corrected: facts of which the source said something else before.
        withdrawn: facts that the source asserts no longer.
        ended: facts that ended because the whole file did not have them any more.
        kept: facts that it did not have either, of which a quarantined row may speak.
        fills: share of rows with a usable value, by parsed column.
        redriven: these are rows of the file that waited in quarantine.
        accepted: why it was taken although it missed what is expected; else "".
        missed: what it missed, with both figures.
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
    corrected: int = 0
    withdrawn: int = 0
    ended: int = 0
    kept: int = 0
    fills: Mapping[str, float] = field(default_factory=dict)
    codes_written: int = 0
    codes_sound: int = 0
    redriven: bool = False
    accepted: str = ""
    accepted_by: str = ""
    missed: Mapping[str, str] = field(default_factory=dict)


def receipts(loads: Iterable[Load]) -> list[FileReceipt]:
    """Return what became of the files that were loaded, in order."""
    return [
        FileReceipt(
            load=load.seq,
            recorded_at=load.recorded_at,
            file=load.file,
            source=load.source,
            digest=load.digest,
            **{name: int(load.note.get(name, 0)) for name in COUNTED},
            reasons={n: int(v) for n, v in _under(REASON, load.note)},
            fills={n: float(v) for n, v in _under(FILL, load.note)},
            codes_written=int(load.note.get(CODES_WRITTEN, 0)),
            codes_sound=int(load.note.get(CODES_SOUND, 0)),
            redriven=REDRIVEN in load.note,
            accepted=load.note.get("accepted", ""),
            accepted_by=load.note.get("accepted_by", ""),
            missed=dict(_under(_MISSED, load.note)),
        )
        for load in loads
        if load.kind is LoadKind.RECEIPT
    ]


def _under(prefix: str, note: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the entries of a note whose names begin so, without the beginning."""
    for name, value in note.items():
        if name.startswith(prefix):
            yield name.removeprefix(prefix), value


@dataclass
class LoadReport:
    """What became of one file: read = new + known + quarantined.

    Args:
        facts: how many facts the new rows brought.
        corrected: those of them of which the source said something else before.
        withdrawn: facts that the source asserts no longer.
        ended: facts that ended because the whole file did not have them any more.
        kept: facts that it did not have either, of which a quarantined row may speak.
        accepted: why it was taken although it missed what is expected; else "".
        accepted_by: who said so.
        missed: what it missed, with both figures.
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
    corrected: int = 0
    withdrawn: int = 0
    ended: int = 0
    kept: int = 0
    accepted: str = ""
    accepted_by: str = ""
    missed: Mapping[str, str] = field(default_factory=dict)
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
        missed = {f"{_MISSED}{what}": said for what, said in self.missed.items()}
        if missed:
            missed |= {"accepted": self.accepted, "accepted_by": self.accepted_by}
        return counts | reasons | missed

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
