"""What no single file can say about itself: references, completeness, consistency."""

from graph.law.checks.purposes import check_purposes
from graph.law.checks.references import check_references
from graph.law.checks.rules import check_rules
from graph.law.checks.states import check_states
from graph.law.checks.tables import check_tables
from graph.law.checks.thresholds import check_thresholds
from graph.law.faults import Fault
from graph.law.reading import Draft

__all__ = ["check_draft"]


def check_draft(draft: Draft) -> list[Fault]:
    """Return every fault of the book, by file and line; none means it may be used."""
    found = [
        *draft.faults,
        *check_references(draft),
        *check_tables(draft),
        *check_purposes(draft),
        *check_thresholds(draft),
        *check_states(draft),
        *check_rules(draft),
    ]
    return sorted(set(found))
