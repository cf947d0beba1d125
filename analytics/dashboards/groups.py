"""How sectors and regions stand: organizations, open records, scores."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import chi2

from analytics.features import Cut
from analytics.features.population import SECTORS
from analytics.features.sectors import Spread, spread
from analytics.scoring.assessing import Scored


@dataclass(frozen=True, slots=True)
class Group:
    """Figures of the organizations of one sector or region.

    Args:
        key: letter of the section, or digits of the region; empty: not told.
        bands: organizations by band of the model, in its order.
        mean: of their scores.
        expected: sum of their probabilities; None: the model is not calibrated.
    """

    key: str
    organizations: int
    adverse: int
    serious: int
    bands: tuple[int, ...]
    mean: float
    expected: float | None


def by_sector(scored: Scored) -> tuple[Group, ...]:
    """Return the figures of every sector there is, by letter."""
    sector = scored.cut.described.sector
    groups = [(letter.value, sector == n) for n, letter in enumerate(SECTORS)]
    groups.append(("", sector < 0))
    return _groups(scored, groups)


def by_region(scored: Scored) -> tuple[Group, ...]:
    """Return the figures of every prefecture there is, by its four digits."""
    region, names = scored.cut.described.region, scored.cut.described.regions
    groups = [(name, region == n) for n, name in enumerate(names)]
    groups.append(("", region < 0))
    return _groups(scored, groups)


def _groups(
    scored: Scored, groups: list[tuple[str, npt.NDArray[np.bool_]]]
) -> tuple[Group, ...]:
    cut, scores = scored.cut, scored.scores
    bounds = np.array([band.least for band in scored.card.bands])
    band = np.searchsorted(bounds, scores, "right") - 1
    chances = scored.probabilities
    return tuple(
        Group(
            key=key,
            organizations=int(mine.sum()),
            adverse=int(cut.adverse[mine].sum()),
            serious=int(cut.serious[mine].sum()),
            bands=tuple(np.bincount(band[mine], minlength=len(bounds)).tolist()),
            mean=float(scores[mine].mean()),
            expected=None if chances is None else float(chances[mine].sum()),
        )
        for key, mine in groups
        if mine.any()
    )


@dataclass(frozen=True, slots=True)
class Cell:
    """Spread from one sector to another, over common people.

    Args:
        exposed: neighbours in `target` of organizations in `source` with trouble.
        observed: of them, how many had trouble in the window.
        expected: how many would have had at the rate of their sector.
        low: of the ratio of observed to expected, exact Poisson (Garwood 1936), 95 %;
            so is `high`, None where nothing was expected.
    """

    source: str
    target: str
    exposed: int
    observed: int
    expected: float
    low: float | None
    high: float | None


def cells(cut: Cut) -> tuple[Cell, ...]:
    """Return the cells of the spread matrix in which anything was exposed."""
    return cells_of(spread(cut))


def cells_of(found: Spread) -> tuple[Cell, ...]:
    """Return the cells of a matrix in which anything was exposed, by sector."""
    return tuple(
        _cell(found, row, column)
        for row in range(len(SECTORS))
        for column in range(len(SECTORS))
        if found.exposed[row, column]
    )


def _cell(found: Spread, row: int, column: int) -> Cell:
    observed = int(found.observed[row, column])
    expected = float(found.expected[row, column])
    low = high = None
    if expected:
        # An organization next to several counts once for each: bounds for counts that
        # are not independent are wider in truth, which the answer says.
        low = float(chi2.ppf(0.025, 2 * observed)) / 2 / expected if observed else 0.0
        high = float(chi2.ppf(0.975, 2 * (observed + 1))) / 2 / expected
    return Cell(
        SECTORS[row].value,
        SECTORS[column].value,
        int(found.exposed[row, column]),
        observed,
        expected,
        low,
        high,
    )
