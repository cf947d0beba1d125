"""What an authority's finding does to somebody who may have to answer.

Found responsible: in force. Found not responsible: nothing. No finding where one is
needed: pending. Where the office alone is enough, findings change nothing.
"""

from typing import NamedTuple

from analytics.propagation.bearers import Candidate, Stretch
from analytics.propagation.cases import Case
from analytics.propagation.periods import Period, intersect, without
from analytics.propagation.reading import Found
from graph.law.model import FindingEffectFrom
from graph.snapshot import UNKNOWN
from graph.vocabulary import EffectStatus


class Standing(NamedTuple):
    """How somebody stands over one period."""

    period: Period
    status: EffectStatus
    flags: tuple[str, ...]


def decisive(case: Case, candidate: Candidate) -> Found | None:
    """Return the finding that counts: in his role if there is one, the latest.

    Of two of one day the one in his favour counts.
    """
    findings = case.reader.findings.of(candidate.about)
    if not findings:
        return None
    about = [
        f
        for f in findings
        if f.person == candidate.bearer and f.about in case.cause.documents
    ]
    about = [f for f in about if f.role is candidate.role] or about
    return max(about, key=_latest) if about else None


def _latest(finding: Found) -> tuple[int, bool, str, str, int]:
    return (
        finding.valid_from,
        not finding.responsible,
        finding.document,
        finding.authority,
        finding.valid_to,
    )


def standings(
    case: Case, stretch: Stretch, finding: Found | None, *, needed: bool
) -> list[Standing]:
    """Return how somebody stands over a stretch, in pieces."""
    if not needed and not stretch.doubts:
        return [Standing(stretch.period, EffectStatus.IN_FORCE, ())]
    flags = stretch.doubts
    pending = EffectStatus.PENDING_FINDING
    if finding is None:
        return [Standing(stretch.period, pending, flags)]
    back = case.version.finding_effect_from is FindingEffectFrom.TRIGGER
    works = (UNKNOWN if back else finding.valid_from, finding.valid_to)
    pieces = [
        Standing(piece, pending, flags) for piece in without(stretch.period, [works])
    ]
    settled = intersect(stretch.period, works)
    if settled and finding.responsible:
        pieces.append(Standing(settled, EffectStatus.IN_FORCE, ()))
    return pieces
