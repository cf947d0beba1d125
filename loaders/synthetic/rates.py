"""How much of the city is late and how much is wrong."""

from dataclasses import dataclass
from typing import Final

from graph.errors import BadInput

HIGHEST: Final = 0.2
"""Above it a loader may rightly refuse a file as a whole."""

SPREAD_MOST: Final = 1.0


@dataclass(frozen=True, slots=True)
class Rates:
    """Shares of rows, 0 to HIGHEST where nothing else is said.

    Attributes:
        wrong: of all drawn rows, that must end in quarantine.
        late: of the penalties of the last eight weeks, that are delivered more than
            seven working days after the decision. With 0 there are no deliveries:
            all penalties are in the stock.
        spread: of the penalties, that pass on within a year to a company in which one
            of the same people holds a post, up to SPREAD_MOST (contagion.py).
        circles: of the posts and smaller holdings of people who have others already,
            that lie in a circle of companies (circles.py), up to 1. With 0 there are
            no circles.

    Raises:
        BadInput: a share is out of range.
    """

    wrong: float = 0.0
    late: float = 0.0
    spread: float = 0.0
    circles: float = 0.0

    def __post_init__(self) -> None:
        for name, share, most in (
            ("wrong", self.wrong, HIGHEST),
            ("late", self.late, HIGHEST),
            ("spread", self.spread, SPREAD_MOST),
            ("circles", self.circles, 1.0),
        ):
            if not 0 <= share <= most:
                raise BadInput(
                    f"{name} 的比例 {share} 不在 0 到 {most} 之间。",
                    f"The share {name} of {share} is not between 0 and {most}.",
                    hint_zh="写成小数，例如 0.002 表示千分之二。",
                    hint_en="Write a decimal: 0.002 means two in a thousand.",
                )
