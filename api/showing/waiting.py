"""Undecided effects with what settles them, as the caller may see it."""

from typing import Final

from analytics.propagation.effects import Effect
from analytics.propagation.waiting import Action, ActionKind, actions
from api.access import Sight
from api.schemas.waiting import ActionItem, BetweenItem, WaitingItem
from api.showing import words
from api.showing.effects import show_effect
from graph.vocabulary import EffectStatus

_SOURCES: Final = {
    ActionKind.FINDING: "findings",
    ActionKind.IDENTITY: "identity_links",
}


def show_waiting(effect: Effect, seen: Sight, status: EffectStatus) -> WaitingItem:
    """Return an effect and the actions for those grounds that may be seen."""
    found = actions(effect, seen.view.derivation, seen.day, readable=seen.may_read)
    readable = set(seen.grounds(effect)[0])
    return WaitingItem(
        effect=show_effect(effect, seen, status),
        actions=[_action(a, seen) for a in found if a.ground in readable],
    )


def _action(action: Action, seen: Sight) -> ActionItem:
    ground = action.ground
    return ActionItem(
        action=words.word(action.kind),
        source=_SOURCES.get(action.kind),
        ground=ground.id,
        person=words.subject(ground.bearer, seen),
        organization=(
            words.subject(ground.organization, seen) if ground.organization else None
        ),
        role=words.word(ground.role),
        documents=list(action.documents),
        authorities=list(action.authorities),
        versions=[
            BetweenItem(
                version=other.version,
                article=other.precedence.article,
                decided_by=other.precedence.decided_by,
            )
            for other in action.others
        ],
    )
