"""Small lists that processes share: one private JSON file each, replaced whole.

A change holds a lock from reading to writing, so none is lost; a reader notices what
another process wrote, because the file's identity and time are compared before use.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any, Final

from graph.errors import BadInput, Said

_FORMAT: Final = 1
Entry = dict[str, Any]
_Stamp = tuple[int, int, int]


@dataclass
class SharedFile:
    """A list of JSON objects.

    Args:
        path: where it lies; made with the first change.
        name: of the list within the file.
        what: what the file is, for the message where it cannot be read.
    """

    path: Path
    name: str
    what: Said
    _lock: Lock = field(default_factory=Lock)
    _stamp: _Stamp | None = None
    _entries: list[Entry] = field(default_factory=list)

    def stamp(self) -> _Stamp | None:
        """Return what changes whenever the file does; None: there is none."""
        try:
            status = self.path.stat()
        except FileNotFoundError:
            return None
        return status.st_ino, status.st_mtime_ns, status.st_size

    def entries(self) -> list[Entry]:
        """Return the list as it is now; not to be changed.

        Raises:
            BadInput: the file is damaged.
        """
        stamp = self.stamp()
        if stamp != self._stamp:
            with self._lock:
                self._entries = self._read()
                self._stamp = stamp
        return self._entries

    @contextmanager
    def changing(self) -> Iterator[list[Entry]]:
        """Yield the list to change in place; it is written when the block ends well."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        guard = self.path.with_suffix(".lock")
        with self._lock, guard.open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            entries = self._read()
            yield entries
            self._write(entries)

    def _read(self) -> list[Entry]:
        try:
            content = json.loads(self.path.read_bytes())
            entries: list[Entry] = content[self.name]
        except FileNotFoundError:
            return []
        except (ValueError, KeyError, TypeError) as error:
            raise BadInput(
                f"{self.path.name} 不是{self.what.zh}。",
                f"{self.path.name} is not {self.what.en}.",
                hint_zh="请从备份恢复。",
                hint_en="Restore it from a backup.",
            ) from error
        return entries

    def _write(self, entries: list[Entry]) -> None:
        """Put the file in place whole and synced, readable by its owner only."""
        content = {"format": _FORMAT, self.name: entries}
        fresh = self.path.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        with os.fdopen(os.open(fresh, flags, 0o600), "w", encoding="utf-8") as out:
            json.dump(content, out, ensure_ascii=False, indent=1, default=_plain)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(self.path)


def _plain(value: object) -> str:
    assert isinstance(value, datetime)  # noqa: S101  # the only value json cannot say
    return value.astimezone(UTC).isoformat()
