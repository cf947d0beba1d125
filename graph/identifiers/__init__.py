"""Codes that identify subjects: their check rules, spellings, faults and masks.

One code has one normalised spelling (trimmed, half-width, capitals) and at most one
fault, the first in the order of `CodeFault`. The function for one code and the
function for a column name the same fault for every text there is.
"""

from graph.identifiers.columns import (
    check_resident_id_column,
    check_uscc_column,
    warm_up,
)
from graph.identifiers.faults import (
    CodeCheck,
    CodeFault,
    CodeKind,
    absent,
    rejected,
)
from graph.identifiers.masks import mask_document_number, mask_name, mask_resident_id
from graph.identifiers.normal import (
    half_width,
    is_placeholder,
    normalise_code,
    normalise_code_column,
)
from graph.identifiers.resident import (
    check_resident_id,
    resident_check_character,
    upgrade_resident_id,
)
from graph.identifiers.uscc import (
    check_organization_code,
    check_registration_number,
    check_uscc,
    organization_check_character,
    registration_check_digit,
    uscc_check_character,
)

__all__ = [
    "CodeCheck",
    "CodeFault",
    "CodeKind",
    "absent",
    "check_organization_code",
    "check_registration_number",
    "check_resident_id",
    "check_resident_id_column",
    "check_uscc",
    "check_uscc_column",
    "half_width",
    "is_placeholder",
    "mask_document_number",
    "mask_name",
    "mask_resident_id",
    "normalise_code",
    "normalise_code_column",
    "organization_check_character",
    "registration_check_digit",
    "rejected",
    "resident_check_character",
    "upgrade_resident_id",
    "uscc_check_character",
    "warm_up",
]
