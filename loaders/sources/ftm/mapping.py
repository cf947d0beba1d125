"""What an entity is, and under which number a sanction stands."""

import pyarrow as pa
import pyarrow.compute as pc

from graph.vocabulary import OrganizationKind, OrganizationStatus
from loaders.interpret import Parsed
from loaders.standards.leftovers import report_unread


def derive(parsed: Parsed) -> None:
    """Add kind and status of organizations, and number and start of list entries."""
    columns, none = parsed.columns, pa.scalar(None, pa.string())
    kinds = pc.fill_null(parsed.column("kind"), "")
    is_organization = pc.equal(kinds, "organization")
    columns["is_organization"] = pc.if_else(
        is_organization, parsed.column("kind"), None
    )
    chinese = pc.is_in(parsed.column("country"), pa.array(["cn", "CN"]))
    foreign = pc.and_(is_organization, pc.invert(chinese))
    columns["organization_kind"] = pc.if_else(
        foreign, OrganizationKind.FOREIGN.value, none
    )
    gone = pc.and_(is_organization, pc.is_valid(parsed.column("dissolved")))
    columns["status"] = pc.if_else(gone, OrganizationStatus.DEREGISTERED.value, none)
    columns["document"] = pc.coalesce(parsed.column("list_number"), parsed.column("id"))
    columns["list_from"] = pc.coalesce(
        parsed.column("listed_on").cast(pa.date32()),
        parsed.column("begins").cast(pa.date32()),
    )
    columns["issued_by"] = pc.coalesce(
        parsed.column("authority"), parsed.column("standard")
    )
    report_unread(parsed)
