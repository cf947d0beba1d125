"""What an undecided effect waits for, and who can decide it.

Pending a finding: the authority finds whether the person is responsible. Pending
identity: somebody says with a document who the name is. In conflict: the organ that
立法法 names decides which of the texts applies.
"""

from collections.abc import Callable
from typing import NamedTuple

from analytics.propagation.conflicts import CONFLICT_WITH, precedence_between
from analytics.propagation.effects import Effect, Ground
from analytics.propagation.engine import Derivation
from analytics.propagation.provisions import provisions_of
from analytics.propagation.reasons import roots
from graph.law.precedence import Precedence
from graph.vocabulary import EffectStatus, FactKind, Term


class ActionKind(Term):
    """What has to be done; the value is stable."""

    FINDING = "finding", "作出责任认定并载入", "find whether responsible, and load it"
    IDENTITY = (
        "identity",
        "核验身份，载入其与有证件号码者为同一人",
        "verify who it is, and load that both are one person",
    )
    RULING = (
        "ruling",
        "请有权机关裁决适用哪一规定",
        "have it decided which text applies",
    )


KIND_OF = {
    EffectStatus.PENDING_FINDING: ActionKind.FINDING,
    EffectStatus.PENDING_IDENTITY: ActionKind.IDENTITY,
    EffectStatus.CONFLICT: ActionKind.RULING,
}


class Between(NamedTuple):
    """A rule version that says otherwise, and what 立法法 says about the two."""

    version: str
    precedence: Precedence


class Action(NamedTuple):
    """What settles one ground.

    Args:
        documents: numbers of the documents a finding has to name.
        authorities: who issued them; names where known, else codes.
        others: of a conflict, the versions on the other side.
    """

    kind: ActionKind
    ground: Ground
    documents: tuple[str, ...]
    authorities: tuple[str, ...]
    others: tuple[Between, ...] = ()


Readable = Callable[[FactKind, int], bool]


def is_undecided(effect: Effect) -> bool:
    """Return whether anything about the effect is undecided on any day."""
    return any(ground.status in KIND_OF for ground in effect.grounds)


def is_disputed(effect: Effect, day: int) -> bool:
    """Return whether rules disagree about a ground of the day.

    The effect may be in force all the same, by another ground.
    """
    return any(g.status is EffectStatus.CONFLICT for g in effect.grounds_on(day))


def actions(
    effect: Effect,
    derivation: Derivation,
    day: int,
    *,
    readable: Readable = lambda *_: True,
) -> tuple[Action, ...]:
    """Return what would settle the undecided grounds of a day, in their order.

    Args:
        effect: whose grounds.
        derivation: all that follows.
        day: the day.
        readable: whether a sanction or record (its kind and row) may be named.
    """
    return tuple(
        _action(KIND_OF[ground.status], ground, derivation, readable)
        for ground in effect.grounds_on(day)
        if ground.status in KIND_OF
    )


def _action(
    kind: ActionKind, ground: Ground, derivation: Derivation, readable: Readable
) -> Action:
    documents: dict[str, None] = {}
    authorities: dict[str, None] = {}
    snapshot = derivation.snapshot
    for fact, row in roots(ground, derivation):
        if readable(fact, row):
            documents[snapshot.text(fact, row, "document_number")] = None
            authorities[_authority(derivation, fact, row)] = None
    others = _others(ground, derivation) if kind is ActionKind.RULING else ()
    return Action(
        kind,
        ground,
        tuple(d for d in documents if d),
        tuple(a for a in authorities if a),
        others,
    )


def _authority(derivation: Derivation, fact: FactKind, row: int) -> str:
    columns = derivation.snapshot.tables[fact].columns
    for name in ("authority_name", "authority"):
        if name in columns and (found := derivation.snapshot.text(fact, row, name)):
            return found
    return ""


def _others(ground: Ground, derivation: Derivation) -> tuple[Between, ...]:
    """Return the versions on the other side that apply to the same matter."""
    named = {
        flag.removeprefix(CONFLICT_WITH)
        for flag in ground.flags
        if flag.startswith(CONFLICT_WITH)
    }
    applying = {
        _version_id(other)
        for other in derivation.causes.get(ground.cause, ())
        if other.rule in named and other.bearer == ground.bearer
    }
    known = {p.version_id: p for p in provisions_of(derivation.law).all}
    mine = known[_version_id(ground)]
    return tuple(
        Between(other, precedence_between(mine, known[other]))
        for other in sorted(applying)
    )


def _version_id(ground: Ground) -> str:
    return f"{ground.rule}@{ground.version.isoformat()}"
