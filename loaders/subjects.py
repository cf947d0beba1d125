"""Who a row speaks of: identifiers of organizations and persons, column by column.

An organization is identified by its code or number, else by its name in its region; a
person by the keyed digest of a document number, else scoped to organization and role,
or to the document that names him. No clear number passes this point.
"""

from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from graph.identifiers import (
    absent,
    check_resident_id,
    check_resident_id_column,
    mask_document_number,
    rejected,
)
from graph.identity import (
    PersonKeys,
    mask_anchor,
    organization_ids,
    scoped_organization_ids,
    scoped_person_ids,
)
from graph.identity.columns import by_distinct
from graph.schema import WORDS
from loaders.description import AnchorRule, EitherRule, OrganizationRule, PersonRule
from loaders.interpret import ONE_BY_ONE, Parsed, Rows
from loaders.issues import Fault, Reason, without_identity_numbers

_RESIDENT: Final = "resident_id"
_NO_ROLE: Final = "-"
"""Stands for the role in the scope of somebody whose role the source does not say."""

_MASKED: Final = Fault(
    Reason.MASKED,
    "号码已脱敏，只能按姓名登记，不跨单位认定为同一人",
    "the number is masked; the person is known by name in this place only",
    "报送完整号码",
    "send the whole number",
    fatal=False,
)
_UNUSABLE: Final = Fault(
    Reason.MASKED,
    "过短、已脱敏或是占位符，不作为联系信息",
    "is too short, masked or a placeholder, and no contact",
    "报送完整的地址或号码",
    "send the whole address or number",
    fatal=False,
)


class Subjects:
    """Identifiers of the subjects a source names, row by row.

    Args:
        parsed: the rows; one with a wrong identity number is set aside.
        keys: makes the identifiers of persons.
        as_of: a birth date after this day is a fault.
    """

    def __init__(self, parsed: Parsed, keys: PersonKeys, as_of: date) -> None:
        """Find the identifiers of every subject the source describes."""
        self._parsed, self._keys, self._as_of = parsed, keys, as_of
        self._ids: dict[str, pa.Array] = {}
        for name in parsed.source.subjects:
            self.ids(name)

    def ids(self, name: str) -> pa.Array:
        """Return the identifiers of a described subject; null where none can be."""
        if name not in self._ids:
            rule = self._parsed.source.subjects[name]
            if isinstance(rule, OrganizationRule):
                self._ids[name] = self._organizations(rule)
            elif isinstance(rule, PersonRule):
                self._ids[name] = self._persons(name, rule)
            elif isinstance(rule, AnchorRule):
                self._ids[name] = self._anchors(name, rule)
            else:
                self._ids[name] = self._either(rule)
        return self._ids[name]

    def _either(self, rule: EitherRule) -> pa.Array:
        is_person = pc.equal(self._parsed.column(rule.by), "person")
        persons, others = self.ids(rule.person), self.ids(rule.organization)
        return pc.if_else(pc.fill_null(is_person, False), persons, others)  # noqa: FBT003  # Arrow

    def _anchors(self, subject: str, rule: AnchorRule) -> pa.Array:
        texts = self._parsed.column(rule.value)
        if pa.types.is_list(texts.type):
            return self._several_anchors(subject, rule, texts)
        ids = self._keys.anchor_ids(rule.kind, texts)
        self._report_unusable(rule, pc.and_(texts.is_valid(), ids.is_null()))
        shown = by_distinct(
            texts, lambda text: without_identity_numbers(mask_anchor(rule.kind, text))
        )
        # What names no anchor is shown nowhere: a fact can wait for the masked text.
        self._parsed.columns[f"{subject}_masked"] = pc.if_else(
            ids.is_valid(), shown, pa.scalar(None, pa.string())
        )
        return ids

    def _several_anchors(
        self, subject: str, rule: AnchorRule, texts: pa.ListArray
    ) -> pa.Array:
        """Return the identifiers of each row's anchors, each once; null for none."""
        at = pc.list_parent_indices(texts)
        ids = self._keys.anchor_ids(rule.kind, pc.list_flatten(texts))
        self._report_unusable(rule, ids.is_null(), at)
        shown: list[dict[str, str]] = [{} for _ in range(len(texts))]
        for row, found, text in zip(
            at.to_pylist(),
            ids.to_pylist(),
            pc.list_flatten(texts).to_pylist(),
            strict=True,
        ):
            if found:
                masked = without_identity_numbers(mask_anchor(rule.kind, text))
                shown[row].setdefault(found, masked)
        masks = [list(one.values()) or None for one in shown]
        self._parsed.columns[f"{subject}_masked"] = pa.array(masks, WORDS)
        return pa.array([list(one) or None for one in shown], WORDS)

    def _report_unusable(
        self, rule: AnchorRule, unusable: pa.Array, at: pa.Array | None = None
    ) -> None:
        heading = self._parsed.source.filled_from(rule.value)[0]
        places = pc.indices_nonzero(unusable)
        for row in (places if at is None else at.take(places)).to_pylist():
            self._parsed.report(row, heading, _UNUSABLE, value="")

    def _organizations(self, rule: OrganizationRule) -> pa.Array:
        def column(name: str | None) -> pa.Array:
            # A bad row is not written; what a hook left out of it is of no matter.
            return self._parsed.column(name or "")

        # The column was checked and normalised when it was read (interpret).
        coded = pc.binary_join_element_wise("org:", column(rule.uscc), "")
        numbered = organization_ids(
            registration_number=column(rule.registration_number),
            scheme=rule.scheme if rule.number else None,
            number=column(rule.number) if rule.number else None,
        )
        ids = pc.coalesce(coded, numbered)
        if not ids.null_count:
            return ids
        names = pc.if_else(ids.is_null(), column(rule.name), None)
        # A scheme without a number of its own is the place where its names stand.
        place = "" if rule.number else rule.scheme or ""
        region = pc.fill_null(column(rule.region), place)
        return pc.coalesce(ids, scoped_organization_ids(names, region))

    def _persons(self, subject: str, rule: PersonRule) -> pa.Array:
        numbers = self._numbers(subject, rule)
        known = numbers.is_valid().to_numpy(zero_copy_only=False)
        ids = masks = pa.nulls(len(numbers), pa.string())
        if known.any():
            kinds = pc.fill_null(self._parsed.column(rule.id_kind or ""), _RESIDENT)
            usable = pa.array(self._usable(rule, kinds, numbers))
            numbers = pc.if_else(usable, numbers, None)
            ids, masks = self._keys.person_ids(kinds, numbers), _masked(numbers)
        self._parsed.columns[f"{subject}_masked"] = masks
        return pc.coalesce(ids, self._scoped(rule, ids)) if ids.null_count else ids

    def _numbers(self, subject: str, rule: PersonRule) -> pa.Array:
        """Return document numbers, only where the row speaks of a person at all."""
        numbers = self._parsed.column(rule.id_number or "")
        for other in self._parsed.source.subjects.values():
            if isinstance(other, EitherRule) and other.person == subject:
                is_person = pc.equal(self._parsed.column(other.by), "person")
                numbers = pc.if_else(is_person, numbers, None)
        return numbers

    def _scoped(self, rule: PersonRule, numbered: pa.Array) -> pa.Array:
        names = pc.if_else(numbered.is_null(), self._parsed.column(rule.name), None)
        if rule.organization:
            scope = self.ids(rule.organization)
        else:
            parts = [self._parsed.column(n).cast(pa.string()) for n in rule.within]
            parts = [pc.fill_null(part, "") for part in parts]
            scope = pc.binary_join_element_wise(self._parsed.source.key, *parts, "|")
        roles = self._parsed.column(rule.role or "")
        return scoped_person_ids(scope, pc.fill_null(roles, _NO_ROLE), names)

    def _usable(self, rule: PersonRule, kinds: pa.Array, numbers: pa.Array) -> Rows:
        """Return where a number identifies; a wrong one sets its row aside.

        A number that comes masked identifies nobody: the person is scoped.
        """
        parsed = self._parsed
        heading, described = parsed.source.filled_from(rule.id_number or "")
        heading = heading if described else ""
        masked = _flags(pc.match_substring(numbers, "*"))
        resident = _flags(pc.equal(kinds, _RESIDENT))
        faults = self._faults(numbers)
        wrong = resident & ~masked & rejected(faults) & ~absent(faults)
        for row in np.flatnonzero(wrong & ~parsed.bad).tolist():
            number = numbers[row].as_py()
            # Also where a hook derived the column, so that no heading says: sensitive.
            shown = mask_document_number(number)
            parsed.report(row, heading, self._fault(number), value=shown)
        for row in np.flatnonzero(masked & ~parsed.bad).tolist():
            parsed.report(row, heading, _MASKED, value="")
        usable: Rows = ~masked & ~wrong
        return usable

    def _faults(self, numbers: pa.Array) -> npt.NDArray[np.uint8]:
        if len(numbers) > ONE_BY_ONE:
            return check_resident_id_column(numbers, as_of=self._as_of)
        checks = (check_resident_id(n, as_of=self._as_of) for n in numbers.to_pylist())
        return np.array([check.fault for check in checks], np.uint8)

    def _fault(self, number: str) -> Fault:
        check = check_resident_id(number, as_of=self._as_of)
        return Fault(
            Reason.CODE,
            check.message_zh,
            check.message_en,
            "核对证件号码；不是身份证的写明证件类型",
            "compare with the document",
        )


def _flags(found: pa.Array) -> Rows:
    flags: Rows = found.fill_null(False).to_numpy(zero_copy_only=False)  # noqa: FBT003  # Arrow
    return flags


def _masked(numbers: pa.Array) -> pa.Array:
    """Return the numbers masked, those of identity cards all at once."""
    resident = pc.match_substring_regex(numbers, r"^\d{17}[\dX]$")
    head, tail = (
        pc.utf8_slice_codeunits(numbers, 0, 4),
        pc.utf8_slice_codeunits(numbers, 14, 18),
    )
    starred = pc.binary_join_element_wise(head, "*" * 10, tail, "")
    others = pc.if_else(resident, None, numbers)
    if others.null_count == len(others):
        return pc.if_else(resident, starred, None)
    return pc.if_else(resident, starred, _masked_one_by_one(others))


def _masked_one_by_one(numbers: pa.Array) -> pa.Array:
    encoded = numbers.dictionary_encode()
    words = [mask_document_number(n) for n in encoded.dictionary.to_pylist()]
    return pa.array(words, pa.string()).take(encoded.indices)
