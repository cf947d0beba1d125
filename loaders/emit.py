"""Parsed columns to fact tables, as the source's description says.

Identifiers are made here: an organization by its code, number or name; a person by
the keyed digest of a document number, or scoped to organization, role and name. No
clear number passes this point.
"""

from datetime import date
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from graph.identity import (
    PersonKeys,
    organization_id,
    scoped_organization_id,
    scoped_person_id,
)

from graph.batch import fact_keys
from graph.errors import BadInput
from graph.identifiers import check_resident_id, mask_document_number
from graph.schema import MARKS, SCHEMAS
from graph.vocabulary import FactKind
from loaders.description import (
    EitherRule,
    EmitRule,
    OrganizationRule,
    PersonRule,
)
from loaders.interpret import Parsed, Rows
from loaders.issues import Fault, Reason

_RESIDENT: Final = "resident_id"
_NO_SUBJECT: Final = Fault(
    Reason.NO_SUBJECT,
    "既无可用代码、号码，也无名称，无法确定主体",
    "names no subject: neither a usable code or number nor a name",
    "补填代码或名称 (give a code or a name)",
)


def emit(
    parsed: Parsed, keys: PersonKeys, *, as_of: date
) -> list[tuple[EmitRule, pa.Table]]:
    """Return a table of facts per emit rule, for the rows that are good.

    Args:
        parsed: the parsed columns; rows whose subject is unclear are set aside.
        keys: makes the identifiers of persons.
        as_of: a birth date after this day is a fault.
    """
    subjects = _Subjects(parsed, keys, as_of)
    for name in parsed.source.subjects:
        subjects.resolve(name)
    wanted = _wanted(parsed, subjects)
    return [(rule, table) for rule, table in wanted if table.num_rows]


def _wanted(parsed: Parsed, subjects: "_Subjects") -> list[tuple[EmitRule, pa.Table]]:
    masks = [_applies(parsed, rule) for rule in parsed.source.emit]
    for rule, mask in zip(parsed.source.emit, masks, strict=True):
        for value in rule.set.values():
            if value.startswith("$"):
                _require_subject(parsed, subjects, value[1:], mask)
    tables: list[tuple[EmitRule, pa.Table]] = []
    hex_keys: dict[str, pa.Array] = {}
    for rule, mask in zip(parsed.source.emit, masks, strict=True):
        rows = np.flatnonzero(mask & ~parsed.bad)
        table = _table(parsed, subjects, rule, rows, hex_keys)
        hex_keys[rule.fact.value] = _key_column(rule.fact, table, rows, len(parsed))
        tables.append((rule, table))
    return tables


def _applies(parsed: Parsed, rule: EmitRule) -> Rows:
    mask: Rows = ~parsed.bad
    for name in rule.when:
        known = parsed.column(name).is_valid().to_numpy(zero_copy_only=False)
        mask = mask & known
    return mask


def _require_subject(
    parsed: Parsed, subjects: "_Subjects", name: str, mask: Rows
) -> None:
    missing = subjects.ids[name].is_null().to_numpy(zero_copy_only=False)
    for row in np.flatnonzero(mask & missing & ~parsed.bad).tolist():
        parsed.report(row, "", _NO_SUBJECT, value="")


def _key_column(
    kind: FactKind, table: pa.Table, rows: np.ndarray, size: int
) -> pa.Array:
    spread: list[str | None] = [None] * size
    if kind is FactKind.RECORD:
        for row, key in zip(
            rows.tolist(), fact_keys(kind, table).to_pylist(), strict=True
        ):
            spread[row] = key.hex()
    return pa.array(spread, pa.string())


def _table(
    parsed: Parsed,
    subjects: "_Subjects",
    rule: EmitRule,
    rows: np.ndarray,
    hex_keys: dict[str, pa.Array],
) -> pa.Table:
    schema, at = SCHEMAS[rule.fact], pa.array(rows)
    columns: dict[str, pa.Array] = {}
    for column in schema.columns:
        value = rule.set.get(column.name)
        if value is not None:
            array = _value(parsed, subjects, value, hex_keys).take(at)
            array = array.cast(column.type)
        elif column in MARKS:
            array = _mark(parsed, column.name).take(at)
        else:
            array = pa.nulls(len(rows), column.type)
        if column.key and pa.types.is_string(column.type) and array.null_count:
            array = pc.fill_null(array, "")
        columns[column.name] = array
    columns["line"] = parsed.lines.take(at)
    return pa.table(columns)


def _value(
    parsed: Parsed, subjects: "_Subjects", value: str, hex_keys: dict[str, pa.Array]
) -> pa.Array:
    if value.startswith("$"):
        return subjects.ids[value[1:]]
    if value.startswith("="):
        return pa.array([value[1:]] * len(parsed), pa.string())
    if value.startswith("#"):
        return hex_keys[value[1:]]
    return parsed.column(value)


def _mark(parsed: Parsed, name: str) -> pa.Array:
    if name == "public":
        return pa.array([parsed.source.visibility == "public"] * len(parsed))
    column = parsed.column(name)
    if name == "department":
        return pc.fill_null(column, parsed.source.department)
    return column


class _Subjects:
    """Identifiers of the subjects a source names, row by row."""

    def __init__(self, parsed: Parsed, keys: PersonKeys, as_of: date) -> None:
        self._parsed, self._keys, self._as_of = parsed, keys, as_of
        self.ids: dict[str, pa.Array] = {}

    def resolve(self, name: str) -> None:
        """Fill in the identifiers of one subject, and those it rests on."""
        if name in self.ids:
            return
        rule = self._parsed.source.subjects[name]
        if isinstance(rule, OrganizationRule):
            self.ids[name] = self._organizations(rule)
        elif isinstance(rule, PersonRule):
            if rule.organization:
                self.resolve(rule.organization)
            self.ids[name] = self._persons(name, rule)
        else:
            self._either(name, rule)

    def _either(self, name: str, rule: EitherRule) -> None:
        self.resolve(rule.organization)
        self.resolve(rule.person)
        is_person = pc.equal(self._parsed.column(rule.by), "person")
        self.ids[name] = pc.if_else(
            pc.fill_null(is_person, False),  # noqa: FBT003  # Arrow
            self.ids[rule.person],
            self.ids[rule.organization],
        )

    def _texts(self, name: str | None) -> list[str | None]:
        if name is None:
            return [None] * len(self._parsed)
        found: list[str | None] = self._parsed.column(name).to_pylist()
        return found

    def _organizations(self, rule: OrganizationRule) -> pa.Array:
        columns = (
            rule.uscc,
            rule.registration_number,
            rule.number,
            rule.name,
            rule.region,
        )
        found = [
            _organization(rule, *values)
            for values in zip(*map(self._texts, columns), strict=True)
        ]
        return pa.array(found, pa.string())

    def _persons(self, subject: str, rule: PersonRule) -> pa.Array:
        ids: list[str | None] = []
        masked: list[str | None] = []
        organizations = (
            self.ids[rule.organization].to_pylist()
            if rule.organization
            else [None] * len(self._parsed)
        )
        rows = zip(
            self._texts(rule.name),
            self._texts(rule.id_kind),
            self._texts(rule.id_number),
            self._texts(rule.role),
            organizations,
            strict=True,
        )
        for row, (name, kind, number, role, organization) in enumerate(rows):
            usable = bool(number) and self._usable(row, rule, kind, number or "")
            try:
                if number and usable:
                    ids.append(self._keys.person_id(kind or _RESIDENT, number))
                    masked.append(mask_document_number(number))
                    continue
            except BadInput as error:
                self._refuse(row, rule, error, number or "")
            ids.append(_scoped(organization or rule.scheme, role, name))
            masked.append(None)
        self._parsed.columns[f"{subject}_masked"] = pa.array(masked, pa.string())
        return pa.array(ids, pa.string())

    def _refuse(self, row: int, rule: PersonRule, error: BadInput, number: str) -> None:
        """Set a row aside whose number cannot be one."""
        heading = self._parsed.source.heading_of(rule.id_number or "")
        fault = Fault(
            Reason.CODE,
            "证件号码不可用",
            error.message,
            "核对证件号码 (check the number)",
        )
        self._parsed.report(row, heading, fault, value=number)

    def _usable(
        self, row: int, rule: PersonRule, kind: str | None, number: str
    ) -> bool:
        """Return whether the number identifies; a wrong one sets the row aside.

        A number that comes masked identifies nobody: the person is scoped, and the
        row says so.
        """
        if "*" in number:
            return False
        if (kind or _RESIDENT) != _RESIDENT or self._parsed.bad[row]:
            return True
        check = check_resident_id(number, as_of=self._as_of)
        if check.ok:
            return True
        heading = self._parsed.source.heading_of(rule.id_number or "")
        fault = Fault(
            Reason.CODE,
            check.message_zh,
            check.message_en,
            "核对证件号码 (compare with the document)",
        )
        self._parsed.report(row, heading, fault, value=number)
        return False


def _scoped(scope: str | None, role: str | None, name: str | None) -> str | None:
    """Return the identifier of a person known by name; None where even that fails."""
    if not (scope and name):
        return None
    try:
        return scoped_person_id(scope, role or "", name)
    except BadInput:
        return None


def _organization(
    rule: OrganizationRule,
    uscc: str | None,
    registration: str | None,
    number: str | None,
    name: str | None,
    region: str | None,
) -> str | None:
    if uscc:
        return organization_id(uscc=uscc)
    if registration:
        return organization_id(registration_number=registration)
    if rule.scheme and number:
        return organization_id(scheme=rule.scheme, number=number)
    try:
        return (
            scoped_organization_id(name, region or rule.scheme or "") if name else None
        )
    except BadInput:
        return None
