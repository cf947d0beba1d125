"""Holdings in short: who holds what percentage of whom."""

from datetime import date
from fractions import Fraction

from analytics.ownership.holdings import HoldingGraph
from graph.records import Fact, Holding
from graph.snapshot import day_of
from tests.journal import Journal

DAY = date(2026, 11, 22)


def person(name: str) -> str:
    return "per:" + name


def org(name: str) -> str:
    return "org:" + name


def named(name: str) -> str:
    """Small letters are persons, capitals organizations."""
    return person(name) if name.islower() else org(name)


def holds(
    holder: str, organization: str, share: str | None = None, **more: object
) -> Holding:
    """A holding of "60" per cent, "1/3", "25-50" per cent or nothing told."""
    values = dict(more)
    ends = share.split("-") if share is not None else []
    for end, column in zip(ends, ("share", "share_to"), strict=False):
        found = Fraction(end) if "/" in end else Fraction(end) / 100
        values |= {
            f"{column}_num": found.numerator,
            f"{column}_den": found.denominator,
        }
    return Holding(holder=named(holder), organization=named(organization), **values)  # type: ignore[arg-type]


def graph_of(*facts: Fact, day: date = DAY) -> HoldingGraph:
    return HoldingGraph(Journal(*facts).now(), day_of(day))


def exact(text: str) -> Fraction:
    return Fraction(text) if "/" in text else Fraction(text) / 100
