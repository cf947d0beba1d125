"""Exact shares of which only bounds are known: at least `low`, at most `high`."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

ZERO: Final = Fraction(0)
ONE: Final = Fraction(1)


@dataclass(frozen=True, slots=True)
class Interval:
    """A share that lies between two fractions of 1, both ends included."""

    low: Fraction
    high: Fraction

    @classmethod
    def exactly(cls, share: Fraction) -> "Interval":
        """Return the interval of a share that is known."""
        return cls(share, share)

    @property
    def is_exact(self) -> bool:
        """Return whether the share is known."""
        return self.low == self.high

    def __add__(self, other: "Interval") -> "Interval":
        """Return the share of both together."""
        return Interval(self.low + other.low, self.high + other.high)

    def __mul__(self, other: "Interval") -> "Interval":
        """Return a share of a share."""
        return Interval(self.low * other.low, self.high * other.high)

    def at_least(self, threshold: Fraction) -> bool | None:
        """Return whether the share reaches the threshold; None: not to be said."""
        return _verdict(self.low >= threshold, possibly=self.high >= threshold)

    def exceeds(self, threshold: Fraction) -> bool | None:
        """Return whether the share is above the threshold; None: not to be said."""
        return _verdict(self.low > threshold, possibly=self.high > threshold)

    def text(self) -> str:
        """Return the share in percent, for people; what is rounded says so."""
        if self.is_exact:
            return percent(self.low)
        return f"{percent(self.low)}–{percent(self.high)}"


UNKNOWN: Final = Interval(ZERO, ONE)
NONE: Final = Interval(ZERO, ZERO)


def _verdict(certainly: bool, *, possibly: bool) -> bool | None:  # noqa: FBT001
    if certainly:
        return True
    return None if possibly else False


def percent(share: Fraction) -> str:
    """Return a share in percent with up to four decimals; rounded ones begin with ≈."""
    units = share * 1_000_000
    rounded = round(units)
    text = f"{rounded // 10_000}.{rounded % 10_000:04}".rstrip("0").rstrip(".")
    return f"{text}%" if units == rounded else f"≈{text}%"
