"""Somebody behind several sanctioned companies."""

from collections.abc import Iterator

import numpy as np

from analytics.features.relations import ROLES
from analytics.leads.joining import grouped
from analytics.leads.lead import Found, Row
from analytics.leads.pattern import Numbers, Picture, pattern
from analytics.leads.trouble import KINDS, trouble
from analytics.leads.words import Figure, Part
from graph.errors import Said
from graph.identity import is_scoped
from graph.vocabulary import FactKind, Role


@pattern(
    "companies",
    "share",
    title=Said("控制人名下多家被惩戒", "Controller of sanctioned companies"),
    why=Said(
        "同一控制人名下多家企业被惩戒，其他企业值得先查。",
        "Where several companies of one controller were sanctioned, look at the others.",
    ),
    is_not=Said(
        "推算的控制只是线索；不因他家被惩戒而对本企业采取任何措施。",
        "Computed control is a lead; nothing follows for the other companies.",
    ),
)
def controller_of_sanctioned(picture: Picture, numbers: Numbers) -> Iterator[Found]:
    """登记的实际控制人或者过半数股东，名下多家企业被惩戒、有严重记录。

    A declared controller or majority holder of several companies that were sanctioned
    or have serious records.
    """
    cut, events = picture.cut, trouble(picture.cut)
    posts, shares, texts = (
        cut.relations.posts,
        cut.relations.shares,
        cut.snapshot.subjects.texts,
    )
    declared = posts.word == ROLES.index(Role.ACTUAL_CONTROLLER)
    major = shares.least > numbers["share"]
    node = np.concatenate([posts.node[declared], shares.holder[major]]).astype(np.int64)
    firm = np.concatenate([posts.organization[declared], shares.held[major]])
    row = np.concatenate([posts.row[declared], shares.row[major]])
    tie = np.repeat([True, False], [int(declared.sum()), int(major.sum())])
    bad = cut.serious[firm]
    latest = _latest(cut.size, events.organization, events.day)
    for at in grouped(node[bad]):
        mine = np.flatnonzero(bad)[at]
        person, firms = texts[int(node[mine[0]])], sorted(set(firm[mine].tolist()))
        if len(firms) < numbers["companies"] or is_scoped(person):
            continue
        facts: list[Row] = [
            (FactKind.TIE if tie[m] else FactKind.HOLDING, int(row[m])) for m in mine
        ]
        for one in firms:
            event = int(latest[one])
            facts.append((KINDS[int(events.kind[event])], int(events.row[event])))
        yield Found(
            (
                (person, Part.CONTROLLER),
                *((cut.subjects[f], Part.SANCTIONED) for f in firms),
            ),
            int(max(events.day[latest[f]] for f in firms)),
            tuple(dict.fromkeys(facts)),
            {Figure.COMPANIES: len(firms)},
            same=(person,),
        )


def _latest(
    size: int,
    organization: "np.ndarray[tuple[int], np.dtype[np.int64]]",
    day: "np.ndarray[tuple[int], np.dtype[np.int64]]",
) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """Return by organization the position of its latest event, -1 without any."""
    order = np.argsort(day, kind="stable")
    last = np.full(size, -1, np.int64)
    last[organization[order]] = order
    return last
