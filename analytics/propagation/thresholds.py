"""What weighs from how much on: penalties within a period, days, an amount.

A threshold is reached or not by facts alone, and more of them never undo it. What is
not known (no day of decision, no amount) is not counted.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from analytics.propagation.anchors import decision_day
from analytics.propagation.reading import Entry, Reader
from analytics.propagation.triggers import Cause
from graph.law.model import Threshold, ThresholdUnit
from graph.law.terms import add_period
from graph.snapshot import OPEN, UNKNOWN, date_of
from graph.vocabulary import RecordKind


class Count(NamedTuple):
    """What was counted for a trigger.

    Args:
        value: how much there is, in the unit of the threshold.
        day: the first day on which it is reached; OPEN: it is not.
        rows: the records that were counted.
    """

    threshold: Threshold
    value: Decimal
    day: int
    rows: tuple[int, ...]


def count(threshold: Threshold, cause: Cause, reader: Reader) -> Count | None:
    """Return what there is for a threshold; None: it is not about such a trigger."""
    if threshold.lists and cause.listed not in threshold.lists:
        return None
    if threshold.fields and not _within(cause.fields, threshold.fields):
        return None
    if threshold.unit is ThresholdUnit.DAYS:
        return _days(threshold, cause)
    entries = reader.entries.of(cause.subject)
    if threshold.unit is ThresholdUnit.YUAN:
        return _amount(threshold, cause, entries)
    return _times(threshold, cause, entries)


def _within(fields: frozenset[str] | None, wanted: tuple[str, ...]) -> bool:
    return fields is None or not fields.isdisjoint(wanted)


def _days(threshold: Threshold, cause: Cause) -> Count:
    day = cause.begins + threshold.limit
    stood = Decimal(min(threshold.limit, cause.ends - cause.begins))
    return Count(threshold, stood, day if day < cause.ends else OPEN, ())


def _amount(threshold: Threshold, cause: Cause, entries: Sequence[Entry]) -> Count:
    """Return the largest amount told by a record on which the trigger rests."""
    told = [
        (Decimal(e.amount), e.row)
        for e in entries
        if e.amount and e.document_number in cause.documents
    ]
    amount, row = max(told, default=(Decimal(0), -1))
    day = cause.begins if amount >= threshold.limit else OPEN
    return Count(threshold, amount, day, (row,) if told else ())


def _times(threshold: Threshold, cause: Cause, entries: Sequence[Entry]) -> Count:
    """Return the penalties within the period whose last day is the decision."""
    last = decision_day(cause)
    found = {
        (e.authority, e.document_number): e.row
        for e in entries
        if e.kind == RecordKind.PENALTY
        and (not threshold.fields or e.field in threshold.fields)
        and _is_near(e.decided_on, last, threshold.within or "")
    }
    day = cause.begins if len(found) >= threshold.limit else OPEN
    return Count(threshold, Decimal(len(found)), day, tuple(sorted(found.values())))


def _is_near(decided_on: int, last: int, within: str) -> bool:
    """Return whether the period that a decision begins still holds the last day."""
    if decided_on in (UNKNOWN, OPEN) or decided_on > last:
        return False
    decided, until = date_of(decided_on), date_of(last)
    return decided is not None and add_period(decided, within) > (until or date.max)
