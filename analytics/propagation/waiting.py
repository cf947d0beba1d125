"""What an undecided effect waits for, and who can decide it.

Pending a finding: the authority finds whether the person is responsible. Pending
identity: somebody says with a document who the name is. In conflict: the organ that
立法法 names decides which of the texts applies.
"""

from typing import NamedTuple

from analytics.propagation.conflicts import CONFLICT_WITH
from analytics.propagation.effects import Effect, Ground
from analytics.propagation.engine import Derivation
from analytics.propagation.reasons import roots
from graph.law.book import LawBook
from graph.law.precedence import Precedence, precedence
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


def actions(effect: Effect, derivation: Derivation, day: int) -> tuple[Action, ...]:
    """Return what would settle the undecided grounds of a day, in their order."""
    return tuple(
        _action(KIND_OF[ground.status], ground, derivation)
        for ground in effect.grounds_on(day)
        if ground.status in KIND_OF
    )


def _action(kind: ActionKind, ground: Ground, derivation: Derivation) -> Action:
    documents: dict[str, None] = {}
    authorities: dict[str, None] = {}
    snapshot = derivation.snapshot
    for fact, row in roots(ground, derivation):
        documents[snapshot.text(fact, row, "document_number")] = None
        authorities[_authority(derivation, fact, row)] = None
    others = _others(ground, derivation.law) if kind is ActionKind.RULING else ()
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


def _others(ground: Ground, law: LawBook) -> tuple[Between, ...]:
    mine = law.version(f"{ground.rule}@{ground.version.isoformat()}")
    named = {
        flag.removeprefix(CONFLICT_WITH)
        for flag in ground.flags
        if flag.startswith(CONFLICT_WITH)
    }
    return tuple(
        Between(
            other.version_id,
            precedence(law.leading_text(mine.version), law.leading_text(other.version)),
        )
        for other in law.active_versions()
        if mine and other.rule.key in named
    )
