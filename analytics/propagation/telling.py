"""One ground as a tree: its trigger, role, finding, rule, term, and what is doubtful."""

from collections.abc import Iterator
from dataclasses import replace

from analytics.explanation import Explanation
from analytics.propagation.anchors import anchor_of, term_day
from analytics.propagation.bearers import Candidate
from analytics.propagation.cases import Case
from analytics.propagation.effects import Ground
from analytics.propagation.findings import decisive
from analytics.propagation.periods import intersect
from analytics.propagation.reading import Held
from analytics.propagation.statements import Narrator, flag, withheld
from analytics.propagation.wording import (
    ANCHORS,
    ENDINGS,
    STARTS,
    day_text,
    iso,
    length_of,
    period_text,
)
from graph.law.model import RuleException
from graph.snapshot import OPEN
from graph.vocabulary import EffectStatus


def ground_node(
    ground: Ground, case: Case, narrator: Narrator, day: int, root: Explanation | None
) -> Explanation:
    """Return one ground and everything it rests on.

    Args:
        ground: what is told.
        case: its trigger under its rule version.
        narrator: says facts in words.
        day: the day spoken of.
        root: the trigger; None where it has been told above, and the rule's articles
            are not told again either.
    """
    covers = ground.covers(day)
    status = ground.status_on(day) if covers else ground.status
    who, when = narrator.person(ground.bearer), period_text(*_period(ground))
    measure = narrator.measures([ground.measure])
    return Explanation(
        kind="ground",
        zh=f"{who.zh}（{ground.role.zh}）：{measure.zh}，{status.zh}，{when.zh}",
        en=f"{who.en} ({ground.role.en}): {measure.en}, {status.en}, {when.en}",
        data={
            "id": ground.id,
            "bearer": ground.bearer,
            "role": ground.role,
            "organization": ground.organization,
            "measure": ground.measure,
            "status": status,
            "covers_day": covers,
            "valid_from": iso(ground.valid_from),
            "valid_to": iso(ground.valid_to),
        },
        children=(
            *((root,) if root else ()),
            *_parts(ground, case, narrator, brief=root is None),
        ),
    )


def _period(ground: Ground) -> tuple[int, int]:
    return ground.valid_from, ground.valid_to


def _parts(
    ground: Ground, case: Case, narrator: Narrator, *, brief: bool
) -> Iterator[Explanation]:
    anchor = anchor_of(case.cause, case.version.anchor)
    word = ANCHORS[case.version.anchor]
    for tie in _ties(ground, case):
        yield narrator.tie(tie, anchor, word)
    candidate = Candidate(ground.bearer, ground.role, ground.organization, ())
    finding = decisive(case, candidate)
    if finding is not None:
        yield narrator.finding(finding)
    elif ground.status is EffectStatus.PENDING_FINDING:
        yield Explanation(
            "no_finding",
            "没有见到对其个人责任的认定，等待认定",
            "no finding of personal responsibility is known; one is awaited",
        )
    rule = narrator.provision(case.provision)
    yield replace(rule, children=()) if brief else rule
    yield from _thresholds(case, narrator)
    yield _term(ground, case)
    for release in case.reader.releases.of(candidate.about):
        if release.person == ground.bearer:
            yield narrator.release(release)
    for rest in case.reader.suspensions.of(candidate.about):
        if intersect((rest.valid_from, rest.valid_to), _period(ground)):
            yield narrator.suspension(rest)
    yield from map(narrator.state, case.reader.states(ground.bearer))
    if ground.status is EffectStatus.REPORTED:
        day = anchor.first if anchor else ground.valid_from
        yield from exception_nodes(
            case.exception_for(ground.organization, ground.role, day), narrator
        )
    for name in ground.flags:
        yield flag(name)


def _ties(ground: Ground, case: Case) -> list[Held]:
    """Return the ties by which the role was held, in order."""
    if ground.cause_kind == "effect":
        held = case.reader.offices.of(case.cause.subject)
        found = [t for t in held if t.organization == ground.organization]
    else:
        held = case.reader.ties.of(ground.organization)
        found = [t for t in held if t.person == ground.bearer]
    alike = [t for t in found if t.role is ground.role]
    return sorted(alike, key=lambda t: (t.valid_from, t.valid_to))


def _thresholds(case: Case, narrator: Narrator) -> Iterator[Explanation]:
    """Yield the thresholds that are reached; the reader may not see what reaches."""
    if not case.version.trigger.thresholds:
        return
    reached = [c for c in case.counts if c.day != OPEN]
    for one in reached:
        yield narrator.threshold(one)
    if not reached:
        yield withheld()


def _term(ground: Ground, case: Case) -> Explanation:
    """Return how long it lasts, counted out, and what ends it."""
    term = case.version.term
    length, start = length_of(term.length), term_day(case.cause, term.starts)
    zh, en = f"期限：{length.zh}", f"term: {length.en}"
    if not term.follows_trigger and start != OPEN:
        counted, free = day_text(start), case.law.end_of_term(case.provision, start)
        until = day_text(free)
        zh += f"，自{STARTS[term.starts].zh}（{counted.zh}）起算"
        en += f", counted from {STARTS[term.starts].en} ({counted.en})"
        zh += "" if free == OPEN else f"，{until.zh}起届满"
        en += "" if free == OPEN else f", over on {until.en}"
    when = period_text(ground.valid_from, ground.valid_to)
    zh, en = f"{zh}；{when.zh}", f"{en}; {when.en}"
    if ground.ended_by:
        reason = ENDINGS[ground.ended_by]
        zh, en = f"{zh}，终止原因：{reason.zh}", f"{en}, ended by: {reason.en}"
    return Explanation(
        kind="term",
        zh=zh,
        en=en,
        data={
            "length": term.length,
            "starts": term.starts,
            "counted_from": iso(start) if not term.follows_trigger else None,
            "ended_by": ground.ended_by,
            "may_be_ended_by": list(case.version.ended_by),
        },
    )


def exception_nodes(
    exception: RuleException | None, narrator: Narrator
) -> Iterator[Explanation]:
    """Yield the exception that applies, with its articles."""
    if exception is not None:
        yield Explanation(
            kind="exception",
            zh=f"例外：{exception.outcome.zh}{'（存疑）' if exception.doubtful else ''}",
            en=f"exception: {exception.outcome.en}"
            f"{' (doubtful)' if exception.doubtful else ''}",
            data={"outcome": exception.outcome, "doubtful": exception.doubtful},
            children=tuple(narrator.basis(basis) for basis in exception.basis),
        )
