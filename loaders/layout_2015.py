"""What the older layouts of 双公示 (2015) have in common: whose row it is, how it stands.

They name no kind of subject. Five columns of codes tell it: an organization has one of
the first three, a natural person the fifth. Codes stand under each other's heading, so
what the column of the register holds is taken as what its own check proves it to be.
"""

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from graph.identifiers import half_width
from graph.identity.columns import by_distinct
from graph.vocabulary import ReviewState
from loaders.interpret import Parsed
from loaders.issues import Fault, Reason
from loaders.mixed_codes import CODES, complete_codes

_NO_NUMBERS: Final = Fault(
    Reason.NO_SUBJECT,
    "代码、身份证号和法定代表人都没有，看不出是自然人还是组织",
    "has no code, identity number or representative, so it may be a person or not",
    "补填统一社会信用代码或者居民身份证号",
    "give the unified code or the identity number",
)
_WHOSE_NUMBER: Final = Fault(
    Reason.NO_SUBJECT,
    "只有身份证号，又写有另一人为法定代表人，看不出号码是谁的",
    "has an identity number and names somebody else as representative: whose is it",
    "组织补填统一社会信用代码；自然人不填法定代表人",
    "give an organization's code; a person has no representative",
)

_CONTESTED: Final = ("2", "异议")


def find_subjects(parsed: Parsed) -> None:
    """Add `subject_kind`, `uscc`, `organization_code` and `registration_number`.

    Reads `unified_code`, `register_code`, `old_code`, `id_number`, `representative`
    and `name`. An identity number beside a code is that of a sole trader's operator,
    and identifies nobody here. What could be either is set aside.
    """
    complete_codes(parsed, "unified_code", "register_code", "old_code")
    coded = _either(*(parsed.column(code).is_valid() for code in CODES))
    numbered = parsed.column("id_number").is_valid()
    led = _led_by_another(parsed)
    person = pc.and_(numbered, pc.invert(coded))
    parsed.report_where(pc.and_(person, led), "id_number", _WHOSE_NUMBER)
    parsed.report_where(pc.invert(_either(coded, numbered, led)), "name", _NO_NUMBERS)
    parsed.columns["subject_kind"] = pc.if_else(person, "person", "organization")


def stand(parsed: Parsed) -> None:
    """Add `review`: contested where somebody objects; the record still stands.

    Reads `state`, what 当前状态 says: 0 正常, 1 撤销, 2 异议.
    """
    state = by_distinct(parsed.column("state"), half_width)
    parsed.columns["review"] = pc.if_else(
        pc.is_in(state, pa.array(_CONTESTED)),
        ReviewState.CONTESTED.value,
        pa.scalar(None, pa.string()),
    )


def _led_by_another(parsed: Parsed) -> pa.Array:
    """Return where a representative is named who is not the subject itself."""
    named = parsed.column("representative")
    return pc.not_equal(named, parsed.column("name")).fill_null(False)  # noqa: FBT003  # Arrow


def _either(first: pa.Array, *others: pa.Array) -> pa.Array:
    for other in others:
        first = pc.or_(first, other)
    return first
