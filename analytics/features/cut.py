"""What is known of all organizations at a cut: the columns that features read.

Records that were repaired, expired or voided by the day are not among those that
features count; what is decided later is an outcome, read for training alone.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from analytics.features.population import Population
from analytics.features.records import (
    Records,
    Sanctions,
    records_at,
    sanctions_at,
    serious_after,
)
from analytics.features.relations import Relations
from graph.snapshot import OPEN

Int32 = npt.NDArray[np.int32]
Int8 = npt.NDArray[np.int8]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Cut(Population):
    """All organizations that a reader may see on a day, with records and relations.

    Args:
        given: shares of the whole, for a part of the graph; None: its own.
        rewired: seed by which links are dealt out anew, each node and organization
            keeping its number: a control that must lose what neighbours tell. None:
            as they are.
    """

    given: "Base | None" = None
    rewired: int | None = None

    @cached_property
    def records(self) -> Records:
        """Return the records decided by the day that nothing has ended by then."""
        return records_at(self)

    @cached_property
    def sanctions(self) -> Sanctions:
        """Return the sanctions that stand on the day."""
        return sanctions_at(self)

    @cached_property
    def adverse(self) -> Flags:
        """Return which organizations have an open adverse record or a sanction."""
        flags = np.zeros(self.size, np.bool_)
        flags[self.records.organization[self.records.adverse]] = True
        flags[self.sanctions.organization] = True
        return flags

    @cached_property
    def serious(self) -> Flags:
        """Return which organizations have an open serious record or a sanction."""
        flags = np.zeros(self.size, np.bool_)
        flags[self.records.organization[self.records.serious]] = True
        flags[self.sanctions.organization] = True
        return flags

    @cached_property
    def relations(self) -> Relations:
        """Return the relations that hold on the day."""
        return Relations(self, self.rewired)

    @cached_property
    def base(self) -> "Base":
        """Return the shares of the whole that rates are smoothed towards."""
        if self.given is not None:
            return self.given
        least = 1 / max(self.size, 1)
        return Base(
            adverse=max(float(self.adverse.mean()), least) if self.size else 0.0,
            serious=max(float(self.serious.mean()), least) if self.size else 0.0,
        )


@dataclass(frozen=True, slots=True)
class Base:
    """Shares of all organizations with an open adverse and an open serious record."""

    adverse: float
    serious: float


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What came of the organizations of a cut within some days.

    Args:
        serious: whether a serious record or sanction was imposed, by organization.
        day: the first such day; OPEN: none.
        sector: of the first one, place in SECTORS; -1: none, or not told.
    """

    serious: Flags
    day: Int32
    sector: Int8


def outcomes(cut: Cut, days: int, sector: int | None = None) -> Outcomes:
    """Return what was imposed within some days after the cut, as known now.

    Args:
        cut: on whose organizations; not pinned before the days are over.
        days: how many.
        sector: place in SECTORS; only what falls in it counts.
    """
    found = serious_after(cut, cut.day + days)
    chosen = np.ones(len(found.day), np.bool_)
    if sector is not None:
        chosen = found.sector == sector
    organization, day = found.organization[chosen], found.day[chosen]
    order = np.lexsort((found.sector[chosen], day))[::-1]  # the first is written last
    first = np.full(cut.size, OPEN, np.int32)
    letter = np.full(cut.size, -1, np.int8)
    first[organization[order]] = day[order]
    letter[organization[order]] = found.sector[chosen][order]
    return Outcomes(first < OPEN, first, letter)
