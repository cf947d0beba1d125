"""The Chinese name counts where there is one; entries are named by their day."""

import pyarrow as pa
import pyarrow.compute as pc

from graph.vocabulary import OrganizationKind
from loaders.interpret import Parsed


def derive(parsed: Parsed) -> None:
    """Add `name`, `document` and `organization_kind`."""
    parsed.columns["name"] = pc.coalesce(
        parsed.column("chinese"), parsed.column("english")
    )
    days = parsed.column("begins").cast("string")
    lists = pc.fill_null(parsed.column("list_name"), "announcement")
    parsed.columns["document"] = pc.binary_join_element_wise(lists, days, " ")
    parsed.columns["organization_kind"] = pc.if_else(
        pc.equal(parsed.column("subject_kind"), "organization"),
        pa.scalar(OrganizationKind.FOREIGN.value),
        pa.scalar(None, pa.string()),
    )
