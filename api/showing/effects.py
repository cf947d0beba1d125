"""Effects, their grounds and what an act changed, as answers show them."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Annotated, Final

from fastapi import Query

from analytics.propagation.effects import Effect, EffectChange, EffectChanges, Ground
from api.access import Sight
from api.schemas.acts import PRINTABLE, ChangedEffect, EffectDiff, ReasonItem
from api.schemas.base import Label
from api.schemas.effects import CauseRef, EffectItem, GroundItem, RuleRef
from api.showing import words
from graph.vocabulary import EffectStatus

_LISTED: Final = 200
"""Of a long difference, so many effects are listed; the totals tell the rest."""


Statuses = Annotated[
    list[EffectStatus] | None,
    Query(description="Standings wanted; when absent, all but `ended`.", max_length=7),
]


InRegion = Annotated[
    str | None,
    Query(
        pattern=r"^\d{2,6}$",
        description="所依据惩戒、记录的行政区划代码（开头）。Region of the sanctions "
        "and records behind it: a GB/T 2260 code or prefix.",
    ),
]
InSector = Annotated[
    str | None,
    Query(
        min_length=1,
        max_length=40,
        pattern=PRINTABLE,
        description="所依据惩戒、记录的行业。Sector of the sanctions and records "
        "behind it.",
    ),
]


def borne(seen: Sight, subject: str) -> list[Effect]:
    """Return what a subject bears, in the order of identifiers."""
    return sorted(seen.view.derivation.of_bearer(subject), key=lambda e: e.id)


def standing(
    seen: Sight, effects: Iterable[Effect], wanted: Collection[EffectStatus] | None
) -> list[tuple[Effect, EffectStatus]]:
    """Return the effects that have begun and stand as wanted, with their standing."""
    statuses = ((effect, effect.status_on(seen.day)) for effect in effects)
    return [
        (effect, status)
        for effect, status in statuses
        if status is not None
        and (status in wanted if wanted else status is not EffectStatus.ENDED)
    ]


def show_effect(
    effect: Effect, seen: Sight, status: EffectStatus | None = None
) -> EffectItem:
    """Return an effect with the grounds the caller may see.

    Args:
        effect: one that has begun on the day.
        seen: what the caller may see.
        status: how it stands; asked of the effect when not given.
    """
    law = seen.view.law
    grounds, withheld = seen.grounds(effect)
    begins, ends = effect.period_on(seen.day)
    held = status or effect.status_on(seen.day) or EffectStatus.ENDED
    return EffectItem(
        id=effect.id,
        bearer=words.subject(effect.bearer, seen),
        measure=words.measure(effect.measure, law),
        scope=[words.field(key, law) for key in effect.scope],
        jurisdiction=effect.jurisdiction,
        status=words.word(held),
        period=words.period(begins, ends),
        grounds=[show_ground(ground, seen) for ground in grounds],
        withheld=words.WITHHELD if withheld else None,
    )


def show_ground(ground: Ground, seen: Sight) -> GroundItem:
    """Return one ground; ask `Sight.may_see` before."""
    law = seen.view.law
    over = ground.valid_to <= seen.day
    status = EffectStatus.ENDED if over else ground.status_on(seen.day)
    found = law.version(f"{ground.rule}@{ground.version.isoformat()}")
    rule = found.rule if found else None
    title = Label(
        zh=rule.title if rule else ground.rule,
        en=rule.title_en if rule else ground.rule,
    )
    return GroundItem(
        id=ground.id,
        rule=RuleRef(key=ground.rule, version=ground.version, title=title),
        basis=[words.basis(b, law) for b in found.version.basis] if found else [],
        cause=CauseRef(kind=ground.cause_kind, key=ground.cause),
        organization=(
            words.subject(ground.organization, seen) if ground.organization else None
        ),
        role=words.word(ground.role),
        status=words.word(status),
        period=words.period(ground.valid_from, ground.valid_to),
        suspended=[words.period(begins, ends) for begins, ends in ground.suspended],
        flags=list(ground.flags),
        ended_by=ground.ended_by,
    )


Told = Callable[[EffectChange], list[ReasonItem]]


def show_changes(
    changes: EffectChanges,
    seen: Sight,
    *,
    lost_in: Sight | None = None,
    reasons: Told | None = None,
) -> EffectDiff:
    """Return what appeared, vanished or stands otherwise.

    Args:
        changes: the difference.
        seen: the picture in which effects are shown.
        lost_in: the picture for those that are gone; by default the same.
        reasons: tells why a change came about.
    """
    return EffectDiff(
        gained=_listed(changes.gained, seen, reasons),
        lost=_listed(changes.lost, lost_in or seen, reasons),
        changed=_listed(changes.changed, seen, reasons),
        gained_total=len(changes.gained),
        lost_total=len(changes.lost),
        changed_total=len(changes.changed),
        truncated=any(
            len(group) > _LISTED
            for group in (changes.gained, changes.lost, changes.changed)
        ),
    )


def _listed(
    group: Sequence[EffectChange], seen: Sight, reasons: Told | None
) -> list[ChangedEffect]:
    return [
        ChangedEffect(
            effect=show_effect(change.effect, seen, change.after or change.before),
            before=words.word_or_none(change.before),
            after=words.word_or_none(change.after),
            reasons=reasons(change) if reasons else None,
        )
        for change in group[:_LISTED]
    ]
