"""Why somebody bears an effect, and why somebody else does not.

The answer is told from what the reader of the snapshot may see. What holds is taken
from the derivation, which rests on all facts: a ground whose facts the reader may
not see is said to be withheld.
"""

from dataclasses import dataclass, field

from analytics.explanation import Explanation
from analytics.propagation.anchors import Dates
from analytics.propagation.cases import Case
from analytics.propagation.effects import Effect, Ground
from analytics.propagation.engine import Derivation
from analytics.propagation.examination import Examination
from analytics.propagation.provisions import provisions_of
from analytics.propagation.reading import Reader
from analytics.propagation.statements import Narrator, withheld
from analytics.propagation.telling import ground_node
from analytics.propagation.triggers import Cause, Causes, cause_of
from analytics.propagation.wording import (
    Wording,
    day_text,
    iso,
    period_text,
)
from graph.law.book import LawBook
from graph.snapshot import OPEN, Snapshot
from graph.vocabulary import EffectStatus, FactKind


def explain(
    effect: Effect,
    derivation: Derivation,
    snapshot: Snapshot,
    law: LawBook,
    *,
    day: int,
) -> Explanation:
    """Return why the effect stands as it does on a day.

    Args:
        effect: with the grounds to be explained.
        derivation: where the effects lie on which it may rest.
        snapshot: the facts, limited to what the reader may see.
        law: the book under which it was derived.
        day: the day spoken of, as a number.
    """
    return _Telling(derivation, snapshot, law, day).effect(effect)


def examine(
    sanction_key: str, snapshot: Snapshot, law: LawBook, *, day: int
) -> Explanation:
    """Return everybody who was considered for a sanction or record, and the outcome.

    Raises:
        NotFound: no such sanction or record, or the reader may not see it.
    """
    return Examination(sanction_key, snapshot, law, day).tree()


def is_reached(ground: Ground, snapshot: Snapshot, law: LawBook) -> bool:
    """Return whether what the snapshot shows reaches the thresholds of a ground.

    True where its rule names none. Of a ground that a sanction or record gives.
    """
    version = law.version(f"{ground.rule}@{ground.version.isoformat()}")
    if version is None or not version.version.trigger.thresholds:
        return True
    cause = Causes(snapshot, law).at(FactKind.SANCTION, bytes.fromhex(ground.cause))
    if cause is None:
        return False
    provisions = provisions_of(law)
    provision = provisions.named(ground.rule, ground.version)
    case = Case(Dates(cause), provision, provisions, Reader(snapshot))
    return case.reached_on != OPEN


@dataclass
class _Telling:
    """One explanation on the way; remembers effects told, for rings."""

    derivation: Derivation
    snapshot: Snapshot
    law: LawBook
    day: int
    told: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.narrator = Narrator(self.snapshot, self.law, self.day)
        self.reader = Reader(self.snapshot)
        self.provisions = provisions_of(self.law)
        self.causes = Causes(self.snapshot, self.law)

    def effect(self, effect: Effect) -> Explanation:
        """Return the effect with its grounds of the day, else all of them."""
        status = effect.status_on(self.day)
        begins, ends = effect.period_on(self.day)
        text = self._effect_text(effect, status, period_text(begins, ends))
        again = effect.id in self.told
        self.told.add(effect.id)
        grounds = effect.grounds_on(self.day) or effect.grounds
        return Explanation(
            kind="effect",
            zh=text.zh,
            en=text.en,
            data={
                "id": effect.id,
                "bearer": effect.bearer,
                "measure": effect.measure,
                "scope": list(effect.scope),
                "jurisdiction": effect.jurisdiction,
                "day": iso(self.day),
                "status": status,
                "valid_from": iso(begins),
                "valid_to": iso(ends),
            },
            children=() if again else tuple(self.ground(g) for g in grounds),
        )

    def _effect_text(
        self, effect: Effect, status: EffectStatus | None, when: Wording
    ) -> Wording:
        who = self.narrator.person(effect.bearer)
        what = self.narrator.measures([effect.measure])
        where = self.narrator.scope(effect.scope)
        on = day_text(self.day)
        stands = (
            Wording(status.zh, status.en)
            if status
            else Wording("尚未开始", "not begun")
        )
        return Wording(
            f"{who.zh}：{what.zh}{where.zh}，{on.zh}{stands.zh}，{when.zh}",
            f"{who.en}: {what.en}{where.en}, {stands.en} on {on.en}, {when.en}",
        )

    def ground(self, ground: Ground) -> Explanation:
        """Return one ground down to facts and articles."""
        cause = self._cause(ground)
        if cause is None:
            return withheld()
        provision = self.provisions.named(ground.rule, ground.version)
        case = Case(Dates(cause), provision, self.provisions, self.reader)
        return ground_node(
            ground, case, self.narrator, self.day, self._root(ground, cause)
        )

    def _cause(self, ground: Ground) -> Cause | None:
        """Return the trigger, None where the reader may not see it."""
        if ground.cause_kind == "effect":
            effect = self.derivation.effects.get(ground.cause)
            period = (ground.valid_from, ground.valid_to)
            return cause_of(effect, period) if effect else None
        sanction = ground.cause_kind == "sanction"
        kind = FactKind.SANCTION if sanction else FactKind.RECORD
        return self.causes.at(kind, bytes.fromhex(ground.cause))

    def _root(self, ground: Ground, cause: Cause) -> Explanation:
        if ground.cause_kind != "effect":
            return self.narrator.cause(cause)
        return self.effect(self.derivation.effects[ground.cause])
