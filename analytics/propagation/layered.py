"""A mapping that is changed by making another one that shares nearly everything.

One change to a derivation touches a handful of effects; copying the other hundred
thousand would cost more than deriving the handful.
"""

from collections.abc import Iterator, Mapping
from typing import Final, Generic, TypeVar

V = TypeVar("V")

_GONE: Final = object()
_THIN = 2_000
"""So many changes are laid over a base before both become a new base."""


class Layered(Mapping[str, V], Generic[V]):
    """A base that never changes and the changes laid over it."""

    __slots__ = ("_base", "_over", "_size")

    def __init__(self, base: dict[str, V]) -> None:
        self._base = base
        self._over: dict[str, V | object] = {}
        self._size = len(base)

    def with_changes(self, changes: Mapping[str, V | None]) -> "Layered[V]":
        """Return a mapping with these values; None takes a key away."""
        if not changes:
            return self
        twin: Layered[V] = Layered(self._base)
        twin._over = self._over.copy()  # a twin
        twin._size = self._size
        for key, value in changes.items():
            twin._set(key, value)
        limit = max(_THIN, len(self._base) // 50)
        return Layered(dict(twin.items())) if len(twin._over) > limit else twin

    def _set(self, key: str, value: V | None) -> None:
        self._size += (value is not None) - (key in self)
        if value is not None:
            self._over[key] = value
        elif key in self._base:
            self._over[key] = _GONE
        else:
            self._over.pop(key, None)

    def __getitem__(self, key: str) -> V:
        """Return the value of the key."""
        value = self._over.get(key)
        if value is None:
            return self._base[key]
        if value is _GONE:
            raise KeyError(key)
        return value  # type: ignore[return-value]  # _GONE is the only other thing

    def __iter__(self) -> Iterator[str]:
        """Yield the keys."""
        for key in self._base:
            if self._over.get(key) is not _GONE:
                yield key
        for key in self._over:
            if key not in self._base:
                yield key

    def __len__(self) -> int:
        """Return how many keys there are."""
        return self._size

    def changed_keys(self, other: "Layered[V]") -> set[str]:
        """Return the keys whose values may differ between the two."""
        if self._base is other._base:  # noqa: SLF001  # of its own class
            keys = self._over.keys() | other._over.keys()  # noqa: SLF001
        else:
            keys = self.keys() | other.keys()
        return {k for k in keys if self.get(k) is not other.get(k)}
