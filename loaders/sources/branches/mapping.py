"""Who stands for a branch: the role follows from the law, as in the register."""

import pyarrow as pa

from graph.vocabulary import OrganizationKind
from loaders.interpret import Parsed


def derive(parsed: Parsed) -> None:
    """Add `role`."""
    role = parsed.law.roles[OrganizationKind.BRANCH].first_answering.value
    parsed.columns["role"] = pa.array([role] * len(parsed), pa.string())
