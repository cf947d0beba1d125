"""The catalogue of features, and the matrix of a cut: one row an organization.

Adding a feature is adding one function to a family file.
"""

import hashlib
import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from analytics.features.cut import Cut
from analytics.features.feature import FAMILIES, REGISTERED, Feature, Values
from graph.errors import BadInput

Float64 = npt.NDArray[np.float64]
Progress = Callable[[str, int, int], None]


def _read() -> tuple[Feature, ...]:
    for family in FAMILIES:
        importlib.import_module(f"analytics.features.{family}")
    order = sorted(REGISTERED, key=lambda one: FAMILIES.index(one.family))
    names = [one.name for one in order]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise ValueError(f"features of one name: {', '.join(sorted(twice))}")
    return tuple(order)


CATALOGUE: Final = _read()
"""Every feature, by family; a column of a matrix each."""

BY_NAME: Final = {one.name: one for one in CATALOGUE}


def catalogue_digest(features: Sequence[Feature] = CATALOGUE) -> str:
    """Return what names these features: another text, unit or order is another digest.

    It stands in every model, so that one made of other features is not taken.
    """
    lines = (
        f"{f.name}\t{f.family}\t{f.unit}\t{int(f.direction)}\t{f.zh}\t{f.en}\n"
        for f in features
    )
    return hashlib.sha256("".join(lines).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class FeatureMatrix:
    """Features of all organizations of a cut.

    Args:
        subjects: identifiers, one a row.
        features: one a column.
        values: float64[rows, columns]; NaN: not known.
        cut: what it was built from.
    """

    subjects: tuple[str, ...]
    features: tuple[Feature, ...]
    values: Float64
    cut: Cut

    @cached_property
    def row(self) -> dict[str, int]:
        """Return the row of each subject."""
        return {subject: row for row, subject in enumerate(self.subjects)}

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return tuple(one.name for one in self.features)

    def column(self, name: str) -> Float64:
        """Return one feature, float64[rows].

        Raises:
            KeyError: it is not among them.
        """
        return self.values[:, self.names.index(name)]

    @cached_property
    def coverage(self) -> Float64:
        """Return, by column, the share of organizations with a value."""
        if not len(self.values):
            return np.zeros(len(self.features))
        return np.asarray(1.0 - np.isnan(self.values).mean(axis=0))


def build(
    cut: Cut,
    features: Sequence[Feature] = CATALOGUE,
    progress: Progress | None = None,
) -> FeatureMatrix:
    """Return the matrix of these features.

    Args:
        cut: organizations, records and relations of a day.
        features: which, in this order.
        progress: told (name, number done, of how many) after each.
    """
    values = np.empty((cut.size, len(features)))
    for number, one in enumerate(features):
        values[:, number] = _checked(one, one.build(cut), cut.size)
        if progress:
            progress(one.name, number + 1, len(features))
    return FeatureMatrix(cut.subjects, tuple(features), values, cut)


def named(names: Sequence[str]) -> tuple[Feature, ...]:
    """Return features by their names.

    Raises:
        BadInput: there is no such feature; it names all that are missing.
    """
    missing = [name for name in names if name not in BY_NAME]
    if missing:
        raise BadInput(
            f"没有这些特征：{'、'.join(missing)}。",
            f"There are no such features: {', '.join(missing)}.",
            hint_zh="`creditgraph risk features` 列出全部特征。",
            hint_en="`creditgraph risk features` lists all of them.",
        )
    return tuple(BY_NAME[name] for name in names)


def _checked(one: Feature, values: Values, size: int) -> Values:
    if values.shape != (size,):
        raise ValueError(f"feature {one.name}: {values.shape}, not ({size},)")
    return values
