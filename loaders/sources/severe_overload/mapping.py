"""The overloading list: an entry is of a vehicle, against its company or a person."""

import pyarrow.compute as pc

from loaders.interpret import Parsed
from loaders.issues import Fault, Reason
from loaders.listing import enter, leave, name_authority, number_entries, say
from loaders.mixed_codes import sort_codes

_LIST = "overloading"
_NOT_ONE = Fault(
    Reason.NO_SUBJECT,
    "企业名称和当事人姓名应填其一，且只填其一",
    "must name either a company or a person, and not both",
    "一行一个当事人",
    "one offender a row",
)


def derive(parsed: Parsed) -> None:
    """Add who the row is about, the document, the vehicle's papers, list and exit."""
    _name_subject(parsed)
    sort_codes(parsed, "code", kind="subject_kind")
    name_authority(parsed, of_list=_LIST)
    number_entries(parsed, "batch", "listed_on", "plate")
    say(
        parsed,
        "licence",
        plate="车牌号",
        transport_licence="道路运输证号",
        operating_licence="营运证号",
    )
    enter(parsed, _LIST)
    leave(parsed)


def _name_subject(parsed: Parsed) -> None:
    """Add `name` and `subject_kind`: which of the two columns is filled says it."""
    company, human = parsed.column("company"), parsed.column("human")
    for row in pc.indices_nonzero(
        pc.equal(company.is_valid(), human.is_valid())
    ).to_pylist():
        if not parsed.bad[row]:
            parsed.report(row, "企业名称", _NOT_ONE, value=human[row].as_py() or "")
    parsed.columns["name"] = pc.coalesce(company, human)
    kinds = pc.if_else(human.is_valid(), "person", "organization")
    parsed.columns["subject_kind"] = kinds
