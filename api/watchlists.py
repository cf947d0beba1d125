"""Watchlists: subjects that a caller wants to hear of, and from which score on.

A watchlist belongs to the key that made it; another key's is as if it were not there.
It holds identifiers and a threshold, no score: scores are worked out when asked for.
"""

import secrets
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from api.shared_file import Entry, SharedFile
from graph.errors import BadInput, NotFound, Said

LISTS_AT_MOST: Final = 100
"""Watchlists of one key."""


@dataclass(frozen=True, slots=True)
class Watchlist:
    """Subjects by canonical identifier, and the score from which they are told.

    Args:
        id: names it.
        owner: id of the key that made it.
        name: for people.
        threshold: a score of it or more is told, 0 to 100.
        subjects: identifiers, each once, in the order given.
        created: when it was made.
    """

    id: str
    owner: str
    name: str
    threshold: float
    subjects: tuple[str, ...]
    created: datetime


class Watchlists:
    """The watchlists of a deployment."""

    def __init__(self, path: Path) -> None:
        what = Said("关注名单文件", "a file of watchlists")
        self._file = SharedFile(path, "watchlists", what)

    def of(self, owner: str) -> list[Watchlist]:
        """Return the watchlists of a key, the oldest first."""
        every = map(_watchlist, self._file.entries())
        return [one for one in every if one.owner == owner]

    def find(self, owner: str, watchlist: str) -> Watchlist:
        """Return one watchlist of a key.

        Raises:
            NotFound: the key has none of this id.
        """
        for one in self.of(owner):
            if one.id == watchlist:
                return one
        raise _unknown(watchlist)

    def add(
        self,
        owner: str,
        name: str,
        threshold: float,
        subjects: tuple[str, ...],
        now: datetime,
    ) -> Watchlist:
        """Return a new watchlist.

        Raises:
            BadInput: the key has as many as it may.
        """
        made = Watchlist(
            secrets.token_hex(8), owner, name, threshold, _once(subjects), now
        )
        with self._file.changing() as entries:
            if sum(entry["owner"] == owner for entry in entries) >= LISTS_AT_MOST:
                raise BadInput(
                    f"一个密钥至多 {LISTS_AT_MOST} 个关注名单。",
                    f"A key has at most {LISTS_AT_MOST} watchlists.",
                    hint_zh="先删去不再需要的。",
                    hint_en="Remove one that is no longer needed.",
                )
            entries.append(asdict(made))
        return made

    def replace(
        self, owner: str, watchlist: str, threshold: float, subjects: tuple[str, ...]
    ) -> Watchlist:
        """Return a watchlist with other subjects and another threshold.

        Raises:
            NotFound: the key has none of this id.
        """
        with self._file.changing() as entries:
            entry = _entry(entries, owner, watchlist)
            entry |= {"threshold": threshold, "subjects": list(_once(subjects))}
            return _watchlist(entry)

    def remove(self, owner: str, watchlist: str) -> None:
        """Forget a watchlist.

        Raises:
            NotFound: the key has none of this id.
        """
        with self._file.changing() as entries:
            entries.remove(_entry(entries, owner, watchlist))


def _entry(entries: list[Entry], owner: str, watchlist: str) -> Entry:
    for entry in entries:
        if entry["owner"] == owner and entry["id"] == watchlist:
            return entry
    raise _unknown(watchlist)


def _once(subjects: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(subjects))


def _unknown(watchlist: str) -> NotFound:
    return NotFound(
        f"没有标识为“{watchlist}”的关注名单。",
        f"There is no watchlist {watchlist!r}.",
        hint_zh="GET /v1/watchlists 列出本密钥的关注名单。",
        hint_en="GET /v1/watchlists lists those of this key.",
    )


def _watchlist(entry: Entry) -> Watchlist:
    created = entry["created"]
    return Watchlist(
        id=entry["id"],
        owner=entry["owner"],
        name=entry["name"],
        threshold=float(entry["threshold"]),
        subjects=tuple(entry["subjects"]),
        created=(
            created
            if isinstance(created, datetime)
            else datetime.fromisoformat(created)
        ),
    )
