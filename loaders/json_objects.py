"""The objects of a JSON file one after another: of each line, or of one array.

No file is held whole, however large it is. What is told of an object is its place:
the line in JSON Lines, else its number in the array.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import TextIOBase
from pathlib import Path
from typing import Any, Final, Protocol

from graph.errors import BadInput, Said

LONGEST: Final = 1 << 20
"""Characters of one object; more is no row of a table."""
DEEPEST: Final = 20
_READ: Final = 1 << 22
_BLANK: Final = re.compile(r"[ \t\r\n]*")


class Pairs:
    """Keys and values of an object as written, so that a key written twice is seen."""

    def __init__(self, items: list[tuple[str, object]]) -> None:
        self.items = items


# Numbers stay as they are written: 0.10 is not 0.1, and 1e999 is no number.
_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=Pairs, parse_float=str, parse_int=str, parse_constant=str
)


class Objects(Protocol):
    """The objects of a file."""

    def each(self) -> Iterator[tuple[int, str]]:
        """Yield place and text of each object."""


@dataclass(frozen=True, slots=True)
class Lines:
    """JSON Lines: an object a line."""

    path: Path
    encoding: str

    def each(self) -> Iterator[tuple[int, str]]:
        """Yield number and text of each line that is not blank.

        Raises:
            BadInput: a line is longer than LONGEST.
        """
        with self.path.open(encoding=self.encoding, newline="\n") as file:
            number = 0
            while text := file.readline(LONGEST + 1):
                number += 1
                if len(text) > LONGEST:
                    where = Said(f"第 {number:,} 行", f"line {number:,}")
                    raise _too_long(self.path, where)
                if text.strip():
                    yield number, text


@dataclass(frozen=True, slots=True)
class Members:
    """One array of objects, alone or as the one such member of an object."""

    path: Path
    encoding: str

    def each(self) -> Iterator[tuple[int, str]]:
        """Yield number (from 1) and text of each member of the array.

        Raises:
            BadInput: it is no JSON, nests too deeply, or a member is too long; its
                number is named.
        """
        with self.path.open(encoding=self.encoding, newline="") as file:
            scan = _Scan(self.path, file)
            yield from scan.wrapped() if scan.peek() == "{" else scan.array()
            if scan.peek():
                raise scan.broken("数组之后还有内容", "something follows the array")

    def beside(self) -> tuple[str, ...]:
        """Return the keys that stand beside the array and say nothing about a row."""
        with self.path.open(encoding=self.encoding, newline="") as file:
            scan = _Scan(self.path, file)
            if scan.peek() == "{":
                for _ in scan.wrapped():
                    pass
            return tuple(scan.beside)


def objects_of(path: Path, encoding: str, *, lines: bool) -> Objects:
    """Return the objects of a file: of its lines, or of its array.

    A file that claims to be one JSON text may hold an object a line; its first line
    shows it.
    """
    if lines or _begins_with_lines(path, encoding):
        return Lines(path, encoding)
    return Members(path, encoding)


def _begins_with_lines(path: Path, encoding: str) -> bool:
    with path.open(encoding=encoding, newline="\n") as file:
        first = file.readline(LONGEST).strip()
        more = file.readline(LONGEST).strip()
    try:
        found = read_object(first)
    except (ValueError, RecursionError):
        return False
    if not isinstance(found, Pairs):
        return False
    # What stands alone on one line is a row unless an array of rows is in it.
    rows = any(_holds_objects(value) for _, value in found.items)
    return bool(more) or not rows


def _holds_objects(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(v, Pairs) for v in value)


class _Scan:
    """A place in a JSON text of which a few megabytes are held."""

    def __init__(self, path: Path, file: TextIOBase) -> None:
        self._path, self._file = path, file
        self._text, self._at, self._ended = "", 0, False
        self._number = 0
        self.beside: list[str] = []

    def peek(self) -> str:
        """Return the next character that is not blank, empty at the end."""
        while True:
            self._fill()
            found = _BLANK.match(self._text, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._text) or self._ended:
                return self._text[self._at : self._at + 1]

    def array(self) -> Iterator[tuple[int, str]]:
        """Yield the members of the array that begins here."""
        self._expect("[")
        if self.peek() == "]":
            self._at += 1
            return
        while True:
            self._number += 1
            _, text = self._value()
            yield self._number, text
            if self._next_of("]"):
                return

    def wrapped(self) -> Iterator[tuple[int, str]]:
        """Yield the members of the one array of objects in the object that begins here."""
        self._expect("{")
        seen: set[str] = set()
        found = False
        while True:
            key, _ = self._value()
            if not isinstance(key, str) or key in seen:
                raise self.broken(
                    f"键“{str(key)[:60]}”写了两次",
                    f"the key '{str(key)[:60]}' is written twice",
                )
            seen.add(key)
            self._expect(":")
            if self._opens_rows():
                if found:
                    raise self.broken(
                        "有两个由对象组成的数组", "there are two arrays of objects"
                    )
                found = True
                yield from self.array()
            else:
                self._value()
                self.beside.append(key)
            if self._next_of("}"):
                break
        if not found:
            raise self.broken("没有由对象组成的数组", "there is no array of objects")

    def _opens_rows(self) -> bool:
        if self.peek() != "[":
            return False
        inside = _BLANK.match(self._text, self._at + 1)
        at = inside.end() if inside else self._at + 1
        return self._text[at : at + 1] in {"{", "]"}

    def _value(self) -> tuple[Any, str]:
        """Pass the value that begins here; return it and its text."""
        self.peek()
        begins = self._at
        try:
            value, self._at = _DECODER.raw_decode(self._text, begins)
        except RecursionError:
            raise _too_deep(self._path, self._where()) from None
        except ValueError as error:
            if len(self._text) - begins > LONGEST and not self._ended:
                raise _too_long(self._path, self._where()) from None
            raise self.broken(f"{error}", f"{error}") from None
        if self._at - begins > LONGEST:
            raise _too_long(self._path, self._where())
        if is_deep(value):
            raise _too_deep(self._path, self._where())
        return value, self._text[begins : self._at]

    def _expect(self, mark: str) -> None:
        if self.peek() != mark:
            raise self.broken(f"此处应为 {mark}", f"{mark} is expected")
        self._at += 1

    def _next_of(self, closing: str) -> bool:
        """Pass a comma, or the closing mark; return whether it closed."""
        mark = self.peek()
        if mark not in {",", closing}:
            raise self.broken(
                f"此处应为逗号或 {closing}", f"a comma or {closing} is expected"
            )
        self._at += 1
        return mark == closing

    def _fill(self) -> None:
        """Hold more than the longest value may take, or all that is left."""
        while not self._ended and len(self._text) - self._at <= LONGEST:
            more = self._file.read(_READ)
            self._ended = not more
            self._text, self._at = self._text[self._at :] + more, 0

    def _where(self) -> Said:
        return Said(f"第 {self._number:,} 个对象", f"object {self._number:,}")

    def broken(self, zh: str, en: str) -> BadInput:
        """Return the error that the text is no JSON here."""
        where = self._where()
        return BadInput(
            f"{self._path.name} 不是可读的 JSON：{where.zh}处{zh}。",
            f"{self._path.name} is not readable JSON: at {where.en} {en}.",
            hint_zh="请报送由对象组成的数组，或者只含一个这种数组的对象；也可以每行一个对象（.jsonl）。",
            hint_en="Send an array of objects, or an object with one such array; or an "
            "object a line (.jsonl).",
        )


def read_object(text: str) -> object:
    """Return a value of a line, objects as `Pairs` and numbers as text.

    Raises:
        ValueError: it is no JSON.
        RecursionError: it nests without end.
    """
    value, end = _DECODER.raw_decode(text, len(text) - len(text.lstrip()))
    if text[end:].strip():
        raise ValueError(f"something follows at character {end + 1}")
    return value


def is_deep(value: object) -> bool:
    """Return whether a value nests more than DEEPEST levels."""
    level: list[object] = [value]
    for _ in range(DEEPEST):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return False
    return True


def _inside(value: object) -> list[object]:
    if isinstance(value, Pairs):
        return [inner for _, inner in value.items]
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _too_long(path: Path, where: Said) -> BadInput:
    return BadInput(
        f"{path.name}：{where.zh}超过 {LONGEST:,} 个字符。",
        f"{path.name}: {where.en} is longer than {LONGEST:,} characters.",
        hint_zh="请检查换行和引号；一行数据不应这样长。什么也没有写入。",
        hint_en="Look for a missing line end or quotation mark. Nothing was written.",
    )


def _too_deep(path: Path, where: Said) -> BadInput:
    return BadInput(
        f"{path.name}：{where.zh}嵌套超过 {DEEPEST} 层。",
        f"{path.name}: {where.en} nests more than {DEEPEST} levels.",
        hint_zh="请报送平面的对象：每个键一个值。",
        hint_en="Send flat objects: one value a key.",
    )
