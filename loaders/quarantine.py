"""Rows that could not be taken, kept so that they can be driven again.

One file per loaded file, only appended to. The raw row is encrypted (AES-256-GCM)
under a key derived from the deployment's secret, because it holds whatever the
department sent; what is wrong with it stands beside it in clear, already masked. File
digest and line are sealed in, so a row cannot be moved to another place unnoticed.

A later entry of the same line takes the place of the earlier one: it says what is wrong
with the row by the rules of its day. Entries written before file name, program version
and instant were kept are read as they are.
"""

import json
import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from graph.errors import BadInput, CreditGraphError, NotFound
from loaders.entries import Held, instant, judged_as, name_of
from loaders.issues import Issue

_NONCE: Final = 12
_PREFIX: Final = 4
"""So many digits of a digest at least name a file."""


class QuarantineSealed(CreditGraphError):
    """A row in quarantine cannot be opened: another key, or a changed file."""

    code = "quarantine_sealed"


@dataclass(frozen=True, slots=True)
class SetAside:
    """One row in quarantine; the text of a row without usable cells has key "".

    Args:
        loader: version of the program that last found it wrong; "" where not kept.
        since: when it was set aside first; None where that was not kept.
    """

    file_digest: str
    source: str
    line: int
    issues: tuple[Mapping[str, Any], ...]
    row: Mapping[str, str]
    file: str = ""
    loader: str = ""
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """A file of which rows wait in quarantine.

    Args:
        reasons: how many of the rows wait for each reason; a row may have several.
        since: when the first of them was set aside; None where that was not kept.
    """

    digest: str
    file: str
    source: str
    waiting: int
    reasons: Mapping[str, int]
    since: datetime | None


class Quarantine:
    """The quarantine of a data folder.

    Args:
        folder: where the files lie; made when the first row comes.
        key: 32 bytes; whoever has it can read the rows.
    """

    def __init__(self, folder: Path, key: bytes) -> None:
        """Take folder and key; nothing is read or written yet."""
        self._folder, self._cipher = folder, AESGCM(key)
        self._known: dict[str, Held] = {}

    def add(
        self,
        *,
        file_digest: str,
        file: str,
        source: str,
        rows: Sequence[tuple[int, Mapping[str, str]]],
        issues: Mapping[int, Sequence[Issue]],
        at: datetime,
    ) -> None:
        """Append rows; one that waits for the same reasons already is not repeated.

        Args:
            file_digest: SHA-256 of the file.
            file: its name.
            source: key of its source.
            rows: line and raw cells of each row.
            issues: what is wrong, by line.
            at: the instant of the load.
        """
        waiting = self._held(file_digest).waiting
        entries = []
        for line, row in rows:
            found = [asdict(i) for i in issues.get(line, ())]
            before = waiting.get(line)
            if before is None or before.judged != judged_as(found):
                entries.append(
                    {
                        "source": source,
                        "file": file,
                        "line": line,
                        "loader": loader_version(),
                        "since": before.since if before else at.isoformat(),
                        "issues": found,
                        "row": self._sealed(file_digest, line, row),
                    }
                )
        self._append(file_digest, entries)

    def resolve(
        self,
        file_digest: str,
        lines: Iterable[int],
        *,
        at: datetime | None = None,
        corrected_in: str = "",
        overtaken_by: str = "",
    ) -> None:
        """Note that rows wait no more; they stay in the file, and are not told.

        Args:
            file_digest: SHA-256 of the file.
            lines: lines of the rows; those that do not wait are passed over.
            at: the instant of the load that took them.
            corrected_in: SHA-256 of the file in which they came right; empty where
                they were taken as they are.
            overtaken_by: SHA-256 of a later file that is the whole truth of the
                source; they were not taken.
        """
        more: dict[str, str] = {"at": at.isoformat()} if at else {}
        if corrected_in:
            more["corrected_in"] = corrected_in
        if overtaken_by:
            more["overtaken_by"] = overtaken_by
        found = sorted(set(lines) & self._held(file_digest).waiting.keys())
        self._append(file_digest, [{"resolved": line, **more} for line in found])

    def lines(self, file_digest: str) -> list[int]:
        """Return the lines of the rows of a file that are still set aside, sorted."""
        return sorted(self._held(file_digest).waiting)

    def rows(
        self, file_digest: str, *, only: Collection[int] | None = None
    ) -> Iterator[SetAside]:
        """Yield the rows of a file that are still set aside, in the order they came.

        Args:
            file_digest: SHA-256 of the file.
            only: lines of the rows that are wanted; by default all.

        Raises:
            QuarantineSealed: a row cannot be opened with this key.
        """
        for line, (entry, taken) in self._last(file_digest).items():
            if taken is None and (only is None or line in only):
                yield self._set_aside(file_digest, entry)

    def ever(self, file_digest: str) -> Iterator[tuple[SetAside, datetime | None]]:
        """Yield every row that a file ever had here, with the instant it was taken.

        None is for a row that waits; a row of which the instant was not kept is left
        out.

        Raises:
            QuarantineSealed: a row cannot be opened with this key.
        """
        for entry, taken in self._last(file_digest).values():
            if taken is None or "at" in taken:
                at = instant(taken["at"]) if taken else None
                yield self._set_aside(file_digest, entry), at

    def _last(
        self, file_digest: str
    ) -> dict[int, tuple[dict[str, Any], dict[str, Any] | None]]:
        """Return, by line, what was told of a row last, and that it was taken."""
        found: dict[int, tuple[dict[str, Any], dict[str, Any] | None]] = {}
        for entry in self._entries(file_digest):
            if "resolved" not in entry:
                if found.get(entry["line"], (entry, None))[1]:
                    del found[entry["line"]]
                found[entry["line"]] = entry, None
            elif entry["resolved"] in found:
                found[entry["resolved"]] = found[entry["resolved"]][0], entry
        return found

    def _set_aside(self, file_digest: str, entry: Mapping[str, Any]) -> SetAside:
        line = entry["line"]
        return SetAside(
            file_digest=file_digest,
            source=entry["source"],
            line=line,
            issues=tuple(entry["issues"]),
            row=self._opened(file_digest, line, entry["row"]),
            file=name_of(entry),
            loader=entry.get("loader", ""),
            since=instant(entry.get("since")),
        )

    def resolved(self, file_digest: str) -> frozenset[int]:
        """Return the lines of a file that were set aside and taken after all."""
        held = self._held(file_digest)
        return frozenset(held.resolved - held.waiting.keys())

    def corrected(self, file_digest: str) -> frozenset[int]:
        """Return the lines of a file that somebody corrected: they wait no more.

        The file may come again as it was; what was right of it is known by then.
        """
        held = self._held(file_digest)
        return frozenset(held.corrected - held.waiting.keys())

    def files(self) -> list[str]:
        """Return the digests of the files that have rows waiting here."""
        stems = sorted(p.stem for p in self._folder.glob("*.jsonl"))
        return [digest for digest in stems if self._held(digest).waiting]

    def sizes(self) -> dict[str, int]:
        """Return, by digest, how long what is kept of each file is: it only grows."""
        paths = sorted(self._folder.glob("*.jsonl"))
        return {path.stem: path.stat().st_size for path in paths}

    def waiting(self) -> list[WaitingFile]:
        """Return the files that have rows waiting here, the longest waiting first."""
        found = [self.summary(digest) for digest in self.files()]
        return sorted(
            found, key=lambda f: (f.since.isoformat() if f.since else "", f.digest)
        )

    def summary(self, file_digest: str) -> WaitingFile:
        """Return how many rows of a file wait, why, and since when."""
        found = list(self._held(file_digest).waiting.values())
        reasons = Counter(reason for one in found for reason in one.reasons)
        return WaitingFile(
            digest=file_digest,
            file=next((one.file for one in found if one.file), ""),
            source=found[0].source if found else "",
            waiting=len(found),
            reasons=dict(sorted(reasons.items())),
            since=instant(min((o.since for o in found if o.since), default="")),
        )

    def find(self, text: str) -> str:
        """Return the digest of the one file with waiting rows that is meant.

        Args:
            text: beginning of its digest, or its name.

        Raises:
            NotFound: no row of such a file waits.
            BadInput: several files are meant.
        """
        waiting = self.waiting()
        found = [f for f in waiting if f.file == text] or [
            f
            for f in waiting
            if len(text) >= _PREFIX and f.digest.startswith(text.lower())
        ]
        if not found:
            raise nothing_waits(text)
        if len(found) > 1:
            digests = [f.digest[:12] for f in found]
            raise BadInput(
                f"“{text}”指几个文件：{'、'.join(digests)}。",
                f"{text!r} means several files: {', '.join(digests)}.",
                hint_zh="请用文件摘要的开头指定一个。",
                hint_en="Name one by the beginning of its digest.",
            )
        return found[0].digest

    def _held(self, file_digest: str) -> Held:
        """Return what stands in clear, read again where the file has grown."""
        path = self._path(file_digest)
        size = path.stat().st_size if path.exists() else 0
        held = self._known.get(file_digest)
        if held is None or held.size != size:
            held = self._known[file_digest] = Held(size)
            for entry in self._entries(file_digest):
                held.take(entry)
        return held

    def _entries(self, file_digest: str) -> Iterator[dict[str, Any]]:
        """Yield what was set aside and what was resolved; a torn line is skipped."""
        path = self._path(file_digest)
        if not path.exists():
            return
        with path.open("rb") as file:
            for text in file:
                try:
                    yield json.loads(text)
                except ValueError:
                    continue

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
            text = ("\n" * torn + "".join(lines)).encode()
            file.write(text)
            file.flush()
            os.fsync(handle)
        held = self._known.get(file_digest)
        if held is not None and held.size == size:
            held.size += len(text)
            for entry in entries:
                held.take(entry)

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


def nothing_waits(file: str) -> NotFound:
    """Return the error that says that no row of a file waits."""
    return NotFound(
        f"隔离区中没有文件“{file[:80]}”的行。",
        f"No row of {file[:80]!r} is in quarantine.",
        hint_zh="`creditgraph quarantine list` 列出有行等候的文件及其摘要。",
        hint_en="`creditgraph quarantine list` lists the files with waiting rows.",
    )


@cache
def loader_version() -> str:
    """Return the version of the installed program, which is that of its loaders."""
    try:
        return version("creditgraph")
    except PackageNotFoundError:
        return ""
