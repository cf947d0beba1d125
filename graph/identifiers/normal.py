"""How a code is read before it is checked: one spelling, and nothing where nothing is.

Only ASCII letters are raised to capitals. `str.upper` would turn a long s or a
dotless i into letters of the alphabet and so make a wrong code right.
"""

from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as pc

from graph.identifiers.faults import CodeCheck, CodeFault, CodeKind

LONGEST = 32
"""No code is longer; longer text is at fault by its length whatever it says."""

SPACES = (
    "\t\n\v\f\r \x85\xa0\u1680"
    + "".join(map(chr, range(0x2000, 0x200E)))  # widths, zero width, joiners
    + "\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)
"""Characters that spreadsheets leave around a code without anybody seeing them."""

PLACEHOLDER_WORDS = (
    "暂无", "不详", "未知", "空白", "待补", "待补充", "没有",
    "NULL", "NONE", "N/A", "NA", "NAN", "NIL",
)  # fmt: skip
"""Words that upload systems put where a code is missing, in normalised spelling."""

_FULL_WIDTH = {0xFF01 + i: 0x21 + i for i in range(0x5E)}
_FOLDED = (
    {full: ord(chr(half).upper()) for full, half in _FULL_WIDTH.items()}
    | {ord(c): ord(c.upper()) for c in "abcdefghijklmnopqrstuvwxyz"}
    | {0x3000: 0x20}
)


def normalise_code(text: str | None) -> str:
    """Return the text trimmed, half-width and in capitals; "" for None."""
    return (text or "").translate(_FOLDED).strip(SPACES)


def half_width(text: str) -> str:
    """Return the text with full-width ASCII and the ideographic space made narrow."""
    return text.translate(_FULL_WIDTH | {0x3000: 0x20})


def is_placeholder(value: str) -> bool:
    """Return whether a normalised, non-empty value stands for "no code".

    That is: one character repeated (also once: "/", "无"), zeros that end in X as
    some upload systems write them, or one of PLACEHOLDER_WORDS.
    """
    same = value == value[0] * len(value)
    zeros = value == "0" * (len(value) - 1) + "X"
    return same or zeros or value in PLACEHOLDER_WORDS


def screen(kind: CodeKind, value: str) -> CodeCheck | None:
    """Return the fault of a value that cannot be a code of any kind, else None."""
    if not value:
        return CodeCheck(kind, CodeFault.EMPTY)
    if len(value) > LONGEST:
        return None  # its length is the fault, and the kind knows the right one
    if is_placeholder(value):
        return CodeCheck(kind, CodeFault.PLACEHOLDER)
    if "*" in value:
        return CodeCheck(kind, CodeFault.MASKED, value, value.index("*") + 1, "*")
    return None


def of_length(kind: CodeKind, value: str, *lengths: int) -> CodeCheck | None:
    """Return a LENGTH fault unless the value has one of the lengths."""
    if len(value) in lengths:
        return None
    expected = "/".join(map(str, lengths))
    return CodeCheck(
        kind, CodeFault.LENGTH, value, found=str(len(value)), expected=expected
    )


def in_alphabet(
    kind: CodeKind,
    value: str,
    alphabet: str,
    *,
    last: str = "",
    check: Callable[[str], str] | None = None,
) -> CodeCheck | None:
    """Return an ALPHABET fault for the first character outside the alphabet.

    Args:
        kind: numbering system, for the message.
        value: normalised code.
        alphabet: what may stand in each place.
        last: what may stand in the last place, where that differs.
        check: gives the check character for the rest, so that a wrong one in the
            last place is answered with the right one.
    """
    for index, character in enumerate(value):
        at_end = index == len(value) - 1
        allowed = last if at_end and last else alphabet
        if character not in allowed:
            right = check(value[:-1]) if at_end and check else allowed
            fault = CodeFault.ALPHABET
            return CodeCheck(kind, fault, value, index + 1, character, right)
    return None


def checked_by(
    kind: CodeKind, value: str, expected: str, fault: CodeFault, at: int
) -> CodeCheck | None:
    """Return the fault when another character than the expected stands at index `at`."""
    if value[at] == expected:
        return None
    return CodeCheck(kind, fault, value, at + 1, value[at], expected)


def normalise_code_column(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Return the column as strings in normalised spelling; empty cells become null.

    Only cells that are not already plain capitals and digits are rewritten.
    """
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    text = column.cast(pa.string())
    dirty = pc.fill_null(pc.match_substring_regex(text, "[^0-9A-Z]|^$"), False)  # noqa: FBT003  # positional in pyarrow
    cells = [normalise_code(v) or None for v in text.filter(dirty).to_pylist()]
    if not cells:
        return text
    return pc.replace_with_mask(text, dirty, pa.array(cells, pa.string()))
