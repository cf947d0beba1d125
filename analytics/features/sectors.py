"""Across sectors and regions: trouble elsewhere that reaches over common people.

How often trouble in one sector was followed by trouble in another, at organizations
with common people, is fitted on the two years before the cut and on nothing later.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from analytics.features.feature import Direction, Unit, Values, feature
from analytics.features.peers import Shared, smoothed
from analytics.features.reading import judged
from graph.vocabulary import FactKind

if TYPE_CHECKING:
    from analytics.features.cut import Cut

UP = Direction.MORE_RISK
SECTIONS: Final = 20
WINDOW: Final = 365
_PRIOR: Final = 1.0
"""Added to observed and expected: a cell without data is a ratio of one."""

Matrix = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Spread:
    """What followed trouble in one sector, by sector of neighbours.

    Args:
        exposed: float64[20, 20], neighbours in the column's sector of organizations in
            the row's sector that had trouble in the year before the window.
        observed: of those, how many had trouble in the window.
        expected: how many would have had at the rate of their sector.
    """

    exposed: Matrix
    observed: Matrix
    expected: Matrix

    @property
    def ratio(self) -> Matrix:
        """Return observed over expected, pulled towards one where there is little."""
        return (self.observed + _PRIOR) / (self.expected + _PRIOR)


def spread(cut: "Cut") -> Spread:
    """Return the spread in the year before the cut of trouble of the year before."""
    start = cut.day - WINDOW
    before, after = _trouble(cut, start - WINDOW, start), _trouble(cut, start, cut.day)
    sector, peers = cut.described.sector, cut.relations.by_person
    rate = _rates(sector, after)
    exposed, observed = np.zeros((SECTIONS, SECTIONS)), np.zeros((SECTIONS, SECTIONS))
    told = sector >= 0
    for source in range(SECTIONS):
        links = peers.total(before & (sector == source))
        exposed[source] = np.bincount(sector[told], links[told], SECTIONS)
        hit = links * after
        observed[source] = np.bincount(sector[told], hit[told], SECTIONS)
    return Spread(exposed, observed, exposed * rate)


def _rates(sector: npt.NDArray[np.int8], troubled: Flags) -> Matrix:
    told = sector >= 0
    all_ = np.bincount(sector[told], minlength=SECTIONS)
    some = np.bincount(sector[told], troubled[told], SECTIONS)
    return some / np.maximum(all_, 1)


def _trouble(cut: "Cut", since: int, until: int) -> Flags:
    """Return which organizations had an adverse record decided after a day, to another.

    Records that are no longer open at the cut do not count: they were taken back.
    """
    records, sanctions = cut.records, cut.sanctions
    flags = np.zeros(cut.size, np.bool_)
    mine = records.adverse & (records.day > since) & (records.day <= until)
    flags[records.organization[mine]] = True
    own = (sanctions.day > since) & (sanctions.day <= until)
    flags[sanctions.organization[own]] = True
    return flags


@feature(Unit.RATIO, UP, whole=True)
def sector_exposure(cut: "Cut") -> Values:
    """其他行业的风险经共同任职人员传来的倍数：按行业两两之间的实际与预期之比平均。

    Mean ratio, observed to expected, by which trouble of neighbours' sectors was
    followed by trouble in its own; one without troubled neighbours.
    """
    found, sector = spread(cut).ratio, cut.described.sector
    peers = cut.relations.by_person
    recent = _trouble(cut, cut.day - WINDOW, cut.day)
    weight, count = np.zeros(cut.size), np.zeros(cut.size)
    told = sector >= 0
    for source in range(SECTIONS):
        links = peers.total(recent & (sector == source))
        weight[told] += links[told] * found[source, sector[told]]
        count[told] += links[told]
    return (weight + 1.0) / (count + 1.0)


@feature(Unit.SHARE, UP, whole=True)
def sector_rate(cut: "Cut") -> Values:
    """所属行业有未了结不良记录的比例（不含自身，平滑）。

    Smoothed share of its sector with adverse records, itself left out.
    """
    return _group_rate(cut, cut.described.sector)


@feature(Unit.SHARE, UP, whole=True)
def region_rate(cut: "Cut") -> Values:
    """所属市（地）有未了结不良记录的比例（不含自身，平滑）。

    Smoothed share of its prefecture with adverse records, itself left out.
    """
    return _group_rate(cut, cut.described.region)


def _group_rate(cut: "Cut", group: npt.NDArray[np.integer]) -> Values:
    told, adverse = group >= 0, cut.adverse.astype(np.float64)
    size = int(group.max(initial=0)) + 1
    all_ = np.bincount(group[told], minlength=size)[group] - 1.0
    some = np.bincount(group[told], adverse[told], size)[group] - adverse
    rate = smoothed(some, np.maximum(all_, 0.0), cut.base.adverse)
    return np.where(told, rate, cut.base.adverse)


@feature(Unit.COUNT, UP)
def troubled_in_other_sectors(cut: "Cut") -> Values:
    """其他行业中有共同任职人员且有未了结不良记录的组织数。

    Organizations of other sectors with common people and adverse records.
    """
    return _elsewhere(cut, cut.described.sector, cut.adverse)


@feature(Unit.COUNT, UP)
def serious_in_other_sectors(cut: "Cut") -> Values:
    """其他行业中有共同任职人员且有严重记录或者惩戒的组织数。

    Organizations of other sectors with common people and serious records.
    """
    return _elsewhere(cut, cut.described.sector, cut.serious)


@feature(Unit.COUNT)
def neighbours_in_other_sectors(cut: "Cut") -> Values:
    """其他行业中有共同任职人员的组织数。

    Organizations of other sectors with common people.
    """
    return _elsewhere(cut, cut.described.sector, np.ones(cut.size))


@feature(Unit.COUNT, UP)
def troubled_in_other_regions(cut: "Cut") -> Values:
    """其他市（地）有共同任职人员且有未了结不良记录的组织数。

    Organizations of other prefectures with common people and adverse records.
    """
    return _elsewhere(cut, cut.described.region, cut.adverse)


@feature(Unit.COUNT)
def neighbours_in_other_regions(cut: "Cut") -> Values:
    """其他市（地）有共同任职人员的组织数。

    Organizations of other prefectures with common people.
    """
    return _elsewhere(cut, cut.described.region, np.ones(cut.size))


def _elsewhere(
    cut: "Cut",
    group: npt.NDArray[np.integer],
    values: npt.NDArray[np.generic],
) -> Values:
    """Return the sum over neighbours of another group; without a group, of none."""
    peers: Shared = cut.relations.by_person
    known = values * (group >= 0)
    other = peers.total(known) - peers.within(group).total(known)
    return np.where(group >= 0, other, 0.0)


@feature(Unit.FLAG, UP)
def works_beyond_its_region(cut: "Cut") -> Values:
    """有其他市（地）的机关对其作出过未了结的处罚、检查等记录。

    Authorities of another prefecture have open records about it.
    """
    kind, records = FactKind.RECORD, cut.records
    regions, home = cut.described.regions, cut.described.region
    elsewhere = np.zeros(len(records.row), np.bool_)
    for number, prefecture in enumerate(regions):
        own = home[records.organization] == number
        marked = judged(
            cut.snapshot,
            kind,
            "region",
            records.row[own],
            lambda word, here=prefecture: bool(word) and not word.startswith(here),  # type: ignore[misc]
        )
        elsewhere[own] = marked
    found = np.bincount(records.organization[elsewhere], minlength=cut.size)
    return np.minimum(found, 1).astype(np.float64)
