"""What a feature is: one function, whose docstring is the published text.

The first paragraph is Chinese, the second English. The name of the function is the
name of the feature, the module it stands in its family.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from graph.vocabulary import Term

if TYPE_CHECKING:
    from analytics.features.cut import Cut

Values = npt.NDArray[np.float64]
Builder = Callable[["Cut"], Values]

FAMILIES: Final = (
    "own",
    "structure",
    "changes",
    "neighbours",
    "sectors",
    "contagion",
    "proximity",
)
"""The families in the order in which an ablation adds them."""


class Direction(IntEnum):
    """What more of it means; a model with a monotonic constraint follows it."""

    LESS_RISK = -1
    EITHER = 0
    MORE_RISK = 1


class Unit(Term):
    """What a value counts."""

    COUNT = "count", "个", "number"
    DAYS = "days", "天", "days"
    YEARS = "years", "年", "years"
    SHARE = "share", "比例", "share, 0 to 1"
    RATIO = "ratio", "倍", "ratio"
    FLAG = "flag", "是否", "0 or 1"
    HOPS = "hops", "步", "steps"
    WEIGHT = "weight", "权重", "weight"


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature of the catalogue.

    Args:
        name: of the function, and of the column.
        family: one of FAMILIES.
        zh: the published text; so is `en`.
        unit: what a value counts.
        direction: what more of it means.
        whole: it follows from the whole graph (core number, fixed points), so after a
            change of one subject it keeps the value of the last full build.
        build: returns float64, one value an organization of the cut; NaN: not known.
    """

    name: str
    family: str
    zh: str
    en: str
    unit: Unit
    direction: Direction
    whole: bool
    build: Builder


REGISTERED: Final[list[Feature]] = []
"""In the order in which the family files are read, and within one as they stand."""


def feature(
    unit: Unit, direction: Direction = Direction.EITHER, *, whole: bool = False
) -> Callable[[Builder], Builder]:
    """Enter a function into the catalogue under its own name.

    Raises:
        ValueError: its docstring has not two paragraphs.
    """

    def enter(build: Builder) -> Builder:
        name, family = build.__name__, build.__module__.rsplit(".", 1)[1]
        texts = [p.strip() for p in (build.__doc__ or "").split("\n\n")]
        if len(texts) != len(("zh", "en")):
            raise ValueError(f"feature {name}: a Chinese and an English paragraph")
        zh, en = (" ".join(text.split()) for text in texts)
        entry = Feature(name, family, zh, en, unit, direction, whole, build)
        REGISTERED.append(entry)
        return build

    return enter
