"""What reads are answered from: one snapshot, one derivation, one day.

A board never changes; the next one is built aside and swapped in by a single
assignment, so a reader holds one consistent picture for as long as it likes.
"""

from dataclasses import dataclass
from datetime import date, datetime

from analytics.propagation.effects import Effect
from analytics.propagation.engine import Derivation
from graph.law.book import LawBook
from graph.snapshot import Snapshot, day_of
from graph.vocabulary import EffectStatus


@dataclass(frozen=True, slots=True)
class View:
    """A picture of the facts and what follows, on a day, as known at a load."""

    snapshot: Snapshot
    derivation: Derivation
    law: LawBook
    as_of: date
    known_at: datetime | None = None
    """None means: everything recorded so far."""

    @property
    def day(self) -> int:
        """Return `as_of` as a day number."""
        return day_of(self.as_of)

    def on(self, as_of: date) -> "View":
        """Return the same picture on another day."""
        return View(self.snapshot, self.derivation, self.law, as_of, self.known_at)

    def in_force(self, effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
        """Return those of the effects that are in force on the day."""
        return tuple(
            e for e in effects if e.status_on(self.day) is EffectStatus.IN_FORCE
        )


@dataclass(frozen=True, slots=True)
class Board:
    """The present picture."""

    snapshot: Snapshot
    derivation: Derivation
    law: LawBook
    today: date

    @property
    def view(self) -> View:
        """Return the picture of today with everything known."""
        return View(self.snapshot, self.derivation, self.law, self.today)
