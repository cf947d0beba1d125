"""What differs between two rule versions, or between two law books, field by field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graph.law.base import LawModel
from graph.law.book import ActiveVersion, LawBook
from graph.law.rule import Rule
from graph.law.shelves import SHELVES
from graph.law.telling import field_name, fields_of, value_text


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs; `before` or `after` is None where it is not there."""

    path: tuple[str, ...]
    before: Any
    after: Any

    def text(self, language: str) -> str:
        """Return the difference on one line."""
        names = [field_name(part, language) for part in self.path]
        name = " ".join(names) if language == "zh" else ".".join(names)
        before, after = (value_text(v, language) for v in (self.before, self.after))
        return f"{name}：{before} → {after}" if language == "zh" else (
            f"{name}: {before} → {after}"
        )  # fmt: skip

    def as_dict(self) -> dict[str, Any]:
        """Return the difference as plain values, for JSON."""
        return {
            "path": ".".join(self.path),
            "before": _plain(self.before),
            "after": _plain(self.after),
        }


def between_versions(
    one: ActiveVersion, other: ActiveVersion
) -> tuple[Difference, ...]:
    """Return which fields of two rule versions differ, in the order of the fields."""
    rules = _compared(_head(one.rule), _head(other.rule), ())
    return (*rules, *_compared(fields_of(one.version), fields_of(other.version), ()))


def between_books(one: LawBook, other: LawBook) -> tuple[Difference, ...]:
    """Return which items of two books differ and in which fields, shelf by shelf."""
    return tuple(
        found
        for shelf in SHELVES
        for found in _shelf(
            shelf.name, getattr(one, shelf.name), getattr(other, shelf.name)
        )
    )


def _shelf(
    name: str, before: Mapping[str, LawModel], after: Mapping[str, LawModel]
) -> Iterator[Difference]:
    for key in sorted({*before, *after}):
        path = (name, str(key))
        one, other = before.get(key), after.get(key)
        if one is None or other is None:
            yield Difference(path, one and _name(one), other and _name(other))
        elif isinstance(one, Rule) and isinstance(other, Rule):
            yield from _rules(one, other, path)
        else:
            yield from _compared(fields_of(one), fields_of(other), path)


def _rules(one: Rule, other: Rule, path: tuple[str, ...]) -> Iterator[Difference]:
    yield from _compared(_head(one), _head(other), path)
    mine = {v.in_force_from: v for v in one.versions}
    its = {v.in_force_from: v for v in other.versions}
    for day in sorted({*mine, *its}):
        at = (*path, f"@{day}")
        before, after = mine.get(day), its.get(day)
        if before is None or after is None:
            yield Difference(at, before and one.title, after and other.title)
        else:
            yield from _compared(fields_of(before), fields_of(after), at)


def _head(rule: Rule) -> dict[str, Any]:
    return {k: v for k, v in fields_of(rule).items() if k not in ("key", "versions")}


def _name(model: LawModel) -> str:
    fields = fields_of(model)
    return str(fields.get("title") or fields.get("zh") or next(iter(fields.values())))


def _compared(one: Any, other: Any, path: tuple[str, ...]) -> Iterator[Difference]:
    """Yield the leaves that differ; lists of models are compared place by place."""
    if isinstance(one, LawModel) and type(one) is type(other):
        one, other = fields_of(one), fields_of(other)
    if isinstance(one, dict) and isinstance(other, dict):
        for key in dict.fromkeys((*one, *other)):
            yield from _compared(one.get(key), other.get(key), (*path, key))
    elif _holds_models(one) or _holds_models(other):
        mine, its = one or (), other or ()
        for place in range(max(len(mine), len(its))):
            yield from _compared(
                mine[place] if place < len(mine) else None,
                its[place] if place < len(its) else None,
                (*path, str(place + 1)),
            )
    elif one != other:
        yield Difference(path, one, other)


def _holds_models(value: Any) -> bool:
    return isinstance(value, tuple) and any(isinstance(v, LawModel) for v in value)


def _plain(value: Any) -> Any:
    if isinstance(value, LawModel):
        return value.model_dump(mode="json")
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    return value if value is None or isinstance(value, bool | int) else str(value)
