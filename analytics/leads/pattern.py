"""What a pattern is: one function, whose docstring is the published text.

The first paragraph is Chinese, the second English; so are the texts on why it matters
and what it is not. Its numbers stand in parameters.yaml, each with its reason.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from analytics.features import Cut
from analytics.leads.lead import Found, Row
from graph.errors import Said

Numbers = Mapping[str, float]
Barred = Mapping[str, tuple[Row, ...]]
"""Who may hold no office, with the sanctions and records from which that follows."""


@dataclass(frozen=True)
class Picture:
    """What patterns look at: organizations with those that are gone, and who is barred.

    Args:
        cut: a day's organizations, records and relations.
        barred: by effects in force; leads may read effects, never the reverse.
    """

    cut: Cut
    barred: Barred


Detect = Callable[[Picture, Numbers], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class Pattern:
    """One pattern of the table.

    Args:
        name: of the function.
        title: a few words.
        text: what it looks for.
        why: why it matters; `is_not`: what must not be concluded.
        numbers: names of its parameters.
        detect: yields what it finds.
    """

    name: str
    title: Said
    text: Said
    why: Said
    is_not: Said
    numbers: tuple[str, ...]
    detect: Detect


REGISTERED: Final[list[Pattern]] = []


def pattern(
    *numbers: str, title: Said, why: Said, is_not: Said
) -> Callable[[Detect], Detect]:
    """Enter a function into the table under its own name.

    Args:
        numbers: names of the parameters it reads.
        title: a few words.
        why: why it matters.
        is_not: what must not be concluded.

    Raises:
        ValueError: its docstring has not two paragraphs.
    """

    def enter(detect: Detect) -> Detect:
        texts = [p.strip() for p in (detect.__doc__ or "").split("\n\n")]
        match texts:
            case [zh, en]:
                text = Said(" ".join(zh.split()), " ".join(en.split()))
            case _:
                raise ValueError(f"{detect.__name__}: one paragraph zh, one en")
        REGISTERED.append(
            Pattern(detect.__name__, title, text, why, is_not, numbers, detect)
        )
        return detect

    return enter
