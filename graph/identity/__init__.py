"""Identifiers of subjects: who is meant, without saying it in clear.

A person with a document number has a key that only this deployment can compute. A
person known by name is scoped to one organization and role, and an organization
known by name to one region: the identifier itself says so, and nothing may be
concluded across it (identity floor). Document numbers enter this package and do not
leave it: not in an identifier, a representation, a log line or an error message.
"""

from graph.identity.anchors import (
    ANCHOR_KINDS,
    anchor_kind,
    anchor_of,
    is_anchor,
    mask_anchor,
    normalise_anchor,
)
from graph.identity.keys import DocumentKind, PersonKeys, UnusableNumber
from graph.identity.secret import (
    PersonSecretError,
    SecretDamaged,
    SecretExposed,
    SecretMissing,
    load_or_create_secret,
)
from graph.identity.subjects import (
    is_organization,
    is_person,
    is_scoped,
    normalise_name,
    organization_id,
    organization_ids,
    scoped_organization_id,
    scoped_organization_ids,
    scoped_person_id,
    scoped_person_ids,
)

__all__ = [
    "ANCHOR_KINDS",
    "DocumentKind",
    "PersonKeys",
    "PersonSecretError",
    "SecretDamaged",
    "SecretExposed",
    "SecretMissing",
    "UnusableNumber",
    "anchor_kind",
    "anchor_of",
    "is_anchor",
    "is_organization",
    "is_person",
    "is_scoped",
    "load_or_create_secret",
    "mask_anchor",
    "normalise_anchor",
    "normalise_name",
    "organization_id",
    "organization_ids",
    "scoped_organization_id",
    "scoped_organization_ids",
    "scoped_person_id",
    "scoped_person_ids",
]
