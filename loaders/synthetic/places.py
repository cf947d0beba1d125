"""Where the city lies: real districts of two neighbouring prefectures, invented streets."""

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import pyarrow as pa

from loaders.synthetic.columns import look_up
from loaders.synthetic.draw import Draw, Ints


@dataclass(frozen=True, slots=True)
class Prefecture:
    """A prefecture with its districts and their shares of its organizations.

    Yichun's are measured, in thousandths, the districts of before 2019 taken together
    as they were merged; Hegang's follow the number of people.

    `person_region` is what its people's resident numbers begin with: ends in 99.
    """

    code: int
    name: str
    person_region: int
    districts: tuple[tuple[int, str, int], ...]


YICHUN: Final = Prefecture(
    230700,
    "伊春市",
    230799,
    (
        (230717, "伊美区", 378),
        (230718, "乌翠区", 120),
        (230719, "友好区", 71),
        (230722, "嘉荫县", 52),
        (230723, "汤旺县", 42),
        (230724, "丰林县", 70),
        (230725, "大箐山县", 31),
        (230726, "南岔县", 68),
        (230751, "金林区", 63),
        (230781, "铁力市", 105),
    ),
)
HEGANG: Final = Prefecture(
    230400,
    "鹤岗市",
    230499,
    (
        (230402, "向阳区", 14),
        (230403, "工农区", 24),
        (230404, "南山区", 14),
        (230405, "兴安区", 8),
        (230406, "东山区", 10),
        (230407, "兴山区", 4),
        (230421, "萝北县", 16),
        (230422, "绥滨县", 10),
    ),
)
PREFECTURES: Final = (YICHUN, HEGANG)
"""Where organizations are registered; the position is the prefecture's number."""

SECOND_EVERY: Final = 0.22
"""Share of organizations that are registered in the second prefecture."""

_DISTRICTS = [d for p in PREFECTURES for d in p.districts]
_OWNERS = [p for p in PREFECTURES for _ in p.districts]
STREETS = tuple(
    a + b + c
    for a, c in zip("松桦椴榆柞槐", "街路街路大街", strict=False)
    for b in ("涛", "影", "溪", "岭", "风", "月", "泉", "石")
)


def district_of(draw: Draw, prefecture: Ints) -> Ints:
    """Return the number of a district in each organization's prefecture."""
    drawn = [
        draw.pick(len(prefecture), [d[2] for d in p.districts]) for p in PREFECTURES
    ]
    first = len(YICHUN.districts)
    return np.where(prefecture == 0, drawn[0], drawn[1] + first)


def region_codes(district: Ints) -> Ints:
    """Return the region code of each district."""
    return np.array([d[0] for d in _DISTRICTS], dtype=np.int64)[district]


def place_names(district: Ints) -> pa.Array:
    """Return what a firm's name begins with: its city or, for small towns, district."""
    words = [
        owner.name if code % 100 < 20 else name
        for owner, (code, name, _) in zip(_OWNERS, _DISTRICTS, strict=True)
    ]
    return look_up(words, district)


def town(region: int) -> str:
    """Return how addresses in a district begin."""
    owner, name = next(
        (owner.name, name)
        for owner, (code, name, _) in zip(_OWNERS, _DISTRICTS, strict=True)
        if code == region
    )
    return f"黑龙江省{name}" if name.endswith("市") else f"黑龙江省{owner}{name}"


@cache
def towns() -> pa.Array:
    """Return how addresses in each district begin."""
    return pa.array([town(code) for code, _, _ in _DISTRICTS])
