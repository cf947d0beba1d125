"""What of a filing is a share, and that it is not a direct one."""

import pyarrow as pa
import pyarrow.compute as pc

from graph.vocabulary import Relation, Role
from loaders.interpret import Parsed
from loaders.listing import say


def derive(parsed: Parsed) -> None:
    """Add `role`, `owned` (a share is stated), `indirect`, `relation` and `content`."""
    basis = parsed.column("basis")
    parsed.columns["role"] = pc.if_else(
        basis.is_valid(), pa.scalar(Role.BENEFICIAL_OWNER.value), None
    )
    ownership = pc.is_in(basis, value_set=pa.array(["ownership"]))
    stated = parsed.column("share_num").is_valid()
    parsed.columns["owned"] = pc.if_else(pc.and_(ownership, stated), basis, None)
    parsed.columns["indirect"] = pa.array([False] * len(parsed), pa.bool_())
    control = pc.equal(basis, "control")
    relation = pc.if_else(control, Relation.CONTROLS.value, Relation.RELATED.value)
    told = pc.and_(basis.is_valid(), parsed.columns["owned"].is_null())
    parsed.columns["relation"] = pc.if_else(told, relation, None)
    say(parsed, "content", basis_written="受益所有权类型", share_written="比例")
