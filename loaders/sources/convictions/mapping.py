"""What a sentence means to the rules: which outcome of the trial, in which field."""

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from graph.schema import WORDS
from graph.vocabulary import RecordKind, SubjectKind
from loaders.interpret import Parsed
from loaders.listing import name_authority, say

_SENTENCED: Final = "criminal_sentence"
_SUSPENDED: Final = "suspended_sentence"
_IMPRISONED: Final = "imprisonment"
"""Keys of graph/law/measures.yaml."""


def derive(parsed: Parsed) -> None:
    """Add `authority`, `record_kind`, `imposed`, `regulated` and `content`.

    Who was found guilty and not punished was not sentenced: his record is a judgment.
    """
    name_authority(parsed)
    exempted = pc.equal(parsed.column("sentence"), "exempted")
    parsed.columns["record_kind"] = pc.if_else(
        exempted, RecordKind.JUDGMENT.value, RecordKind.CONVICTION.value
    )
    rows = zip(
        parsed.column("kind").to_pylist(),
        parsed.column("sentence").to_pylist(),
        parsed.column("suspended").to_pylist(),
        strict=True,
    )
    parsed.columns["imposed"] = pa.array([_imposed(row) for row in rows], WORDS)
    crimes = parsed.column("crime")
    named = pc.if_else(pc.equal(crimes, "none"), None, crimes)
    parsed.columns["regulated"] = pc.coalesce(parsed.column("field"), named)
    say(
        parsed,
        "content",
        sentence_written="主刑",
        length="刑期",
        suspended_written="宣告缓刑",
        further="附加刑",
        occupation="从业禁止",
        ruling="主文",
    )


def _imposed(row: tuple[str | None, str | None, bool | None]) -> list[str] | None:
    """Return the outcomes that restrict a person, None for whom nothing follows."""
    kind, sentence, suspended = row
    person = kind == SubjectKind.PERSON.value
    if not person or sentence not in {"sentence", _IMPRISONED}:
        return None
    outcomes = {_SUSPENDED if suspended else _SENTENCED}
    return sorted(outcomes | ({_IMPRISONED} & {sentence}))
