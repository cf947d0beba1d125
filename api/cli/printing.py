"""How lists of things are printed: words, periods, lines, and plain values for JSON."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import orjson

from api.console import Terminal


def print_list(term: Terminal, title: str, lines: list[str]) -> None:
    """Print lines under a title that counts them; nothing where there are none."""
    if lines:
        term.print(f"\n[bold]{title}[/bold] {len(lines)}")
    for line in lines:
        term.print("  " + line.replace("[", r"\["))


def print_effects(term: Terminal, title: str, items: Iterable[Any]) -> None:
    """Print one line for each effect."""
    print_list(
        term,
        title,
        [effect_line(term, item) for item in items],
    )


def effect_line(term: Terminal, effect: Any) -> str:
    """Return one effect in a line."""
    return (
        f"{effect.id}  {effect.bearer.name or effect.bearer.id}  "
        f"{word(term, effect.measure)}  {word(term, effect.status)}  "
        f"{period(effect.period)}"
    )


def word(term: Terminal, found: Any) -> str:
    """Return a word or label in the language of the user; nothing for None."""
    return term.say(found.zh, found.en) if found else ""


def period(found: Any) -> str:
    """Return a period by its first and its last day."""
    return f"{found.valid_from or '…'} – {found.last_day or '…'}"


def plain(value: Any) -> Any:
    """Return dataclasses and what they hold as plain JSON values."""
    return orjson.loads(orjson.dumps(value, default=_jsonable))


def _jsonable(value: Any) -> Any:
    return asdict(value) if hasattr(value, "__dataclass_fields__") else str(value)
