"""JSON as text columns: one flat object a row, the keys of all objects as headings.

What is no such object is a broken row, kept as it stood. A key may hold a list of
single values; they arrive in one cell with `;` between them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graph.errors import BadInput, Said
from loaders.issues import Fault, Reason
from loaders.json_objects import DEEPEST, Objects, Pairs, is_deep, read_object
from loaders.piece import Piece, Row, pieces_of

_ADVICE: Final = Said(
    "每个对象的键是列名，每个键写单个的值",
    "write flat objects: the keys name the columns, each with a single value",
)
_HALF: Final = re.compile("[\ud800-\udfff]")
_MOST_KEYS: Final = 500
_BETWEEN: Final = ";"


@dataclass(frozen=True, slots=True)
class JsonText:
    """A file of objects that was looked through.

    Args:
        keys: of all objects, in the order in which they first occur.
        headings: what the columns of the rows are called, a name for each key.
        rows: number of objects, broken ones included.
    """

    objects: Objects
    keys: tuple[str, ...]
    headings: tuple[str, ...]
    rows: int

    def count(self) -> int:
        """Return the number of objects."""
        return self.rows

    def pieces(self) -> Iterator[Piece]:
        """Yield the rows."""
        yield from pieces_of(self.headings, self._rows())

    def _rows(self) -> Iterator[Row]:
        for number, text in self.objects.each():
            values = _cells(text)
            if isinstance(values, Fault):
                yield Row(number, (), values, text.strip())
            else:
                cells = [values.get(key, "") for key in self.keys]
                yield Row(number, cells, raw=text.strip())


def open_objects(path: Path, objects: Objects) -> JsonText:
    """Return the objects of a file with their keys.

    Raises:
        BadInput: not one of them is flat, or they have too many different keys.
    """
    keys: dict[str, None] = {}
    rows = 0
    first: Fault | None = None
    for _, text in objects.each():
        rows += 1
        values = _cells(text)
        if isinstance(values, Fault):
            first = first or values
            continue
        keys.update(dict.fromkeys(values))
        if len(keys) > _MOST_KEYS:
            raise _too_many(path)
    if not keys:
        raise _no_row(path, first)
    return JsonText(objects, tuple(keys), tuple(keys), rows)


def _cells(text: str) -> dict[str, str] | Fault:
    """Return the object with its values as text, or what is wrong with it."""
    try:
        pairs = read_object(text)
    except (ValueError, RecursionError) as error:
        return _fault(f"不是有效的 JSON（{error}）", f"is not JSON ({error})")
    if not isinstance(pairs, Pairs):
        return _fault("不是 JSON 对象", "is not a JSON object")
    values = {key: _text(value) for key, value in pairs.items}
    if len(values) != len(pairs.items):
        return _fault("有重复的键", "has a key written twice")
    if is_deep(pairs):
        return _fault(
            f"嵌套超过 {DEEPEST} 层", f"nests more than {DEEPEST} levels deep"
        )
    sound = {key: value for key, value in values.items() if value is not None}
    if len(sound) != len(values):
        return _fault("有嵌套的值", "has a nested value")
    if "\\ud" in text.lower() and _HALF.search("".join(map("".join, sound.items()))):
        return Fault(
            Reason.CHARACTER, "含有半个字符", "holds half a character", *_ADVICE
        )
    return sound


def _text(value: object) -> str | None:
    """Return a single value, or a list of them, as a cell; None for what nests."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        parts = [None if isinstance(v, list) else _text(v) for v in value]
        plain = [p for p in parts if p is not None and _BETWEEN not in p]
        return _BETWEEN.join(plain) if len(plain) == len(parts) else None
    return value if isinstance(value, str) else None


def _fault(zh: str, en: str) -> Fault:
    return Fault(Reason.CELLS, zh, en, *_ADVICE)


def _no_row(path: Path, first: Fault | None) -> BadInput:
    zh = f"第一个{first.zh}" if first else "没有任何对象"
    en = f"the first {first.en}" if first else "it has no object"
    return BadInput(
        f"{path.name} 中没有可用的对象：{zh}。",
        f"{path.name} holds no usable object: {en}.",
        hint_zh=f"请{_ADVICE.zh}。",
        hint_en=f"Please {_ADVICE.en}.",
    )


def _too_many(path: Path) -> BadInput:
    return BadInput(
        f"{path.name} 的对象有超过 {_MOST_KEYS} 个不同的键。",
        f"The objects of {path.name} have more than {_MOST_KEYS} different keys.",
        hint_zh="键是列名，不是数据。",
        hint_en="Keys name columns; they are no data.",
    )
