"""Scores of a whole matrix, and the full account of one of them."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from analytics.features import Cut, FeatureMatrix
from analytics.features.local import local_row
from analytics.features.population import SECTORS
from analytics.scoring.evidence import Found, evidence
from analytics.scoring.model import (
    Band,
    Card,
    Change,
    Contribution,
    Float64,
    RiskModel,
    columns_of,
)
from graph.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Part:
    """A contribution and what it rests on."""

    contribution: Contribution
    evidence: Found


@dataclass(frozen=True, slots=True)
class Exposure:
    """Neighbours with common people in one sector, and how many have adverse records."""

    sector: str
    neighbours: int
    troubled: int


@dataclass(frozen=True, slots=True)
class Assessment:
    """The score of one organization with everything it rests on.

    Args:
        built_at: number of the load as of which features of the whole graph are.
    """

    subject: str
    score: float
    probability: float | None
    band: Band
    rank: int
    of: int
    parts: tuple[Part, ...]
    changes: tuple[Change, ...]
    exposures: tuple[Exposure, ...]
    built_at: int


@dataclass(frozen=True)
class Scored:
    """All organizations of a matrix with their scores by one model."""

    matrix: FeatureMatrix
    model: RiskModel

    @property
    def card(self) -> Card:
        """Return the card of the model."""
        return self.model.card

    @property
    def cut(self) -> Cut:
        """Return the cut of the matrix."""
        return self.matrix.cut

    @cached_property
    def scores(self) -> Float64:
        """Return float64[rows] in 0–100."""
        return self.model.scores(self._columns)

    @cached_property
    def probabilities(self) -> Float64 | None:
        """Return float64[rows], or None where the model was not calibrated."""
        return self.model.probabilities(self.scores)

    @cached_property
    def order(self) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
        """Return the rows from the highest score; equal ones by identifier."""
        names = np.array(self.matrix.subjects)
        return np.lexsort((names, -self.scores))

    @cached_property
    def ranks(self) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
        """Return, by row, one more than how many have a higher score."""
        ascending = np.sort(self.scores)
        above = len(ascending) - np.searchsorted(ascending, self.scores, "right")
        return above.astype(np.int64) + 1

    def parts(self, row: int) -> tuple[Contribution, ...]:
        """Return the parts of the score in a row, the largest first."""
        return self.model.contributions(self._columns[row])

    @cached_property
    def _columns(self) -> Float64:
        return columns_of(self.model, self.matrix)

    def assess(self, subject: str) -> Assessment:
        """Return the full account of one score.

        Raises:
            KeyError: no organization of the matrix has the identifier.
        """
        row = self.matrix.row[subject]
        return self._account(self._columns[row], self.cut, row, subject)

    def assess_anew(self, snapshot: Snapshot, subject: str) -> Assessment | None:
        """Return the account of one score after changes; None: it is not scored.

        Features of the whole graph, the rank and the shares of the whole are those of
        this picture.

        Args:
            snapshot: what is known now, under the same reader's scope.
            subject: canonical identifier of an organization.
        """
        found = local_row(self.matrix, snapshot, subject)
        if found is None:
            return None
        own = columns_of(self.model, replace(self.matrix, values=found.values[None, :]))
        return self._account(own[0], found.part, found.place, subject)

    def _account(self, own: Float64, cut: Cut, place: int, subject: str) -> Assessment:
        score = float(self.model.scores(own[None, :])[0])
        probabilities = self.model.probabilities(np.array([score]))
        return Assessment(
            subject=subject,
            score=score,
            probability=None if probabilities is None else float(probabilities[0]),
            band=self.card.band(score),
            rank=int((self.scores > score).sum()) + 1,
            of=len(self.scores),
            parts=tuple(
                Part(part, _evidence(cut, place, part))
                for part in self.model.contributions(own)
            ),
            changes=self.model.changes(own),
            exposures=exposures(cut, place),
            built_at=self.cut.snapshot.seq,
        )


def _evidence(cut: Cut, place: int, part: Contribution) -> Found:
    if part.feature is None:
        return Found((), 0)
    return evidence(cut, place, part.feature.name)


def exposures(cut: Cut, place: int) -> tuple[Exposure, ...]:
    """Return, by sector, the neighbours of an organization through its people."""
    sector = cut.described.sector
    others = sorted({other for other, _ in cut.relations.by_person.of(place)})
    found = []
    for number, letter in enumerate(SECTORS):
        mine = [other for other in others if sector[other] == number]
        if mine:
            bad = int(cut.adverse[mine].sum())
            found.append(Exposure(letter, len(mine), bad))
    return tuple(found)
