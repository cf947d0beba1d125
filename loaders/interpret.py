"""Raw text columns to parsed columns: every value read, every fault placed.

Each distinct text of a column is read once and its value spread back over the rows,
so a million equal dates cost one parse. A fault keeps its row apart; it never
becomes a default.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from graph.identifiers import (
    CodeFault,
    check_registration_number,
    check_uscc,
    check_uscc_column,
    mask_document_number,
    normalise_code_column,
)
from graph.law.book import LawBook
from graph.schema import MONEY, WORDS
from loaders import values
from loaders.description import ColumnRule, SourceDescription
from loaders.issues import Fault, Issue, Reason
from loaders.tabular import Piece
from loaders.vocabularies import readings

Rows = npt.NDArray[np.bool_]


@dataclass
class Parsed:
    """The rows of a piece as parsed columns, and what was wrong with them."""

    file: str
    source: SourceDescription
    law: LawBook
    lines: pa.Array
    raw: pa.Table
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
        shown = mask_document_number(value) if rule and rule.sensitive else value
        self.issues.append(
            Issue(
                file=self.file,
                line=self.lines[row].as_py(),
                field=heading,
                value=shown[:200],
                reason=fault.reason,
                message_zh=f"{heading}：{fault.zh}" if heading else fault.zh,
                message_en=f"{heading}: {fault.en}" if heading else fault.en,
                advice=fault.advice,
                fatal=fault.fatal,
            )
        )
        if fault.fatal:
            self.bad[row] = True


def interpret(
    piece: Piece, *, file: str, source: SourceDescription, law: LawBook
) -> Parsed:
    """Return the piece with every mapped column read and checked."""
    parsed = Parsed(file, source, law, piece.lines, piece.table)
    found = _by_official_heading(piece.table, source)
    readers = readings(law)
    for heading, rule in source.columns.items():
        text = found.get(heading)
        if text is None:
            continue
        _read_column(parsed, heading, rule, text, readers)
    for begins, ends in source.periods:
        _check_period(parsed, begins, ends)
    return parsed


def _by_official_heading(
    table: pa.Table, source: SourceDescription
) -> dict[str, pa.Array]:
    official = {
        name: heading
        for heading, rule in source.columns.items()
        for name in (heading, *rule.aliases)
    }
    return {
        official[name]: table[name].combine_chunks()
        for name in table.column_names
        if name in official
    }


_ARROW: Final[Mapping[str, pa.DataType]] = {
    "day": pa.date32(),
    "day_first": pa.date32(),
    "last_day": pa.date32(),
    "yuan": MONEY,
    "wan": MONEY,
    "flag": pa.bool_(),
    "words": WORDS,
    "measures": WORDS,
}


def _read_column(
    parsed: Parsed,
    heading: str,
    rule: ColumnRule,
    text: pa.Array,
    readers: Mapping[str, values.Reading],
) -> None:
    if rule.type == "uscc":
        parsed.columns[rule.to] = _codes(parsed, heading, text)
    else:
        reading = _reading_for(rule, heading, readers)
        _spread(parsed, heading, rule, text, reading)
    if rule.required:
        _require(parsed, heading, rule, text)


def _reading_for(
    rule: ColumnRule, heading: str, readers: Mapping[str, values.Reading]
) -> values.Reading:
    simple: dict[str, values.Reading] = {
        "text": values.read_text,
        "day": values.read_day,
        "day_first": values.read_day_first,
        "last_day": values.read_last_day,
        "yuan": values.read_yuan,
        "wan": values.read_wan,
        "share": values.read_share,
        "flag": values.read_flag,
        "registration_number": _registration_number,
        "region": _region,
    }
    if rule.type in simple:
        return simple[rule.type]
    if rule.type == "pattern":
        assert isinstance(rule.words, dict)  # noqa: S101  # the description is checked
        return values.pattern_reader(rule.words, heading)
    if isinstance(rule.words, dict):
        one = values.word_reader(rule.words, heading)
    else:
        one = readers[rule.words or rule.type]
    return one if rule.type in {"word", "list", "field"} else _several(rule, one)


def _several(rule: ColumnRule, one: values.Reading) -> values.Reading:
    def read(text: str) -> object:
        for separator in rule.separator:
            text = text.replace(separator, "\n")
        found = []
        for part in filter(None, (p.strip() for p in text.split("\n"))):
            value = one(part)
            if isinstance(value, Fault):
                return value
            found.append(value)
        return sorted(set(found), key=str)

    return read


def _registration_number(text: str) -> object:
    check = check_registration_number(text)
    if check.fault.absent:
        return None
    if check.ok:
        return check.value
    return Fault(
        Reason.CODE,
        check.message_zh,
        check.message_en,
        "核对登记证照上的号码 (compare with the certificate)",
        fatal=False,
    )


def _region(text: str) -> object:
    plain = text.strip()
    if plain.isascii() and plain.isdigit() and len(plain) in {2, 4, 6}:
        return plain.ljust(6, "0")
    return Fault(
        Reason.WORD,
        f"“{text}”不是行政区划代码",
        f"'{text}' is no code of a region",
        "填六位数字代码 (six digits of GB/T 2260)",
    )


def _spread(
    parsed: Parsed,
    heading: str,
    rule: ColumnRule,
    text: pa.Array,
    reading: values.Reading,
) -> None:
    encoded = text.dictionary_encode()
    found: list[Any] = []
    faults: dict[int, Fault] = {}
    for place, word in enumerate(encoded.dictionary.to_pylist()):
        value = None if values.is_null(word) else reading(word)
        if isinstance(value, Fault):
            faults[place] = value
            value = None
        found.append(value)
    indices = encoded.indices
    if faults:
        _report_all(parsed, heading, encoded, faults)
    if rule.type == "share":
        _set_share(parsed, rule.to, found, indices)
    else:
        kind = _ARROW.get(rule.type, pa.string())
        parsed.columns[rule.to] = _take(pa.array(found, kind), indices)


def _take(found: pa.Array, indices: pa.Array) -> pa.Array:
    return found.take(indices)


def _set_share(
    parsed: Parsed, name: str, found: list[Fraction | None], indices: pa.Array
) -> None:
    parts = {
        "num": [None if f is None else f.numerator for f in found],
        "den": [None if f is None else f.denominator for f in found],
    }
    for part, numbers in parts.items():
        column = pa.array(numbers, pa.int64())
        parsed.columns[f"{name}_{part}"] = _take(column, indices)


def _report_all(
    parsed: Parsed,
    heading: str,
    encoded: pa.DictionaryArray,
    faults: Mapping[int, Fault],
) -> None:
    wanted = pa.array(list(faults), encoded.indices.type)
    for row in np.flatnonzero(
        pc.is_in(encoded.indices, wanted).to_numpy(zero_copy_only=False)
    ).tolist():
        place = encoded.indices[row].as_py()
        word = encoded.dictionary[place].as_py()
        parsed.report(row, heading, faults[place], value=word)


def _codes(parsed: Parsed, heading: str, text: pa.Array) -> pa.Array:
    """Return unified codes, null where absent; a failing code sets its row aside."""
    faults = check_uscc_column(text)
    codes = normalise_code_column(text)
    if isinstance(codes, pa.ChunkedArray):
        codes = codes.combine_chunks()
    bad = faults > CodeFault.OK
    for row in np.flatnonzero(bad).tolist():
        word = text[row].as_py() or ""
        check = check_uscc(word)
        if not check.fault.absent:
            _report_code(parsed, row, heading, word)
    unusable = bad & (faults < _FIRST_WARNING)
    return pc.if_else(pa.array(unusable), pa.scalar(None, pa.string()), codes)


_FIRST_WARNING: Final = 128


def _report_code(parsed: Parsed, row: int, heading: str, word: str) -> None:
    check = check_uscc(word)
    fault = Fault(
        Reason.CODE if not check.ok else Reason.CODE_DOUBTFUL,
        check.message_zh,
        check.message_en,
        "与登记机关核对后更正 (correct it after asking the registrar)",
        fatal=not check.ok,
    )
    parsed.report(row, heading, fault, value=word)


_ABSENT: Final = Fault(
    Reason.MISSING, "必填项为空", "is required and empty", "补填后重新报送 (fill it in)"
)


def _require(parsed: Parsed, heading: str, rule: ColumnRule, text: pa.Array) -> None:
    name = f"{rule.to}_num" if rule.type == "share" else rule.to
    missing = parsed.columns[name].is_null().to_numpy(zero_copy_only=False)
    for row in np.flatnonzero(missing & ~parsed.bad).tolist():
        parsed.report(row, heading, _ABSENT, value=text[row].as_py() or "")


def _check_period(parsed: Parsed, begins: str, ends: str) -> None:
    """Set rows aside whose end does not lie after their start."""
    start, end = parsed.columns.get(begins), parsed.columns.get(ends)
    if start is None or end is None:
        return
    wrong = pc.less_equal(end, start).fill_null(False)  # noqa: FBT003  # Arrow
    for row in np.flatnonzero(wrong.to_numpy(zero_copy_only=False)).tolist():
        first: date = start[row].as_py()
        fault = Fault(
            Reason.PERIOD,
            f"终止早于起始（起始 {first}）",
            f"the end lies before the start ({first})",
            "核对两个日期 (compare the two days)",
        )
        heading = parsed.source.heading_of(ends)
        parsed.report(row, heading, fault, value=str(end[row].as_py()))
