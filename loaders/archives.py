"""ZIP archives looked at before they are unpacked: what they say, and whether it holds.

The directory at the end of an archive says what every part unpacks to. It may lie, so
the parts' own headers are compared with it, and the beginning of each part is unpacked
within a small budget. Nothing is read that the directory does not bound.
"""

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from graph.errors import BadInput, Said

MOST_ENTRIES: Final = 2_000
LARGEST_ENTRY: Final = 1 << 30
LARGEST_SUM: Final = 1 << 31
HIGHEST_RATIO: Final = 200
_SMALL: Final = 1 << 20
"""Below this size an entry may be packed as tightly as it likes."""
_LARGEST_DIRECTORY: Final = 1 << 20
_BUDGET: Final = 16 << 20
"""Bytes unpacked by way of trial, over all entries."""
_TRIAL: Final = 1 << 20
_END: Final = struct.Struct("<4s4H2LH")
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_LONGEST_COMMENT: Final = 1 << 16
_UNKNOWN: Final = 0xFFFFFFFF
_ENCRYPTED, _SIZES_FOLLOW = 0x1, 0x8

_LIES: Final = Said(
    "的目录与内容不符", "has a directory that does not agree with its content"
)
_RESAVE: Final = Said(
    "请用表格软件打开，另存为 .xlsx 或 CSV。",
    "Open it in a spreadsheet program and save it as .xlsx or CSV.",
)
_AS_CSV: Final = Said(
    "请改用 CSV 报送；CSV 文件大小不限。",
    "Send it as CSV; a CSV file may have any size.",
)


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive that holds what it says.

    Args:
        beginnings: the first bytes of each part that the trial reached.
    """

    names: frozenset[str]
    beginnings: Mapping[str, bytes]


def inspect_archive(path: Path) -> Archive:
    """Return what is in an archive; nothing of it is unpacked beyond a small trial.

    Raises:
        BadInput: it is damaged, lies about itself, would unpack to an unreasonable size,
            is encrypted, or holds names that lead elsewhere.
    """
    try:
        with path.open("rb") as file:
            _check_directory(path, file)
            with zipfile.ZipFile(file) as archive:
                entries = archive.infolist()
                directory = archive.start_dir
            names = _checked_names(path, entries)
            _check_sizes(path, entries)
            starts = _check_places(path, file, entries, directory)
            beginnings = dict(_beginnings(path, file, entries, starts))
    except (zipfile.BadZipFile, OSError, struct.error, zlib.error) as error:
        raise refused(
            path,
            Said(
                f"不是可读的 XLSX 文件：{error}",
                f"is not a readable XLSX file: {error}",
            ),
        ) from error
    return Archive(names, beginnings)


def refused(path: Path, what: Said, hint: Said = _RESAVE) -> BadInput:
    """Return the error that an archive is not taken."""
    return BadInput(
        f"{path.name} {what.zh}。",
        f"{path.name} {what.en}.",
        hint_zh=hint.zh,
        hint_en=hint.en,
    )


def _check_directory(path: Path, file: BinaryIO) -> None:
    """Refuse a directory too long to be read at all."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _END.size - _LONGEST_COMMENT))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        raise zipfile.BadZipFile("its end is missing")
    _, _, _, _, entries, length, _, _ = _END.unpack_from(tail, at)
    # 0xFFFF says that a longer form has the number: more than any workbook has.
    if entries > MOST_ENTRIES or length > _LARGEST_DIRECTORY:
        raise _too_large(path, Said(f"{entries} 个部分", f"{entries} parts"))


def _checked_names(path: Path, entries: list[zipfile.ZipInfo]) -> frozenset[str]:
    names = {entry.filename.lower() for entry in entries}
    if len(names) < len(entries):
        raise refused(path, Said("中有两个部分同名", "has two parts of the same name"))
    for entry in entries:
        name = entry.orig_filename
        if _leads_elsewhere(name) or stat.S_ISLNK(entry.external_attr >> 16):
            raise refused(
                path,
                Said(
                    f"中的部分“{name[:60]!r}”指向压缩包之外",
                    f"has a part {name[:60]!r} that leads out of the archive",
                ),
            )
        if entry.flag_bits & _ENCRYPTED:
            raise refused(
                path,
                Said("有密码", "has a password"),
                Said("请去掉密码。", "Remove it."),
            )
    return frozenset(entry.filename for entry in entries)


def _leads_elsewhere(name: str) -> bool:
    return (
        name.startswith("/")
        or any(c in name for c in "\\:\0")
        or ".." in name.split("/")
    )


def _check_sizes(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    bombs = [e.filename for e in entries if _is_bomb(e.file_size, e.compress_size)]
    if not bombs and sum(e.file_size for e in entries) > LARGEST_SUM:
        bombs = [max(entries, key=lambda e: e.file_size).filename]
    if bombs:
        raise _too_large(path, Said(bombs[0], bombs[0]))


def _is_bomb(unpacked: int, packed: int) -> bool:
    if unpacked > LARGEST_ENTRY:
        return True
    return unpacked > _SMALL and unpacked > HIGHEST_RATIO * max(1, packed)


def _too_large(path: Path, what: Said) -> BadInput:
    return refused(
        path,
        Said(
            f"解压后大得不合情理（{what.zh}）",
            f"would unpack to an unreasonable size ({what.en})",
        ),
        _AS_CSV,
    )


def _check_places(
    path: Path, file: BinaryIO, entries: list[zipfile.ZipInfo], directory: int
) -> dict[str, int]:
    """Return where the content of each part begins.

    A part whose own header differs from the directory, or that shares its bytes with
    another, is read differently by different programs.
    """
    starts: dict[str, int] = {}
    end = 0
    for entry in sorted(entries, key=lambda e: e.header_offset):
        file.seek(entry.header_offset)
        header = file.read(_LOCAL.size)
        mark, _, flags, method, _, _, _, packed, size, named, extra = _LOCAL.unpack(
            header
        )
        name = file.read(named)
        told = not flags & _SIZES_FOLLOW and _UNKNOWN not in (packed, size)
        begins = entry.header_offset + _LOCAL.size + named + extra
        if (
            mark != b"PK\x03\x04"
            or method != entry.compress_type
            or name != _written(entry)
            or (told and (packed, size) != (entry.compress_size, entry.file_size))
            or entry.header_offset < end
            or (method == zipfile.ZIP_STORED and entry.compress_size != entry.file_size)
        ):
            raise refused(path, _LIES)
        starts[entry.filename] = begins
        end = begins + entry.compress_size
    if end > directory:
        raise refused(path, _LIES)
    return starts


def _written(entry: zipfile.ZipInfo) -> bytes:
    encoding = "utf-8" if entry.flag_bits & 0x800 else "cp437"
    return entry.orig_filename.encode(encoding)


def _beginnings(
    path: Path,
    file: BinaryIO,
    entries: list[zipfile.ZipInfo],
    starts: Mapping[str, int],
) -> Iterator[tuple[str, bytes]]:
    left = _BUDGET
    # The tightest first: they are what a bomb is made of.
    for entry in sorted(entries, key=lambda e: e.compress_size):
        most = min(entry.file_size + 1, _TRIAL, left)
        if most <= 0:
            return
        file.seek(starts[entry.filename])
        text, packed, whole = _unpacked(file, entry, most)
        left -= len(text)
        if len(text) > entry.file_size or (whole and len(text) != entry.file_size):
            raise refused(path, _LIES)
        if len(text) == _TRIAL and _is_bomb(len(text) + 1, packed):
            raise _too_large(path, Said(entry.filename, entry.filename))
        yield entry.filename, text[:_KEPT]


_KEPT: Final = 1 << 16


def _unpacked(
    file: BinaryIO, entry: zipfile.ZipInfo, most: int
) -> tuple[bytes, int, bool]:
    """Return the beginning of a part, the bytes it took, and whether that is all."""
    if entry.compress_type == zipfile.ZIP_STORED:
        text = file.read(min(most, entry.compress_size))
        return text, len(text), len(text) == entry.compress_size
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise zipfile.BadZipFile(f"method {entry.compress_type} is not known")
    packed = file.read(min(entry.compress_size, most + _SMALL))
    machine = zlib.decompressobj(-15)
    text = machine.decompress(packed, most)
    taken = len(packed) - len(machine.unconsumed_tail) - len(machine.unused_data)
    return text, taken, machine.eof
