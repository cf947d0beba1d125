"""Where a page ended, as an opaque text that the next request brings back."""

import base64
from typing import Any

import orjson

from graph.errors import BadInput


def write_cursor(*parts: str | int) -> str:
    """Return where a page ended, as an opaque text."""
    return base64.urlsafe_b64encode(orjson.dumps(parts)).decode().rstrip("=")


def read_cursor(cursor: str, *kinds: type) -> tuple[Any, ...]:
    """Return the parts of a cursor.

    Raises:
        BadInput: it was not made here, or for another list.
    """
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        parts = orjson.loads(base64.urlsafe_b64decode(padded))
    except ValueError as error:
        raise bad_cursor() from error
    if not isinstance(parts, list) or [type(p) for p in parts] != list(kinds):
        raise bad_cursor()
    return tuple(parts)


def bad_cursor() -> BadInput:
    """Return the error that says that a cursor belongs to another list."""
    return BadInput(
        "游标不属于这个清单。",
        "The cursor is not one of this list.",
        hint_zh="请发送上一页的 `next_cursor`；第一页不带游标。",
        hint_en="Send the `next_cursor` of the page before, or none for the first "
        "page.",
    )
