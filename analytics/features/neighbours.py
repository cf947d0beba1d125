"""Neighbours by relation: the share with an open adverse record, and of how many.

A share is smoothed towards that of the whole, (Σy + 2·base) / (n + 2), so that one bad
neighbour of one is not all of them. The organization itself is never among them.
"""

from typing import TYPE_CHECKING

import numpy as np

from analytics.features.feature import Direction, Unit, Values, feature
from analytics.features.peers import Peers, smoothed
from graph.vocabulary import RecordKind

if TYPE_CHECKING:
    from analytics.features.cut import Cut

UP = Direction.MORE_RISK
_YEAR = 365


def _rate(cut: "Cut", peers: Peers) -> Values:
    return smoothed(peers.total(cut.adverse), peers.count, cut.base.adverse)


@feature(Unit.SHARE, UP)
def person_rate(cut: "Cut") -> Values:
    """有共同任职人员的组织中有未了结不良记录的比例（平滑）。

    Smoothed share of organizations with common people that have adverse records.
    """
    return _rate(cut, cut.relations.by_person)


@feature(Unit.SHARE, UP)
def person_serious_rate(cut: "Cut") -> Values:
    """有共同任职人员的组织中有严重记录或者惩戒的比例（平滑）。

    Smoothed share of organizations with common people that have serious records.
    """
    peers = cut.relations.by_person
    return smoothed(peers.total(cut.serious), peers.count, cut.base.serious)


@feature(Unit.COUNT, UP)
def person_recent(cut: "Cut") -> Values:
    """有共同任职人员的组织最近一年受到的行政处罚。

    Penalties of the last year against organizations with common people.
    """
    records = cut.records
    recent = records.of(RecordKind.PENALTY) & (records.day > cut.day - _YEAR)
    given = np.bincount(records.organization[recent], minlength=cut.size)
    return cut.relations.by_person.total(given)


@feature(Unit.SHARE, UP)
def representative_rate(cut: "Cut") -> Values:
    """由同一代表人代表的组织中有未了结不良记录的比例（平滑）。

    Smoothed share of organizations with the same representative with adverse records.
    """
    return _rate(cut, cut.relations.by_representative)


@feature(Unit.COUNT)
def representative_neighbours(cut: "Cut") -> Values:
    """由同一代表人代表的其他组织数。

    Other organizations with the same representative.
    """
    return cut.relations.by_representative.count


@feature(Unit.SHARE, UP)
def address_rate(cut: "Cut") -> Values:
    """同一地址的组织中有未了结不良记录的比例（平滑；五十家以上共用的地址不计）。

    Smoothed share at the same address with adverse records; addresses of more than 50
    aside.
    """
    return _rate(cut, cut.relations.by_address)


@feature(Unit.COUNT)
def address_neighbours(cut: "Cut") -> Values:
    """同一地址的其他组织数（五十家以上共用的地址不计）。

    Other organizations at the same address; addresses of more than 50 aside.
    """
    return cut.relations.by_address.count


@feature(Unit.SHARE, UP)
def number_rate(cut: "Cut") -> Values:
    """同一电话、电子邮箱的组织中有未了结不良记录的比例（平滑）。

    Smoothed share with the same telephone or e-mail with adverse records.
    """
    return _rate(cut, cut.relations.by_number)


@feature(Unit.COUNT)
def number_neighbours(cut: "Cut") -> Values:
    """同一电话、电子邮箱的其他组织数（五十家以上共用的不计）。

    Other organizations with the same telephone or e-mail; those of more than 50 aside.
    """
    return cut.relations.by_number.count


@feature(Unit.SHARE, UP)
def common_holder_rate(cut: "Cut") -> Values:
    """有共同股东的组织中有未了结不良记录的比例（平滑）。

    Smoothed share of organizations with a common holder with adverse records.
    """
    return _rate(cut, cut.relations.by_holder)


@feature(Unit.SHARE, UP)
def holding_rate(cut: "Cut") -> Values:
    """与其相互持股或者参股的组织中有未了结不良记录的比例（平滑）。

    Smoothed share of its corporate holders and holdings with adverse records.
    """
    return _rate(cut, cut.relations.by_holding)


@feature(Unit.COUNT)
def holding_neighbours(cut: "Cut") -> Values:
    """持有其股权、或者由其持股的组织数。

    Organizations that hold its shares, or whose shares it holds.
    """
    return cut.relations.by_holding.count


@feature(Unit.SHARE, UP)
def branch_rate(cut: "Cut") -> Values:
    """其分支机构或者所属组织中有未了结不良记录的比例（平滑）。

    Smoothed share of its branches, or its parent, with adverse records.
    """
    return _rate(cut, cut.relations.by_branch)


@feature(Unit.COUNT)
def branch_neighbours(cut: "Cut") -> Values:
    """分支机构和所属组织数。

    Its branches and its parent.
    """
    return cut.relations.by_branch.count


@feature(Unit.SHARE, UP)
def guaranteed_rate(cut: "Cut") -> Values:
    """由其担保的组织中有未了结不良记录的比例（平滑）。

    Smoothed share of those for whose debts it stands with adverse records.
    """
    return _rate(cut, cut.relations.guaranteed)


@feature(Unit.COUNT)
def guaranteed_neighbours(cut: "Cut") -> Values:
    """由其担保的组织数。

    Organizations for whose debts it stands.
    """
    return cut.relations.guaranteed.count
