"""Permits of the older layout: whose they are, what they permit, how they stand."""

import pyarrow as pa

from graph.vocabulary import Outcome
from loaders.interpret import Parsed
from loaders.layout_2015 import find_subjects, stand
from loaders.texts import joined


def derive(parsed: Parsed) -> None:
    """Add kind and codes of the subject, `content`, `outcome` and `review`."""
    find_subjects(parsed)
    stand(parsed)
    # What does not stand is taken back.
    parsed.columns["outcome"] = pa.array(
        [Outcome.IN_EFFECT.value] * len(parsed), pa.string()
    )
    parsed.columns["content"] = joined(
        parsed.column("permit_kind_written"), parsed.column("permitted"), "："
    )
