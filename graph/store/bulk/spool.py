"""Entries of the journal on their way into a store, kept in a file of their own."""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import orjson

from graph.store.journal import Entry
from graph.store.queries import Row

_SIZE: Final = struct.Struct(">Q")


class Spool:
    """A file of entries, appended and then read as often as needed.

    Args:
        path: the file; nobody else may read it, because the pages hold facts.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        path.touch(mode=0o600, exist_ok=False)
        self._file = path.open("r+b")

    def add(self, entry: Entry) -> None:
        """Append an entry."""
        header = {
            "load": entry.load,
            "pages": [{k: v for k, v in p.items() if k != "data"} for p in entry.pages],
        }
        self._write(orjson.dumps(header))
        for page in entry.pages:
            self._write(page["data"])

    def _write(self, data: bytes) -> None:
        self._file.write(_SIZE.pack(len(data)))
        self._file.write(data)

    def entries(self) -> Iterator[tuple[Row, list[Row]]]:
        """Yield each load with its pages, in order."""
        self._file.flush()
        with self._path.open("rb") as file:
            while head := file.read(_SIZE.size):
                header = orjson.loads(file.read(*_SIZE.unpack(head)))
                pages = [
                    page | {"data": file.read(*_SIZE.unpack(file.read(_SIZE.size)))}
                    for page in header["pages"]
                ]
                yield header["load"], pages

    def close(self) -> None:
        """Remove the file."""
        self._file.close()
        self._path.unlink(missing_ok=True)
