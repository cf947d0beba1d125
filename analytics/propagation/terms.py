"""How long an effect lasts: as its trigger, for a term, for life; and what ends it.

A term of its own runs on when the sanction is repaired or ends, unless the rule says
that such an ending counts. An effect that lasts as its trigger ends with it, for
whatever reason the trigger ended.
"""

from typing import Final, NamedTuple

from analytics.propagation.anchors import term_day
from analytics.propagation.periods import Period
from analytics.propagation.provisions import Provision, Provisions
from analytics.propagation.triggers import Cause
from graph.law.model import TermStart
from graph.snapshot import OPEN, UNKNOWN
from graph.vocabulary import EndedBy, EndReason, ReleaseReason

ENDINGS: Final = {
    EndReason.REPAIR: EndedBy.COMPANY_REPAIR,
    EndReason.LIST_EXIT: EndedBy.LIST_EXIT,
    EndReason.EXPIRY: EndedBy.LIST_EXIT,
    EndReason.PERFORMANCE: EndedBy.PERFORMANCE,
    EndReason.COURT_RELEASE: EndedBy.COURT_RELEASE,
}
"""Which word of a rule speaks of which ending of the trigger."""

RELEASES: Final = {
    ReleaseReason.PERSON_REPAIR: EndedBy.PERSON_REPAIR,
    ReleaseReason.COURT_RELEASE: EndedBy.COURT_RELEASE,
    ReleaseReason.PERFORMANCE: EndedBy.PERFORMANCE,
}
"""Which word of a rule speaks of which release of one person."""

TRIGGER_ENDED = "trigger_ended"
_UNTIL_COUNTED = (TermStart.SENTENCE_COMPLETED, TermStart.LIQUIDATION_COMPLETED)


class Life(NamedTuple):
    """From when to when an effect lasts, and what ends it."""

    period: Period
    ended_by: str | None


def life_of(
    cause: Cause, provision: Provision, law: Provisions, *, found_on: int = OPEN
) -> Life | None:
    """Return how long the effect of a version lasts; None: it does not begin.

    Args:
        cause: the trigger.
        provision: the version.
        law: counts the terms.
        found_on: the day of the finding, for terms that are counted from it.
    """
    if cause.begins == UNKNOWN:
        return None
    term = provision.version.term
    if term.follows_trigger:
        return _until(cause.begins, cause.ends, _ending(cause))
    start = term_day(cause, term.starts)
    if term.starts is TermStart.FINDING:
        start = cause.begins if found_on == UNKNOWN else found_on
    elif start == OPEN and not term.starts.binds_before:
        return None
    binds_before = term.starts.binds_before or start == OPEN
    begins = cause.begins if binds_before else start
    ends = OPEN if start == OPEN else law.end_of_term(provision, start)
    by = None if ends == OPEN else EndedBy.OWN_TERM.value
    if cause.ends < ends and _counts(cause, provision):
        ends, by = cause.ends, _ending(cause)
    return _until(begins, ends, by)


def _until(begins: int, ends: int, by: str | None) -> Life | None:
    if begins >= ends:
        return None
    return Life((begins, ends), None if ends == OPEN else by)


def _ending(cause: Cause) -> str:
    """Return the word for how the trigger ended."""
    if cause.kind != "sanction":
        return TRIGGER_ENDED
    return (cause.end_reason or EndReason.EXPIRY).value


def _counts(cause: Cause, provision: Provision) -> bool:
    """Return whether the rule lets the trigger's own ending end the effect."""
    if cause.kind != "sanction" or provision.version.term.starts in _UNTIL_COUNTED:
        return False
    return ENDINGS[cause.end_reason or EndReason.EXPIRY] in provision.ended_by
