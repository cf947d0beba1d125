"""Keeps the labelled projection of effects in the graph in step with the board.

People who look into the database see who answers for what; nothing reads it back.
After a change only what changed is written, once the facts are committed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from analytics.propagation.effects import Effect
from analytics.propagation.engine import Derivation, derive
from analytics.propagation.feed import boundaries
from api.board import Board
from graph.errors import Said
from graph.law.book import LawBook
from graph.snapshot import date_of, day_of
from graph.store.bolt import BoltStore
from graph.store.findings import Findings
from graph.store.projection import EffectDelta, EffectRow, ProjectionState, toggled
from graph.store.verify import VerifyReport


class Projector:
    """Writes the difference between what was projected last and the board."""

    def __init__(self, store: BoltStore) -> None:
        self._store = store
        self._rows: dict[str, EffectRow] = {}
        self._board: Board | None = None

    def follow(self, board: Board) -> None:
        """Bring the projection to the board; does nothing when it is there.

        The first time, whatever an earlier process left is replaced as a whole,
        because its day and its law may differ from ours.
        """
        day, derivation = day_of(board.today), board.derivation
        upserts: list[EffectRow] = []
        removed: set[str] = set()
        for name in self._reached(board):
            effect = derivation.effects.get(name)
            row = effect_row(effect, derivation, board.law, day) if effect else None
            if row is None:
                removed.add(name)
            elif self._rows.get(name) != row:
                upserts.append(row)
        if self._board is None:
            removed = self._store.projected_ids() - {row.id for row in upserts}
        else:
            removed &= self._rows.keys()
        self._store.project_effects(
            EffectDelta(upserts=upserts, removed=sorted(removed)),
            load=board.snapshot.seq,
            law_digest=board.law.digest,
        )
        for name in removed:
            self._rows.pop(name, None)
        self._rows.update((row.id, row) for row in upserts)
        self._board = board

    def _reached(self, board: Board) -> Iterable[str]:
        """Return the effects that may look otherwise than they were projected.

        These are the ones that were made anew (what rests on others is made anew with
        them) and, on another day, those of which something began or ended in between.
        """
        before, after = self._board, board.derivation.effects
        if before is None or before.law.digest != board.law.digest:
            return self._rows.keys() | after.keys()
        reached = after.changed_keys(before.derivation.effects)
        if before.today != board.today:
            first, last = sorted((day_of(before.today), day_of(board.today)))
            reached |= {
                name
                for name, effect in after.items()
                if any(first < day <= last for day in boundaries(effect))
            }
        return reached

    def check(self, report: VerifyReport) -> VerifyReport:
        """Return the report with those effects added that are not what follows.

        What follows is derived anew, not taken from memory. Nothing is compared where
        another process has brought the store further.
        """
        board, stamp = self._board, self._store.projection_state()
        if board is None or stamp.load != board.snapshot.seq:
            return report
        rows = whole(
            Board(
                board.snapshot,
                derive(board.snapshot, board.law),
                board.law,
                board.today,
            )
        )
        findings = Findings()
        for name in sorted(rows.keys() | self._rows.keys()):
            if rows.get(name) != self._rows.get(name):
                problem = Said("投影的不是依法推导的", "projected is not what follows")
                findings.add("effect", name, problem)
        digest = toggled(
            ProjectionState().digest,
            (row.properties()["digest"] for row in rows.values()),
        )
        if not len(findings) and (stamp.count, stamp.digest) != (len(rows), digest):
            problem = Said(
                f"依法推导 {len(rows)} 项，投影了 {stamp.count} 项；或者不是同样的",
                f"{len(rows)} follow, {stamp.count} were projected; or others than those",
            )
            findings.add("effect", "", problem)
        return replace(report, findings=(*report.findings, *findings.listed()))


def whole(board: Board) -> dict[str, EffectRow]:
    """Return how all effects of a board stand in the graph, by their id."""
    day = day_of(board.today)
    rows = (
        effect_row(effect, board.derivation, board.law, day)
        for effect in board.derivation.effects.values()
    )
    return {row.id: row for row in rows if row}


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
