"""Which declarations are about a person: only these can make somebody answer by law."""

import pyarrow as pa
import pyarrow.compute as pc

from graph.vocabulary import Role, SubjectKind
from loaders.interpret import Parsed
from loaders.listing import say


def derive(parsed: Parsed) -> None:
    """Add the role of persons, which rows are of persons, and how they control."""
    kinds = parsed.column("kind")
    role = pa.scalar(Role.ACTUAL_CONTROLLER.value)
    parsed.columns["role"] = pc.if_else(kinds.is_valid(), role, None)
    persons = pc.is_in(kinds, value_set=pa.array([SubjectKind.PERSON.value]))
    parsed.columns["by_person"] = pc.if_else(persons, kinds, None)
    say(parsed, "content", manner="", votes_written="表决权比例")
