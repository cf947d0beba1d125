"""Shares as requests name them."""

from fractions import Fraction
from typing import Final

from graph.errors import BadInput

PATTERN: Final = r"^(0|1|0?\.\d{1,6}|\d{1,6}/[1-9]\d{0,5})$"
"""How a share is written in a request: 0.2, .25, 1/3."""


def share_named(text: str, *, zero: bool = False) -> Fraction:
    """Return the share that a text names, above 0 and at most 1.

    Args:
        text: a decimal or a fraction.
        zero: none at all may be meant.

    Raises:
        BadInput: it is none.
    """
    try:
        share = Fraction(text)
    except (ValueError, ZeroDivisionError):
        share = Fraction(-1)
    if not (0 < share <= 1 or (zero and share == 0)):
        raise BadInput(
            f"比例“{text}”不在 0 与 1 之间。",
            f"The share {text!r} does not lie between 0 and 1.",
            hint_zh="请写成 0.2 或者 1/5。",
            hint_en="Write 0.2 or 1/5.",
        )
    return share
