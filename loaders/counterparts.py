"""行政相对人: what the forms of 双公示 ask of each kind of subject, and who answers.

The three kinds stand in one table: organizations with a code, sole traders (a code
once they have one; the certificate is their operator's and identifies nobody here),
and natural persons with a certificate, which is shared but never published.
"""

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from loaders.interpret import Parsed
from loaders.issues import Fault, Reason
from loaders.mixed_codes import CODES

_SOLE_TRADER: Final = "个体工商户"

_PERSON_WITH_CODE: Final = Fault(
    Reason.NO_SUBJECT,
    "写明是自然人，却填了组织的代码，无法确定处理的是谁",
    "says natural person and gives the code of an organization",
    "个体工商户写“个体工商户”；自然人只填证件号码",
    "write 个体工商户 for a sole trader; a person has a certificate, not a code",
)
_ORGANIZATION_WITH_CERTIFICATE: Final = Fault(
    Reason.NO_SUBJECT,
    "写明是组织，却只有个人证件号码而没有代码，无法确定处理的是谁",
    "says organization, and gives a person's certificate but no code",
    "自然人写“自然人”；组织填统一社会信用代码",
    "write 自然人 for a person; an organization has a code",
)
_WITHOUT_CODE: Final = Fault(
    Reason.MISSING,
    "组织没有代码，只能按名称登记",
    "an organization without a code is known by its name only",
    "补报统一社会信用代码",
    "send the unified social credit code",
    fatal=False,
)


def name_authority(parsed: Parsed) -> None:
    """Add `authority` (the code, else the name) and `supplier`.

    Without a supplier of the data the authority itself answers for the row. Reads
    `authority_code`, `authority_name` and `department`.
    """
    name = parsed.column("authority_name")
    parsed.columns["authority"] = pc.coalesce(parsed.column("authority_code"), name)
    parsed.columns["supplier"] = pc.coalesce(parsed.column("department"), name)


def check_counterparts(parsed: Parsed) -> None:
    """Tell rows whose kind of subject does not fit the numbers they give.

    Reads `subject_kind`, `subject_category` (as written), the codes of organizations
    and `id_number`. Who an act is about is never guessed: a
    kind that its numbers contradict sets the row aside.
    """
    person = _so(pc.equal(parsed.column("subject_kind"), "person"))
    trader = _so(pc.equal(parsed.column("subject_category"), _SOLE_TRADER))
    coded = pc.coalesce(*(parsed.column(code) for code in CODES)).is_valid()
    numbered = parsed.column("id_number").is_valid()
    bare = pc.and_(pc.invert(pc.or_(person, trader)), pc.invert(coded))
    parsed.report_where(pc.and_(person, coded), "subject_kind", _PERSON_WITH_CODE)
    parsed.report_where(
        pc.and_(bare, numbered), "subject_kind", _ORGANIZATION_WITH_CERTIFICATE
    )
    code = parsed.source.filled_from("uscc")[0]
    told = [issue.line for issue in parsed.issues if issue.field == code]
    untold = pc.invert(pc.is_in(parsed.lines, pa.array(told, parsed.lines.type)))
    nameless = pc.and_(bare, pc.invert(numbered))
    parsed.report_where(pc.and_(nameless, untold), "uscc", _WITHOUT_CODE)


def _so(found: pa.Array) -> pa.Array:
    return found.fill_null(False)  # noqa: FBT003  # Arrow
