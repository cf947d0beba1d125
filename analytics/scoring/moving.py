"""Which scores moved between two pictures, by what, and since when."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from analytics.scoring.assessing import Scored
from analytics.scoring.evidence import evidence
from analytics.scoring.model import Contribution
from graph.snapshot import UNKNOWN
from graph.vocabulary import FactKind

_DATED = {
    FactKind.RECORD: ("decided_on",),
    FactKind.SANCTION: ("listed_on", "decided_on", "valid_from"),
}


@dataclass(frozen=True, slots=True)
class Moved:
    """The score of one subject in two pictures.

    Args:
        before: None: it was not scored; so with `after`.
        gained: parts that are there now and were not, or are larger.
        lost: parts that were there and are not, or are smaller.
        on: the last day of an event among the evidence of what was gained, as a
            number; None where it rests on no dated fact.
    """

    subject: str
    before: float | None
    after: float | None
    gained: tuple[Contribution, ...]
    lost: tuple[Contribution, ...]
    on: int | None


def moved(
    earlier: Scored, later: Scored, subjects: Iterable[str], least: float
) -> Iterator[Moved]:
    """Yield the subjects whose scores differ by so many points, in the order given.

    Both pictures are by one model. One that came or went is told whatever its score.

    Args:
        earlier: the picture before.
        later: the picture after.
        subjects: canonical identifiers.
        least: points by which a score must have moved.
    """
    for subject in subjects:
        old, new = earlier.matrix.row.get(subject), later.matrix.row.get(subject)
        if old is None and new is None:
            continue
        before = None if old is None else float(earlier.scores[old])
        after = None if new is None else float(later.scores[new])
        if before is not None and after is not None and abs(after - before) < least:
            continue
        was = earlier.parts(old) if old is not None else ()
        is_ = later.parts(new) if new is not None else ()
        gained = _beyond(is_, was)
        on = None if new is None else _latest(later, new, gained)
        yield Moved(subject, before, after, gained, _beyond(was, is_), on)


def _beyond(
    parts: tuple[Contribution, ...], others: tuple[Contribution, ...]
) -> tuple[Contribution, ...]:
    """Return the parts of features that give more points here than there."""
    there = {part.feature: part.points for part in others}
    return tuple(
        part
        for part in parts
        if part.feature is not None and part.points > there.get(part.feature, 0.0)
    )


def _latest(scored: Scored, place: int, parts: tuple[Contribution, ...]) -> int | None:
    snapshot, days = scored.cut.snapshot, list[int]()
    for part in parts:
        if part.feature is None:
            continue
        for piece in evidence(scored.cut, place, part.feature.name).pieces:
            for column in _DATED.get(piece.kind, ()):
                found = (snapshot.day(piece.kind, row, column) for row in piece.rows)
                days += [d for d in found if UNKNOWN < d <= scored.cut.day]
    return max(days, default=None)
