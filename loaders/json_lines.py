"""JSON Lines as text columns: one flat object a line, the keys of the first one.

A line that is no such object is a broken row, kept as it stood.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graph.errors import BadInput, Said
from loaders.issues import Fault, Reason
from loaders.piece import Piece, Row, pieces_of

_ADVICE: Final = Said(
    "每行写一个平面的 JSON 对象，键与首行相同",
    "write one flat JSON object a line, with the keys of the first",
)
_LONGEST_LINE: Final = 1 << 20
_HALF: Final = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class JsonText:
    """A JSON Lines file whose encoding and keys are known."""

    path: Path
    encoding: str
    headings: tuple[str, ...]

    def count(self) -> int:
        """Return the number of lines that are not blank."""
        with self.path.open(encoding=self.encoding, newline="\n") as file:
            return sum(1 for line in file if line.strip())

    def pieces(self) -> Iterator[Piece]:
        """Yield the rows."""
        yield from pieces_of(self.headings, self._rows())

    def _rows(self) -> Iterator[Row]:
        known = frozenset(self.headings)
        with self.path.open(encoding=self.encoding, newline="\n") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield self._row(number, line, known)

    def _row(self, number: int, line: str, known: frozenset[str]) -> Row:
        values = _object(line)
        if isinstance(values, Fault):
            return Row(number, (), values, line.strip())
        if unknown := [k for k in values if k not in known]:
            return Row(number, (), _unknown_key(unknown[0]), line.strip())
        return Row(number, [values.get(h, "") for h in self.headings], raw=line.strip())


def first_keys(path: Path, encoding: str) -> list[str]:
    """Return the keys of the first object.

    Raises:
        BadInput: the first line is no flat JSON object.
    """
    with path.open(encoding=encoding, newline="\n") as file:
        line = next((text for text in file if text.strip()), "")
    values = _object(line)
    if isinstance(values, Fault):
        raise BadInput(
            f"{path.name}：首行{values.zh}。",
            f"{path.name}: the first line {values.en}.",
            hint_zh=f"请{_ADVICE.zh}。",
            hint_en=f"Please {_ADVICE.en}.",
        )
    return list(values)


def _object(line: str) -> dict[str, str] | Fault:
    """Return the object with its values as text, or what is wrong with the line."""
    if len(line) > _LONGEST_LINE:
        return Fault(Reason.CELLS, "一行过长", "is too long", *_ADVICE)
    try:
        # Numbers stay as they are written: 0.10 is not 0.1, and 1e999 is no number.
        pairs = json.loads(
            line,
            object_pairs_hook=_Pairs,
            parse_float=str,
            parse_int=str,
            parse_constant=str,
        )
    except (ValueError, RecursionError) as error:
        return Fault(
            Reason.CELLS,
            f"不是有效的 JSON（{error}）",
            f"is not JSON ({error})",
            *_ADVICE,
        )
    if not isinstance(pairs, _Pairs):
        return Fault(Reason.CELLS, "不是 JSON 对象", "is not a JSON object", *_ADVICE)
    values = {k: _text(v) for k, v in pairs.items}
    if "\\ud" in line.lower() and _HALF.search(
        "".join(f"{k}{v}" for k, v in values.items())
    ):
        return Fault(
            Reason.CHARACTER, "含有半个字符", "holds half a character", *_ADVICE
        )
    nested = next((k for k, v in values.items() if v is None), None)
    if nested is not None or len(values) != len(pairs.items):
        return Fault(
            Reason.CELLS,
            "有嵌套的值或重复的键",
            "has a nested value or a key written twice",
            *_ADVICE,
        )
    return {k: v for k, v in values.items() if v is not None}


class _Pairs:
    """Keys and values as written, so that a key written twice is seen."""

    def __init__(self, items: list[tuple[str, object]]) -> None:
        self.items = items


def _text(value: object) -> str | None:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else None


def _unknown_key(key: str) -> Fault:
    return Fault(
        Reason.CELLS,
        f"首行没有键“{key[:60]}”",
        f"has the key '{key[:60]}', which the first object lacks",
        *_ADVICE,
    )
