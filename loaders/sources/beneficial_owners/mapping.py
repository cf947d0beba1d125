"""What of a filing is a share, and that it is not a direct one."""

import pyarrow as pa
import pyarrow.compute as pc

from graph.vocabulary import Role
from loaders.interpret import Parsed


def derive(parsed: Parsed) -> None:
    """Add `role`, `owned` (a share of ownership is stated) and `indirect`."""
    basis = parsed.column("basis")
    parsed.columns["role"] = pc.if_else(
        basis.is_valid(), pa.scalar(Role.BENEFICIAL_OWNER.value), None
    )
    ownership = pc.is_in(basis, value_set=pa.array(["ownership"]))
    stated = parsed.column("share_num").is_valid()
    parsed.columns["owned"] = pc.if_else(pc.and_(ownership, stated), basis, None)
    parsed.columns["indirect"] = pa.array([False] * len(parsed), pa.bool_())
