"""Which permit ended and how; a revocation that is a penalty is also a sanction."""

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from graph.schema import WORDS
from graph.vocabulary import PenaltyKind
from loaders.counterparts import check_counterparts, name_authority
from loaders.interpret import Parsed
from loaders.issues import Fault, Reason
from loaders.licences import fields_of, imposed_by
from loaders.mixed_codes import complete_codes
from loaders.texts import joined

_REVOKED: Final = "吊销"
_ENDED: Final = "许可终止"
"""What is said where the form does not say how."""

_EMPTY: Final = Fault(
    Reason.MISSING,
    "必填项为空",
    "is required and empty",
    "补填后重新报送",
    "fill it in",
)
_ONLY_ENDED: Final = Fault(
    Reason.NO_BASIS,
    "吊销而没有文书号或者违法行为日期：只记录许可终止，惩戒以行政处罚的报送为准",
    "revoked without number or day of the act: recorded, but nobody is sanctioned by it",
    "补填文书号和违法行为起始日期，或者报送该行政处罚",
    "give the number and the day of the act, or send the penalty",
    fatal=False,
)


def derive(parsed: Parsed) -> None:
    """Add the subject's kind and codes, who decided, and what ended and is imposed.

    A form for legal persons has no column of the kind; one of a department does not
    say how the permit ended. A column that is there must be filled.
    """
    for name in ("kind_written", "ending"):
        if name in parsed.columns:
            parsed.report_where(parsed.column(name).is_null(), name, _EMPTY)
    parsed.columns["subject_kind"] = pc.fill_null(
        parsed.column("kind_written"), "organization"
    )
    complete_codes(parsed, "unified_code", "register_code", "old_code")
    check_counterparts(parsed)
    name_authority(parsed)
    licence, named = parsed.column("licence"), parsed.column("licence_name")
    parsed.columns["title"] = pc.fill_null(parsed.column("ending"), _ENDED)
    made = pc.binary_join_element_wise(parsed.column("title"), licence, " ")
    parsed.columns["document"] = pc.coalesce(parsed.column("number"), made)
    parsed.columns["held"] = joined(named, licence, " ")
    parsed.columns["field"] = pc.coalesce(
        parsed.column("named_field"), fields_of(named)
    )
    _impose(parsed)


def _impose(parsed: Parsed) -> None:
    """Add `imposed`, only where the row carries what a sanction rests on.

    The penalty itself comes from its own source, under the same number. A version of
    it without the day of the act would take the place of a better one.
    """
    revoked = pc.equal(parsed.column("title"), _REVOKED)
    carried = pc.and_(
        parsed.column("number").is_valid(), parsed.column("act_from").is_valid()
    )
    parsed.report_where(pc.and_(revoked, pc.invert(carried)), "number", _ONLY_ENDED)
    business = pc.match_substring(pc.fill_null(parsed.column("held"), ""), "营业执照")
    kinds = pc.if_else(
        business,
        PenaltyKind.BUSINESS_LICENCE_REVOKED.value,
        PenaltyKind.PERMIT_REVOKED.value,
    )
    named = [
        [kind] if so else None
        for kind, so in zip(
            kinds.to_pylist(), pc.and_(revoked, carried).to_pylist(), strict=True
        )
    ]
    parsed.columns["imposed"] = imposed_by(pa.array(named, WORDS), parsed.law)
