"""Parsed columns to fact tables, as the source's description says."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from graph.batch import conform, fact_keys, versions
from graph.identity import PersonKeys
from graph.schema import MARKS, SCHEMAS
from graph.vocabulary import FactKind
from loaders.description import AnchorRule, EmitRule
from loaders.interpret import Parsed, Rows
from loaders.issues import Fault, Reason
from loaders.subjects import Subjects

Places = npt.NDArray[np.int64]

_NO_SUBJECT: Final = Fault(
    Reason.NO_SUBJECT,
    "既无可用代码、号码，也无名称，无法确定主体",
    "names no subject: neither a usable code or number nor a name",
    "补填代码或名称",
    "give a code or a name",
)
_NO_ANCHOR: Final = Fault(
    Reason.NO_SUBJECT,
    "地址或号码不可用：过短、已脱敏或是占位符",
    "gives no usable address or number: too short, masked or a placeholder",
    "补填完整的地址或号码",
    "give the whole address or number",
)
_OF_ITSELF: Final = Fault(
    Reason.NO_SUBJECT,
    "两端是同一主体",
    "both ends are the same subject",
    "核对两端的名称和代码",
    "compare the names and codes of both ends",
)
_BETWEEN_TWO: Final = (FactKind.LINK, FactKind.BRANCH)
"""Kinds in which nobody stands to himself; a company may hold shares of its own."""


@dataclass(frozen=True, slots=True)
class Emitted:
    """The facts that one rule yields.

    Args:
        rule: says which facts.
        table: conformed rows.
        rows: place in the piece of the row behind each fact.
        keys: fact keys.
        digests: fact versions.
    """

    rule: EmitRule
    table: pa.Table
    rows: Places
    keys: pa.Array
    digests: pa.Array

    @property
    def kind(self) -> FactKind:
        """Return the kind of the facts."""
        return self.rule.fact


def emit(parsed: Parsed, keys: PersonKeys, *, as_of: date) -> list[Emitted]:
    """Return the facts of the good rows, one table per emit rule that has any.

    Args:
        parsed: the parsed columns; rows whose subject is unclear are set aside.
        keys: makes the identifiers of persons.
        as_of: a birth date after this day is a fault.
    """
    subjects = Subjects(parsed, keys, as_of)
    rules = parsed.source.emit
    applies = [_applies(parsed, rule) for rule in rules]
    # First of all rules: a row without its subject yields no fact at all.
    for rule, mask in zip(rules, applies, strict=True):
        for value in rule.set.values():
            if value.startswith("$"):
                _require_subject(parsed, subjects, value[1:], mask)
    found: list[Emitted] = []
    record_keys: dict[str, pa.Array] = {}
    linked = {v[1:] for r in rules for v in r.set.values() if v.startswith("#")}
    for rule, mask in zip(rules, applies, strict=True):
        rows = np.flatnonzero(mask & ~parsed.bad)
        table, rows = _table(parsed, subjects, rule, rows, record_keys)
        complete = _complete(parsed, rule, table, rows)
        rows = rows[complete]
        table = conform(rule.fact, table.filter(pa.array(complete)))
        made = fact_keys(rule.fact, table), versions(rule.fact, table)
        if rows.size:
            found.append(Emitted(rule, table, rows, *made))
        if rule.fact.value in linked:
            record_keys[rule.fact.value] = _spread_hex(made[0], rows, len(parsed))
    return found


def _applies(parsed: Parsed, rule: EmitRule) -> Rows:
    mask: Rows = ~parsed.bad
    for name in rule.when:
        known = parsed.column(name).is_valid().to_numpy(zero_copy_only=False)
        mask = mask & known
    return mask


def _require_subject(parsed: Parsed, subjects: Subjects, name: str, mask: Rows) -> None:
    missing = subjects.ids(name).is_null().to_numpy(zero_copy_only=False)
    rule = parsed.source.subjects[name]
    fault = _NO_ANCHOR if isinstance(rule, AnchorRule) else _NO_SUBJECT
    for row in np.flatnonzero(mask & missing & ~parsed.bad).tolist():
        parsed.report(row, "", fault, value="")


def _spread_hex(keys: pa.Array, rows: Places, size: int) -> pa.Array:
    """Return the keys as text at the rows they come from."""
    place = np.full(size, -1)
    place[rows] = np.arange(len(rows))
    texts = pa.array([key.hex() for key in keys.to_pylist()], pa.string())
    return texts.take(pa.array(place, mask=place < 0))


def _table(
    parsed: Parsed,
    subjects: Subjects,
    rule: EmitRule,
    rows: Places,
    record_keys: dict[str, pa.Array],
) -> tuple[pa.Table, Places]:
    """Return the facts and the row behind each; anchors of one row give a fact each."""
    found: dict[str, pa.Array] = {}
    for column in SCHEMAS[rule.fact].columns:
        value = rule.set.get(column.name)
        if value is not None:
            found[column.name] = _value(parsed, subjects, value, record_keys)
        elif column in MARKS:
            found[column.name] = _mark(parsed, column.name, minor=rule.minor)
    several = {
        name: array for name, array in found.items() if _spreads(rule, name, array)
    }
    once = pa.array(rows)
    if several:
        counts = pc.list_value_length(next(iter(several.values())).take(once))
        rows = np.repeat(rows, counts.to_numpy(zero_copy_only=False))
    at = pa.array(rows)
    columns: dict[str, pa.Array] = {}
    for name, whole in found.items():
        column = SCHEMAS[rule.fact].column(name)
        array = whole.take(once).flatten() if name in several else whole.take(at)
        array = array.cast(column.type)
        if column.key and pa.types.is_string(column.type) and array.null_count:
            array = pc.fill_null(array, "")
        columns[name] = array
    columns["line"] = parsed.lines.take(at)
    return _with_keys(rule.fact, columns, len(rows)), rows


def _spreads(rule: EmitRule, name: str, array: pa.Array) -> bool:
    """Return whether a column has several values for each row, and its facts one."""
    wanted = SCHEMAS[rule.fact].column(name).type
    return pa.types.is_list(array.type) and not pa.types.is_list(wanted)


def _complete(parsed: Parsed, rule: EmitRule, table: pa.Table, rows: Places) -> Rows:
    """Return which facts have all that they must have, between two different subjects.

    The other rows are set aside.
    """
    complete = np.ones(len(rows), np.bool_)
    for column in SCHEMAS[rule.fact].columns:
        if not column.required or not table[column.name].null_count:
            continue
        missing = table[column.name].is_null().to_numpy()
        for row in rows[missing].tolist():
            parsed.report(row, "", _no_value(rule, column.zh, column.name), value="")
        complete &= ~missing
    if rule.fact in _BETWEEN_TWO:
        one, other = SCHEMAS[rule.fact].subject_columns
        same = pc.equal(table[one.name], table[other.name]).to_numpy()
        for row in rows[same].tolist():
            parsed.report(row, "", _OF_ITSELF, value="")
        complete &= ~same
    return complete


def _no_value(rule: EmitRule, zh: str, name: str) -> Fault:
    return Fault(
        Reason.MISSING,
        f"得不出{rule.fact.zh}必需的{zh}",
        f"gives no {name} for the {rule.fact.en}",
        "补填后重新报送",
        "fill it in",
    )


def _with_keys(kind: FactKind, columns: dict[str, pa.Array], size: int) -> pa.Table:
    """Return the table; a text of the key that the rule does not set is empty."""
    for column in SCHEMAS[kind].key_columns:
        if column.name not in columns and pa.types.is_string(column.type):
            columns[column.name] = pa.array([""] * size, pa.string())
    return pa.table(columns)


def _value(
    parsed: Parsed, subjects: Subjects, value: str, record_keys: dict[str, pa.Array]
) -> pa.Array:
    if value.startswith("$"):
        return subjects.ids(value[1:])
    if value.startswith("="):
        return pa.array([value[1:]] * len(parsed), pa.string())
    if value.startswith("#"):
        return record_keys[value[1:]]
    return parsed.column(value)


def _mark(parsed: Parsed, name: str, *, minor: bool) -> pa.Array:
    """Return who may read the facts.

    A minor fact repeats on many rows what one subject is called. It carries the marks
    of the source, not of the row, so that it is one fact and not one per district.
    """
    if name == "public":
        return pa.array([parsed.source.visibility == "public"] * len(parsed))
    column = pa.nulls(len(parsed), pa.string()) if minor else parsed.column(name)
    if name == "department":
        return pc.fill_null(column, parsed.source.department)
    return column
