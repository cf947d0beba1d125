"""The wage-arrears list: employers, and the people whom its decisions name."""

import pyarrow as pa
import pyarrow.compute as pc

from graph.schema import MONEY
from graph.vocabulary import Role
from loaders.interpret import Parsed
from loaders.listing import enter, leave, name_authority, say
from loaders.mixed_codes import sort_codes

_RESPONSIBLE = [Role.DIRECT_SUPERVISOR.value, Role.DIRECTLY_RESPONSIBLE.value]


def derive(parsed: Parsed) -> None:
    """Add codes, amount, list and exit, and the role in which a person was found."""
    sort_codes(parsed, "code", kind="subject_kind")
    name_authority(parsed)
    parsed.columns["amount"] = pc.coalesce(
        parsed.column("amount_yuan").cast(MONEY),
        parsed.column("amount_wan").cast(MONEY),
    )
    say(
        parsed,
        "content",
        role_text="责任身份",
        employer_name="所在用人单位",
        people="拖欠人数",
    )
    enter(parsed, "wage_arrears")
    leave(parsed)
    role = parsed.column("role")
    responsible = pc.is_in(role, value_set=pa.array(_RESPONSIBLE))
    person = pc.equal(parsed.column("subject_kind"), "person")
    employed = parsed.column("employer_name").is_valid()
    found = pc.and_(pc.and_(person, responsible), employed)
    parsed.columns["found"] = pc.if_else(found, role, pa.scalar(None, pa.string()))
