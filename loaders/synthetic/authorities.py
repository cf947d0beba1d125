"""The organs of both prefectures; their codes are invented like all others."""

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import pyarrow as pa

from loaders.synthetic.codes import PREFIXES, unified_codes
from loaders.synthetic.columns import glue, look_up, numbers, serials, years
from loaders.synthetic.draw import Ints
from loaders.synthetic.offices import OFFICES
from loaders.synthetic.places import PREFECTURES

_FIRST_NUMBER: Final = 885_000_000
"""Running numbers of organs: apart from those of organizations."""


@dataclass(frozen=True, slots=True)
class Authority:
    """An organ that writes papers; `sign` begins the numbers of its papers."""

    name: str
    code: str
    sign: str


@cache
def authority(name: str, sign: str, region: int) -> Authority:
    """Return the organ of this name; its code depends on its name and region only."""
    number = sum(ord(c) * (i + 1) * 31 for i, c in enumerate(name)) % 1_500_000
    codes = unified_codes(
        np.array([PREFIXES.index("11")]),
        np.array([region]),
        np.array([_FIRST_NUMBER + number]),
    )
    return Authority(name, str(codes[0].as_py()), sign)


def _of_office(prefecture: int, office: int) -> Authority:
    city, organ = PREFECTURES[prefecture], OFFICES[office]
    return authority(city.name + organ.name, city.name[0] + organ.sign, city.code)


OFFICE_AUTHORITIES: Final = tuple(
    _of_office(p, o) for p in range(len(PREFECTURES)) for o in range(len(OFFICES))
)
"""The offices of both prefectures, those of the first one before the second's."""


def office_position(prefecture: Ints, office: Ints) -> Ints:
    """Return each office's position in OFFICE_AUTHORITIES."""
    return prefecture * len(OFFICES) + office


COURTS: Final = tuple(
    authority(f"{p.name}中级人民法院", f"黑{p.code // 100 % 100:02d}", p.code)
    for p in PREFECTURES
)
"""The court of each prefecture; its sign stands in its case numbers."""

REGISTRARS: Final = tuple(
    authority(p.name + "市场监督管理局", p.name[0] + "市监", p.code)
    for p in PREFECTURES
)
"""Who registers organizations in each prefecture."""


def paper_numbers(kind: str, organ: Ints, decided: Ints, serial: Ints) -> pa.Array:
    """Return the numbers of an office's papers; 示 marks them as samples.

    Args:
        kind: what sort of paper, for example 罚 or 许.
        organ: positions in OFFICE_AUTHORITIES.
        decided: day of each paper.
        serial: its number in the year.
    """
    sign = look_up([a.sign for a in OFFICE_AUTHORITIES], organ)
    return glue(
        sign, f"{kind}示〔", numbers(years(decided)), "〕", numbers(serial), "号"
    )


def paper_serials(organ: Ints, decided: Ints) -> Ints:
    """Return numbers for papers in their order, counted by office and year."""
    return serials(years(decided) * len(OFFICE_AUTHORITIES) + organ)
