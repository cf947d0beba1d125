"""The only place that reads the clock. Days are Asia/Shanghai, instants UTC."""

from abc import ABC, abstractmethod
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_SHANGHAI = ZoneInfo("Asia/Shanghai")


class Clock(ABC):
    """Tells the instant; the day follows from it."""

    @abstractmethod
    def now(self) -> datetime:
        """Return the present instant in UTC."""

    def today(self) -> date:
        """Return the present day in Shanghai."""
        return day_in_shanghai(self.now())


def day_in_shanghai(instant: datetime) -> date:
    """Return the day that an instant belongs to."""
    return instant.astimezone(_SHANGHAI).date()


class SystemClock(Clock):
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the present instant in UTC."""
        return datetime.now(UTC)


class FixedClock(Clock):
    """A clock that stands at an instant and moves when told: demo and tests."""

    def __init__(self, instant: datetime) -> None:
        self._instant = instant.astimezone(UTC)

    @classmethod
    def on(cls, day: date) -> "FixedClock":
        """Return a clock at nine in the morning of a day in Shanghai."""
        nine = datetime(day.year, day.month, day.day, 9, tzinfo=_SHANGHAI)
        return cls(nine)

    def now(self) -> datetime:
        """Return the instant at which the clock stands."""
        return self._instant

    def move_to(self, day: date) -> None:
        """Stand at nine in the morning of another day."""
        self._instant = FixedClock.on(day).now()
