"""From one trigger to its grounds: the only place where a rule is carried out.

A full derivation and a single change both come through `grounds_of`, so they cannot
differ.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from analytics.propagation.anchors import Dates
from analytics.propagation.bearers import (
    Candidate,
    Stretch,
    candidates,
)
from analytics.propagation.cases import Case, Verdict
from analytics.propagation.conflicts import Claim, settled
from analytics.propagation.effects import Ground
from analytics.propagation.findings import Standing, decisive, standings
from analytics.propagation.periods import Period, intersect, within, without
from analytics.propagation.provisions import Provisions
from analytics.propagation.reading import Found, Reader
from analytics.propagation.states import state_periods
from analytics.propagation.terms import RELEASES, Life, life_of
from analytics.propagation.triggers import Cause
from graph.identity import is_scoped
from graph.law.model import ExceptionOutcome, RuleException, TermStart
from graph.snapshot import OPEN, UNKNOWN
from graph.vocabulary import EffectStatus, Outcome, ReleaseReason

DOUBTFUL = "doubtful_exception"


def grounds_of(
    cause: Cause, reader: Reader, law: Provisions, notes: list[Verdict] | None = None
) -> tuple[Ground, ...]:
    """Return every ground that follows from one trigger by itself.

    Args:
        cause: the trigger.
        reader: the facts.
        law: the active rule versions.
        notes: filled, where given, with who does not answer and why.
    """
    claims: list[Claim] = []
    dates = Dates(cause)
    for provision in law.matching(cause):
        case = Case(dates, provision, law, reader, notes)
        if cause.begins == UNKNOWN:
            case.note("no_date")
        elif not case.is_in_force():
            case.note("not_in_force_then", day=case.day.first if case.day else None)
        else:
            claims += [Claim(provision, ground) for ground in _grounds(case)]
    return settled(claims, notes, by_day=cause.kind == "effect")


def _grounds(case: Case) -> Iterator[Ground]:
    if case.notes is None and case.is_elsewhere():
        return
    if case.reached_on == OPEN:
        case.note("below_threshold")
        return
    for candidate in _chosen(case):
        windows = case.windows(candidate.organization)
        if windows:
            yield from _of(case, candidate, windows)
        else:
            case.note("elsewhere", candidate.bearer, candidate.role)


def _chosen(case: Case) -> list[Candidate]:
    """Return the candidates, each once; where two clauses name one, the easier."""
    named = [who for c in case.version.bearers for who in candidates(case, c)]
    if len(named) < 2:
        return named
    chosen: dict[tuple[object, ...], Candidate] = {}
    for who in named:
        name = who.bearer, who.role, who.organization, who.stretches
        if name not in chosen or not who.needs_finding:
            chosen[name] = who
    return list(chosen.values())


class _Ends(NamedTuple):
    """The days on which something may cut a ground short, and what."""

    life: Life
    freed: list[tuple[Period, str]]
    windows: list[Period]
    finding: Found | None

    def reason(self, day: int) -> str | None:
        """Return what ends a period on the day."""
        if day == OPEN:
            return None
        if day == self.life.period[1]:
            return self.life.ended_by
        releases = {begins: reason for (begins, _), reason in self.freed}
        if day in releases:
            return releases[day]
        if any(day == ends for _, ends in self.windows):
            return "version_ended"
        found = self.finding
        if found and day in (found.valid_from, found.valid_to):
            return "finding"
        return "role_ended"


def _of(case: Case, candidate: Candidate, windows: list[Period]) -> Iterator[Ground]:
    finding = decisive(case, candidate)
    life = _life(case, finding)
    if life is None:
        case.note("term_not_begun", candidate.bearer, candidate.role)
        return
    freed = _freed(case, candidate)
    ends = _Ends(life, freed, windows, finding)
    left = without(life.period, [p for p, _ in freed]) if freed else [life.period]
    windows = within(left, windows)
    answers = False
    for ground in _pieces(case, candidate, finding, windows, ends):
        answers = True
        yield ground
    if not answers and case.notes is not None:
        _note_freedom(case, candidate, finding, [] if windows else freed)


def _pieces(
    case: Case,
    candidate: Candidate,
    finding: Found | None,
    windows: list[Period],
    ends: _Ends,
) -> Iterator[Ground]:
    needed = candidate.needs_finding
    for period, doubts in candidate.stretches:
        stretch = Stretch(period, (*doubts, *case.doubts))
        for standing in standings(case, stretch, finding, needed=needed):
            for piece in within([standing.period], windows):
                for whole, exception in _excepted(case, candidate, piece):
                    for part, marks, state in _stated(case, candidate, whole):
                        ended_by = state or ends.reason(part[1])
                        if part[1] < whole[1] and state is None:
                            ended_by = "state_changed"
                        ground = _ground(
                            case, candidate, standing._replace(
                                flags=(*standing.flags, *marks)
                            ), part, exception, ended_by,
                        )  # fmt: skip
                        if ground:
                            yield ground


def _stated(
    case: Case, candidate: Candidate, period: Period
) -> Iterable[tuple[Period, tuple[str, ...], str | None]]:
    """Return the parts of a period by what was found of the bearer himself."""
    entries = case.reader.states(candidate.bearer)
    if case.cause.kind == "person_state":  # what it follows from is no doubt about it
        entries = [e for e in entries if e.outcome == Outcome.DECEASED]
    if not entries:
        return ((period, (), None),)
    return state_periods(period, entries, case.law.law)


def _excepted(
    case: Case, candidate: Candidate, period: Period
) -> list[tuple[Period, RuleException | None]]:
    """Return the exceptions that apply over a period, day by day in pieces.

    With an anchor the organization's kind at the anchor counts, else that of each
    day.
    """
    where, role = candidate.organization, candidate.role
    if not case.version.exceptions:
        return [(period, None)]
    if case.anchor or not where:
        day = case.anchor.first if case.anchor else period[0]
        return [(period, case.exception_for(where, role, day))]
    parts: list[tuple[Period, RuleException | None]] = []
    for span in case.reader.kinds(where):
        part = intersect(period, (span.valid_from, span.valid_to))
        if part:
            exception = case.exception_for(where, role, part[0])
            if parts and parts[-1][1] == exception:
                part = parts.pop()[0][0], part[1]
            parts.append((part, exception))
    return parts


def _note_freedom(
    case: Case,
    candidate: Candidate,
    finding: Found | None,
    freed: list[tuple[Period, str]],
) -> None:
    """Note a finding or a release that leaves nothing of what he would bear."""
    who = candidate.bearer, candidate.role
    if freed:
        case.note("released", *who, release=ReleaseReason(freed[0][1]))
    elif finding is not None and not finding.responsible:
        case.note("found_not_responsible", *who, finding=finding)


def _life(case: Case, finding: Found | None) -> Life | None:
    if case.version.term.starts is not TermStart.FINDING:
        return case.life
    found_on = finding.valid_from if finding and finding.responsible else OPEN
    return life_of(case.cause, case.provision, case.law, found_on=found_on)


def _freed(case: Case, candidate: Candidate) -> list[tuple[Period, str]]:
    """Return the periods in which this person is released, by what."""
    return [
        ((release.valid_from, release.valid_to), release.reason.value)
        for release in case.reader.releases.of(candidate.about)
        if release.person == candidate.bearer
        and (not release.about or release.about in case.cause.documents)
        and RELEASES[release.reason] in case.provision.ended_by
    ]


def _suspended(case: Case, candidate: Candidate, period: Period) -> tuple[Period, ...]:
    """Return the periods in which the consequences rest for this bearer."""
    suspensions = case.reader.suspensions.of(candidate.about)
    if not suspensions:
        return ()
    whom = {candidate.bearer, candidate.about}
    rests = (
        intersect((rest.valid_from, rest.valid_to), period)
        for rest in suspensions
        if rest.subject in whom
        and (not rest.about or rest.about in case.cause.documents)
    )
    return tuple(sorted({rest for rest in rests if rest}))


def _ground(
    case: Case,
    candidate: Candidate,
    standing: Standing,
    period: Period,
    exception: RuleException | None,
    ended_by: str | None,
) -> Ground | None:
    """Return the ground over one period; None where an exception takes it away."""
    status = standing.status
    flags = (*case.flags, *candidate.flags, *standing.flags)
    if exception and exception.outcome is ExceptionOutcome.EXCLUDED:
        case.note("exception", candidate.bearer, candidate.role, exception=exception)
        return None
    if exception:
        status = EffectStatus.REPORTED
        flags = (*flags, DOUBTFUL) if exception.doubtful else flags
    if is_scoped(candidate.bearer):
        status = EffectStatus.PENDING_IDENTITY
    rule, effect = case.provision, case.version.effect
    return Ground(
        rule=rule.rule,
        version=case.version.in_force_from,
        cause=case.cause.key,
        cause_kind=case.cause.kind,
        bearer=candidate.bearer,
        role=candidate.role,
        organization=candidate.organization,
        measure=effect.measure,
        scope=effect.scope_fields,
        jurisdiction=rule.jurisdiction,
        status=status,
        valid_from=period[0],
        valid_to=period[1],
        suspended=_suspended(case, candidate, period),
        flags=tuple(dict.fromkeys(flags)) if flags else (),
        ended_by=ended_by,
    )
