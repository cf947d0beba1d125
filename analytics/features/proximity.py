"""Proximity to sanctioned subjects, told against what is usual; oneself left out."""

from typing import TYPE_CHECKING, Final

import numpy as np

from analytics.features.feature import Direction, Unit, Values, feature
from analytics.features.peers import smoothed
from analytics.features.structure import connected
from analytics.kernels.components import weak_components
from analytics.kernels.csr import build_csr
from analytics.kernels.nearest import nearest_other

if TYPE_CHECKING:
    from analytics.features.cut import Cut

UP, DOWN = Direction.MORE_RISK, Direction.LESS_RISK
FARTHEST: Final = 8
"""Steps beyond which nothing is looked for: four organizations away."""


@feature(Unit.RATIO, UP)
def proximity(cut: "Cut") -> Values:
    """各种关系的邻居中有严重记录或者惩戒的比例与全体之比（平滑）。

    Share of neighbours by any relation with serious records, over that of the whole.
    """
    r = cut.relations
    near = (r.by_person, r.by_address, r.by_number, r.by_holder, r.by_holding)
    total = sum((p.total(cut.serious) for p in near), np.zeros(cut.size))
    count = sum((p.count for p in near), np.zeros(cut.size))
    base = cut.base.serious
    return smoothed(total, count, base) / base if base else np.ones(cut.size)


@feature(Unit.HOPS, DOWN, whole=True)
def steps_to_sanctioned(cut: "Cut") -> Values:
    """到最近的其他有严重记录或者惩戒的组织的步数（经人员、地址为两步），至多八步。

    Steps to the nearest other organization with a serious record, through a person or
    an address two; nine where there is none within eight.
    """
    nodes, near, far = connected(cut)
    csr = build_csr(nodes, near, far, both=True)
    sources = np.flatnonzero(cut.serious).astype(np.int32)
    steps = nearest_other(csr, sources, FARTHEST)[: cut.size]
    return np.where(steps < 0, FARTHEST + 1, steps).astype(np.float64)


@feature(Unit.RATIO, UP, whole=True)
def component_ratio(cut: "Cut") -> Values:
    """所在关系网络连通部分中其他有严重记录组织的比例与全体之比（平滑）。

    Share of the others connected with it that have serious records, over that of the
    whole.
    """
    nodes, near, far = connected(cut)
    component = weak_components(nodes, near, far)[: cut.size]
    serious = cut.serious.astype(np.float64)
    sizes = np.bincount(component, minlength=nodes)[component]
    others = (sizes - 1).astype(np.float64)
    total = np.bincount(component, serious, nodes)[component] - serious
    base = cut.base.serious
    return smoothed(total, others, base) / base if base else np.ones(cut.size)
