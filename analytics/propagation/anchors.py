"""The days that a rule asks about, read from its trigger.

A day that is not known is never guessed in silence: the next best day stands in and
the answer carries a flag.
"""

from typing import NamedTuple

from analytics.propagation.periods import Period
from analytics.propagation.triggers import Cause, first_known
from graph.law.model import TermStart
from graph.snapshot import OPEN, UNKNOWN
from graph.vocabulary import Anchor, VersionAt

ACT_UNKNOWN = "violation_date_unknown"


class Dated(NamedTuple):
    """A period that a rule asks about, and what is not certain about it."""

    period: Period
    flags: tuple[str, ...]

    @property
    def first(self) -> int:
        """Return the first day of the period."""
        return self.period[0]


def decision_day(cause: Cause) -> int:
    """Return when it was decided, else listed, else took effect."""
    return first_known(cause.decided_on, cause.listed_on, cause.valid_from)


def listing_day(cause: Cause) -> int:
    """Return when the subject was listed, else it took effect, else was decided."""
    return first_known(cause.listed_on, cause.valid_from, cause.decided_on)


def effective_day(cause: Cause) -> int:
    """Return when it took effect (a revocation bites), else when it was decided."""
    return first_known(cause.valid_from, cause.decided_on, cause.listed_on)


def act(cause: Cause) -> Period | None:
    """Return the period of the act; None where its beginning is not known.

    An act without a known end is taken as one of a single day.
    """
    begins, ends = cause.act_from, cause.act_to
    if begins in (UNKNOWN, OPEN):
        return None
    return begins, max(ends, begins + 1)


class Dates:
    """The days of one trigger, each worked out once however many rules ask for it."""

    __slots__ = ("_anchors", "_days", "cause")

    def __init__(self, cause: Cause) -> None:
        self.cause = cause
        self._anchors: dict[Anchor, Dated | None] = {}
        self._days: dict[VersionAt, Dated | None] = {}

    def anchor(self, anchor: Anchor) -> Dated | None:
        """Return when the role must have been held; None for `current`."""
        if anchor not in self._anchors:
            self._anchors[anchor] = anchor_of(self.cause, anchor)
        return self._anchors[anchor]

    def version_day(self, version_at: VersionAt) -> Dated | None:
        """Return the day that selects the version; None for the day asked about."""
        if version_at not in self._days:
            self._days[version_at] = version_day(self.cause, version_at)
        return self._days[version_at]


def anchor_of(cause: Cause, anchor: Anchor) -> Dated | None:
    """Return when the role must have been held; None for `current`."""
    if anchor is Anchor.CURRENT:
        return None
    if anchor is Anchor.VIOLATION:
        period = act(cause)
        if period is not None:
            return Dated(period, ())
        return _day(decision_day(cause), ACT_UNKNOWN)
    return _day(_ANCHORS[anchor](cause))


_ANCHORS = {
    Anchor.DECISION: decision_day,
    Anchor.LISTING: listing_day,
    Anchor.ORDER: decision_day,
    Anchor.REVOCATION: effective_day,
    Anchor.BANKRUPTCY: decision_day,
}


def _day(day: int, *flags: str) -> Dated:
    return Dated((day, day + 1), flags)


def version_day(cause: Cause, version_at: VersionAt) -> Dated | None:
    """Return the day that selects the version; None for the day asked about.

    An effect has no day of its own, so it is asked about as of each day.
    """
    if version_at is VersionAt.AS_OF or cause.kind == "effect":
        return None
    if version_at is VersionAt.VIOLATION:
        period = act(cause)
        if period is not None:
            return _day(period[0])
        return _day(decision_day(cause), ACT_UNKNOWN)
    read = listing_day if version_at is VersionAt.LISTING else decision_day
    return _day(read(cause))


def term_day(cause: Cause, starts: TermStart) -> int:
    """Return the day from which a term is counted; OPEN: it has not come yet.

    The end of a sentence or a liquidation is its last day, the one before the first
    day that is free of it.
    """
    match starts:
        case TermStart.TRIGGER:
            return cause.begins
        case TermStart.DECISION | TermStart.ORDER:
            return decision_day(cause)
        case TermStart.LISTING:
            return listing_day(cause)
        case TermStart.REVOCATION:
            return effective_day(cause)
        case TermStart.SENTENCE_COMPLETED | TermStart.LIQUIDATION_COMPLETED:
            return OPEN if cause.ends == OPEN else cause.ends - 1
        case TermStart.FINDING:
            return OPEN
