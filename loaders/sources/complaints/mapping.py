"""A complaint may be closed on the day it is made, but not before."""

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from graph.errors import Said
from loaders.interpret import Parsed
from loaders.issues import Fault, Reason

_TOO_EARLY: Final = Fault(
    Reason.PERIOD,
    "办结早于登记",
    "is closed before it was made",
    *Said("核对两个日期", "compare the two days"),
)


def derive(parsed: Parsed) -> None:
    """Set rows aside whose complaint was closed before it was made."""
    closed = parsed.column("decided_on").cast(pa.date32())
    made = parsed.column("registered_on").cast(pa.date32())
    early = pc.indices_nonzero(pc.less(closed, made)).to_pylist()
    for row in early:
        parsed.report(
            row, "办结时间", _TOO_EARLY, value=closed[row].as_py().isoformat()
        )
