"""Probabilities for a scorecard: what came at each range of its scores."""

import re
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from sklearn.isotonic import IsotonicRegression

from graph.errors import Said

Float64 = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

FEWEST: Final = 200
"""Subjects in a range of scores; fewer are joined with the range below."""
_BLOCK: Final = re.compile(r"^calibration:.*\Z", re.MULTILINE | re.DOTALL)


def table(scores: Float64, positive: Flags) -> list[dict[str, Any]]:
    """Return ranges of scores with the share that had a serious record; it never falls.

    Args:
        scores: float64[n] in 0–100.
        positive: bool[n].
    """
    bounds = np.unique(np.quantile(scores, np.linspace(0.05, 1, 40)))
    bounds[-1] = 100.0
    places = np.searchsorted(bounds, scores, "left")
    rows = np.bincount(places, minlength=len(bounds))
    hits = np.bincount(places, positive, len(bounds))
    joined: list[list[float]] = []
    for bound, count, found in zip(bounds, rows, hits, strict=True):
        if joined and (joined[-1][1] < FEWEST or count < FEWEST):
            joined[-1] = [bound, joined[-1][1] + count, joined[-1][2] + found]
        else:
            joined.append([bound, count, found])
    ends, counts, came = np.array(joined).T
    shares = IsotonicRegression().fit_transform(
        np.arange(len(ends)), came / counts, sample_weight=counts
    )
    last = np.append(shares[1:] != shares[:-1], True)  # equal ranges are one
    starts = np.concatenate(([0], np.flatnonzero(last)[:-1] + 1))
    every = np.add.reduceat(counts, starts)
    return [
        {"to": float(to), "subjects": int(n), "probability": float(p)}
        for to, n, p in zip(ends[last], every, shares[last], strict=True)
    ]


def with_calibration(
    text: str, rows: list[dict[str, Any]], on: Said, *, demonstration: bool
) -> str:
    """Return the text of a scorecard with its last field, the calibration, replaced.

    Everything before it stays as somebody wrote it, comments included.
    """
    lines = [
        "calibration:",
        f'  on: {{zh: "{on.zh}", en: "{on.en}"}}',
        f"  demonstration: {str(demonstration).lower()}",
        "  table:",
    ]
    lines += [
        f'  - {{to: "{row["to"]:g}", subjects: "{row["subjects"]}", '
        f'probability: "{row["probability"]:.5f}"}}'
        for row in rows
    ]
    return _BLOCK.sub("\n".join(lines) + "\n", text)
