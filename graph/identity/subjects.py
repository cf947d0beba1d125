"""Identifiers of organizations, and of whoever is known by name only.

    org:<USCC>  org:reg:<number>  org:<scheme>:<number>  org:scoped:<digest>
    per:<key>   per:scoped:<digest>

An identifier is a function of what it is made from and of nothing else, so that the
same row loaded again names the same subject. The digests are not keyed: the names of
representatives are public registry data, and the scope is part of what is digested.
"""

import hashlib
import re
import unicodedata

import pyarrow as pa
import pyarrow.compute as pc

from graph.errors import BadInput
from graph.identifiers import (
    absent,
    check_uscc,
    check_uscc_column,
    is_placeholder,
    normalise_code,
    normalise_code_column,
    rejected,
)
from graph.identifiers.normal import PLACEHOLDER_WORDS
from graph.identity.columns import Column, as_text, by_distinct

_SCHEME = re.compile(r"[a-z][a-z0-9_]{1,30}")
_RESERVED = frozenset({"reg", "scoped"})
_DOTS = dict.fromkeys(map(ord, "•‧∙⋅・"), "·")
_HIDDEN = {ord(c): None for c in "\u200b\u200c\u200d\u2060\ufeff"} | {
    code: None for code in (*range(0x20), *range(0x7F, 0xA0)) if not chr(code).isspace()
}
_LOOSE_SPACE = re.compile(r"(?<![a-z0-9]) | (?![a-z0-9])")
_SEPARATOR = "\x1f"  # a control character: no normalised name holds one


def is_person(subject: str) -> bool:
    """Return whether the identifier means a natural person."""
    return subject.startswith("per:")


def is_organization(subject: str) -> bool:
    """Return whether the identifier means an organization."""
    return subject.startswith("org:")


def is_scoped(subject: str) -> bool:
    """Return whether the subject is known by name only, within one scope."""
    return subject.startswith(("per:scoped:", "org:scoped:"))


def normalise_name(name: str | None) -> str:
    """Return the one spelling of a name that is compared; "" when it says nothing.

    Compatibility forms are unified (NFKC: full width, brackets, radicals), case is
    folded, dots in names are one dot, and spaces stay only between Latin words:
    forms pad 张三 to 张 三. Dashes, 无, N/A and the like are no name.
    """
    text = unicodedata.normalize("NFKC", (name or "").translate(_HIDDEN)).casefold()
    text = _LOOSE_SPACE.sub("", re.sub(r"\s+", " ", text.translate(_DOTS)))
    text = unicodedata.normalize("NFKC", text)  # a mark may now follow a letter
    if text.upper() in (*PLACEHOLDER_WORDS, "无", "空"):
        return ""
    return text if any(map(str.isalnum, text)) else ""


def scoped_person_id(organization_id: str, role: str, name: str) -> str:
    """Return the identifier of somebody known as this name in this role here.

    Raises:
        BadInput: the name or the organization is empty.
    """
    normal = normalise_name(name)
    if not normal or not organization_id:
        raise BadInput(
            "按姓名确定的人，须有姓名和所在组织。",
            "A person known by name needs a name and an organization.",
        )
    return _scoped_person(_SEPARATOR.join((organization_id, role, normal)))


def scoped_person_ids(
    organizations: Column, roles: str | Column, names: Column
) -> pa.Array:
    """Return the identifiers row by row; null without organization, role or name.

    Args:
        organizations: identifiers of organizations.
        roles: one role for all rows, or a column.
        names: names as they were written.
    """
    role = str(roles) if isinstance(roles, str) else as_text(roles)
    organizations = _unless_empty(organizations)
    return by_distinct(_joined(organizations, role, _names(names)), _scoped_person)


def scoped_organization_id(name: str, region: str) -> str:
    """Return the identifier of an organization known as this name in this region.

    Args:
        name: the name as it was written.
        region: code of the region, or "" where even that is not known.

    Raises:
        BadInput: the name is empty.
    """
    normal = normalise_name(name)
    if not normal:
        raise BadInput(
            "按名称确定的组织，须有名称。",
            "An organization known by name needs a name.",
        )
    return _scoped_organization(_SEPARATOR.join((region, normal)))


def scoped_organization_ids(names: Column, regions: str | Column) -> pa.Array:
    """Return the identifiers row by row; null without a name, region may be null."""
    region = (
        str(regions) if isinstance(regions, str) else as_text(regions).fill_null("")
    )
    return by_distinct(_joined(region, _names(names)), _scoped_organization)


def organization_id(
    *,
    uscc: str | None = None,
    registration_number: str | None = None,
    scheme: str | None = None,
    number: str | None = None,
) -> str:
    """Return the identifier by the best number given: USCC, registration, other.

    A placeholder counts as not given. A registration number is taken as it is:
    numbers from before 2007 have no check digit.

    Raises:
        BadInput: the USCC is wrong (it is never passed over for a lesser number),
            the scheme is not a word, or no number is given.
    """
    code = check_uscc(uscc)
    if not code.fault.absent:
        if code.fault.rejects:
            raise BadInput(f"{code.message_zh}。", code.message_en)
        return f"org:{code.value}"
    return (
        _numbered("reg", registration_number)
        or _numbered(_checked_scheme(scheme), number)
        or _nothing_given()
    )


def organization_ids(
    *,
    uscc: Column | None = None,
    registration_number: Column | None = None,
    scheme: str | None = None,
    number: Column | None = None,
) -> pa.Array:
    """Return the identifiers row by row, as `organization_id` gives them.

    Null where it would refuse the row; the columns have one length.
    """
    of_scheme = _checked_scheme(scheme)
    found: list[pa.Array] = []
    if registration_number is not None:
        found.append(by_distinct(registration_number, lambda n: _numbered("reg", n)))
    if number is not None:
        found.append(by_distinct(number, lambda n: _numbered(of_scheme, n)))
    lesser = pc.coalesce(*found) if found else None
    if uscc is None:
        return _nothing_given() if lesser is None else lesser
    faults = check_uscc_column(uscc)
    codes = pc.binary_join_element_wise("org:", normalise_code_column(uscc), "")
    sound = pa.array(~rejected(faults))
    other = pc.if_else(pa.array(absent(faults)), lesser, None) if found else None
    return pc.if_else(sound, codes, other)


def _numbered(scheme: str, number: str | None) -> str | None:
    value = "".join(normalise_code(number).split())
    if not scheme or not value or is_placeholder(value):
        return None
    return f"org:{scheme}:{value}"


def _checked_scheme(scheme: str | None) -> str:
    if scheme and (scheme in _RESERVED or not _SCHEME.fullmatch(scheme)):
        raise BadInput(
            f"“{scheme}”不能用作标识的种类。",
            f"{scheme!r} cannot be the scheme of an identifier.",
            hint_zh="请用小写英文词，例如 lei；reg 和 scoped 已被占用。",
            hint_en="Use a lower-case word such as lei; reg and scoped are taken.",
        )
    return scheme or ""


def _nothing_given() -> str:
    raise BadInput(
        "没有能够确定该组织的号码。",
        "No number identifies this organization.",
        hint_zh="请按名称和地区确定（scoped_organization_id）。",
        hint_en="Scope it to its name and region (scoped_organization_id).",
    )


def _names(names: Column) -> pa.Array:
    return by_distinct(names, lambda n: normalise_name(n) or None)


def _unless_empty(column: Column) -> pa.Array:
    return by_distinct(column, lambda text: text or None)


def _joined(*parts: str | pa.Array) -> pa.Array:
    return pc.binary_join_element_wise(*parts, _SEPARATOR)


def _scoped_person(material: str) -> str:
    return f"per:scoped:{_digest(material)}"


def _scoped_organization(material: str) -> str:
    return f"org:scoped:{_digest(material)}"


def _digest(material: str) -> str:
    return hashlib.sha256(material.encode()).hexdigest()[:24]
