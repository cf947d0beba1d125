"""Acts on a sanction: it ends, or it was wrong and is voided.

An ending is a new version with `valid_to`; voiding takes the fact out from the
beginning. Both carry the document they rest on, and both are journal entries.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from graph.batch import DECISION, Batch, Load
from graph.errors import AlreadyVoided, BadInput, Conflict, NotFound
from graph.records import Sanction, tables_of
from graph.snapshot import Snapshot
from graph.vocabulary import EndReason, FactKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What an officer decided about one sanction, and on which document.

    Args:
        key: the sanction's key, 32 hex digits.
        document: number of the document that orders it.
        authority: who issued that document.
        actor: who entered it; `request` names the request, so that sending the
            same one again does nothing.
    """

    key: str
    document: str
    authority: str
    actor: str
    request: str

    @property
    def batch(self) -> str:
        """Return the name of the journal entry; the same request has the same."""
        return f"act:{self.request}"

    def note(self) -> Mapping[str, str]:
        """Return what the journal entry says about the act."""
        return {
            "target": self.key,
            "document": self.document,
            "authority": self.authority,
            "actor": self.actor,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class End(Act):
    """The sanction ends: `on` is the first day on which it no longer holds."""

    on: date
    reason: EndReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Void(Act):
    """The sanction was wrong from the start."""

    reason: str


def find_sanction(snapshot: Snapshot, key: str) -> tuple[bytes, Sanction]:
    """Return the standing sanction with this key: its kept columns.

    Raises:
        BadInput: not a key.
        NotFound: no such sanction, or not visible, or voided.
    """
    raw = parse_key(key)
    row = snapshot.row_of(FactKind.SANCTION, raw)
    if row is None:
        raise NotFound(
            f"没有键为 {key} 的惩戒。",
            f"No sanction has the key {key}.",
            hint_zh="`creditgraph subject 代码` 列出一个主体的惩戒及其键。",
            hint_en="`creditgraph subject CODE` lists the keys of a subject's "
            "sanctions.",
        )
    fact = snapshot.fact(FactKind.SANCTION, row)
    assert isinstance(fact, Sanction)  # noqa: S101  # kind of the table
    return raw, fact


def already_voided(key: str, load: Load) -> AlreadyVoided:
    """Return the error for a sanction that the load voided."""
    on, document = load.recorded_at.date(), load.note.get("document", "")
    return AlreadyVoided(
        f"键为 {key} 的惩戒已于 {on} 撤销（{document or '无文书'}）。",
        f"The sanction {key} was voided on {on} ({document or 'no document'}).",
        hint_zh="撤销不能恢复；新的决定作为新的惩戒载入。",
        hint_en="It is never revived; a new decision is loaded as a new sanction.",
    )


def parse_key(key: str) -> bytes:
    """Return the 16 bytes of a key written as 32 hex digits.

    Raises:
        BadInput: it is not 32 hex digits.
    """
    try:
        raw = bytes.fromhex(key)
    except ValueError:
        raw = b""
    if len(raw) != 16:
        raise BadInput(
            f"“{key}”不是键：键是 32 位十六进制数字。",
            f"{key!r} is not a key: 32 hexadecimal digits are expected.",
        )
    return raw


def batch_for(
    act: Act, snapshot: Snapshot, recorded_at: datetime, *, content: str | None
) -> Batch:
    """Return the journal batch that carries the act out.

    Args:
        act: what was decided.
        snapshot: facts that see everything.
        recorded_at: the instant of the act.
        content: the sanction's long text, which the snapshot does not hold.

    Raises:
        NotFound, BadInput, Conflict: the act does not fit what is recorded.
    """
    raw, sanction = find_sanction(snapshot, act.key)
    if isinstance(act, Void):
        note = {**act.note(), "reason": act.reason}
        voids = {FactKind.SANCTION: [raw]}
        return Batch(
            batch=act.batch,
            source=DECISION,
            recorded_at=recorded_at,
            voids=voids,
            note=note,
        )
    assert isinstance(act, End)  # noqa: S101  # the two kinds of act
    ended = _ended(replace(sanction, content=content, line=0), act)
    note = {**act.note(), "reason": act.reason.value, "on": act.on.isoformat()}
    tables = tables_of([ended])
    return Batch(
        batch=act.batch,
        source=DECISION,
        recorded_at=recorded_at,
        tables=tables,
        note=note,
    )


def _ended(sanction: Sanction, act: End) -> Sanction:
    if sanction.valid_from and act.on < sanction.valid_from:
        raise BadInput(
            f"该惩戒始于 {sanction.valid_from}，不能在 {act.on} 终止。",
            f"The sanction began on {sanction.valid_from}; it cannot end on {act.on}.",
            hint_zh="如果本不应当作出，请予撤销。",
            hint_en="Void it if it should never have been imposed.",
        )
    if sanction.valid_to and sanction.valid_to <= act.on and sanction.end_reason:
        raise Conflict(
            f"该惩戒已于 {sanction.valid_to} 终止（{sanction.end_reason.zh}，{sanction.end_document or '无文书'}）。",
            f"The sanction already ended on {sanction.valid_to} "
            f"({sanction.end_reason.en}, {sanction.end_document or 'no document'}).",
        )
    return replace(
        sanction,
        valid_to=act.on,
        end_reason=act.reason,
        end_document=act.document,
        end_authority=act.authority,
    )
