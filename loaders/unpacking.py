"""Runs in a process of its own: unpacks a workbook or a Parquet file to plain text.

What comes out is an Arrow IPC file of text columns, written to a file that is open
already; what went wrong is said on standard error. The libraries that do the unpacking
are compiled, and what they are given may be hostile: here they have a bounded amount of
memory, of processor time and of disk, and no secret in their environment, and nothing
else falls with them.
"""

# ruff: noqa: PLC0415  # a workbook is parsed while the other library is still loading
import resource
import sys
from collections.abc import Callable, Iterator
from threading import Thread
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    import fastexcel
    import pyarrow as pa

    Unpacked: TypeAlias = tuple[pa.Schema, Iterator[pa.RecordBatch]]

ROWS: Final = 20_000
NAME, OTHERS = b"sheet", b"others"
"""Keys under which a workbook's sheet, and its further sheets, are named."""
_OUT_OF_MEMORY: Final = 3


def main(kind: str, path: str, descriptor: int, limits: tuple[int, int, int]) -> None:
    """Unpack a file.

    Args:
        kind: `xlsx` or `parquet`.
        path: of the file.
        descriptor: of the file to write to.
        limits: bytes of memory, seconds of processor time, bytes written.
    """
    memory, seconds, written = limits
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (written, written))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        schema, batches = _UNPACKERS[kind](path)
        _write(descriptor, schema, batches, packed=kind == "parquet")
    except MemoryError:  # Arrow's own is one of them
        sys.exit(_OUT_OF_MEMORY)
    except Exception as error:  # noqa: BLE001  # whatever it is, it is told
        sys.stderr.write(f"{type(error).__name__}: {error}"[:2_000])
        sys.exit(1)


def _write(
    descriptor: int,
    schema: "pa.Schema",
    batches: "Iterator[pa.RecordBatch]",
    *,
    packed: bool,
) -> None:
    import pyarrow as pa

    # A workbook is small and is read from where it lies; Parquet may be a large file.
    options = pa.ipc.IpcWriteOptions(compression="lz4" if packed else None)
    with (
        open(descriptor, "wb", closefd=False) as out,  # a number
        pa.ipc.new_file(out, schema, options=options) as writer,
    ):
        for batch in batches:
            writer.write_batch(batch)


def _workbook(path: str) -> "Unpacked":
    """Return the first sheet that has content, and the names of further ones."""
    import fastexcel

    sheets: list[fastexcel.ExcelSheet] = []
    errors: list[Exception] = []

    def parse() -> None:
        try:
            book = fastexcel.read_excel(path)
            sheets.extend(_sheet(book, name) for name in book.sheet_names)
        except Exception as error:  # noqa: BLE001  # raised below, in the main thread
            errors.append(error)

    parsing = Thread(target=parse)
    parsing.start()
    import pyarrow as pa

    parsing.join()
    if errors:
        raise errors[0]
    filled = [sheet for sheet in sheets if sheet.height]
    if not filled:
        return pa.schema([]), iter(())
    first, *others = filled
    sheets.clear()
    batch = first.to_arrow()
    names = [str(number) for number in range(batch.num_columns)]
    columns = [column.cast(pa.string()) for column in batch.columns]
    table = pa.RecordBatch.from_arrays(columns, names)
    named = {NAME: first.name, OTHERS: "\n".join(sheet.name for sheet in others)}
    parts = (table.slice(at, ROWS) for at in range(0, table.num_rows, ROWS))
    return table.schema.with_metadata(named), parts


def _sheet(book: "fastexcel.ExcelReader", name: str) -> "fastexcel.ExcelSheet":
    # skip_rows=0 keeps empty rows at the top, so that a row's place is its line.
    return book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")


def _parquet(path: str) -> "Unpacked":
    import pyarrow as pa
    from pyarrow import parquet

    file = parquet.ParquetFile(path)
    names = [str(number) for number in range(len(file.schema_arrow))]
    schema = pa.schema([pa.field(name, pa.string()) for name in names])
    return schema, (
        pa.RecordBatch.from_arrays([_text(c) for c in batch.columns], schema=schema)
        for batch in file.iter_batches(ROWS)
    )


def _text(column: "pa.Array") -> Any:
    """Return the values as they would be written: days as 2020-01-31, null as empty."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_timestamp(column.type):
        days = column.cast(pa.date32(), safe=False)
        whole = pc.equal(days.cast(column.type), column)
        column = pc.if_else(whole, days.cast(pa.string()), column.cast(pa.string()))
    return column.cast(pa.string()).fill_null("")


_UNPACKERS: "Final[dict[str, Callable[[str], Unpacked]]]" = {
    "xlsx": _workbook,
    "parquet": _parquet,
}
