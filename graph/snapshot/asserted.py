"""A digest of what is asserted, whatever the way it came into the store.

Two stores say the same when their digests are equal: one loaded at once and one that
was cut off and loaded again, one in bulk and one row after the other, on either server.
The digest of the journal tells even the order of the loads apart.
"""

from hashlib import sha256

import numpy as np

from graph.snapshot.facts import Facts
from graph.snapshot.table import BELIEVED, FactTable


def contents_digest(facts: Facts) -> str:
    """Return the SHA-256 of every assertion that stands: kind, fact, content, source.

    What was voided is part of it; loads, instants, files and lines are not.
    """
    digest = sha256()
    names = facts.sources.texts
    for kind, table in sorted(facts.tables.items()):
        digest.update(f"{kind}\n".encode())
        digest.update(_assertions(table, names))
    voided = sorted(f"{kind} {key.hex()}" for kind, key in facts.voided)
    digest.update("\n".join(["voided", *voided]).encode())
    return digest.hexdigest()


def _assertions(table: FactTable, names: list[str]) -> bytes:
    rows = np.flatnonzero(table.until.values == BELIEVED)
    # The number of a source is that of its first load: its name takes the place of it.
    numbered = {
        code: int.from_bytes(sha256(names[code].encode()).digest()[:8], "little")
        for code in np.unique(table.source.values[rows]).tolist()
    }
    sources = np.array([numbered.get(c, 0) for c in range(len(names))], np.uint64)
    columns = (
        table.high.values[rows],
        table.low.values[rows],
        table.version.values[rows],
        sources[table.source.values[rows]],
    )
    order = np.lexsort(columns)
    return np.stack([column[order] for column in columns], axis=1).tobytes()
