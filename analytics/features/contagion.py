"""Contagion along guarantees: who stands for debtors that may fail.

The probability that a guarantor is called on is a noisy-or over its debtors, each of
whom may fail by himself or because he is called on in turn: the least fixed point. It
is told as an interval, for how often a failing debtor's guarantor is called on is not
known. What an organization itself did never comes back to it around a ring.
"""

from typing import TYPE_CHECKING, Final

import numpy as np

from analytics.features.feature import Direction, Unit, Values, feature
from analytics.kernels.components import strong_components
from analytics.kernels.contagion import contagion
from analytics.kernels.csr import build_csr

if TYPE_CHECKING:
    from analytics.features.cut import Cut

UP = Direction.MORE_RISK
_CALLED_ON: Final = (0.3, 0.8)
"""Bounds of the chance that a failing debtor's guarantor is called on."""
_FAILS: Final = 0.5
"""Chance that a debtor with an open serious record fails; without one: none."""


def _called(cut: "Cut", passes: float) -> Values:
    guarantors, debtors = cut.relations.guaranteed.near, cut.relations.guaranteed.far
    csr = build_csr(cut.size, guarantors, debtors, both=False)
    return contagion(
        csr, np.where(cut.serious, _FAILS, 0.0), passes, strong_components(csr)
    )


@feature(Unit.SHARE, UP, whole=True)
def called_on_at_least(cut: "Cut") -> Values:
    """因担保被追偿的可能性下限（债务人有严重记录，逐级传导；自身记录不回传）。

    Least chance to be called on as guarantor for debtors with serious records, in
    chains; not known in rings of more than 500.
    """
    return _called(cut, _CALLED_ON[0])


@feature(Unit.SHARE, UP, whole=True)
def called_on_at_most(cut: "Cut") -> Values:
    """因担保被追偿的可能性上限（债务人有严重记录，逐级传导；自身记录不回传）。

    Most chance to be called on as guarantor for debtors with serious records, in
    chains; not known in rings of more than 500.
    """
    return _called(cut, _CALLED_ON[1])
