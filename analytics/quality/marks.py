"""By what figures are grouped: source, department, region and month, as small numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from analytics.quality.measures import GROUPED_BY, Dimension
from graph.snapshot.columns import Words

Places = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int32]

_NEVER: Final = -2


@dataclass(frozen=True, eq=False)
class Marks:
    """The marks of n things.

    Args:
        codes: int32 of shape (4, n), one line for each of GROUPED_BY.
        words: the texts behind the numbers.
    """

    codes: Codes
    words: Words

    def __len__(self) -> int:
        """Return the number of things."""
        return int(self.codes.shape[1])

    def of(self, dimension: Dimension) -> Codes:
        """Return one mark of every thing."""
        line: Codes = self.codes[GROUPED_BY.index(dimension)]
        return line

    def text(self, dimension: Dimension, place: int) -> str:
        """Return one mark of one thing; empty where it is not known."""
        return self.words.texts[int(self.of(dimension)[place])]

    def take(self, places: npt.NDArray[Any]) -> "Marks":
        """Return the marks of some of the things."""
        return Marks(self.codes[:, places], self.words)

    def matching(self, wanted: Mapping[Dimension, str]) -> Flags:
        """Return which things have all of the wanted marks."""
        found = np.ones(len(self), np.bool_)
        for dimension, text in wanted.items():
            code = self.words.known(text) if text else 0
            found &= self.of(dimension) == (_NEVER if code < 0 else code)
        return found


def joined(first: Marks, *others: Marks) -> Marks:
    """Return the marks of things one after the other; all share their words."""
    return Marks(
        np.concatenate([first.codes, *(o.codes for o in others)], axis=1), first.words
    )


def marks_of(words: Words, rows: Sequence[tuple[str, str, str, str]]) -> Marks:
    """Return the marks of things whose texts are given in the order of GROUPED_BY."""
    codes = [[words.code(text) for text in row] for row in rows]
    return Marks(np.array(codes, np.int32).reshape(-1, len(GROUPED_BY)).T, words)
