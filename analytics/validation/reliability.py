"""Whether probabilities are what they say: Brier score and the reliability table."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Float64 = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Bin:
    """Rows of near probabilities: how many, what was said on average, what came."""

    rows: int
    said: float
    came: float


def brier(probabilities: Float64, positive: Flags) -> float:
    """Return the mean squared error of the probabilities (Brier 1950)."""
    return float(np.mean((probabilities - positive) ** 2))


def reliability(
    probabilities: Float64, positive: Flags, bins: int = 10
) -> tuple[Bin, ...]:
    """Return bins of as many rows each, from the lowest probability; ties together."""
    bounds = np.unique(np.quantile(probabilities, np.arange(1, bins) / bins))
    places = np.searchsorted(bounds, probabilities, "left")
    found = []
    for place in np.unique(places).tolist():
        mine = places == place
        said, came = probabilities[mine].mean(), positive[mine].mean()
        found.append(Bin(int(mine.sum()), float(said), float(came)))
    return tuple(found)


def calibration_error(table: tuple[Bin, ...]) -> float:
    """Return the mean distance of what was said from what came, weighted by rows."""
    rows = sum(one.rows for one in table)
    return sum(one.rows * abs(one.said - one.came) for one in table) / rows
