"""Parquet files as text columns: every value as it would stand in a CSV file.

What a file says about its size is looked at before anything is unpacked, and it is
unpacked by another process: a page may hold more than it says.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from graph.errors import BadInput, Said
from loaders.confined import Unpacked, unpack
from loaders.piece import Piece, mark_long_cells

SIGNATURE: Final = b"PAR1"
_MOST_BYTES: Final = 1 << 31
"""A row group that says it unpacks to more is refused."""
_MOST_ROWS: Final = 1 << 31
_LONGEST_FOOTER: Final = 1 << 26
_PARQUET: Final = Said("Parquet 文件", "Parquet file")
_SAVE_AS: Final = Said(
    "请另存为 CSV（UTF-8），列内只放单个值。",
    "Save it as CSV (UTF-8) with one value a cell.",
)


@dataclass(frozen=True, slots=True)
class ParquetText:
    """A Parquet file that was looked through.

    Args:
        headings: its columns, none of them nested.
        rows: number of rows by its own account.
    """

    headings: tuple[str, ...]
    rows: int
    _content: Unpacked

    def count(self) -> int:
        """Return the number of rows."""
        return self.rows

    def pieces(self) -> Iterator[Piece]:
        """Yield the rows; the line of a row is its number, the first being 1."""
        done = 0
        for number in range(self._content.batches()):
            batch = self._content.reader.get_batch(number)
            lines = pa.array(range(done + 1, done + batch.num_rows + 1), pa.int32())
            done += batch.num_rows
            table = pa.Table.from_batches([batch]).rename_columns(list(self.headings))
            yield mark_long_cells(Piece(table, lines))


def open_parquet(path: Path) -> ParquetText:
    """Return the file with its columns.

    Raises:
        BadInput: it is damaged, unpacks to an unreasonable size, or has columns that
            hold more than one value a row.
    """
    try:
        _check_footer(path)
        metadata = pq.read_metadata(path)
        schema = metadata.schema.to_arrow_schema()
    except (pa.ArrowException, OSError) as error:
        raise _unreadable(path, error) from error
    if metadata.num_rows >= _MOST_ROWS:
        raise _unreadable(path, ValueError(f"{metadata.num_rows:,} rows"))
    groups = (metadata.row_group(n) for n in range(metadata.num_row_groups))
    if any(group.total_byte_size > _MOST_BYTES for group in groups):
        raise BadInput(
            f"{path.name} 的一个行组解开后超过 {_MOST_BYTES >> 30} GB。",
            f"A row group of {path.name} unpacks to more than {_MOST_BYTES >> 30} GB.",
            hint_zh="请用较小的行组另存。",
            hint_en="Save it with smaller row groups.",
        )
    for field in schema:
        if pa.types.is_nested(field.type) or pa.types.is_binary(field.type):
            raise BadInput(
                f"{path.name} 的列“{field.name}”不是单个值（{field.type}）。",
                f"The column '{field.name}' of {path.name} holds no single values "
                f"({field.type}).",
                hint_zh=_SAVE_AS.zh,
                hint_en=_SAVE_AS.en,
            )
    content = unpack(path, "parquet", _PARQUET, _SAVE_AS)
    return ParquetText(tuple(schema.names), metadata.num_rows, content)


def _check_footer(path: Path) -> None:
    with path.open("rb") as file:
        size = file.seek(-8, 2)
        length, mark = int.from_bytes(file.read(4), "little"), file.read(4)
    if mark != SIGNATURE or length > min(size, _LONGEST_FOOTER):
        raise OSError(f"the footer has {length:,} bytes")


def _unreadable(path: Path, error: Exception) -> BadInput:
    return BadInput(
        f"{path.name} 不是可读的 Parquet 文件：{error}",
        f"{path.name} is not a readable Parquet file: {error}",
        hint_zh=_SAVE_AS.zh,
        hint_en=_SAVE_AS.en,
    )
