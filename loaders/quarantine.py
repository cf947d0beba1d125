"""Rows that could not be taken, kept so that they can be driven again.

One file per loaded file, only appended to. The raw row is encrypted (AES-256-GCM)
under a key derived from the deployment's secret, because it holds whatever the
department sent; what is wrong with it stands beside it in clear, already masked. File
digest and line are sealed in, so a row cannot be moved to another place unnoticed.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from graph.errors import CreditGraphError
from loaders.issues import Issue

_NONCE = 12


class QuarantineSealed(CreditGraphError):
    """A row in quarantine cannot be opened: another key, or a changed file."""

    code = "quarantine_sealed"


@dataclass(frozen=True, slots=True)
class SetAside:
    """One row in quarantine; the text of a row without usable cells has key ""."""

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
        """Take folder and key; nothing is read or written yet."""
        self._folder, self._cipher = folder, AESGCM(key)
        self._known: dict[str, set[int]] = {}

    def add(
        self,
        *,
        file_digest: str,
        source: str,
        rows: Sequence[tuple[int, Mapping[str, str]]],
        issues: Mapping[int, Sequence[Issue]],
    ) -> None:
        """Append rows; a row of the same file and line that is there is not repeated."""
        known = self._lines(file_digest)
        fresh = [(line, row) for line, row in rows if line not in known]
        self._append(
            file_digest,
            [
                {
                    "source": source,
                    "line": line,
                    "issues": [asdict(i) for i in issues.get(line, ())],
                    "row": self._sealed(file_digest, line, row),
                }
                for line, row in fresh
            ],
        )
        known |= {line for line, _ in fresh}

    def resolve(self, file_digest: str, lines: Iterable[int]) -> None:
        """Note that rows were taken after all; they stay in the file, and are not told."""
        found = sorted(set(lines) & self._lines(file_digest))
        self._append(file_digest, [{"resolved": line} for line in found])
        self._lines(file_digest).difference_update(found)

    def rows(self, file_digest: str) -> Iterator[SetAside]:
        """Yield the rows of a file that are still set aside, in the order they came.

        Raises:
            QuarantineSealed: a row cannot be opened with this key.
        """
        waiting = {e["line"]: e for e in self._waiting(file_digest)}
        for line, entry in waiting.items():
            yield SetAside(
                file_digest,
                entry["source"],
                line,
                tuple(entry["issues"]),
                self._opened(file_digest, line, entry["row"]),
            )

    def files(self) -> list[str]:
        """Return the digests of the files that have rows waiting here."""
        stems = sorted(p.stem for p in self._folder.glob("*.jsonl"))
        return [digest for digest in stems if self._lines(digest)]

    def _lines(self, file_digest: str) -> set[int]:
        if file_digest not in self._known:
            waiting = self._waiting(file_digest)
            self._known[file_digest] = {entry["line"] for entry in waiting}
        return self._known[file_digest]

    def _waiting(self, file_digest: str) -> list[dict[str, Any]]:
        """Return what was set aside and not resolved; a torn line is skipped."""
        path = self._path(file_digest)
        found: dict[int, dict[str, Any]] = {}
        if not path.exists():
            return []
        with path.open(encoding="utf-8", newline="\n") as file:
            for text in file:
                try:
                    entry = json.loads(text)
                except ValueError:
                    continue
                if "resolved" in entry:
                    found.pop(entry["resolved"], None)
                else:
                    found.setdefault(entry["line"], entry)
        return list(found.values())

    def _append(self, file_digest: str, entries: Sequence[Mapping[str, Any]]) -> None:
        if not entries:
            return
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND
        handle = os.open(self._path(file_digest), flags, 0o600)
        with os.fdopen(handle, "r+b") as file:
            size = file.seek(0, os.SEEK_END)
            torn = size > 0 and os.pread(handle, 1, size - 1) != b"\n"
            lines = [json.dumps(e, ensure_ascii=False) + "\n" for e in entries]
            file.write(("\n" * torn + "".join(lines)).encode())
            file.flush()
            os.fsync(handle)

    def _path(self, file_digest: str) -> Path:
        return self._folder / f"{file_digest}.jsonl"

    def _sealed(self, digest: str, line: int, row: Mapping[str, str]) -> str:
        nonce = os.urandom(_NONCE)
        text = json.dumps(dict(row), ensure_ascii=False).encode()
        return (nonce + self._cipher.encrypt(nonce, text, _place(digest, line))).hex()

    def _opened(self, digest: str, line: int, sealed: str) -> Mapping[str, str]:
        raw = bytes.fromhex(sealed)
        try:
            text = self._cipher.decrypt(
                raw[:_NONCE], raw[_NONCE:], _place(digest, line)
            )
        except InvalidTag:
            raise QuarantineSealed(
                f"隔离区中文件 {digest[:12]} 的第 {line} 行无法打开。",
                f"Line {line} of {digest[:12]} in quarantine cannot be opened.",
                hint_zh="它是用另一个密钥封存的，或者文件被改动过。",
                hint_en="It was sealed under another secret, or the file was changed.",
            ) from None
        row: Mapping[str, str] = json.loads(text)
        return row


def _place(digest: str, line: int) -> bytes:
    return f"{digest}|{line}".encode()
