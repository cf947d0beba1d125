"""Which declarations are about a person: only these can make somebody answer by law."""

import pyarrow as pa
import pyarrow.compute as pc

from graph.vocabulary import Role
from loaders.interpret import Parsed


def derive(parsed: Parsed) -> None:
    """Add the role of persons, and which rows are of persons and of organizations."""
    kinds = parsed.column("kind")
    role = pa.scalar(Role.ACTUAL_CONTROLLER.value)
    parsed.columns["role"] = pc.if_else(kinds.is_valid(), role, None)
    for name, kind in (("by_person", "person"), ("by_organization", "organization")):
        here = pc.is_in(kinds, value_set=pa.array([kind]))
        parsed.columns[name] = pc.if_else(here, kinds, None)
