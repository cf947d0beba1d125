"""Where organizations sit and how they are reached: addresses and telephones shared.

Of the measured registrations 23.9 % sit at an address that others have too, in groups
of up to 13. Beside those, agents register many firms at one desk (集群注册) and answer
for them; how many firms and how many agents there are is a guess, and said to be one.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loaders.synthetic.columns import blank_unless, glue, look_up, numbers
from loaders.synthetic.draw import Draw, Ints
from loaders.synthetic.places import STREETS, towns

_SIZES: Final = (1, 2, 3, 4, 5, 6, 7, 9, 13)
_SIZE_WEIGHTS: Final = (2519, 197, 67, 23, 10, 4, 1, 1, 1)
"""How many of the measured addresses have so many firms."""

_PHONE_SIZES: Final = (1, 2, 3, 5, 12)
_PHONE_WEIGHTS: Final = (1000, 60, 20, 6, 1)

_AT_AGENT: Final = 0.03
_FIRMS_PER_AGENT: Final = 40
_HOUSES: Final = 260
_ROOMS: Final = 9
_PARKS: Final = ("林源", "松涛", "青山", "汇川", "兴安", "北药")


@dataclass(frozen=True, slots=True)
class Sites:
    """Where each organization sits; `agent` is -1 where it has a desk of its own.

    `place` and `phone` are numbers of addresses and telephones, equal where shared.
    """

    district: Ints
    place: Ints
    agent: Ints
    phone: Ints

    def addresses(self, rows: Ints) -> pa.Array:
        """Return the addresses of these organizations."""
        at = self.place[rows]
        house = at // len(STREETS)
        room = house // _HOUSES * _ROOMS + (at * 7919) % 101 % _ROOMS
        own = glue(
            look_up(STREETS, at % len(STREETS)),
            numbers(1 + house % _HOUSES),
            "号",
            blank_unless(room > 0, glue(numbers(_room(room)), "室")),
        )
        agent = np.maximum(self.agent[rows], 0)
        desk = glue(
            look_up(_PARKS, agent % len(_PARKS)),
            "创业园",
            numbers(1 + agent // len(_PARKS) // 40),
            "号楼",
            numbers(_room(1 + agent // len(_PARKS) % 40)),
            "室",
        )
        tail = pc.if_else(pa.array(self.agent[rows] >= 0), desk, own)
        return glue(look_up(towns(), self.district[rows]), tail)

    def phones(self, rows: Ints) -> pa.Array:
        """Return the telephones: local numbers begin with 0, which none does."""
        return glue("0458-0", numbers(self.phone[rows], 7))


def _room(number: Ints) -> Ints:
    """Return room numbers of buildings with eight rooms to a floor."""
    return (number - 1) // 8 * 100 + 101 + (number - 1) % 8


def draw_sites(draw: Draw, prefecture: Ints, district: Ints) -> Sites:
    """Return where organizations of these prefectures and districts sit."""
    count = len(district)
    place, labels = draw.dealt(district, _SIZES, _SIZE_WEIGHTS)
    first = np.searchsorted(labels, np.arange(labels[-1] + 1))
    phone, _ = draw.dealt(district * 0, _PHONE_SIZES, _PHONE_WEIGHTS)
    agents = max(2, int(count * _AT_AGENT) // _FIRMS_PER_AGENT // 2)
    agent = draw.heavy(count, agents) * 2 + prefecture
    agent[~draw.chance(count, _AT_AGENT)] = -1
    answers = (agent >= 0) & draw.chance(count, 0.8)
    return Sites(
        district=np.where(agent >= 0, _SEATS[prefecture], district),
        place=place - first[district],
        agent=agent,
        phone=np.where(answers, 9_000_000 + agent, phone),
    )


_SEATS: Final = np.array([0, 11], dtype=np.int64)
"""The districts in which the agents of each prefecture have their desks."""
