"""Facts as properties in the graph, and back.

Money is stored as text, because a float would not be exact; instants as text of
fixed width in UTC, because servers keep time zones differently; days as days.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from graph.errors import BadInput
from graph.schema import SCHEMAS, Column
from graph.vocabulary import FactKind

_FRACTION_ZEROS: Final = r"\.?0+$"
_DIGESTS: Final = ("key", "version")
_ENVELOPE: Final = (*_DIGESTS, "line")
_PLACE: Final = "_at"
_EPOCH: Final = date(1970, 1, 1)


def instant(moment: datetime) -> str:
    """Return an instant as text whose order is the order of time.

    Raises:
        BadInput: it does not say which time zone it is in.
    """
    if moment.tzinfo is None:
        raise BadInput(
            f"时刻 {moment.isoformat()} 没有写明时区。",
            f"The instant {moment.isoformat()} has no time zone.",
            hint_zh="时刻一律用 UTC。",
            hint_en="Instants are UTC.",
        )
    text = moment.astimezone(UTC).isoformat(timespec="microseconds")
    return text.replace("+00:00", "Z")


def moment_of(text: str) -> datetime:
    """Return the instant that `instant` wrote."""
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def rows_of(kind: FactKind, table: pa.Table) -> Iterator[dict[str, Any]]:
    """Yield the properties of each journal row; what is null is left out."""
    names: list[str] = list(_ENVELOPE)
    columns = [_hex(table["key"]), _hex(table["version"]), table["line"].to_pylist()]
    for column in SCHEMAS[kind].columns:
        values = table[column.name]
        if values.null_count < len(values):
            names.append(column.name)
            columns.append(_stored(values))
    for row in zip(*columns, strict=True):
        yield {n: v for n, v in zip(names, row, strict=True) if v is not None}


@dataclass(frozen=True, slots=True)
class Sent:
    """Rows as a query takes them: cells in its order, days as places in `days`.

    The driver needs eight microseconds for a day and most days occur often.
    """

    rows: Sequence[tuple[Any, ...]]
    days: Sequence[date | None]


def sent_rows(
    table: pa.Table,
    cells: Sequence[str],
    places: Mapping[str, Mapping[str, int]],
) -> Sent:
    """Return journal rows for a query.

    Args:
        table: the rows.
        cells: what the query calls their cells; `X_at` is the node that column X names.
        places: the server's number of each node, by column.
    """
    days: dict[int | None, int] = {None: 0}
    columns = [_sent(table, cell, places, days) for cell in cells]
    rows = list(zip(*columns, strict=True))
    return Sent(rows, [None if n is None else _EPOCH + timedelta(n) for n in days])


def _sent(
    table: pa.Table,
    cell: str,
    places: Mapping[str, Mapping[str, int]],
    days: dict[int | None, int],
) -> list[Any]:
    named = cell.removesuffix(_PLACE)
    if named != cell:
        return list(map(places[named].get, table[named].to_pylist()))
    values = table[cell]
    if cell in _DIGESTS:
        return _hex(values)
    if pa.types.is_date(values.type):
        numbers = values.cast(pa.int32()).to_pylist()
        return [days.setdefault(number, len(days)) for number in numbers]
    return _stored(values)


def _hex(keys: pa.ChunkedArray) -> list[str]:
    return [key.hex() for key in keys.to_pylist()]


def stored_column(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return a column as it stands in the graph: money becomes text."""
    if not pa.types.is_decimal(values.type):
        return values
    text = pc.cast(values, pa.string())
    return pc.replace_substring_regex(text, _FRACTION_ZEROS, "")


def _stored(values: pa.ChunkedArray) -> list[Any]:
    stored: list[Any] = stored_column(values).to_pylist()
    return stored


def columns_of(kind: FactKind, properties: dict[str, Any]) -> dict[str, Any]:
    """Return all content columns as Python values; absent ones are None."""
    return {
        column.name: _value(properties.get(column.name), column)
        for column in SCHEMAS[kind].columns
    }


def _value(stored: Any, column: Column) -> Any:
    if stored is None:
        return None
    if pa.types.is_decimal(column.type):
        return Decimal(stored)
    return plain(stored)


def plain(stored: Any) -> Any:
    """Return a value of the driver as Python's own: its days become dates."""
    if isinstance(stored, date) or not hasattr(stored, "to_native"):
        return stored
    return stored.to_native()
