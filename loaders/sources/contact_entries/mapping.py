"""Each kind of contact into a column of its own, because each is normalised its way."""

import pyarrow as pa
import pyarrow.compute as pc

from graph.identity import ANCHOR_KINDS, anchor_of
from graph.vocabulary import ContactKind
from loaders.interpret import Parsed


def derive(parsed: Parsed) -> None:
    """Add `address`, `phone`, `email` and `website`."""
    texts, kinds = parsed.column("text"), parsed.column("kind")
    for anchor in ANCHOR_KINDS:
        words = [k.value for k in ContactKind if anchor_of(k) == anchor]
        here = pc.is_in(kinds, value_set=pa.array(words))
        parsed.columns[anchor] = pc.if_else(here, texts, None)
