"""Parquet files as text columns: every value as it would stand in a CSV file.

What a file says about its size is looked at before anything is unpacked.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from graph.errors import BadInput, Said
from loaders.piece import CHUNK_ROWS, Piece

SIGNATURE: Final = b"PAR1"
_MOST_BYTES: Final = 1 << 31
"""A row group that says it unpacks to more is refused."""
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

    path: Path
    headings: tuple[str, ...]
    rows: int

    def count(self) -> int:
        """Return the number of rows."""
        return self.rows

    def pieces(self) -> Iterator[Piece]:
        """Yield the rows; the line of a row is its number, the first being 1.

        Raises:
            BadInput: a page of the file cannot be unpacked.
        """
        done = 0
        try:
            with pq.ParquetFile(self.path) as file:
                for batch in file.iter_batches(CHUNK_ROWS):
                    columns = [_text(column) for column in batch.columns]
                    lines = pa.array(range(done + 1, done + batch.num_rows + 1))
                    done += batch.num_rows
                    table = pa.table(dict(zip(self.headings, columns, strict=True)))
                    yield Piece(table, lines.cast(pa.int32()))
        except (pa.ArrowException, OSError) as error:
            raise _unreadable(self.path, error) from error


def open_parquet(path: Path) -> ParquetText:
    """Return the file with its columns.

    Raises:
        BadInput: it is damaged, unpacks to an unreasonable size, or has columns that
            hold more than one value a row.
    """
    try:
        metadata = pq.read_metadata(path)
        schema = metadata.schema.to_arrow_schema()
    except (pa.ArrowException, OSError) as error:
        raise _unreadable(path, error) from error
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
    return ParquetText(path, tuple(schema.names), metadata.num_rows)


def _unreadable(path: Path, error: Exception) -> BadInput:
    return BadInput(
        f"{path.name} 不是可读的 Parquet 文件：{error}",
        f"{path.name} is not a readable Parquet file: {error}",
        hint_zh=_SAVE_AS.zh,
        hint_en=_SAVE_AS.en,
    )


def _text(column: pa.Array) -> pa.Array:
    """Return the values as they would be written: days as 2020-01-31, null as empty."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_timestamp(column.type):
        days = column.cast(pa.date32(), safe=False)
        whole = pc.equal(days.cast(column.type), column)
        column = pc.if_else(whole, days.cast(pa.string()), column.cast(pa.string()))
    return column.cast(pa.string()).fill_null("")
