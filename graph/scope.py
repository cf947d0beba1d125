"""Who may see what: a required argument of every read of store and snapshot.

A fact is open to a scope when it is public, or when its department, sector and
region all fall under the limits. What is not open is as if it did not exist.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """Limits of one reader; None means no limit on that axis.

    Args:
        departments: codes or names of the departments whose facts may be read.
        sectors: GB/T 4754 section letters.
        regions: GB/T 2260 prefixes ("2307" covers "230717").
        personal_data: whether identifying data of persons may leave unmasked.
    """

    departments: frozenset[str] | None = None
    sectors: frozenset[str] | None = None
    regions: tuple[str, ...] | None = None
    personal_data: bool = False

    @property
    def sees_all(self) -> bool:
        """Return whether no axis is limited."""
        return (
            self.departments is None and self.sectors is None and self.regions is None
        )

    def allows(
        self, *, public: bool, department: str, sector: str, region: str
    ) -> bool:
        """Return whether one fact with these marks is open to the reader.

        An empty mark does not match a limit: a fact whose region is not known is
        closed to a reader limited by region unless it is public.
        """
        if public or self.sees_all:
            return True
        if self.departments is not None and department not in self.departments:
            return False
        if self.sectors is not None and sector not in self.sectors:
            return False
        return self.regions is None or region.startswith(self.regions)


ALL = Scope(personal_data=True)
"""Sees everything; for the service's own derivations and for operators."""
