"""Standard input as a file: kept in a private folder, bounded, gone afterwards."""

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from graph.errors import BadInput
from loaders.formats import Format

STANDARD_INPUT: Final = Path("-")
UPLOADS: Final = "uploads"
"""The folder, below the data folder, in which files lie while they are loaded."""
FOLDER: Final = "import-"
_CHUNK: Final = 1 << 20


def private_folder(data: Path) -> Path:
    """Return a new folder for files that only we may read."""
    uploads = data / UPLOADS
    uploads.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix=f"{FOLDER}{os.getpid()}-", dir=uploads))


def remove_left(data: Path) -> None:
    """Remove files that a killed process left: they hold personal data in clear."""
    for folder in (data / UPLOADS).glob(f"{FOLDER}*-*"):
        owner = folder.name.removeprefix(FOLDER).partition("-")[0]
        if owner.isdigit() and not _is_alive(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@contextmanager
def spooled(
    paths: list[Path], stream: BinaryIO, *, data: Path, kind: Format | None, most: int
) -> Iterator[list[Path]]:
    """Yield the paths with `-` replaced by a file of what the stream holds.

    What a killed process left behind is removed first.

    Args:
        paths: files; at most one of them is `-`.
        stream: standard input.
        data: data folder.
        kind: declared format, which gives the file its suffix.
        most: bytes the stream may hold.

    Raises:
        BadInput: the stream holds more.
    """
    remove_left(data)
    if STANDARD_INPUT not in paths:
        yield paths
        return
    folder = private_folder(data)
    file = folder / ("stdin" + (f".{kind.value}" if kind else ""))
    try:
        _copy(stream, file, most)
        yield [file if path == STANDARD_INPUT else path for path in paths]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copy(stream: BinaryIO, file: Path, most: int) -> None:
    left = most
    with file.open("wb") as out:
        while chunk := stream.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                raise BadInput(
                    f"标准输入超过 {most >> 20:,} MB。",
                    f"Standard input holds more than {most >> 20:,} MB.",
                    hint_zh="请先存为文件再载入，或者调整 CREDITGRAPH_STDIN_MB。什么也没有写入。",
                    hint_en="Save it as a file and load that, or raise "
                    "CREDITGRAPH_STDIN_MB. Nothing was written.",
                )
            out.write(chunk)


def total_size(paths: Iterable[Path]) -> int:
    """Return the bytes of the files among the paths."""
    return sum(path.stat().st_size for path in paths if path.is_file())
