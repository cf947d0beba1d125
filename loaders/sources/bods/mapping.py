"""What a statement is about, and which of its facts concern a person."""

import pyarrow as pa
import pyarrow.compute as pc

from graph.vocabulary import OrganizationKind, OrganizationStatus
from loaders.interpret import Parsed
from loaders.standards.leftovers import report_unread

_KINDS = pa.array(["entity", "person"])
_SUBJECTS = pa.array(["organization", "person"])


def derive(parsed: Parsed) -> None:
    """Add the kind of subject, its status, and whether a person holds something."""
    columns = parsed.columns
    types = pc.fill_null(columns["record_type"], "")
    columns["kind"] = _SUBJECTS.take(pc.index_in(types, value_set=_KINDS))
    columns["is_entity"] = _where(pc.equal(types, "entity"), types)
    columns["is_person"] = _where(pc.equal(types, "person"), types)
    by_person = pc.equal(parsed.column("party_kind"), "person")
    columns["owning_person"] = _where(by_person, parsed.column("owner"))
    columns["posted_person"] = _where(by_person, parsed.column("post"))
    columns["organization_kind"] = pc.if_else(
        pc.and_(
            pc.equal(types, "entity"),
            pc.not_equal(pc.fill_null(parsed.column("jurisdiction"), ""), "CN"),
        ),
        OrganizationKind.FOREIGN.value,
        pa.scalar(None, pa.string()),
    )
    gone = pc.or_(
        pc.is_valid(parsed.column("dissolved")),
        pc.equal(parsed.column("record_status"), "closed"),
    )
    columns["status"] = pc.if_else(
        pc.and_(pc.fill_null(gone, False), pc.equal(types, "entity")),  # noqa: FBT003  # Arrow
        OrganizationStatus.DEREGISTERED.value,
        pa.scalar(None, pa.string()),
    )
    report_unread(parsed)


def _where(mask: pa.Array, values: pa.Array) -> pa.Array:
    return pc.if_else(pc.fill_null(mask, False), values, None)  # noqa: FBT003  # Arrow
