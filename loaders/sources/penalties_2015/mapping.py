"""Penalties of the older layout: whose they are, what they impose, how they stand."""

import pyarrow as pa
import pyarrow.compute as pc

from graph.schema import WORDS
from loaders.citations import fields_cited
from loaders.interpret import Parsed
from loaders.layout_2015 import find_subjects, stand
from loaders.licences import fields_of, imposed_by
from loaders.modes import Operation

_REVOKED = (
    r"吊销[《“「]?(?P<licence>[^，。；;,、吊销]{0,40}?(?:许可证|资格证|执照|证书))"
)
"""The permit that the result says was revoked: the layout has no column for it."""


def derive(parsed: Parsed) -> None:
    """Add kind and codes of the subject, `review`, `kinds`, `imposed`, `licence`, `field`.

    The kinds of penalty of both columns are one list. The region is that of the
    supplier, and the name of the authority answers for the row.
    """
    find_subjects(parsed)
    stand(parsed)
    parsed.columns["kinds"] = _united(parsed, "first_kinds", "further_kinds")
    imposed = imposed_by(parsed.column("kinds"), parsed.law)
    # Whatever kinds a withdrawal names: the sanction said before goes with the record.
    taken_back = pc.equal(parsed.column("operation"), Operation.WITHDRAW.value)
    empty = pa.array([[]] * len(parsed), WORDS)
    nothing = pc.and_(taken_back, imposed.is_null())
    parsed.columns["imposed"] = pc.if_else(nothing, empty, imposed)
    found = pc.extract_regex(parsed.column("content"), _REVOKED)
    parsed.columns["licence"] = pc.struct_field(found, "licence")
    parsed.columns["field"] = pc.coalesce(
        fields_cited(parsed.column("basis_text"), parsed.law),
        fields_of(parsed.column("licence")),
    )


def _united(parsed: Parsed, *names: str) -> pa.Array:
    rows = zip(*(parsed.column(name).to_pylist() for name in names), strict=True)
    united = [sorted({kind for kinds in row for kind in kinds or ()}) for row in rows]
    return pa.array([kinds or None for kinds in united], WORDS)
