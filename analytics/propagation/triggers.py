"""What can set a rule off: a sanction, a conviction, an insolvency, a state, an effect.

A penalty as such never does, nor does any score or pattern: only list entries,
named measures and outcomes of trials are read here.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from analytics.propagation.effects import CauseKind, Effect
from analytics.propagation.periods import Period
from graph.identity import is_person
from graph.law.book import LawBook
from graph.snapshot import OPEN, UNKNOWN, Snapshot
from graph.snapshot.columns import NumberColumn
from graph.snapshot.index import Rows
from graph.vocabulary import EndReason, FactKind, RecordKind

RECORD_KINDS = (
    RecordKind.CONVICTION,
    RecordKind.INSOLVENCY,
    RecordKind.PERSON_STATE,
)
"""The kinds of record that set rules off by themselves."""

_REASONS = {reason.value: reason for reason in EndReason}
_NOTHING: frozenset[str] = frozenset()


class Cause(NamedTuple):
    """One trigger with everything the rules ask about it.

    Args:
        fields: regulated fields it belongs to; None means all of them.
        documents: numbers of the documents that findings may refer to.
        begins: the day it takes effect, else it was listed, else decided.
        ends: the first day on which it no longer holds.
        row: its row in the table of sanctions or records, -1 for an effect.
    """

    key: str
    kind: CauseKind
    subject: str
    listed: str
    measures: frozenset[str]
    fields: frozenset[str] | None
    documents: frozenset[str]
    begins: int
    ends: int
    end_reason: EndReason | None
    valid_from: int
    decided_on: int
    listed_on: int
    act_from: int
    act_to: int
    region: str
    row: int

    @property
    def concerns_person(self) -> bool:
        """Return whether it befell a natural person."""
        return is_person(self.subject)


def first_known(*days: int) -> int:
    """Return the first day that is known, else UNKNOWN."""
    for day in days:
        if day != UNKNOWN and day != OPEN:  # asked millions of times
            return day
    return UNKNOWN


_SANCTION = (
    "subject", "list", "measures", "field", "document_number", "record_key",
    "valid_from", "valid_to", "end_reason", "decided_on", "listed_on", "act_from",
    "act_to", "region",
)  # fmt: skip
_RECORD = (
    "subject", "kind", "outcome", "field", "document_number", "valid_from",
    "valid_to", "decided_on", "act_from", "act_to", "region",
)  # fmt: skip


class Causes:
    """Reads triggers from a snapshot; a law book says what a list entry imposes."""

    def __init__(self, snapshot: Snapshot, law: LawBook) -> None:
        self._snapshot = snapshot
        self._imposed = {
            key: entry.measures for key, entry in law.lists.items() if entry.sanctions
        }
        self._measures: dict[tuple[str, str], frozenset[str]] = {}

    def all(self) -> list[Cause]:
        """Return every trigger that stands in the snapshot."""
        sanctions = self._snapshot.all_rows(FactKind.SANCTION)
        return [*self._sanctions(sanctions), *self._records(self._record_rows())]

    def at(self, kind: FactKind, key: bytes) -> Cause | None:
        """Return the trigger with this key; None where it does not stand."""
        row = self._snapshot.row_of(kind, key)
        if row is None:
            return None
        read = self._sanctions if kind is FactKind.SANCTION else self._records
        return next(iter(read(np.array([row], np.int64))), None)

    def of_subjects(self, subjects: Iterable[str]) -> dict[str, list[Cause]]:
        """Return the sanctions on each subject, in the order of their keys."""
        table, kind = self._snapshot, FactKind.SANCTION
        rows = [row for one in subjects for row in table.rows(kind, "subject", one)]
        found: dict[str, list[Cause]] = {}
        for cause in self._sanctions(np.array(sorted(set(rows)), np.int64)):
            found.setdefault(cause.subject, []).append(cause)
        for causes in found.values():
            causes.sort(key=lambda cause: cause.key)
        return found

    def _sanctions(self, rows: Rows) -> list[Cause]:
        keys = self._snapshot.keys(FactKind.SANCTION, rows)
        values = self._snapshot.values(FactKind.SANCTION, rows, _SANCTION)
        canonical = self._snapshot.identities.canonical
        causes = []
        for row, key, value in zip(rows.tolist(), keys, values, strict=True):
            subject, listed, measures, field, document, record, *rest = value
            valid_from, valid_to, reason, decided_on, listed_on, *act = rest
            subject = canonical(subject)
            documents = {document, *self._record_document(record, subject)}
            causes.append(
                Cause(
                    key=key.hex(),
                    kind="sanction",
                    subject=subject,
                    listed=listed,
                    measures=self._carried(listed, measures),
                    fields=frozenset((field,)) if field else _NOTHING,
                    documents=frozenset(documents),
                    begins=first_known(valid_from, listed_on, decided_on),
                    ends=valid_to,
                    end_reason=_REASONS.get(reason),
                    valid_from=valid_from,
                    decided_on=decided_on,
                    listed_on=listed_on,
                    act_from=act[0],
                    act_to=act[1],
                    region=act[2],
                    row=row,
                )
            )
        return causes

    def _carried(self, listed: str, measures: str) -> frozenset[str]:
        """Return the measures imposed, and those that the entry brings by law."""
        known = self._measures.get((listed, measures))
        if known is None:
            imposed = {word for word in measures.split(";") if word}
            known = frozenset(imposed.union(self._imposed.get(listed, ())))
            self._measures[listed, measures] = known
        return known

    def _record_document(self, record: str | None, subject: str) -> tuple[str, ...]:
        """Return the number of the record a sanction rests on, if it is his own."""
        if not record:
            return ()
        key = key_of_text(record)
        if key is None:
            return (record,)
        row = self._snapshot.row_of(FactKind.RECORD, key)
        if row is None:
            return ()
        of, document = (
            self._snapshot.text(FactKind.RECORD, row, name)
            for name in ("subject", "document_number")
        )
        own = self._snapshot.identities.canonical(of) == subject
        return (document,) if own else ()

    def _record_rows(self) -> Rows:
        column = self._snapshot.tables[FactKind.RECORD].columns["kind"]
        assert isinstance(column, NumberColumn)  # noqa: S101  # words are codes
        known = [self._snapshot.words.known(kind.value) for kind in RECORD_KINDS]
        rows = np.flatnonzero(np.isin(column.data.values, [c for c in known if c > 0]))
        return self._snapshot.standing(FactKind.RECORD, rows)

    def _records(self, rows: Rows) -> list[Cause]:
        keys = self._snapshot.keys(FactKind.RECORD, rows)
        values = self._snapshot.values(FactKind.RECORD, rows, _RECORD)
        canonical = self._snapshot.identities.canonical
        causes = []
        for row, key, value in zip(rows.tolist(), keys, values, strict=True):
            subject, kind, outcome, field, document, *days = value
            valid_from, valid_to, decided_on, *act = days
            state = kind == RecordKind.PERSON_STATE
            subject = canonical(subject)
            if kind not in RECORD_KINDS or self._is_spoken_for(
                subject, document, key.hex()
            ):
                continue
            causes.append(
                Cause(
                    key=key.hex(),
                    kind=kind,
                    subject=subject,
                    listed="",
                    # A state is known by its word; of a trial only the kind is.
                    measures=frozenset((outcome,)) if state else _NOTHING,
                    fields=frozenset((field,)) if field else _NOTHING,
                    documents=frozenset((document,)),
                    begins=first_known(valid_from, decided_on),
                    ends=valid_to,
                    end_reason=None,
                    valid_from=valid_from,
                    decided_on=decided_on,
                    listed_on=UNKNOWN,
                    act_from=act[0],
                    act_to=act[1],
                    region=act[2],
                    row=row,
                )
            )
        return causes

    def _is_spoken_for(self, subject: str, document: str, key: str) -> bool:
        """Return whether a sanction states the outcome that the record is about."""
        rows = self._snapshot.rows(FactKind.SANCTION, "subject", subject)
        columns = ("document_number", "record_key")
        pairs = self._snapshot.values(
            FactKind.SANCTION, np.array(rows, np.int64), columns
        )
        return any(document == d or key == k for d, k in pairs)


def key_of_text(text: str) -> bytes | None:
    """Return the key of a fact written as 32 hexadecimal digits; None: it is not one."""
    try:
        key = bytes.fromhex(text)
    except ValueError:
        return None
    return key if len(key) == 16 else None


def cause_of(effect: Effect, period: Period) -> Cause:
    """Return an effect as a trigger over one period in which it is in force."""
    begins, ends = period
    region = "" if effect.jurisdiction == "CN" else effect.jurisdiction
    return Cause(
        key=effect.id,
        kind="effect",
        subject=effect.bearer,
        listed="",
        measures=frozenset((effect.measure,)),
        fields=frozenset(effect.scope) or None,
        documents=_NOTHING,
        begins=begins,
        ends=ends,
        end_reason=None,
        valid_from=begins,
        decided_on=begins,
        listed_on=begins,
        act_from=begins,
        act_to=begins + 1,
        region=region,
        row=-1,
    )
