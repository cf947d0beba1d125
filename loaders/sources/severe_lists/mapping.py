"""Lists and measures: what an entry imposes, and when and why it ends."""

import pyarrow as pa

from graph.schema import WORDS
from loaders.interpret import Parsed
from loaders.issues import Fault, Reason
from loaders.listing import leave, name_authority

_NEITHER = Fault(
    Reason.NO_BASIS,
    "既无名单也无措施，不构成惩戒",
    "names neither a list nor a measure, so it sanctions nobody",
    "填名单名称或惩戒措施",
    "give the list or the measure",
)


def derive(parsed: Parsed) -> None:
    """Add `authority`, `imposed`, `ends` and `end_reason`."""
    name_authority(parsed)
    _impose(parsed)
    leave(parsed)


def _impose(parsed: Parsed) -> None:
    """Join the measures on the row with those that the list brings by law."""
    lists = parsed.column("list").to_pylist()
    named = parsed.column("measures").to_pylist()
    imposed = []
    for row, (key, measures) in enumerate(zip(lists, named, strict=True)):
        by_law = parsed.law.lists[key].measures if key else ()
        imposed.append(sorted({*(measures or ()), *by_law}))
        if not key and not measures and not parsed.bad[row]:
            parsed.report(row, "名单名称", _NEITHER, value="")
    parsed.columns["imposed"] = pa.array(imposed, WORDS)
