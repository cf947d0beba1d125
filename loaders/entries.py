"""Entries of the quarantine: what is remembered of each without opening its row."""

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple


class Brief(NamedTuple):
    """What is remembered of an entry: a file may have many."""

    source: str
    file: str
    reasons: frozenset[str]
    since: str
    judged: int
    """Hash of what is wrong with the row."""


@dataclass(slots=True)
class Held:
    """What one file of the quarantine holds, and how long it was then."""

    size: int = 0
    waiting: dict[int, Brief] = field(default_factory=dict)
    resolved: set[int] = field(default_factory=set)
    corrected: set[int] = field(default_factory=set)
    """Lines of rows that came right in another file."""

    def take(self, entry: Mapping[str, Any]) -> None:
        """Take in one more entry."""
        if "resolved" in entry:
            self.waiting.pop(entry["resolved"], None)
            self.resolved.add(entry["resolved"])
            if "corrected_in" in entry:
                self.corrected.add(entry["resolved"])
        else:
            self.waiting[entry["line"]] = _brief(entry)


def _brief(entry: Mapping[str, Any]) -> Brief:
    """Return what is to be remembered of an entry."""
    issues = entry["issues"]
    return Brief(
        source=sys.intern(entry["source"]),
        file=sys.intern(name_of(entry)),
        reasons=_same(
            frozenset(str(i["reason"]) for i in issues if i.get("fatal", True))
        ),
        since=sys.intern(entry.get("since", "")),
        judged=judged_as(issues),
    )


@cache
def _same(reasons: frozenset[str]) -> frozenset[str]:
    """Return one object for equal sets."""
    return reasons


def judged_as(issues: Iterable[Mapping[str, Any]]) -> int:
    """Return a hash of what is wrong, whatever the file was called."""
    return hash(json.dumps([{**issue, "file": ""} for issue in issues]))


def name_of(entry: Mapping[str, Any]) -> str:
    """Return the name of the file; older entries have it in their issues only."""
    found = entry.get("file") or next((i.get("file") for i in entry["issues"]), "")
    return str(found or "")


def instant(text: str | None) -> datetime | None:
    """Return the instant that an entry names, None where it names none."""
    return datetime.fromisoformat(text) if text else None
