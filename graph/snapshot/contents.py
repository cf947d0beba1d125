"""Whole facts as one source asserts them now, read from the pages of the journal.

The snapshot keeps only the columns that are computed with. Who writes another version
of a fact needs them all.
"""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph.batch import Page, brought
from graph.schema import ENVELOPE, SCHEMAS
from graph.snapshot.facts import Facts
from graph.snapshot.table import split_keys
from graph.vocabulary import FactKind

Pages = Callable[[int, int], Iterator[Page]]
"""Yields the pages of the loads after the first number up to the second."""


def contents(
    facts: Facts, pages: Pages, source: str, kind: FactKind, keys: Sequence[bytes]
) -> pa.Table:
    """Return the content columns and `line` of those facts that the source asserts.

    Args:
        facts: what is known.
        pages: reads the journal.
        source: key of the source.
        kind: of the facts.
        keys: of the facts; one that the source does not assert is not in the answer.
    """
    table = facts.tables[kind]
    wanted = pa.array(keys, pa.binary(16))
    rows = table.current(split_keys(wanted), facts.sources.known(source))
    loads = table.load.values[rows[rows >= 0]]
    held = wanted.filter(pa.array(rows >= 0))
    found = [
        page.table.filter(pc.is_in(page.table["key"], held.filter(pa.array(same))))
        for load, same in ((n, loads == n) for n in np.unique(loads).tolist())
        for page in pages(load - 1, load)
        if page.kind is kind
    ]
    names = [name for name in ENVELOPE.names if name != "line"]
    parts = [brought(part).drop_columns(names) for part in found]
    empty = pa.schema([ENVELOPE.field("line"), *SCHEMAS[kind].arrow]).empty_table()
    return pa.concat_tables(parts) if parts else empty
