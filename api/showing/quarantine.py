"""Rows that wait in quarantine, as answers show them."""

from collections.abc import Mapping
from typing import Any

from api.schemas.base import Label, Word
from api.schemas.imports import IssueItem
from api.schemas.quarantine import WaitingFileItem, WaitingRowItem
from api.showing import words
from loaders.correcting import said
from loaders.issues import Reason
from loaders.masking import Masking
from loaders.quarantine import SetAside, WaitingFile


def show_file(file: WaitingFile) -> WaitingFileItem:
    """Return a file of which rows wait."""
    return WaitingFileItem(
        digest=file.digest,
        file=file.file,
        source=file.source,
        waiting=file.waiting,
        reasons=dict(file.reasons),
        since=file.since,
    )


def show_row(one: SetAside, masking: Masking) -> WaitingRowItem:
    """Return a row that waits, masked."""
    cells = masking.row(one.row)
    return WaitingRowItem(
        line=one.line,
        since=one.since,
        loader=one.loader or None,
        issues=[_issue(issue, one, cells) for issue in one.issues],
        row=cells,
        text=masking.text(one.row) or None,
    )


def _issue(
    issue: Mapping[str, Any], one: SetAside, cells: Mapping[str, str]
) -> IssueItem:
    field, value = issue["field"], issue["value"]
    if value and value == one.row.get(field):
        value = cells[field]  # the name of a person may be masked there
    return IssueItem(
        line=issue["line"],
        field=field,
        value=value,
        reason=_reason(issue["reason"]),
        quarantined=issue.get("fatal", True),
        message=Label(zh=said(issue, "message", "zh"), en=said(issue, "message", "en")),
        advice=Label(zh=said(issue, "advice", "zh"), en=said(issue, "advice", "en")),
    )


def _reason(value: str) -> Word:
    """Return a reason; one of another version of the program stands as it is."""
    known = next((r for r in Reason if r.value == value), None)
    return words.word(known) if known else Word(value=value, zh=value, en=value)
