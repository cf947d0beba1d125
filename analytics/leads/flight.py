"""A company moves to another prefecture after a penalty."""

from collections.abc import Iterator

import numpy as np

from analytics.leads.joining import grouped
from analytics.leads.lead import Found
from analytics.leads.pattern import Numbers, Picture, pattern
from analytics.leads.trouble import KINDS, trouble
from analytics.leads.words import Figure, Part
from graph.errors import Said
from graph.snapshot import UNKNOWN
from graph.vocabulary import FactKind

_PREFECTURE = 4


@pattern(
    "months",
    title=Said("处罚后迁出", "Moved after a sanction"),
    why=Said(
        "迁出后原地监管中断，新地不了解过往。",
        "The old place loses sight of it, the new one does not know its past.",
    ),
    is_not=Said(
        "迁移本身合法；已有惩戒不因迁移而终止。",
        "Moving is lawful; sanctions do not end by it.",
    ),
)
def moved_after_sanction(picture: Picture, numbers: Numbers) -> Iterator[Found]:
    """受到惩戒、严重处罚后不久迁到另一市（地）。

    Soon after a sanction or a severe penalty it moved to another prefecture.
    """
    cut, events, kind = picture.cut, trouble(picture.cut), FactKind.PROFILE
    rows = cut.begun(kind)
    place = cut.places(cut.snapshot.numbers(kind, "subject", rows))
    region = cut.snapshot.numbers(kind, "region", rows)
    bad = np.zeros(cut.size, np.bool_)
    bad[events.organization] = True
    told = (place >= 0) & (region > 0)
    told[told] &= bad[place[told]]
    rows, place, region = rows[told], place[told], region[told]
    begins = cut.snapshot.numbers(kind, "valid_from", rows).astype(np.int64)
    words = cut.snapshot.words.texts
    for own in grouped(place.astype(np.int64)):
        at = own[np.argsort(begins[own], kind="stable")]
        for before, after in zip(at[:-1].tolist(), at[1:].tolist(), strict=True):
            old, new = words[region[before]], words[region[after]]
            day = int(begins[after])
            if old[:_PREFECTURE] == new[:_PREFECTURE] or day == UNKNOWN:
                continue
            here = events.organization == place[after]
            soon = (
                here & (events.day < day) & (events.day >= day - 30 * numbers["months"])
            )
            for event in np.flatnonzero(soon)[:1].tolist():
                yield Found(
                    ((cut.subjects[place[after]], Part.MOVED),),
                    day,
                    (
                        (KINDS[int(events.kind[event])], int(events.row[event])),
                        (kind, int(rows[before])),
                        (kind, int(rows[after])),
                    ),
                    {Figure.DAYS: float(day - events.day[event])},
                    same=(cut.subjects[place[after]], str(day)),
                )
