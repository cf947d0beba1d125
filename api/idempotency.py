"""A request sent twice is carried out once.

The name of an act's journal entry is made of the caller's key, the Idempotency-Key and
the fingerprint of the request. So the journal itself tells, after any crash, whether
the act was carried out, and whether the same Idempotency-Key named another request.
Answers are kept in memory only: they contain names of persons.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Annotated, Final

from fastapi import Header

from api.access import Caller
from api.errors import IdempotencyKeyMissing, IdempotencyReused
from graph.batch import Load

_KEPT: Final = 10_000

IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=8,
        max_length=128,
        pattern=r"^[\x21-\x7e]+$",
        description="Chosen by the sender, new for each act; sending the same request "
        "again with the same key does nothing more. Not needed for a preview.",
        examples=["8f14e45f-ceea-467f-a2c0-0f4f5c1d9b1e"],
    ),
]


@dataclass(frozen=True, slots=True)
class RequestName:
    """A request by who sent it under which key, and what it says."""

    owner: str
    """Digest of the caller's key id and the Idempotency-Key."""
    fingerprint: str
    """Digest of method, path and body."""

    @property
    def text(self) -> str:
        """Return the name for the journal."""
        return f"{self.owner}.{self.fingerprint}"


def name_request(
    caller: Caller, key: str | None, *, method: str, path: str, body: bytes
) -> RequestName:
    """Return the name of a request that writes.

    Raises:
        IdempotencyKeyMissing: the request has no Idempotency-Key.
    """
    if key is None:
        raise IdempotencyKeyMissing(
            "写入请求须带请求头 Idempotency-Key。",
            "A request that writes needs the header Idempotency-Key.",
            hint_zh="请填 8 至 128 个字符的新文字；重试时用同一个。",
            hint_en="Send any new text of 8 to 128 signs, and the same one when you "
            "retry.",
        )
    owner = _digest(caller.key.id.encode(), key.encode())
    return RequestName(owner, _digest(method.encode(), path.encode(), body))


def _digest(*parts: bytes) -> str:
    """Return 32 hex digits over the parts; lengths keep them apart."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()[:32]


def journaled(name: RequestName, loads: Sequence[Load], *, prefix: str) -> Load | None:
    """Return the journal entry that the request became, None when there is none.

    Raises:
        IdempotencyReused: its Idempotency-Key named another request.
    """
    mine = f"{prefix}{name.owner}."
    for load in reversed(loads):
        if load.batch.startswith(mine):
            if load.batch != prefix + name.text:
                raise _reused()
            return load
    return None


def _reused() -> IdempotencyReused:
    return IdempotencyReused(
        "该 Idempotency-Key 已用于另一个请求。",
        "The Idempotency-Key was used for another request.",
        hint_zh="新的请求须用新的键；重试的请求须与原来一字不差。",
        hint_en="A new request needs a new key; a retry must be the same to the "
        "letter.",
    )


class Answers:
    """Answers given lately, by request; each request is carried out by one at a time."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._given: OrderedDict[str, tuple[str, bytes]] = OrderedDict()
        self._turns: dict[str, tuple[Lock, int]] = {}

    @contextmanager
    def alone(self, name: RequestName) -> Iterator[None]:
        """Let one request of an Idempotency-Key through at a time."""
        with self._lock:
            turn, waiting = self._turns.get(name.owner, (Lock(), 0))
            self._turns[name.owner] = turn, waiting + 1
        try:
            with turn:
                yield
        finally:
            with self._lock:
                turn, waiting = self._turns.pop(name.owner)
                if waiting > 1:
                    self._turns[name.owner] = turn, waiting - 1

    def given(self, name: RequestName) -> bytes | None:
        """Return the answer that was given to the same request.

        Raises:
            IdempotencyReused: the Idempotency-Key named another request.
        """
        with self._lock:
            found = self._given.get(name.owner)
        if found is None:
            return None
        if found[0] != name.fingerprint:
            raise _reused()
        return found[1]

    def keep(self, name: RequestName, answer: bytes) -> None:
        """Remember an answer; the oldest gives way."""
        with self._lock:
            self._given[name.owner] = name.fingerprint, answer
            while len(self._given) > _KEPT:
                self._given.popitem(last=False)
