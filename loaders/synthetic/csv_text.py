"""CSV as the departments send it: UTF-8 with a mark at the beginning, or GB18030.

The bytes depend on nothing but the rows. No cell of the city needs a quotation mark.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa
from pyarrow import csv

_BOM: Final = b"\xef\xbb\xbf"
_COMMAS: Final = csv.WriteOptions(include_header=False, quoting_style="none")


def csv_head(headings: Sequence[str], encoding: str) -> bytes:
    """Return the line of headings; `encoding` is utf-8-sig or gb18030."""
    line = ",".join(headings) + "\n"
    return _BOM + line.encode() if encoding == "utf-8-sig" else line.encode(encoding)


def csv_bytes(tables: Sequence[pa.Table], encoding: str) -> bytes:
    """Return the rows of the tables as lines."""
    sink = pa.BufferOutputStream()
    csv.write_csv(pa.concat_tables(tables), sink, _COMMAS)
    text: bytes = sink.getvalue().to_pybytes()
    return text if encoding == "utf-8-sig" else text.decode().encode(encoding)


def write_csv(path: Path, table: pa.Table, *, encoding: str = "utf-8-sig") -> None:
    """Write the table as a file."""
    head = csv_head(table.column_names, encoding)
    path.write_bytes(head + csv_bytes([table], encoding))
