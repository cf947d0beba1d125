"""Many changes at once just before a deadline."""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from analytics.leads.lead import Found, Row
from analytics.leads.pattern import Numbers, Picture, pattern
from analytics.leads.words import Figure, Part
from graph.errors import Said
from graph.snapshot import OPEN, UNKNOWN
from graph.vocabulary import FactKind, Outcome

_CHANGES = (
    (FactKind.TIE, Part.ORGANIZATION),
    (FactKind.HOLDING, Part.ORGANIZATION),
    (FactKind.CONTACT, "subject"),
)


@pattern(
    "days",
    "changes",
    title=Said("到期前突变", "Changes before a deadline"),
    why=Said(
        "履行期限将至时集中换人、转股、迁址，可能是逃避履行。",
        "People, shares and addresses changed at once before a deadline may be flight.",
    ),
    is_not=Said(
        "重组也会集中变更；是否逃避须查明。",
        "A reorganisation changes much at once too.",
    ),
)
def change_before_deadline(picture: Picture, numbers: Numbers) -> Iterator[Found]:
    """承诺、义务到期前短时间内，人员、股东、地址集中变更。

    Shortly before something is due, several posts, holdings or addresses change.
    """
    cut, records = picture.cut, picture.cut.records
    kept = records.ended_in([Outcome.FULFILLED])
    due = np.flatnonzero((records.due != UNKNOWN) & (records.due != OPEN) & ~kept)
    wanted = {int(records.organization[r]) for r in due.tolist()}
    if not wanted:
        return
    changes = _changes(picture, wanted)
    for record in due.tolist():
        place, day = int(records.organization[record]), int(records.due[record])
        near = [
            (on, row)
            for on, row in changes[place]
            if day - numbers["days"] <= on < day and on <= cut.day
        ]
        if len(near) >= numbers["changes"]:
            yield Found(
                ((cut.subjects[place], Part.CHANGED),),
                max(on for on, _ in near),
                (
                    (FactKind.RECORD, int(records.row[record])),
                    *(r for _, r in sorted(near)),
                ),
                {Figure.CHANGES: len(near)},
                same=(cut.subjects[place], str(day)),
            )


def _changes(picture: Picture, wanted: set[int]) -> dict[int, list[tuple[int, Row]]]:
    """Return, by organization, the days on which something began or ended."""
    cut, found = picture.cut, defaultdict[int, list[tuple[int, Row]]](list)
    founded = cut.described.established
    for kind, column in _CHANGES:
        rows = cut.begun(kind)
        places = cut.places(cut.snapshot.numbers(kind, column, rows))
        mine = np.isin(places, list(wanted))
        for row, place in zip(rows[mine].tolist(), places[mine].tolist(), strict=True):
            for end in ("valid_from", "valid_to"):
                day = cut.snapshot.day(kind, row, end)
                if day in (UNKNOWN, OPEN) or day <= founded[place] + 30:
                    continue
                found[place].append((day, (kind, row)))
    return found
