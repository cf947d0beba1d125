"""Raw text columns to parsed columns: every value read, every fault placed.

A fault keeps its row apart; it never becomes a default. A value of a sensitive
column never stands in an issue in clear, and neither does what looks like the
number of an identity card, in whatever column it was put.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from graph.identifiers import (
    CodeCheck,
    check_resident_id,
    check_uscc,
    check_uscc_column,
    mask_document_number,
    normalise_code_column,
    rejected,
)
from graph.identifiers.faults import FIRST_WARNING, CodeFault
from graph.law.book import LawBook
from loaders import values
from loaders.days import day_before
from loaders.description import SourceDescription
from loaders.headings import is_unnamed
from loaders.issues import (
    LIKE_RESIDENT_ID,
    Fault,
    Issue,
    Reason,
    without_identity_numbers,
)
from loaders.piece import Piece
from loaders.readers import ARROW, Reader, readers_of

Rows = npt.NDArray[np.bool_]

_MAYBE_NUMBER: Final = r"[1-9]\d{5}(18|19|20)\d{9}[\dXx]"
_UNUSUAL: Final = (
    r"[\x{00}-\x{1f}\x{7f}-\x{a0}\x{1680}\x{2000}-\x{200f}\x{2028}-\x{202f}"
    r"\x{205f}-\x{206f}\x{3000}\x{feff}]|  "
)
"""Cells that are not plain text between single blanks are read one by one."""

_PERSONAL: Final = Fault(
    Reason.PERSONAL,
    "文字中有身份证号码，已脱敏后载入",
    "holds an identity number, which was masked",
    "号码只应写在证件号码列",
    "numbers belong into their own column",
    fatal=False,
)

_UNNAMED: Final = Fault(
    Reason.COLUMN,
    "这一列没有表头，其中的内容未采用",
    "the column has no heading; what it holds is not used",
    "补写表头",
    "give it a heading",
    fatal=False,
)

ONE_BY_ONE: Final = 3_000
"""Up to so many codes, checking each costs less than loading the compiled check."""


@dataclass
class Parsed:
    """The rows of a piece as parsed columns, and what was wrong with them."""

    file: str
    source: SourceDescription
    law: LawBook
    lines: pa.Array
    columns: dict[str, pa.Array] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin with every row good."""
        self.bad: Rows = np.zeros(len(self.lines), np.bool_)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.lines)

    def column(self, name: str) -> pa.Array:
        """Return a parsed column; one that the file lacks is all null."""
        found = self.columns.get(name)
        return pa.nulls(len(self), pa.string()) if found is None else found

    def report(self, row: int, heading: str, fault: Fault, *, value: str) -> None:
        """Place a fault at a row; a fatal one sets the row aside."""
        rule = self.source.columns.get(heading)
        hidden = rule is not None and rule.sensitive
        self.issues.append(
            Issue(
                file=self.file,
                line=self.lines[row].as_py(),
                field=heading,
                value=mask_document_number(value)
                if hidden
                else without_identity_numbers(value)[:200],
                reason=fault.reason,
                message_zh=without_identity_numbers(
                    f"{heading}：{fault.zh}" if heading else fault.zh
                ),
                message_en=without_identity_numbers(
                    f"{heading}: {fault.en}" if heading else fault.en
                ),
                advice_zh=without_identity_numbers(fault.advice_zh),
                advice_en=without_identity_numbers(fault.advice_en),
                fatal=fault.fatal,
            )
        )
        if fault.fatal:
            self.bad[row] = True

    def report_where(self, where: pa.Array, name: str, fault: Fault) -> None:
        """Place a fault at the good rows of a mask, under a parsed column's heading.

        Args:
            where: which rows, without nulls or with null for no.
            name: parsed column; one that no heading fills is told of the whole row.
            fault: a fatal one sets the rows aside.
        """
        heading, rule = self.source.filled_from(name)
        for row in pc.indices_nonzero(where).to_pylist():
            if not self.bad[row]:
                self.report(row, heading if rule else "", fault, value="")


class Interpreter:
    """Reads the pieces of one file as its source describes them."""

    def __init__(self, file: str, source: SourceDescription, law: LawBook) -> None:
        """Choose a reader for each described column."""
        self._file, self._source, self._law = file, source, law
        self._readers = readers_of(source, law)
        self._told: set[str] = set()

    def read(self, piece: Piece) -> Parsed:
        """Return the piece with every mapped column read and checked."""
        lines = piece.lines
        parsed = Parsed(self._file, self._source, self._law, lines)
        for row, broken in piece.broken.items():
            parsed.report(row, "", broken.fault, value="")
        found = {n: self._source.official(n) for n in piece.table.column_names}
        texts = {
            heading: piece.table[name].combine_chunks()
            for name, heading in found.items()
            if heading is not None
        }
        for reader in self._readers:
            if reader.heading in texts:
                _read_column(parsed, reader, texts[reader.heading])
        for begins, ends in self._source.periods:
            _check_period(parsed, begins, ends)
        for name, heading in found.items():
            if heading is None and is_unnamed(name) and name not in self._told:
                self._tell_unnamed(parsed, name, piece.table[name])
        return parsed

    def _tell_unnamed(self, parsed: Parsed, name: str, text: pa.ChunkedArray) -> None:
        """Report a column without a name at the first row in which it holds something."""
        filled = pc.not_equal(pc.utf8_trim_whitespace(text), "")
        row = pc.index(filled, True).as_py()  # Arrow
        if row >= 0:
            self._told.add(name)
            parsed.report(row, name, _UNNAMED, value=text[row].as_py())


def _read_column(parsed: Parsed, reader: Reader, text: pa.Array) -> None:
    rule = reader.rule
    if rule.type == "uscc":
        parsed.columns[rule.to] = _codes(parsed, reader.heading, text)
    elif rule.type == "text":
        parsed.columns[rule.to] = _texts(parsed, reader, text)
    else:
        _spread(parsed, reader, text)
    if rule.type in {"document", "authority"}:
        found = _without_numbers(parsed, reader, parsed.columns[rule.to])
        parsed.columns[rule.to] = found
    if rule.as_written:
        plain = Reader(reader.heading, rule, values.read_text)
        parsed.columns[rule.as_written] = _texts(parsed, plain, text)
    if rule.required:
        _require(parsed, reader, text)


def _texts(parsed: Parsed, reader: Reader, text: pa.Array) -> pa.Array:
    """Return trimmed texts; only cells with unusual characters are read one by one."""
    plain = pc.utf8_trim_whitespace(text)
    null = pc.is_in(plain, pa.array(sorted(values.NULLS)))
    plain = pc.if_else(null, None, plain)
    unusual = pc.match_substring_regex(text, _UNUSUAL)
    rows = pc.indices_nonzero(unusual).to_pylist()
    if rows:
        found = [_text(parsed, reader, row, text[row].as_py()) for row in rows]
        plain = pc.replace_with_mask(plain, unusual, pa.array(found, pa.string()))
    return plain if reader.rule.sensitive else _without_numbers(parsed, reader, plain)


def _text(parsed: Parsed, reader: Reader, row: int, word: str) -> str | None:
    value = reader(word)
    if isinstance(value, Fault):
        parsed.report(row, reader.heading, value, value=word)
        return None
    text: str | None = value
    return text


def _without_numbers(parsed: Parsed, reader: Reader, text: pa.Array) -> pa.Array:
    """Return the texts with sound identity numbers masked: no fact holds one in clear."""
    like = pc.fill_null(pc.match_substring_regex(text, _MAYBE_NUMBER), False)  # noqa: FBT003  # Arrow
    rows = pc.indices_nonzero(like).to_pylist()
    if not rows:
        return text
    masked = []
    for row in rows:
        word = text[row].as_py()
        masked.append(LIKE_RESIDENT_ID.sub(_masked_if_sound, word))
        if masked[-1] != word:
            # The rest of the text may be as personal: only the numbers are quoted.
            numbers = "、".join(LIKE_RESIDENT_ID.findall(word))
            parsed.report(row, reader.heading, _PERSONAL, value=numbers)
    return pc.replace_with_mask(text, like, pa.array(masked, pa.string()))


def _masked_if_sound(found: re.Match[str]) -> str:
    number = found.group()
    sound = check_resident_id(number, as_of=date.max).ok
    return mask_document_number(number) if sound else number


def _spread(parsed: Parsed, reader: Reader, text: pa.Array) -> None:
    """Read each distinct text once and give every row its value."""
    encoded = text.dictionary_encode()
    words = encoded.dictionary.to_pylist()
    found: list[Any] = [reader(word) for word in words]
    faults = [place for place, v in enumerate(found) if isinstance(v, Fault)]
    if faults:
        _report_all(parsed, reader.heading, encoded, {p: found[p] for p in faults})
        found = [None if isinstance(v, Fault) else v for v in found]
    name, kind = reader.rule.to, reader.rule.type
    if kind == "share":
        _set_share(parsed, name, found, encoded.indices)
    else:
        words = pa.array(found, ARROW.get(kind, pa.string()))
        parsed.columns[name] = words.take(encoded.indices)


def _set_share(
    parsed: Parsed, name: str, found: list[Fraction | None], indices: pa.Array
) -> None:
    parts = {
        "num": [None if f is None else f.numerator for f in found],
        "den": [None if f is None else f.denominator for f in found],
    }
    for part, numbers in parts.items():
        parsed.columns[f"{name}_{part}"] = pa.array(numbers, pa.int64()).take(indices)


def _report_all(
    parsed: Parsed, heading: str, encoded: pa.DictionaryArray, faults: dict[int, Fault]
) -> None:
    wanted = pa.array(list(faults), encoded.indices.type)
    for row in pc.indices_nonzero(pc.is_in(encoded.indices, wanted)).to_pylist():
        place = encoded.indices[row].as_py()
        word = encoded.dictionary[place].as_py()
        parsed.report(row, heading, faults[place], value=word)


def _codes(parsed: Parsed, heading: str, text: pa.Array) -> pa.Array:
    """Return unified codes, null where absent; a failing code sets its row aside."""
    faults = _code_faults(text)
    told = rejected(faults) & (faults != CodeFault.EMPTY)
    for row in np.flatnonzero(told | (faults >= FIRST_WARNING)).tolist():
        _report_code(parsed, row, heading, text[row].as_py())
    usable = pa.array(~rejected(faults))
    return pc.if_else(usable, normalise_code_column(text), None)


def _code_faults(text: pa.Array) -> npt.NDArray[np.uint8]:
    """Return the number of each code's fault."""
    if len(text) > ONE_BY_ONE:
        faults: npt.NDArray[np.uint8] = check_uscc_column(text)
        return faults
    found = [check_uscc(word or "").fault for word in text.to_pylist()]
    return np.array(found, np.uint8)


def _report_code(parsed: Parsed, row: int, heading: str, word: str) -> None:
    parsed.report(row, heading, code_fault(check_uscc(word)), value=word)


def code_fault(check: CodeCheck) -> Fault:
    """Return the fault of a unified code; one that is only doubtful is taken.

    A placeholder says that there is no code; other facts may still identify.
    """
    doubtful = check.ok or check.fault is CodeFault.PLACEHOLDER
    return Fault(
        Reason.CODE_DOUBTFUL if doubtful else Reason.CODE,
        check.message_zh,
        check.message_en,
        "与登记机关核对后更正",
        "correct it after asking the registrar",
        fatal=not doubtful,
    )


_ABSENT: Final = Fault(
    Reason.MISSING,
    "必填项为空",
    "is required and empty",
    "补填后重新报送",
    "fill it in",
)


def _require(parsed: Parsed, reader: Reader, text: pa.Array) -> None:
    rule = reader.rule
    name = f"{rule.to}_num" if rule.type == "share" else rule.to
    missing = parsed.columns[name].is_null().to_numpy(zero_copy_only=False)
    for row in np.flatnonzero(missing & ~parsed.bad).tolist():
        parsed.report(row, reader.heading, _ABSENT, value=text[row].as_py())


def _check_period(parsed: Parsed, begins: str, ends: str) -> None:
    """Set rows aside whose end does not lie after their start."""
    start, end = parsed.columns.get(begins), parsed.columns.get(ends)
    if start is None or end is None:
        return
    heading, rule = parsed.source.filled_from(ends)
    inclusive = rule is not None and rule.type == "last_day"
    for row in pc.indices_nonzero(pc.less_equal(end, start)).to_pylist():
        fault = Fault(
            Reason.PERIOD,
            f"终止不晚于起始（起始 {start[row]}）",
            f"the end is not after the start ({start[row]})",
            "核对两个日期",
            "compare the two days",
        )
        written = day_before(end[row].as_py()) if inclusive else end[row]
        parsed.report(row, heading, fault, value=str(written))
