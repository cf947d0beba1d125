"""Rows that could not be taken, kept so that they can be driven again.

One file per loaded file, appended to; the raw row is encrypted under a key derived
from the deployment's secret, because it holds whatever the department sent.
"""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from loaders.issues import Issue

_NONCE = 12


@dataclass(frozen=True, slots=True)
class SetAside:
    """One row in quarantine."""

    file_digest: str
    source: str
    line: int
    issues: tuple[Mapping[str, Any], ...]
    row: Mapping[str, str]


class Quarantine:
    """The quarantine of a data folder.

    Args:
        folder: where the files lie; made when the first row comes.
        key: 32 bytes; whoever has it can read the rows.
    """

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder, self._cipher = folder, AESGCM(key)

    def add(
        self,
        *,
        file_digest: str,
        source: str,
        rows: Sequence[tuple[int, Mapping[str, str]]],
        issues: Mapping[int, Sequence[Issue]],
    ) -> None:
        """Append rows; a row of the same file and line that is there is not repeated."""
        known = {r.line for r in self.rows(file_digest)}
        fresh = [(line, row) for line, row in rows if line not in known]
        if not fresh:
            return
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._path(file_digest)
        with path.open("a", encoding="utf-8") as file:
            path.chmod(0o600)
            for line, row in fresh:
                entry = {
                    "source": source,
                    "line": line,
                    "issues": [asdict(i) for i in issues.get(line, ())],
                    "row": self._sealed(file_digest, line, row),
                }
                file.write(json.dumps(entry, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def rows(self, file_digest: str) -> Iterator[SetAside]:
        """Yield the rows set aside from a file; a line torn by a crash is skipped."""
        path = self._path(file_digest)
        if not path.exists():
            return
        for text in path.read_text("utf-8").splitlines():
            try:
                entry = json.loads(text)
            except ValueError:
                continue
            yield SetAside(
                file_digest,
                entry["source"],
                entry["line"],
                tuple(entry["issues"]),
                self._opened(file_digest, entry["line"], entry["row"]),
            )

    def files(self) -> list[str]:
        """Return the digests of the files that have rows here."""
        return sorted(p.stem for p in self._folder.glob("*.jsonl"))

    def _path(self, file_digest: str) -> Path:
        return self._folder / f"{file_digest}.jsonl"

    def _sealed(self, digest: str, line: int, row: Mapping[str, str]) -> str:
        nonce = os.urandom(_NONCE)
        text = json.dumps(dict(row), ensure_ascii=False).encode()
        return (nonce + self._cipher.encrypt(nonce, text, _place(digest, line))).hex()

    def _opened(self, digest: str, line: int, sealed: str) -> Mapping[str, str]:
        raw = bytes.fromhex(sealed)
        text = self._cipher.decrypt(raw[:_NONCE], raw[_NONCE:], _place(digest, line))
        row: Mapping[str, str] = json.loads(text)
        return row


def _place(digest: str, line: int) -> bytes:
    return f"{digest}|{line}".encode()
