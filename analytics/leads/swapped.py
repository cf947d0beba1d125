"""A representative changed around the act or before the decision."""

from collections.abc import Iterator

import numpy as np

from analytics.features.relations import REPRESENTING, ROLES
from analytics.leads.joining import chosen, grouped
from analytics.leads.lead import Found
from analytics.leads.pattern import Numbers, Picture, pattern
from analytics.leads.trouble import KINDS, trouble
from analytics.leads.words import Figure, Part
from graph.errors import Said
from graph.snapshot import OPEN, UNKNOWN
from graph.vocabulary import FactKind


@pattern(
    "days_before_act",
    "days_after_decision",
    "handover_days",
    title=Said("临事换人", "Representative swapped"),
    why=Said(
        "法律看违法行为时、决定时的任职；临时换人可能是为了让他人承担。",
        "The law reads the role on certain days; a change just then may shift who answers.",
    ),
    is_not=Said(
        "更换代表人本身合法；责任仍按法定的基准日认定，不因更换而改变。",
        "A change is lawful; who answers is read on the day the law names, whatever changed.",
    ),
)
def swapped_representative(picture: Picture, numbers: Numbers) -> Iterator[Found]:
    """违法行为前后、决定作出之前不久更换代表人。

    The representative was changed shortly before or after the act, or just before the
    decision.
    """
    cut, events = picture.cut, trouble(picture.cut)
    posts = cut.relations.all_posts(cut.begun(FactKind.TIE))
    standing = np.isin(posts.word, [ROLES.index(role) for role in REPRESENTING])
    posts = chosen(posts, standing)
    begins = cut.snapshot.numbers(FactKind.TIE, "valid_from", posts.row).astype(
        np.int64
    )
    ends = cut.snapshot.numbers(FactKind.TIE, "valid_to", posts.row).astype(np.int64)
    left = np.flatnonzero((ends != OPEN) & (ends != UNKNOWN) & (ends <= cut.day))
    told = np.flatnonzero(events.act != UNKNOWN)
    by_firm = {
        int(events.organization[told[at[0]]]): told[at]
        for at in grouped(events.organization[told])
    }
    texts = cut.snapshot.subjects.texts
    for former in left.tolist():
        firm = int(posts.organization[former])
        for event in by_firm.get(firm, ()):
            end, act, decided = (
                int(ends[former]),
                int(events.act[event]),
                int(events.day[event]),
            )
            if (
                not act - numbers["days_before_act"]
                <= end
                <= decided + numbers["days_after_decision"]
            ):
                continue
            follows = (posts.organization == firm) & (posts.node != posts.node[former])
            follows &= np.abs(begins - end) <= numbers["handover_days"]
            for latter in np.flatnonzero(follows)[:1].tolist():
                yield Found(
                    (
                        (cut.subjects[firm], Part.PUNISHED),
                        (texts[posts.node[former]], Part.FORMER),
                        (texts[posts.node[latter]], Part.PRESENT),
                    ),
                    end,
                    (
                        (KINDS[int(events.kind[event])], int(events.row[event])),
                        (FactKind.TIE, int(posts.row[former])),
                        (FactKind.TIE, int(posts.row[latter])),
                    ),
                    {Figure.DAYS_TO_DECISION: float(decided - end)},
                    same=(cut.subjects[firm], texts[posts.node[former]], str(decided)),
                )
