"""A tree of reasons drawn: as a Mermaid flow chart, or as SVG without any library.

Both take the tree as JSON values (`Explanation.as_dict`), so what was masked on the
way out stays masked in the picture.
"""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any, Final, NamedTuple
from unicodedata import east_asian_width

Tree = Mapping[str, Any]

_WIDTH: Final = 960
_INDENT: Final = 28
_LINE: Final = 20
_PADDING: Final = 8
_GAP: Final = 10
_LETTER: Final = 7.6
"""Pixels of half a Chinese character, or of one Latin letter, at 14 px."""

_OPENING: Final = frozenset("（〔《“「")
_CLOSING: Final = frozenset("）〕》”」，。、；：！？%")

_COLOURS: Final = {
    "effect": "#b3261e",
    "ground": "#8c4a00",
    "cause": "#1f4e79",
    "role": "#2e6b34",
    "finding": "#2e6b34",
    "rule": "#4a3f8f",
    "basis": "#4a3f8f",
    "flag": "#8a6d00",
    "doubt": "#8a6d00",
    "excluded": "#5f6368",
}


def mermaid(tree: Tree, language: str) -> str:
    """Return the tree as a Mermaid flow chart, each reason below what it carries."""
    lines, count = ["flowchart TD"], 0

    def add(node: Tree, above: str | None) -> None:
        nonlocal count
        name, count = f"n{count}", count + 1
        text = "<br/>".join(
            _quoted(line) for line in _wrapped(_said(node, language), 44)
        )
        lines.append(f'  {name}["{text}"]')
        if above is not None:
            lines.append(f"  {above} --> {name}")
        for child in node["children"]:
            add(child, name)

    add(tree, None)
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """Return the text with what Mermaid would read as syntax written as entities."""
    marks = {"#": "#35;", '"': "#quot;", "<": "#lt;", ">": "#gt;", "`": "#96;"}
    return "".join(marks.get(letter, letter) for letter in text)


class _Box(NamedTuple):
    depth: int
    top: int
    height: int
    lines: list[str]
    colour: str
    parent: int


def svg(tree: Tree, language: str) -> str:
    """Return the tree as a picture of its own, one box a sentence, deeper ones below."""
    boxes = list(_boxes(tree, language))
    height = boxes[-1].top + boxes[-1].height + _GAP
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" '
        f'viewBox="0 0 {_WIDTH} {height}" role="img" '
        f'aria-label="{escape(_said(tree, language))}">',
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        '<g font-family="sans-serif" font-size="14" fill="#1b1b1b">',
    ]
    for box in boxes:
        parts += _drawn(box, boxes)
    return "\n".join([*parts, "</g>", "</svg>"]) + "\n"


def _boxes(tree: Tree, language: str) -> Iterator[_Box]:
    top, number = _GAP, 0
    waiting: list[tuple[Tree, int, int]] = [(tree, 0, -1)]
    while waiting:
        node, depth, parent = waiting.pop()
        room = _WIDTH - depth * _INDENT - 3 * _PADDING - 6
        lines = _wrapped(_said(node, language), int(room / _LETTER))
        height = len(lines) * _LINE + 2 * _PADDING
        colour = _COLOURS.get(str(node["kind"]), "#444746")
        yield _Box(depth, top, height, lines, colour, parent)
        waiting += [(child, depth + 1, number) for child in reversed(node["children"])]
        top, number = top + height + _GAP, number + 1


def _drawn(box: _Box, boxes: list[_Box]) -> Iterator[str]:
    left = box.depth * _INDENT + _PADDING
    if box.parent >= 0:
        above = boxes[box.parent]
        x, begins = left - _INDENT // 2, above.top + above.height
        middle = box.top + box.height // 2
        yield (
            f'<path d="M{x} {begins}V{middle}H{left}" fill="none" stroke="#9aa0a6"/>'
        )
    yield (
        f'<rect x="{left}" y="{box.top}" width="{_WIDTH - left - _PADDING}" '
        f'height="{box.height}" rx="4" fill="#f8f9fa" stroke="{box.colour}"/>'
    )
    yield (
        f'<rect x="{left}" y="{box.top}" width="4" height="{box.height}" '
        f'fill="{box.colour}"/>'
    )
    for place, line in enumerate(box.lines):
        y = box.top + _PADDING + (place + 1) * _LINE - 6
        yield f'<text x="{left + 2 * _PADDING}" y="{y}">{escape(line)}</text>'


def _said(node: Tree, language: str) -> str:
    said = str(node["en" if language == "en" else "zh"])
    source = node.get("source")
    if not source:
        return said
    file = source["file"] or source["dataset"]
    if language == "en":
        line = f" line {source['line']}" if source["line"] else ""
        return f"{said} [{file}{line}]"
    line = f" 第{source['line']}行" if source["line"] else ""
    return f"{said}〔{file}{line}〕"


def _wrapped(text: str, width: int) -> list[str]:
    """Return the text in lines of so many half-width places; words stay whole."""
    lines, line, used = list[str](), "", 0
    for word in _words(text):
        size = sum(_size(letter) for letter in word)
        if used + size > width and line:
            lines.append(line.rstrip())
            line, used = "", 0
        line, used = line + word, used + size
    return [*lines, line] if line or not lines else lines


def _words(text: str) -> Iterator[str]:
    """Yield pieces that a line may end after: Latin words, single Chinese letters.

    What closes stays with the letter before it, what opens with the one after.
    """
    word = ""
    for letter, after in zip(text, f"{text[1:]} ", strict=True):
        word += letter
        ends = letter == " " or (_size(letter) == 2 or _size(after) == 2)
        if ends and letter not in _OPENING and after not in _CLOSING:
            yield word
            word = ""
    if word:
        yield word


def _size(letter: str) -> int:
    return 2 if east_asian_width(letter) in "WF" else 1
