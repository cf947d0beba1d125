"""In which line of a file each fact stood first: 20 bytes a fact, however long the file.

Sorted runs that are merged when they have grown alike, so that adding costs little
and looking up is a handful of binary searches.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Halves = npt.NDArray[np.uint64]
"""Fact keys as two numbers each."""

Lines = npt.NDArray[np.int32]


class _Run(NamedTuple):
    high: npt.NDArray[np.uint64]
    low: npt.NDArray[np.uint64]
    line: Lines

    @classmethod
    def of(cls, *runs: "_Run") -> "_Run":
        high, low, line = (np.concatenate(parts) for parts in zip(*runs, strict=True))
        order = np.argsort(high, kind="stable")
        return cls(high[order], low[order], line[order])

    def lines(self, keys: Halves) -> Lines:
        """Return the line of each key, 0 where it is not in the run."""
        at, last = np.searchsorted(self.high, keys[:, 0]), len(self.high) - 1
        found = np.zeros(len(keys), np.int32)
        while True:
            there = np.minimum(at, last)
            alike = (at <= last) & (self.high[there] == keys[:, 0])
            same = alike & (self.low[there] == keys[:, 1])
            found[same] = self.line[there[same]]
            # Digests that agree in one half only: look at the next one.
            if not (alike & ~same).any():
                return found
            at = np.where(alike & ~same, there + 1, len(self.high))


class Seen:
    """Lines by fact key."""

    def __init__(self) -> None:
        """Begin with nothing seen."""
        self._runs: list[_Run] = []

    def __len__(self) -> int:
        """Return the number of facts."""
        return sum(len(run.line) for run in self._runs)

    def lines(self, keys: Halves) -> Lines:
        """Return the line in which each fact stood first, 0 for one not seen."""
        order = np.argsort(keys[:, 0])
        asked = keys[order]  # the searches are then near to one another in memory
        sorted_lines, found = np.zeros((2, len(keys)), np.int32)
        for run in self._runs:
            np.maximum(sorted_lines, run.lines(asked), out=sorted_lines)
        found[order] = sorted_lines
        return found

    def add(self, keys: Halves, lines: Lines) -> None:
        """Note facts that were not seen before."""
        if not len(lines):
            return
        run = _Run.of(_Run(keys[:, 0], keys[:, 1], lines.astype(np.int32)))
        while self._runs and len(self._runs[-1].line) <= 2 * len(run.line):
            run = _Run.of(self._runs.pop(), run)
        self._runs.append(run)
