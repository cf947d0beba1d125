"""Who evaluated, under which number, and which grade was given from when."""

import pyarrow as pa
import pyarrow.compute as pc

from graph.vocabulary import SubjectKind
from loaders.grades import name_evaluation, read_grade
from loaders.interpret import Parsed
from loaders.listing import name_authority, say


def derive(parsed: Parsed) -> None:
    """Add `authority`, `document`, `grade`, `content`, `begins` and `public`."""
    name_authority(parsed)
    name_evaluation(parsed)
    read_grade(parsed)
    say(parsed, "content", score="评价得分", period="评价周期")
    parsed.columns["begins"] = pc.coalesce(
        parsed.column("told_begin").cast(pa.date32()),
        parsed.column("decided_on").cast(pa.date32()),
    )
    kinds = pc.fill_null(parsed.column("kind"), SubjectKind.ORGANIZATION.value)
    parsed.columns["public"] = pc.coalesce(
        parsed.column("open").cast(pa.bool_()),
        pc.not_equal(kinds, SubjectKind.PERSON.value),
    )
