"""Foreign standards whose files are nested statements, flattened to rows of text.

A standard says which file is its own, what must be known of the whole file first, and
which cells a statement gives; what the cells mean stands in the source's description.
"""

from typing import Final

from loaders.standards import bods, ftm
from loaders.standards.standard import Standard, Statement

STANDARDS: Final[tuple[Standard, ...]] = (bods.STANDARD, ftm.STANDARD)


def standard_of(first: Statement) -> Standard | None:
    """Return the standard that a file's first statement follows, None for none."""
    return next((s for s in STANDARDS if s.marks <= first.keys()), None)
