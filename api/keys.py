"""API keys: made here, shown once, kept only as digests.

A key reads `cg_<env>_<8 id>_<43 secret>_<6 checksum>`. The checksum lets a mistyped or
invented key be refused without looking anything up; the id finds the record and may be
logged; of the secret only its SHA-256 is kept. The secret is 256 random bits, so a slow
password hash would protect nothing and let anybody make the server work.
"""

import hashlib
import hmac
import re
import secrets
import string
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, NamedTuple

from api.shared_file import Entry, SharedFile
from graph.errors import BadInput, CreditGraphError, NotFound, Said
from graph.scope import Scope
from graph.vocabulary import Term

_ALPHABET: Final = string.digits + string.ascii_uppercase + string.ascii_lowercase
_SHAPE: Final = re.compile(
    r"cg_([a-z]{2,8})_([0-9A-Za-z]{8})_([0-9A-Za-z]{43})_([0-9A-Za-z]{6})"
)
_LIFETIME: Final = timedelta(days=365)


class KeyRole(Term):
    """What the holder of a key may do; each role may do what those before it may."""

    READER = "reader", "查询", "may read"
    WRITER = "writer", "办理", "may also end and void sanctions and load files"
    OPERATOR = "operator", "运维", "may also see how the service stands"

    def may(self, needed: "KeyRole") -> bool:
        """Return whether this role suffices where `needed` is asked for."""
        order = list(KeyRole)
        return order.index(self) >= order.index(needed)


class KeyRefused(CreditGraphError):
    """The key is missing or is not one that opens anything now."""

    code = "key_refused"


class KeyMalformed(KeyRefused):
    """What was sent cannot be a key: wrong shape or wrong checksum."""

    code = "key_malformed"


class KeyExpired(KeyRefused):
    """The key was good once."""

    code = "key_expired"


class _Parts(NamedTuple):
    id: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRecord:
    """What is kept about a key; None on an axis means no limit there."""

    id: str
    name: str
    digest: str
    role: KeyRole
    created: datetime
    expires: datetime
    revoked: datetime | None = None
    departments: tuple[str, ...] | None = None
    sectors: tuple[str, ...] | None = None
    regions: tuple[str, ...] | None = None
    personal_data: bool = False

    @property
    def scope(self) -> Scope:
        """Return what the holder of the key may see."""
        return Scope(
            departments=None
            if self.departments is None
            else frozenset(self.departments),
            sectors=None if self.sectors is None else frozenset(self.sectors),
            regions=self.regions,
            personal_data=self.personal_data,
        )


class KeyRing:
    """The keys of a deployment, in one file that only its owner may read.

    Another process that creates or revokes a key is noticed at the next look-up.
    """

    def __init__(self, path: Path) -> None:
        self._file = SharedFile(
            path, "keys", Said("接口密钥文件", "a file of API keys")
        )
        self._entries: list[Entry] = []
        self._records: dict[str, KeyRecord] = {}

    def create(
        self,
        name: str,
        *,
        now: datetime,
        role: str = KeyRole.READER,
        environment: str = "live",
        departments: tuple[str, ...] | None = None,
        sectors: tuple[str, ...] | None = None,
        regions: tuple[str, ...] | None = None,
        personal_data: bool = False,
        lifetime: timedelta = _LIFETIME,
    ) -> tuple[KeyRecord, str]:
        """Return a new key's record and the key itself, which nobody can ask for again.

        Raises:
            BadInput: no name, an unknown role, or a lifetime above a year.
        """
        if not name.strip():
            raise BadInput(
                "密钥须有名称。",
                "A key needs a name.",
                hint_zh="请写明使用它的系统。",
                hint_en="Name the system that uses it.",
            )
        if not timedelta() < lifetime <= _LIFETIME:
            raise BadInput(
                "密钥的有效期须大于零，至多 365 天。",
                "A key lasts at least a moment and at most 365 days.",
            )
        key_id, secret = _random(8), _random(43)
        text = f"cg_{environment}_{key_id}_{secret}"
        record = KeyRecord(
            id=key_id,
            name=name.strip(),
            digest=_digest(secret),
            role=KeyRole.parse(role),
            created=now,
            expires=now + lifetime,
            departments=departments,
            sectors=sectors,
            regions=regions,
            personal_data=personal_data,
        )
        with self._changing() as records:
            records[key_id] = record
        return record, f"{text}_{_checksum(text)}"

    def revoke(self, key_id: str, *, now: datetime) -> KeyRecord:
        """Refuse the key from now on; revoking twice keeps the first instant.

        Raises:
            NotFound: no key has this id.
        """
        with self._changing() as records:
            record = records.get(key_id)
            if record is None:
                raise NotFound(
                    f"没有 id 为 {key_id} 的密钥。",
                    f"No key has the id {key_id!r}.",
                    hint_zh="`creditgraph keys list` 列出各密钥的 id。",
                    hint_en="`creditgraph keys list` shows the ids.",
                )
            records[key_id] = replace(record, revoked=record.revoked or now)
            return records[key_id]

    def records(self) -> list[KeyRecord]:
        """Return every record, revoked and expired ones included, oldest first."""
        return sorted(self._current().values(), key=lambda r: (r.created, r.id))

    def open(self, key: str, *, now: datetime) -> KeyRecord:
        """Return the record of a good key.

        Raises:
            KeyMalformed: not a key; nothing was looked up.
            KeyExpired: its time is over.
            KeyRefused: unknown or revoked; which of them is not said.
        """
        parts = _parse(key)
        record = self._current().get(parts.id)
        known = record.digest if record else _NOBODY
        if not hmac.compare_digest(known, parts.digest) or record is None:
            raise _refused()
        if record.revoked is not None:
            raise _refused()
        if now >= record.expires:
            raise KeyExpired(
                f"密钥 {record.id} 已于 {record.expires.date()} 过期。",
                f"The key {record.id} expired on {record.expires.date()}.",
                hint_zh="请向运维人员申请新的密钥：`creditgraph keys create`。",
                hint_en="Ask the operator for a new one: `creditgraph keys create`.",
            )
        return record

    def _current(self) -> dict[str, KeyRecord]:
        entries = self._file.entries()
        if entries is not self._entries:
            records = {entry["id"]: _record(entry) for entry in entries}
            self._records, self._entries = records, entries
        return self._records

    @contextmanager
    def _changing(self) -> Iterator[dict[str, KeyRecord]]:
        with self._file.changing() as entries:
            records = {entry["id"]: _record(entry) for entry in entries}
            yield records
            entries[:] = [asdict(record) for record in records.values()]


def _refused() -> KeyRefused:
    return KeyRefused(
        "该密钥无效。",
        "The key does not open anything.",
        hint_zh="请核对，或者向运维人员申请新的密钥。",
        hint_en="Check it, or ask the operator for a new one.",
    )


_NOBODY: Final = "0" * 64


def _random(length: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _checksum(text: str) -> str:
    number, digits = zlib.crc32(text.encode()), ""
    for _ in range(6):
        number, rest = divmod(number, len(_ALPHABET))
        digits = _ALPHABET[rest] + digits
    return digits


def _parse(key: str) -> _Parts:
    found = _SHAPE.fullmatch(key)
    if found is None or _checksum(key[:-7]) != found[4]:
        raise KeyMalformed(
            "这不是本服务的接口密钥。",
            "This is not an API key of this service.",
            hint_zh="密钥以 cg_ 开头，须完整抄录，包括末六位。",
            hint_en="A key begins with cg_ and is copied whole, its last six signs "
            "too.",
        )
    return _Parts(found[2], _digest(found[3]))


def _record(entry: dict[str, Any]) -> KeyRecord:
    typed: dict[str, Callable[[Any], Any]] = {
        "role": KeyRole,
        "created": datetime.fromisoformat,
        "expires": datetime.fromisoformat,
        "revoked": datetime.fromisoformat,
        "departments": tuple,
        "sectors": tuple,
        "regions": tuple,
    }
    return KeyRecord(
        **{
            name: typed[name](value) if name in typed and value is not None else value
            for name, value in entry.items()
        }
    )
