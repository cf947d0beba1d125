"""Whether a provision may carry what is rested on it: rank, evidence, territory."""

from collections.abc import Sequence

from graph.law.base import Basis
from graph.law.reference import Instrument
from graph.vocabulary import Evidence, Rank

STATUTES = frozenset(
    {
        Rank.CONSTITUTION,
        Rank.LAW,
        Rank.ADMINISTRATIVE_REGULATION,
        Rank.JUDICIAL_INTERPRETATION,
        Rank.PROVINCIAL_REGULATION,
        Rank.SPECIAL_ZONE_REGULATION,
    }
)
"""Ranks that can found a burden; a rule of a department or a city document cannot."""

_STRENGTH = {Evidence.READ: 2, Evidence.CITED: 1, Evidence.UNVERIFIED: 0}


def texts(
    bases: Sequence[Basis], instruments: dict[str, Instrument]
) -> list[Instrument]:
    """Return the instruments of the bases, as far as they could be read."""
    return [instruments[b.instrument] for b in bases if b.instrument in instruments]


def is_stronger(
    evidence: Evidence, bases: Sequence[Basis], instruments: dict[str, Instrument]
) -> bool:
    """Return whether the evidence claims more than the text it rests on, the first."""
    leading = instruments.get(bases[0].instrument) if bases else None
    return leading is not None and _STRENGTH[evidence] > _STRENGTH[leading.evidence]


def covers(jurisdiction: str, place: str) -> bool:
    """Return whether a text of one jurisdiction is in force in another place."""
    return jurisdiction == "CN" or place.startswith(jurisdiction)
