"""Keeps the labelled projection of effects in the graph in step with the board.

People who look into the database see who answers for what; nothing reads it back.
After a change only what changed is written, once the facts are committed.
"""

from collections.abc import Iterator

from analytics.propagation.effects import Effect
from analytics.propagation.engine import Derivation
from api.board import Board
from graph.law.book import LawBook
from graph.snapshot import date_of, day_of
from graph.store.bolt import BoltStore
from graph.store.projection import EffectDelta, EffectRow


class Projector:
    """Writes the difference between what was projected last and the board."""

    def __init__(self, store: BoltStore) -> None:
        self._store = store
        self._rows: dict[str, EffectRow] = {}
        self._begun = False

    def follow(self, board: Board) -> None:
        """Bring the projection to the board; does nothing when it is there.

        The first time, whatever an earlier process left is replaced as a whole,
        because its day and its law may differ from ours.
        """
        day = day_of(board.today)
        upserts: list[EffectRow] = []
        rows: dict[str, EffectRow] = {}
        for effect_id, effect in board.derivation.effects.items():
            row = effect_row(effect, board.derivation, board.law, day)
            if row is not None:
                rows[effect_id] = row
                if self._rows.get(effect_id) != row:
                    upserts.append(row)
        removed = [known for known in self._rows if known not in rows]
        stale = self._store.projected_ids() - rows.keys() if not self._begun else set()
        delta = EffectDelta(upserts=upserts, removed=[*removed, *sorted(stale)])
        self._store.project_effects(
            delta, load=board.snapshot.seq, law_digest=board.law.digest
        )
        self._rows, self._begun = rows, True


def effect_row(
    effect: Effect, derivation: Derivation, law: LawBook, day: int
) -> EffectRow | None:
    """Return how the effect stands in the graph on a day; None before it begins."""
    status = effect.status_on(day)
    if status is None:
        return None
    begins, ends = effect.period_on(day)
    grounds = effect.grounds_on(day) or effect.grounds
    measure = law.measures[effect.measure]
    return EffectRow(
        id=effect.id,
        bearer=effect.bearer,
        measure=effect.measure,
        measure_zh=measure.zh,
        scope=";".join(effect.scope),
        jurisdiction=effect.jurisdiction,
        status=status.value,
        status_zh=status.zh,
        valid_from=date_of(begins),
        valid_to=date_of(ends),
        rules=sorted({f"{g.rule}@{g.version.isoformat()}" for g in grounds}),
        sanctions=sorted(set(root_causes(effect, derivation))),
    )


def root_causes(effect: Effect, derivation: Derivation) -> Iterator[str]:
    """Yield the keys of the sanctions or records an effect goes back to.

    Effects that rest on effects are followed to their facts; rings are walked once.
    """
    seen: set[str] = set()
    queue = [effect]
    while queue:
        current = queue.pop()
        if current.id in seen:
            continue
        seen.add(current.id)
        for ground in current.grounds:
            if ground.cause_kind != "effect":
                yield ground.cause
            elif ground.cause in derivation.effects:
                queue.append(derivation.effects[ground.cause])
