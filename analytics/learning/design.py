"""What a model is fitted to: rows of features, what came of them, and their groups."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from analytics.features import Feature
from graph.errors import BadInput

Float64 = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Int64 = npt.NDArray[np.int64]

FEWEST: Final = 20
"""Fewer rows of a class say nothing that an interval would not undo."""


@dataclass(frozen=True, slots=True)
class Design:
    """Rows of one cut.

    Args:
        what: names the rows in messages, for example `training, 2024-11-22`.
        features: one a column.
        values: float64[n, features]; NaN: not known.
        positive: bool[n], whether a serious record came within the horizon.
        groups: int64[n], number of the component each row belongs to.
    """

    what: str
    features: tuple[Feature, ...]
    values: Float64
    positive: Flags
    groups: Int64

    def only(self, features: tuple[Feature, ...]) -> "Design":
        """Return the same rows with some of the columns, in the given order."""
        names = [one.name for one in self.features]
        places = [names.index(one.name) for one in features]
        values = np.ascontiguousarray(self.values[:, places])
        return Design(self.what, features, values, self.positive, self.groups)

    def rows(self, chosen: Flags) -> "Design":
        """Return some of the rows."""
        return Design(
            self.what,
            self.features,
            self.values[chosen],
            self.positive[chosen],
            self.groups[chosen],
        )

    @property
    def base(self) -> float:
        """Return the share of positives."""
        return float(self.positive.mean()) if len(self.positive) else float("nan")

    def check(self) -> None:
        """Refuse rows that nothing can be learnt from.

        Raises:
            BadInput: no rows, one class only, or too few of one.
        """
        rows, positives = len(self.positive), int(self.positive.sum())
        if not rows:
            raise BadInput(
                f"{self.what}：没有任何组织，无从学习。",
                f"{self.what}: there is no organization to learn from.",
                hint_zh="换一个有数据的日期，或者缩短期间。",
                hint_en="Choose a day with data, or a shorter horizon.",
            )
        few = min(positives, rows - positives)
        if few < FEWEST:
            raise BadInput(
                f"{self.what}：{rows} 家中只有 {positives} 家此后出现严重记录；两类各须"
                f" {FEWEST} 家以上。",
                f"{self.what}: of {rows} organizations {positives} had a serious record; "
                f"each class needs {FEWEST} or more.",
                hint_zh="延长期间（--horizon）、不限行业，或者等数据更多。",
                hint_en="Take a longer horizon, every sector, or wait for more data.",
            )
