"""How well a subject fits a query: named features that add up to the score.

A score is the weighted mean of the features that the query says something about, in
[0, 1]. It orders hits and says from where on a person need not look twice; it is no
probability.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

from analytics.matching.names import Name

Verdict = Literal["match", "possible", "unlikely"]

MATCH: Final = 0.88
POSSIBLE: Final = 0.7
"""Thresholds; measured on perturbed real names (bench/matching.py)."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for.

    Args:
        name: empty where only a code is given.
        code: of an organization, or a part of one; empty where none is given.
        region: GB/T 2260 prefix; empty where none is given.
    """

    name: Name | None
    code: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A description that may be meant.

    Args:
        name: in its parts.
        code: of the subject, empty where it has none.
        region: GB/T 2260, empty where unknown.
        former: whether the subject had the name on other days than the one asked.
    """

    name: Name
    code: str = ""
    region: str = ""
    former: bool = False


@dataclass(frozen=True, slots=True)
class Feature:
    """One comparison.

    Args:
        compare: returns a value in [0, 1], None where the query says nothing of it.
    """

    key: str
    zh: str
    en: str
    weight: float
    compare: Callable[[Query, Candidate], float | None]


class Part(NamedTuple):
    """What a feature adds to a score."""

    feature: Feature
    value: float
    share: float


@dataclass(frozen=True, slots=True)
class Score:
    """A score with its parts, which add up to it."""

    value: float
    parts: tuple[Part, ...]

    @property
    def verdict(self) -> Verdict:
        """Return what the score says by the thresholds."""
        if self.value >= MATCH:
            return "match"
        return "possible" if self.value >= POSSIBLE else "unlikely"


def _alike(left: str, right: str) -> float:
    """Return how alike two texts are: edits and transpositions, by the longer one."""
    return float(OSA.normalized_similarity(left, right))


def _core(query: Query, found: Candidate) -> float | None:
    """Names themselves, letter by letter; a part of one counts by its share."""
    if query.name is None:
        return None
    mine, theirs = query.name.core, found.name.core
    plain = _alike(mine, theirs)
    # A place that one side writes without 市 or 县 stays in its core.
    for short, long in ((mine, theirs), (theirs, mine)):
        if len(short) >= 4 and long.endswith(short) and len(long) - len(short) <= 4:
            plain = max(plain, 0.95)
    return plain


def _sound(query: Query, found: Candidate) -> float | None:
    return _alike(query.name.sound, found.name.sound) if query.name else None


def _full(query: Query, found: Candidate) -> float | None:
    """Whole names; a place or form that the query leaves out is left out of both."""
    if query.name is None:
        return None
    theirs = found.name
    if not (query.name.place and query.name.form):
        place = theirs.place if query.name.place else ""
        form = theirs.form if query.name.form else ""
        shorter = ratio(query.name.full, f"{place}{theirs.core}{form}")
        return max(shorter, ratio(query.name.full, theirs.full)) / 100
    return ratio(query.name.full, theirs.full) / 100


def _place(query: Query, found: Candidate) -> float | None:
    if query.name is None or not query.name.place:
        return None
    theirs = found.name.place
    return 0.5 if not theirs else _alike(query.name.place, theirs)


def _form(query: Query, found: Candidate) -> float | None:
    if query.name is None or not query.name.form or not found.name.form:
        return None
    return 1.0 if query.name.form == found.name.form else 0.5


def _region(query: Query, found: Candidate) -> float | None:
    if not query.region or not found.region:
        return None
    for length, value in ((6, 1.0), (4, 0.8), (2, 0.4)):
        asked = query.region[:length]
        if len(asked) == length and found.region.startswith(asked):
            return value
    return 0.0


def _code(query: Query, found: Candidate) -> float | None:
    if not query.code:
        return None
    if not found.code:
        return 0.0
    if query.code == found.code:
        return 1.0
    if query.code in found.code:
        return 0.5 + 0.5 * len(query.code) / len(found.code)
    return _alike(query.code, found.code) ** 4


FEATURES: Final[Sequence[Feature]] = (
    Feature("code", "代码", "code", 8.0, _code),
    Feature("core", "字号与行业", "the name itself", 5.0, _core),
    Feature("sound", "读音", "how it sounds", 2.0, _sound),
    Feature("full", "全称", "the whole name", 2.0, _full),
    Feature("place", "名称中的地名", "place in the name", 0.6, _place),
    Feature("form", "组织形式", "legal form", 0.4, _form),
    Feature("region", "登记地区", "region", 0.6, _region),
)

_WEIGHED: Final = tuple((f.weight, f.compare) for f in FEATURES)


def value(query: Query, found: Candidate) -> float:
    """Return the score alone, for the many that are only compared."""
    whole = reached = 0.0
    for weight, compare in _WEIGHED:
        told = compare(query, found)
        if told is not None:
            whole += weight
            reached += weight * told
    return reached / whole


def scored(query: Query, found: Candidate) -> Score:
    """Return how well a candidate fits, and why."""
    values = [(f, v) for f in FEATURES if (v := f.compare(query, found)) is not None]
    whole = sum(f.weight for f, _ in values)
    parts = tuple(Part(f, v, f.weight * v / whole) for f, v in values)
    return Score(sum(part.share for part in parts), parts)
