"""Who the register names: the role follows from the kind of organization by law."""

import pyarrow as pa
import pyarrow.compute as pc

from graph.vocabulary import OrganizationKind, Role
from loaders.interpret import Parsed

# Prefectures whose rows name them instead of carrying a code.
_REGIONS = {"伊春": "230700", "长治": "140400"}


def derive(parsed: Parsed) -> None:
    """Add `role`, `described_from`, and `region` where only named.

    The representative's start is the day of approval; a register without that column
    does not say since when he holds the post, and neither do we.
    """
    kinds = pc.fill_null(
        parsed.column("organization_kind"), OrganizationKind.UNKNOWN.value
    )
    parsed.columns["organization_kind"] = kinds
    roles = {k.value: _role(parsed, k) for k in OrganizationKind}
    parsed.columns["role"] = pa.array([roles[k] for k in kinds.to_pylist()])
    parsed.columns["described_from"] = pc.coalesce(
        _days(parsed, "approved_on"), _days(parsed, "established_on")
    )
    if "region" not in parsed.columns:
        named = [_REGIONS.get(p or "") for p in parsed.column("prefecture").to_pylist()]
        parsed.columns["region"] = pa.array(named, pa.string())


def _role(parsed: Parsed, kind: OrganizationKind) -> str:
    rule = parsed.law.roles.get(kind)
    return (rule.first_answering if rule else Role.LEGAL_REPRESENTATIVE).value


def _days(parsed: Parsed, name: str) -> pa.Array:
    return parsed.column(name).cast(pa.date32())
