"""Why an effect stands otherwise than before, as answers show it."""

from collections.abc import Iterable

from analytics.propagation.effects import EffectChange, Ground
from analytics.propagation.reasons import Reason
from api.access import Sight
from api.schemas.acts import ReasonItem
from api.schemas.effects import GroundItem
from api.showing import words
from api.showing.effects import show_ground


def show_reasons(
    found: Iterable[Reason], change: EffectChange, before: Sight, after: Sight
) -> list[ReasonItem]:
    """Return the reasons with those grounds that the caller may see.

    Args:
        found: the reasons.
        change: of the effect that they are about.
        before: the picture in which a ground stood.
        after: the picture in which it stands.
    """
    return [
        ReasonItem(why=words.word(reason.kind), before=was, after=now)
        for reason in found
        for was in [_ground(reason.before, change, before)]
        for now in [_ground(reason.after, change, after)]
        if was or now
    ]


def _ground(
    ground: Ground | None, change: EffectChange, seen: Sight
) -> GroundItem | None:
    if ground is None or not seen.may_see(ground, change.effect):
        return None
    return show_ground(ground, seen)
