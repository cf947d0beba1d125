"""Where each part of the law book stands in its folder, and which model reads it."""

from dataclasses import dataclass

from graph.law.base import LawModel
from graph.law.reference import (
    Field,
    Instrument,
    ListDefinition,
    Measure,
    PersonState,
    Purpose,
    RoleRule,
    Threshold,
)
from graph.law.rule import Rule


@dataclass(frozen=True, slots=True)
class Shelf:
    """One part of the book.

    Args:
        name: its name in the payload and on LawBook.
        place: a folder with one item a file, or one file with a list of items.
        key: the field by which items are told apart.
        is_late: books journaled before it was introduced do not have it.
        is_optional: a folder without it is a whole book.
    """

    name: str
    place: str
    model: type[LawModel]
    key: str = "key"
    is_late: bool = False
    is_optional: bool = False

    @property
    def is_folder(self) -> bool:
        """Return whether each item has a file of its own."""
        return not self.place.endswith(".yaml")


SHELVES = (
    Shelf("instruments", "instruments", Instrument),
    Shelf("measures", "measures.yaml", Measure),
    Shelf("fields", "fields.yaml", Field),
    Shelf("lists", "lists.yaml", ListDefinition),
    Shelf("roles", "roles.yaml", RoleRule, key="organization_kind"),
    Shelf("purposes", "purposes.yaml", Purpose, is_late=True),
    Shelf("thresholds", "thresholds.yaml", Threshold, is_late=True, is_optional=True),
    Shelf(
        "person_states",
        "person_states.yaml",
        PersonState,
        is_late=True,
        is_optional=True,
    ),
    Shelf("rules", "liability", Rule),
)
