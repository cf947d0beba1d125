"""Two rules on one matter that both apply: the higher text, or nobody's choice.

Where they say the same both stand. Where they differ, rank decides; the special or
the later text only between texts of one rank and one maker. What the law leaves open
stays open: both are shown in conflict, never "first wins".
"""

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from analytics.propagation.cases import Verdict
from analytics.propagation.effects import STRENGTH, Ground, in_order
from analytics.propagation.periods import Period, merge, without
from analytics.propagation.provisions import Provision
from graph.law.model import Instrument, Trigger
from graph.law.precedence import Precedence, precedence
from graph.vocabulary import EffectStatus

CONFLICT_WITH = "conflict_with:"


class Claim(NamedTuple):
    """A ground and the provision it comes from."""

    provision: Provision
    ground: Ground


Outcome = dict[tuple[str, tuple[str, ...], EffectStatus], list[Period]]


def settled(
    claims: list[Claim], notes: list[Verdict] | None = None, *, by_day: bool = False
) -> tuple[Ground, ...]:
    """Return the grounds of one trigger that stand beside each other, in order.

    Args:
        claims: what each rule says by itself.
        notes: filled, where given, with whose grounds gave way.
        by_day: compare day by day. Effects as triggers need it: what follows on one
            day must not depend on other days, or chains could undo themselves.
    """
    if len(claims) == 1:
        return (claims[0].ground,)
    topics: dict[tuple[str, str], dict[str, list[Claim]]] = {}
    for claim in claims:
        rules = topics.setdefault((claim.provision.topic, claim.ground.bearer), {})
        rules.setdefault(claim.provision.rule, []).append(claim)
    grounds: list[Ground] = []
    for rules in topics.values():
        if len(rules) == 1:
            grounds += [c.ground for group in rules.values() for c in group]
        elif by_day:
            grounds += _by_day(list(rules.values()), notes)
        else:
            grounds += _compared(list(rules.values()), notes)
    return in_order(grounds)


def _by_day(groups: list[list[Claim]], notes: list[Verdict] | None) -> list[Ground]:
    every = [claim for group in groups for claim in group]
    days = sorted({d for _, g in every for d in (g.valid_from, g.valid_to)})
    pieces: list[Ground] = []
    for begins, ends in pairwise(days):
        cut = [
            [Claim(p, _cut(g, begins, ends)) for p, g in group if g.covers(begins)]
            for group in groups
        ]
        pieces += _compared([group for group in cut if group], notes)
    return _joined(pieces)


def _cut(ground: Ground, begins: int, ends: int) -> Ground:
    return ground._replace(valid_from=begins, valid_to=ends)


def _joined(pieces: list[Ground]) -> list[Ground]:
    """Put pieces together again that differ in nothing but their period."""
    joined: dict[Ground, Ground] = {}
    for piece in pieces:
        shape = _cut(piece, 0, 0)
        before = joined.get(shape)
        if before is not None and before.valid_to == piece.valid_from:
            joined[shape] = _cut(before, before.valid_from, piece.valid_to)
        elif before is None:
            joined[shape] = piece
        else:
            joined[shape._replace(valid_from=piece.valid_from)] = piece
    return list(joined.values())


def _compared(groups: list[list[Claim]], notes: list[Verdict] | None) -> list[Ground]:
    said = [sorted(_said(ground) for _, ground in group) for group in groups]
    if all(what == said[0] for what in said):  # the common case, word for word
        return [c.ground for group in groups for c in group]
    outcomes = [_outcome(group) for group in groups]
    if all(outcome == outcomes[0] for outcome in outcomes):
        return [c.ground for group in groups for c in group]
    left = [
        group
        for group, outcome in zip(groups, outcomes, strict=True)
        if not _is_outranked(group, outcome, groups, outcomes, notes)
    ]
    return _side_by_side(left)


def _is_outranked(
    group: list[Claim],
    outcome: Outcome,
    groups: list[list[Claim]],
    outcomes: list[Outcome],
    notes: list[Verdict] | None,
) -> bool:
    for other, its_outcome in zip(groups, outcomes, strict=True):
        if other is group or its_outcome == outcome:
            continue
        mine, its = _latest(group), _latest(other)
        if _preferred(mine, its) is its:
            _note_outranked(group, its, notes)
            return True
    return False


def _latest(group: list[Claim]) -> Provision:
    """Return the version that speaks for a rule where more than one applies."""
    return max((claim.provision for claim in group), key=lambda p: p.force)


def _side_by_side(left: list[list[Claim]]) -> list[Ground]:
    outcomes = [_outcome(group) for group in left]
    if all(outcome == outcomes[0] for outcome in outcomes):
        return [c.ground for group in left for c in group]
    rules = sorted(group[0].provision.rule for group in left)
    return [
        _in_conflict(claim.ground, [r for r in rules if r != claim.provision.rule])
        for group in left
        for claim in group
    ]


def _in_conflict(ground: Ground, others: Iterable[str]) -> Ground:
    """Return the ground as undecided; what rests on a name only stays so."""
    flags = (*ground.flags, *(CONFLICT_WITH + rule for rule in others))
    if ground.status is EffectStatus.PENDING_IDENTITY:
        return ground._replace(flags=flags)
    return ground._replace(status=EffectStatus.CONFLICT, flags=flags)


def _said(ground: Ground) -> tuple[str, tuple[str, ...], EffectStatus, int, int]:
    return (
        ground.measure,
        ground.scope,
        ground.status,
        ground.valid_from,
        ground.valid_to,
    )


def _outcome(group: list[Claim]) -> Outcome:
    """Return what a rule says in the end: which measure, how, and when.

    Where one rule gives two grounds for one day, the stronger is what it says.
    """
    said: Outcome = {}
    for status in STRENGTH:
        for measure, scope in {(g.measure, g.scope) for _, g in group}:
            stronger = [p for w in STRENGTH for p in said.get((measure, scope, w), ())]
            periods = merge(
                piece
                for _, g in group
                if (g.measure, g.scope, g.status) == (measure, scope, status)
                for piece in without((g.valid_from, g.valid_to), stronger)
            )
            if periods:
                said[measure, scope, status] = periods
    return said


def _preferred(one: Provision, other: Provision) -> Provision | None:
    """Return the provision whose text goes first; None where that is left open."""
    prevails = precedence_between(one, other).prevails
    if prevails is None:
        return None
    return one if prevails.key == one.text.key else other


def precedence_between(one: Provision, other: Provision) -> Precedence:
    """Return which of two provisions goes first, why, or who has to decide."""
    special = _special(one, other)
    text: Instrument | None = special.text if special else None
    return precedence(one.text, other.text, special=text)


def _special(one: Provision, other: Provision) -> Provision | None:
    if _is_narrower(one, other):
        return one
    return other if _is_narrower(other, one) else None


def _is_narrower(one: Provision, other: Provision) -> bool:
    """Return whether everything that sets `one` off would set `other` off too."""
    if one.lists == other.lists and _same(one.version.trigger, other.version.trigger):
        return False
    mine, its = one.version.trigger, other.version.trigger
    fields = not its.fields or (
        bool(mine.fields) and set(mine.fields) <= set(its.fields)
    )
    return (
        fields and one.lists <= other.lists and set(mine.measures) <= set(its.measures)
    )


def _same(one: Trigger, other: Trigger) -> bool:
    return set(one.fields) == set(other.fields) and set(one.measures) == set(
        other.measures
    )


def _note_outranked(
    group: list[Claim], winner: Provision, notes: list[Verdict] | None
) -> None:
    if notes is not None:
        for provision, ground in group:
            notes.append(
                Verdict(
                    provision.version_id,
                    ground.bearer,
                    ground.role,
                    "outranked",
                    (("by", winner.version_id),),
                )
            )
