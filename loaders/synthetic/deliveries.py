"""Which penalties are in the stock, which come in a weekly delivery, and which late.

A city with late rows keeps the penalties of the last eight weeks out of the stock: each
week has a file of its own. What is on time is in the file of its week, at most five
working days after the decision; what is late comes three weeks later at least, which
is more than seven working days even with the longest holidays between.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from loaders.synthetic.draw import Draw, Ints

WEEKS: Final = 8
_HELD: Final = 3
"""Weeks that a late row is held back at least."""


@dataclass(frozen=True, slots=True)
class Deliveries:
    """Rows by how they are delivered, each in the order of the decisions.

    Attributes:
        stock: rows that were there before the first delivery.
        weeks: day of a delivery to its rows, the first delivery first.
        late: rows of the deliveries that are late.
        delivered: the day on which each late row is delivered.
    """

    stock: Ints
    weeks: dict[int, Ints]
    late: Ints
    delivered: Ints


def deliver(draw: Draw, decided: Ints, today: int, late: float) -> Deliveries:
    """Return how decisions of these days (ascending) are delivered.

    Args:
        draw: the stream of the deliveries.
        decided: day of each decision.
        today: the day of the last delivery.
        late: share of late rows in the deliveries; with 0 all is stock.
    """
    rows = np.arange(len(decided))
    if not late:
        return Deliveries(rows, {}, rows[:0], rows[:0])
    week = (today - decided) // 7
    recent = rows[week < WEEKS]
    of = week[recent]
    able = of >= _HELD
    odds = min(1.0, late * len(recent) / max(1, int(able.sum())))
    held = able & draw.chance(len(recent), odds)
    moved = np.where(held, of - _HELD - draw.below(len(recent), of - _HELD + 1), of)
    weeks = {today - 7 * w: recent[moved == w] for w in range(WEEKS - 1, -1, -1)}
    return Deliveries(
        stock=rows[week >= WEEKS],
        weeks={day: mine for day, mine in weeks.items() if len(mine)},
        late=recent[held],
        delivered=today - 7 * moved[held],
    )
