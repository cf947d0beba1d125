"""What officers said of leads: never changed, only added to."""

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from analytics.leads.words import Verdict
from api.shared_file import Entry, SharedFile
from graph.errors import Said


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody said of a lead.

    Args:
        lead: its id.
        pattern: name of the pattern.
        verdict: useful, not useful or already known.
        text: the officer's words.
        by: who said it.
        load: number of the last load then.
        at: when.
    """

    lead: str
    pattern: str
    verdict: Verdict
    text: str
    by: str
    load: int
    at: datetime


class LeadNotes:
    """The notes of a deployment."""

    def __init__(self, path: Path) -> None:
        self._file = SharedFile(path, "notes", Said("线索反馈文件", "a file of notes"))

    def by_lead(self) -> dict[str, list[Note]]:
        """Return the notes on each lead, the oldest first."""
        found: dict[str, list[Note]] = {}
        for entry in self._file.entries():
            note = _note(entry)
            found.setdefault(note.lead, []).append(note)
        return found

    def add(self, note: Note) -> None:
        """Add a note."""
        with self._file.changing() as entries:
            entries.append(asdict(note))


def _note(entry: Entry) -> Note:
    at = entry["at"]
    return Note(
        lead=entry["lead"],
        pattern=entry["pattern"],
        verdict=Verdict(entry["verdict"]),
        text=entry["text"],
        by=entry["by"],
        load=int(entry["load"]),
        at=at if isinstance(at, datetime) else datetime.fromisoformat(at),
    )
