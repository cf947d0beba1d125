"""One step ahead, and no more."""

from collections.abc import Iterator

import pytest

from graph.ahead import ahead


def test_the_items_come_in_order() -> None:
    assert list(ahead(iter(range(50)))) == list(range(50))


def test_at_most_one_item_is_made_before_it_is_asked_for() -> None:
    made: list[int] = []

    def items() -> Iterator[int]:
        for n in range(10):
            made.append(n)
            yield n

    for n in ahead(items()):
        assert len(made) <= n + 2


def test_what_goes_wrong_while_making_an_item_is_raised_where_it_is_used() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise ValueError("second")

    items_ahead = ahead(items())
    assert next(items_ahead) == 1
    with pytest.raises(ValueError, match="second"):
        next(items_ahead)
