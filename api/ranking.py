"""Which organizations come first, and how far features moved."""

import numpy as np
import numpy.typing as npt

from analytics.features import FeatureMatrix
from analytics.features.population import SECTORS
from analytics.scoring.assessing import Scored
from analytics.validation.drift import stability_index
from graph.errors import UnknownTerm
from graph.vocabulary import Section


def ranked(
    scored: Scored,
    *,
    region: str | None = None,
    sector: Section | None = None,
    on: str | None = None,
    band: str | None = None,
) -> npt.NDArray[np.int64]:
    """Return places from the highest score, of those that fit every filter.

    Args:
        scored: all organizations.
        region: digits that the prefecture begins with.
        sector: the section.
        on: key of a severe list on which they stand.
        band: key of a band.

    Raises:
        UnknownTerm: the model has no such band.
    """
    cut = scored.cut
    fits = np.ones(cut.size, np.bool_)
    if region is not None:
        names = cut.described.regions
        mine = [n for n, name in enumerate(names) if name.startswith(region)]
        fits &= np.isin(cut.described.region, mine)
    if sector is not None:
        fits &= cut.described.sector == SECTORS.index(sector)
    if on is not None:
        code = cut.snapshot.words.known(on)
        listed = cut.sanctions.organization[cut.sanctions.list == code]
        fits &= np.isin(np.arange(cut.size), listed)
    if band is not None:
        fits &= _in_band(scored, band)
    order = scored.order
    return order[fits[order]]


def _in_band(scored: Scored, key: str) -> npt.NDArray[np.bool_]:
    bands = scored.card.bands
    keys = [one.key for one in bands]
    if key not in keys:
        raise UnknownTerm(
            f"模型 {scored.card.id} 没有“{key}”这一等级。",
            f"The model {scored.card.id} has no band {key!r}.",
            hint_zh=f"可用：{'、'.join(keys)}。",
            hint_en=f"Known: {', '.join(keys)}.",
        )
    bounds = [one.least for one in bands]
    places = np.searchsorted(bounds, scored.scores, "right") - 1
    flags: npt.NDArray[np.bool_] = places == keys.index(key)
    return flags


def drifts(before: FeatureMatrix, after: FeatureMatrix) -> list[float | None]:
    """Return the stability index of every column; None without anything before."""
    return [
        stability_index(before.values[:, column], after.values[:, column])
        for column in range(len(after.features))
    ]
