"""One step ahead: the next item is made in a thread while this one is used."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

T = TypeVar("T")
_END: Final = object()


def ahead(items: Iterator[T]) -> Iterator[T]:
    """Yield the items; at most one is made before it is asked for.

    What makes them spends its time in Arrow or NumPy, which let other threads run.
    """
    with ThreadPoolExecutor(1, thread_name_prefix="ahead") as maker:
        coming = maker.submit(next, items, _END)
        while (item := coming.result()) is not _END:
            coming = maker.submit(next, items, _END)
            yield item  # type: ignore[misc]  # the mark of the end is no item
