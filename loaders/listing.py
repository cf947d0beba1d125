"""What entries on lists have in common: who decided, what they impose, how they end.

The hooks of the sources call these; each adds the parsed columns that it names.
"""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph.law.words import ListSubjects
from graph.schema import WORDS
from graph.vocabulary import EndReason, SubjectKind
from loaders.interpret import Parsed
from loaders.issues import Fault, Reason
from loaders.vocabularies import readings

_NO_REASON: Final = Fault(
    Reason.MISSING,
    "有移出日期而无移出原因；不同的原因终止的后果不同",
    "has a day of exit but no reason, and the reason decides what ends",
    "补填移出原因",
    "give the reason",
)
NO_DAY: Final = Fault(
    Reason.MISSING,
    "有移出原因而无移出日期",
    "has a reason of exit but no day",
    "补填移出日期",
    "give the day of exit",
)
_ANNULLED: Final = Fault(
    Reason.VOIDED,
    "列入已被撤销：自移出日期起终止，此前的后果仍在",
    "the entry was annulled: it ends on the day of exit, what followed before stays",
    "用 creditgraph void 撤销自始错误的列入",
    "void what was wrong from the start with `creditgraph void`",
    fatal=False,
)
_NOT_ITS_SUBJECT: Final = Fault(
    Reason.LIST,
    "依法规库，这个名单不列这一类主体",
    "by the law book this list is not of such subjects",
    "核对主体类别；个人的处理另行报送",
    "check the kind of subject",
)
_UNDATED: Final = Fault(
    Reason.MISSING,
    "没有列入日期：照载，但不推导后果",
    "has no day of entry: it is taken, and nothing follows from it",
    "补填列入日期",
    "give the day of entry",
    fatal=False,
)
_ANNULMENTS: Final = r"撤销|不应(列入|纳入)|(列入|纳入)错误|错误(列入|纳入)"
_TEXT: Final = pa.string()


def name_authority(parsed: Parsed, *, of_list: str | None = None) -> None:
    """Add `authority`: the code of the authority where there is one, else its name.

    Args:
        parsed: the rows.
        of_list: key of the list whose keeper stands in where a form names nobody.
    """
    names = parsed.column("authority_name")
    if of_list:
        names = pc.coalesce(names, pa.scalar(parsed.law.lists[of_list].owner, _TEXT))
        parsed.columns["authority_name"] = names
    parsed.columns["authority"] = pc.coalesce(parsed.column("authority_code"), names)


def number_entries(parsed: Parsed, *parts: str) -> None:
    """Add `document`: the `number` of the decision, else what tells entries apart.

    Args:
        parsed: the rows.
        parts: parsed columns that together name an entry whose form has no number.
    """
    texts = [pc.fill_null(parsed.column(part).cast(_TEXT), "") for part in parts]
    named = pc.binary_join_element_wise("列入", *texts, " ")
    named = pc.replace_substring_regex(pc.utf8_trim(named, " "), " +", " ")
    parsed.columns["document"] = pc.coalesce(parsed.column("number"), named)


def tell_undated(parsed: Parsed) -> None:
    """Say of each entry without `listed_on` that nothing follows from it."""
    tell(parsed, "listed_on", parsed.column("listed_on").is_null(), _UNDATED)


def enter(parsed: Parsed, listed: str) -> None:
    """Add `list` and `imposed` for a source whose rows are all entries on one list.

    A measure that the list brings is imposed on the kinds of subject that can bear it
    (`subject_kind`; without that column all are organizations).

    Args:
        parsed: the rows.
        listed: name of the list. Where the book does not know it, or its basis is
            unverified, every row is set aside with that reason.
    """
    key = readings(parsed.law)["list"](listed)
    if isinstance(key, Fault):
        for row in np.flatnonzero(~parsed.bad).tolist():
            parsed.report(row, "", key, value=listed)
        key = None
    measures = sorted(parsed.law.lists[str(key)].measures) if key else []
    targets = {m: parsed.law.measures[m].targets for m in measures}
    kinds = pc.fill_null(parsed.column("subject_kind"), SubjectKind.ORGANIZATION.value)
    imposed = [
        [m for m in measures if kind in targets[m]] for kind in kinds.to_pylist()
    ]
    if key and parsed.law.lists[str(key)].subjects is not ListSubjects.BOTH:
        only = parsed.law.lists[str(key)].subjects.value
        tell(parsed, "subject_kind", pc.not_equal(kinds, only), _NOT_ITS_SUBJECT)
    parsed.columns["list"] = pa.array([key] * len(parsed), _TEXT)
    parsed.columns["imposed"] = pa.array(imposed, WORDS)


def leave(parsed: Parsed) -> None:
    """Add `ends` and `end_reason` from `exited`, `exit_reason` and `expires`.

    A day of exit without a reason, or a reason without a day, sets its row aside. A
    term that merely ran out ends by expiry. An annulled entry (`exit_text`) ends, and
    is told, because only a decision can void it.
    """
    exited = parsed.column("exited").cast(pa.date32())
    expires = parsed.column("expires").cast(pa.date32())
    reasons = parsed.column("exit_reason")
    annulled = pc.match_substring_regex(parsed.column("exit_text"), _ANNULMENTS)
    for name, where, fault in (
        ("exit_reason", pc.and_(exited.is_valid(), reasons.is_null()), _NO_REASON),
        ("exited", pc.and_(exited.is_null(), reasons.is_valid()), NO_DAY),
        ("exit_reason", pc.and_(exited.is_valid(), annulled), _ANNULLED),
    ):
        tell(parsed, name, where, fault)
    parsed.columns["ends"] = pc.coalesce(exited, expires)
    by_term = pc.if_else(
        pc.and_(expires.is_valid(), exited.is_null()),
        pa.scalar(EndReason.EXPIRY.value),
        pa.scalar(None, _TEXT),
    )
    parsed.columns["end_reason"] = pc.coalesce(reasons, by_term)


def tell(parsed: Parsed, name: str, where: pa.Array, fault: Fault) -> None:
    """Report a fault of a parsed column at the rows that are good so far."""
    parsed.report_where(where, name, fault)


def say(parsed: Parsed, name: str, **parts: str) -> None:
    """Add a text column that says several others, each behind its word.

    Args:
        parsed: the rows.
        name: of the column to add.
        parts: parsed column → the word in front of its text; "" for none.
    """
    texts = [parsed.column(part).cast(_TEXT) for part in parts]
    rows = zip(*(text.to_pylist() for text in texts), strict=True)
    said = [
        "；".join(
            f"{word}：{text}" if word else text
            for word, text in zip(parts.values(), row, strict=True)
            if text
        )
        for row in rows
    ]
    parsed.columns[name] = pa.array([text or None for text in said], _TEXT)
