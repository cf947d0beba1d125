"""YAML as a jurist reads it: what looks like text is text, and nothing is guessed.

Refused, each with its line: a key written twice; plain scalars that other readers
take for numbers or truth values (0123, 2307, 1_000, 12:30, yes, off); anchors,
aliases, tags, several documents. Left are texts, true/false, null, small integers
and days, which stay texts in the form 2024-07-01 for the model to judge.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from graph.errors import Said
from graph.law.faults import Fault, FaultKind

Path = tuple[str | int, ...]
Value = None | bool | int | str | list["Value"] | dict[str, "Value"]

_TRUTH = {"true": True, "false": False}
_NULL = frozenset({"", "~", "null"})
_SMALL = re.compile(r"-?(0|[1-9]\d{0,2})\Z")
_AMBIGUOUS = re.compile(
    r"[-+]?\.?[\d][\d_,.]*(e[-+]?\d+)?\Z|0[xob][\da-f_]+\Z|\d+(:\d\d?)+\Z"
    r"|(y|n|yes|no|on|off|true|false|null)\Z|[-+]?\.(inf|nan)\Z",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Document:
    """One file: its content, the line of every path in it, and what is wrong."""

    file: str
    data: Value = None
    lines: dict[Path, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def line(self, path: Path) -> int:
        """Return the line of the path, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read(file: str, text: str) -> Document:
    """Return the content of one YAML text; faults are collected, never raised."""
    document = Document(file)
    reader = _Reader(document, text)
    try:
        document.data = reader.document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        _add(
            document,
            line,
            (),
            FaultKind.NOT_YAML,
            _quoted(error.problem),
            _hint(text, line),
        )
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        _add(
            document,
            line,
            (),
            FaultKind.NOT_YAML,
            _quoted(error.reason),
            Said("删除该处的控制字符", "remove the control character there"),
        )
    return document


def _hint(text: str, line: int) -> Said:
    rows = text.splitlines()
    row = rows[line - 1] if line <= len(rows) else ""
    above = rows[line - 2] if line >= 2 else ""
    if "：" in row or "：" in above:
        return Said(
            "字段名后须用半角冒号加一个空格（: ），不要用全角冒号（：）",
            "after a field name write a half-width colon and a blank, not a full-width "
            "colon",
        )
    if "\t" in row:
        return Said("缩进须用空格，不要用制表符", "indent with blanks, not with tabs")
    return Said(
        "检查缩进、冒号后的空格和引号是否成对",
        "check the indentation, the blanks after colons and the quotation marks",
    )


def _quoted(problem: str | None) -> Said:
    """Return what the YAML reader says; it speaks English only."""
    return Said(f"读取时报错：{problem}", str(problem))


def _line(event: Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _add(
    document: Document,
    line: int,
    path: Path,
    kind: FaultKind,
    message: Said,
    mend: Said,
) -> None:
    name = ".".join(str(p) for p in path)
    document.faults.append(Fault(document.file, line, name, kind, message, mend))


class _Reader:
    """Builds plain data from parser events and notes the line of each path."""

    def __init__(self, document: Document, text: str) -> None:
        self.out = document
        self.events: Iterator[Event] = yaml.parse(text, Loader=yaml.SafeLoader)

    def document(self) -> Value:
        """Return the data of the only document in the text."""
        value: Value = None
        seen = 0
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                seen += 1
                if seen == 1:
                    value = self._value(next(self.events), ())
                else:
                    self._forbid(
                        event,
                        (),
                        Said(
                            "一个文件里有多个文档（---）",
                            "there are several documents in one file (---)",
                        ),
                    )
        return value

    def _value(self, event: Event, path: Path) -> Value:
        self.out.lines.setdefault(path, _line(event))
        self._refuse_extras(event, path)
        if isinstance(event, MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(path)
        if isinstance(event, ScalarEvent):
            return self._scalar(event, path)
        return None

    def _mapping(self, path: Path) -> dict[str, Value]:
        found: dict[str, Value] = {}
        while not isinstance(event := next(self.events), MappingEndEvent):
            key = self._key(event, path)
            self.out.lines.setdefault((*path, key), _line(event))
            value = self._value(next(self.events), (*path, key))
            if key in found:
                first = self.out.lines[(*path, key)]
                self._fault(
                    event,
                    (*path, key),
                    FaultKind.DUPLICATE_KEY,
                    Said(
                        f"字段 {key} 在第 {first} 行已经写过",
                        f"the field {key} was written in line {first} already",
                    ),
                    Said("只保留一处", "keep one of them"),
                )
            else:
                found[key] = value
        return found

    def _key(self, event: Event, path: Path) -> str:
        if isinstance(event, ScalarEvent):
            self._refuse_extras(event, path)
            return event.value
        self._forbid(
            event, path, Said("字段名不是文字", "the name of the field is no text")
        )
        self._value(event, (*path, "?"))
        return "?"

    def _sequence(self, path: Path) -> list[Value]:
        found: list[Value] = []
        while not isinstance(event := next(self.events), SequenceEndEvent):
            found.append(self._value(event, (*path, len(found))))
        return found

    def _scalar(self, event: ScalarEvent, path: Path) -> Value:
        text: str = event.value
        if event.style is not None:
            return text
        if text in _TRUTH:
            return _TRUTH[text]
        if text in _NULL:
            return None
        if _SMALL.match(text):
            return int(text)
        if _AMBIGUOUS.match(text):
            self._fault(
                event,
                path,
                FaultKind.UNQUOTED,
                Said(
                    f"{text} 没有加引号，会被读成数字或者真假值",
                    f"{text} is not quoted and would be read as a number or a truth "
                    "value",
                ),
                Said(
                    f"写成 '{text}'；表示真假时写 true 或 false",
                    f"write '{text}'; for a truth value write true or false",
                ),
            )
        return text

    def _refuse_extras(self, event: Event, path: Path) -> None:
        if isinstance(event, AliasEvent):
            self._forbid(
                event,
                path,
                Said(f"引用了 *{event.anchor}", f"it refers to *{event.anchor}"),
            )
        elif getattr(event, "anchor", None):
            self._forbid(event, path, Said("用了锚点（&）", "it has an anchor (&)"))
        elif getattr(event, "tag", None):
            self._forbid(event, path, Said("用了类型标记（!）", "it has a tag (!)"))

    def _forbid(self, event: Event, path: Path, message: Said) -> None:
        mend = Said(
            "把内容直接写出来，一个文件只写一份",
            "write the content out, and one document a file",
        )
        self._fault(event, path, FaultKind.FORBIDDEN_YAML, message, mend)

    def _fault(
        self, event: Event, path: Path, kind: FaultKind, message: Said, mend: Said
    ) -> None:
        _add(self.out, _line(event), path, kind, message, mend)
