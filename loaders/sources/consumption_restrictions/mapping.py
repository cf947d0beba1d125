"""Consumption restrictions: who is restricted, since when, and who is freed."""

import pyarrow as pa
import pyarrow.compute as pc

from graph.schema import WORDS
from graph.vocabulary import EndReason, ReleaseReason
from loaders.interpret import Parsed
from loaders.issues import Fault, Reason
from loaders.listing import leave, name_authority, say
from loaders.mixed_codes import sort_codes
from loaders.vocabularies import readings

_MEASURE = "限制相关消费行为"
_NO_DAY = Fault(
    Reason.MISSING,
    "限制消费令日期和发布日期都没有，不知道自何日起受限",
    "has neither the day of the order nor that of publication: since when is not known",
    "补填其中之一",
    "give one of them",
)
_NONE = pa.scalar(None, pa.string())


def derive(parsed: Parsed) -> None:
    """Add the codes, the measure, the period, and what a release frees from."""
    _settle_kind(parsed)
    sort_codes(parsed, "id_number", kind="subject_kind")
    own = pc.if_else(_is_employer(parsed), parsed.column("employer_uscc"), _NONE)
    parsed.columns["uscc"] = pc.coalesce(parsed.column("uscc"), own)
    name_authority(parsed)
    parsed.columns["order_number"] = pc.coalesce(
        parsed.column("order"), parsed.column("document")
    )
    measure = readings(parsed.law)["measures"](_MEASURE)
    parsed.columns["imposed"] = pa.array([[measure]] * len(parsed), WORDS)
    _begin(parsed)
    leave(parsed)
    _free(parsed)
    say(
        parsed,
        "content",
        applicant="申请执行人",
        employer_name="所在企业",
        filed_on="立案日期",
        published_on="发布日期",
    )


def _settle_kind(parsed: Parsed) -> None:
    """Complete the kind where no number proves it: only people are employed."""
    by_name = pc.if_else(_is_employer(parsed), "organization", "person")
    proved = pc.invert(pc.match_substring(parsed.column("id_number"), "*"))
    by_name = pc.if_else(pc.fill_null(proved, False), _NONE, by_name)  # noqa: FBT003  # Arrow
    kinds = parsed.column("subject_kind")
    parsed.columns["subject_kind"] = pc.coalesce(kinds, by_name)


def _is_employer(parsed: Parsed) -> pa.Array:
    """Return whether the row names the enterprise itself; null without one."""
    return pc.equal(parsed.column("name"), parsed.column("employer_name"))


def _begin(parsed: Parsed) -> None:
    ordered, published = (
        parsed.column(name).cast(pa.date32()) for name in ("ordered_on", "published_on")
    )
    parsed.columns["begins"] = pc.coalesce(ordered, published)
    heading = parsed.source.filled_from("published_on")[0]
    for row in pc.indices_nonzero(parsed.columns["begins"].is_null()).to_pylist():
        if not parsed.bad[row]:
            parsed.report(row, heading, _NO_DAY, value="")


def _free(parsed: Parsed) -> None:
    """Add `freed_by`, the reason for which an employed person is released."""
    person = pc.equal(parsed.column("subject_kind"), "person")
    employed = parsed.column("employer_name").is_valid()
    freed = pc.and_(pc.and_(person, employed), parsed.column("exited").is_valid())
    performed = pc.equal(parsed.column("end_reason"), EndReason.PERFORMANCE.value)
    reason = pc.if_else(
        performed, ReleaseReason.PERFORMANCE.value, ReleaseReason.COURT_RELEASE.value
    )
    parsed.columns["freed_by"] = pc.if_else(freed, reason, _NONE)
