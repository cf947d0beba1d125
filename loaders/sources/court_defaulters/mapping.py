"""Judgment defaulters: who a row is about, and in which of three columns it left."""

import pyarrow as pa
import pyarrow.compute as pc

from graph.vocabulary import EndReason
from loaders.interpret import Parsed
from loaders.listing import enter, leave, name_authority, say
from loaders.mixed_codes import sort_codes

_WORDS = {"annulled_on": "撤销", "hidden_on": "屏蔽", "left_on": None}
"""What a column of its own says about the exit, where no reason is written."""

_TEXT = pa.string()
_NONE = pa.scalar(None, _TEXT)


def derive(parsed: Parsed) -> None:
    """Add the codes, the list and what it imposes, the exit, and two texts."""
    sort_codes(parsed, "id_number", kind="subject_kind", shown_by="representative")
    name_authority(parsed)
    enter(parsed, "失信被执行人")
    _exit(parsed)
    leave(parsed)
    say(
        parsed,
        "content",
        duty="义务",
        performed="已履行",
        unperformed="未履行",
        representative="法定代表人或者负责人",
        filed_on="立案时间",
    )
    say(parsed, "basis", gist_unit="", gist_number="")


def _exit(parsed: Parsed) -> None:
    """Add `exited`, the earliest day of exit; complete reason and its text."""
    texts, reasons = parsed.column("exit_text"), parsed.column("exit_reason")
    for name, word in _WORDS.items():
        there = parsed.column(name).is_valid()
        texts = pc.coalesce(texts, pc.if_else(there, pa.scalar(word, _TEXT), _NONE))
    days = [parsed.column(name).cast(pa.date32()) for name in _WORDS]
    parsed.columns["exited"] = pc.min_element_wise(*days)
    known = pc.if_else(texts.is_valid(), EndReason.COURT_RELEASE.value, _NONE)
    parsed.columns["exit_text"] = texts
    parsed.columns["exit_reason"] = pc.coalesce(reasons, known)
