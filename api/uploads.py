"""Files that come with a request: their names, their digest, and where they lie."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from fastapi import Request, UploadFile

from api.access import Caller
from api.idempotency import RequestName, name_request
from graph.errors import BadInput
from loaders.formats import SUFFIXES

_SUFFIXES: Final = tuple(SUFFIXES)
_NAME: Final = re.compile(r"[^\x00-\x1f\x7f-\x9f/\\:]{1,120}")
_CHUNK: Final = 2**20


def refuse_names(files: Sequence[UploadFile]) -> None:
    """Refuse file names that are no file names, or not of a format we read.

    Raises:
        BadInput: naming the first of them.
    """
    names = [f.filename or "" for f in files]
    if len(set(names)) < len(names):
        raise BadInput("有两个文件同名。", "Two of the files have the same name.")
    for name in names:
        if not _NAME.fullmatch(name) or not name.lower().endswith(_SUFFIXES):
            raise BadInput(
                f"“{name[:120]}”不是可以载入的文件。",
                f"{name[:120]!r} is not a file this can load.",
                hint_zh=f"文件名应以 {'、'.join(_SUFFIXES)} 结尾，不得带路径。",
                hint_en=f"The name ends in {', '.join(_SUFFIXES)}, with no path in it.",
            )


def name_upload(
    request: Request,
    caller: Caller,
    key: str | None,
    files: Sequence[UploadFile],
    *,
    said: str = "",
) -> RequestName:
    """Return the name of a request with its files and what else its form says.

    Raises:
        IdempotencyKeyMissing: the request has no Idempotency-Key.
    """
    digests = "".join(f"{f.filename}\0{_digest(f)}\0" for f in files)
    body = f"{request.url.query}\0{digests}\0{said}".encode()
    path = request.url.path
    return name_request(caller, key, method=request.method, path=path, body=body)


def keep_files(folder: Path, files: Sequence[UploadFile]) -> tuple[Path, ...]:
    """Write the files into a folder and return where they lie."""
    paths = tuple(folder / str(file.filename) for file in files)
    for file, path in zip(files, paths, strict=True):
        with path.open("wb") as out:
            out.writelines(_chunks(file))
    return paths


def _chunks(file: UploadFile) -> Iterator[bytes]:
    file.file.seek(0)
    while chunk := file.file.read(_CHUNK):
        yield chunk


def _digest(file: UploadFile) -> str:
    digest = hashlib.sha256()
    for chunk in _chunks(file):
        digest.update(chunk)
    return digest.hexdigest()
