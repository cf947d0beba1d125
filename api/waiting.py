"""Rows in quarantine as measures of quality need them: whose, with which code and name.

They are opened and read once more as their source describes them, and remembered as
long as nothing was added to the file they lie in.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from threading import Lock
from typing import Final

import pyarrow as pa

from analytics.quality.stock import DESCRIBES
from analytics.quality.waiting import WaitingCode, WaitingRow
from graph.errors import Said
from graph.identifiers import check_uscc, mask_name
from graph.law.book import LawBook
from graph.vocabulary import FactKind
from loaders.correcting import headings_of
from loaders.description import EmitRule, OrganizationRule, SourceDescription
from loaders.interpret import Interpreter, Parsed
from loaders.issues import Fault, Reason, without_identity_numbers
from loaders.piece import Row, piece_of
from loaders.quarantine import Quarantine, SetAside
from loaders.registry import hook_of, sources

_NO_CELLS: Final = Fault(Reason.CELLS, "没有可用的格", "has no usable cells")

Kept = tuple[SetAside, datetime | None]


@dataclass
class WaitingRows:
    """Every row that was ever set aside.

    Args:
        quarantine: where they are.
        law: reads words of the law book in them.
    """

    quarantine: Quarantine
    law: LawBook

    def __post_init__(self) -> None:
        """Begin with nothing read."""
        self._known: dict[str, tuple[int, list[WaitingRow]]] = {}
        self._lock = Lock()

    @property
    def stamp(self) -> tuple[tuple[str, int], ...]:
        """Return what changes whenever a row is set aside or taken."""
        return tuple(self.quarantine.sizes().items())

    def all(self) -> list[WaitingRow]:
        """Return every row that was ever set aside, also those taken after all.

        Raises:
            QuarantineSealed: a row cannot be opened with the key of this deployment.
        """
        with self._lock:
            found: list[WaitingRow] = []
            for digest, size in self.quarantine.sizes().items():
                if self._known.get(digest, (-1, []))[0] != size:
                    kept = list(self.quarantine.ever(digest))
                    self._known[digest] = size, list(_told(kept, self.law))
                found += self._known[digest][1]
            return found


def _told(kept: Sequence[Kept], law: LawBook) -> Iterator[WaitingRow]:
    known = sources()
    by_source = sorted(kept, key=lambda pair: pair[0].source)
    for key, group in groupby(by_source, key=lambda pair: pair[0].source):
        rows = list(group)
        if key in known:
            yield from _read(rows, known[key], law)
        else:
            yield from (_row(one, until) for one, until in rows)


def _read(
    kept: Sequence[Kept], source: SourceDescription, law: LawBook
) -> Iterator[WaitingRow]:
    """Yield the rows of one source, read as its description says."""
    headings = headings_of([one for one, _ in kept])
    rows = [
        Row(one.line, (), _NO_CELLS, "")
        if "" in one.row
        else Row(one.line, [one.row.get(h, "") for h in headings])
        for one, _ in kept
    ]
    parsed = Interpreter("", source, law).read(piece_of(headings, rows))
    hook = hook_of(source)
    if hook:
        hook(parsed)
    marks = [_column(parsed, name) for name in ("region", "sector")]
    departments = _column(parsed, _department(source))
    written = {rule: _written(source, rule, headings) for rule in _coded(source)}
    named = _described(source)
    names = _column(parsed, named.name) if named and named.name else [None] * len(kept)
    for place, (one, until) in enumerate(kept):
        codes = {rule: _code(one, written[rule]) for rule in _coded(source)}
        own = codes.get(named.uscc) if named and named.uscc else None
        name = names[place] or ""
        yield _row(
            one,
            until,
            department=departments[place] or source.department,
            region=marks[0][place] or "",
            sector=marks[1][place] or "",
            codes=tuple(dict.fromkeys(c for c in codes.values() if c)),
            name=name,
            described=f"org:{own.text}" if own and name and not own.wrong else None,
        )


def _row(
    one: SetAside,
    until: datetime | None,
    *,
    department: str = "",
    region: str = "",
    sector: str = "",
    codes: tuple[WaitingCode, ...] = (),
    name: str = "",
    described: str | None = None,
) -> WaitingRow:
    fatal = [i for i in one.issues if i.get("fatal", True)]
    return WaitingRow(
        file_digest=one.file_digest,
        file=one.file,
        source=one.source,
        line=one.line,
        department=department,
        region=region,
        sector=sector,
        since=one.since,
        until=until,
        codes=codes,
        name=name,
        described=described,
        reasons=tuple(dict.fromkeys(str(i["reason"]) for i in fatal)),
        told=_why([(str(i["reason"]), str(i["field"])) for i in fatal]),
    )


def _why(faults: Sequence[tuple[str, str]]) -> Said:
    """Return reasons and headings: the cells themselves may be about a person."""
    told = []
    for value, heading in dict.fromkeys(faults):
        reason = next((r for r in Reason if r.value == value), None)
        zh, en = (reason.zh, reason.en) if reason else (value, value)
        of = Said(f"（{heading}）", f" ({heading})") if heading else Said("", "")
        told.append(Said(zh + of.zh, en + of.en))
    return Said("；".join(t.zh for t in told), "; ".join(t.en for t in told))


def _column(parsed: Parsed, name: str) -> list[str | None]:
    found: list[str | None] = parsed.column(name).cast(pa.string()).to_pylist()
    return found


def _department(source: SourceDescription) -> str:
    """Return the parsed column that says who answers for a row."""
    rule = next((rule for rule in source.emit if not rule.minor), None)
    return rule.set.get("department", "department") if rule else "department"


def _coded(source: SourceDescription) -> list[str]:
    """Return the parsed columns that hold codes of subjects."""
    rules = source.subjects.values()
    return [r.uscc for r in rules if isinstance(r, OrganizationRule) and r.uscc]


def _described(source: SourceDescription) -> OrganizationRule | None:
    """Return the organization that a register describes; None for other sources."""
    for rule in source.emit:
        subject = source.subjects.get(rule.set.get("subject", "").removeprefix("$"))
        if _describes(rule) and isinstance(subject, OrganizationRule):
            return subject
    return None


def _describes(rule: EmitRule) -> bool:
    return rule.fact is FactKind.PROFILE and not DESCRIBES.isdisjoint(rule.set)


def _written(
    source: SourceDescription, name: str, headings: Sequence[str]
) -> str | None:
    """Return the heading under which a parsed column came, None where it did not."""
    official = source.filled_from(name)[0]
    return next((h for h in headings if source.official(h) == official), None)


def _code(one: SetAside, heading: str | None) -> WaitingCode | None:
    """Return the code under a heading; what looks like an identity number is masked."""
    check = check_uscc(one.row.get(heading, "") if heading else "")
    if check.fault.absent:
        return None
    plain = check.value if check.value.isascii() else mask_name(check.value)
    return WaitingCode(without_identity_numbers(plain), check.fault.rejects)
