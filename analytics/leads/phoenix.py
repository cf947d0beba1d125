"""A new company where an old one was revoked or listed."""

from collections.abc import Iterator

import numpy as np

from analytics.features import Cut
from analytics.features.peers import HUB
from analytics.features.relations import Incidence
from analytics.leads.joining import chosen, grouped, meeting
from analytics.leads.lead import Found, Row
from analytics.leads.pattern import Numbers, Picture, pattern
from analytics.leads.trouble import KINDS, trouble
from analytics.leads.words import Figure, Part
from graph.errors import Said
from graph.snapshot import UNKNOWN
from graph.vocabulary import FactKind


@pattern(
    "months",
    title=Said("借壳再起", "Phoenix company"),
    why=Said(
        "借新设的企业继续被吊销、被列入企业的业务，避开惩戒。",
        "A new company goes on with the business of a revoked or listed one.",
    ),
    is_not=Said(
        "同一批人另办企业本身合法；是否规避惩戒须查明。",
        "The same people may found another company; whether it evades must be found out.",
    ),
)
def phoenix(picture: Picture, numbers: Numbers) -> Iterator[Found]:
    """企业被吊销、列入名单后不久，原有人员、股东在同一地址、同一电话或者同一行业新设企业。

    Soon after a company was revoked or listed, its people or holders founded another at
    the same address, with the same telephone or in the same sector.
    """
    cut, events = picture.cut, trouble(picture.cut)
    last = np.full(cut.size, -1, np.int64)  # position of the latest event of each
    order = np.argsort(events.day, kind="stable")
    last[events.organization[order]] = order
    bad = last >= 0
    founded = cut.described.established.astype(np.int64)
    people = _people(cut)
    old = chosen(people, bad[people.organization])
    a, b = meeting(old, people, HUB)
    before, after = old.organization[a], people.organization[b]
    day = events.day[last[before]]
    young = (founded[after] > day) & (founded[after] <= day + 30 * numbers["months"])
    young &= (before != after) & (founded[after] != UNKNOWN)
    a, b, before, after = a[young], b[young], before[young], after[young]
    for same in grouped(before * cut.size + after):
        one, other = int(before[same[0]]), int(after[same[0]])
        shared, rows = _shared(cut, one, other)
        if not shared and not _same_sector(cut, one, other):
            continue
        kinds = _kinds(old, a[same]) + _kinds(people, b[same])
        event = int(last[one])
        cause = (KINDS[int(events.kind[event])], int(events.row[event]))
        texts = cut.snapshot.subjects.texts
        who = sorted({texts[code] for code in old.node[a[same]].tolist()})
        yield Found(
            (
                (cut.subjects[other], Part.NEW),
                (cut.subjects[one], Part.OLD),
                *((person, Part.PERSON) for person in who),
            ),
            int(founded[other]),
            tuple(dict.fromkeys((cause, *kinds, *rows))),
            {
                Figure.PEOPLE: len(who),
                Figure.CONTACTS: shared,
                Figure.DAYS: float(founded[other] - events.day[event]),
            },
            same=(cut.subjects[other], cut.subjects[one]),
        )


_HELD = 1
"""Beside the roles, as the word of a holding among people."""


def _people(cut: Cut) -> Incidence:
    """Return posts and holdings of persons, past ones too; rows tell which is which."""
    relations = cut.relations
    posts = relations.all_posts(cut.begun(FactKind.TIE))
    shares = relations.shares_of(cut.begun(FactKind.HOLDING))
    own = shares.holding < 0
    return Incidence(
        np.concatenate([posts.row, ~shares.row[own]]),  # inverted: a holding
        np.concatenate([posts.node, shares.holder[own]]),
        np.concatenate([posts.organization, shares.held[own]]),
        np.concatenate([posts.word, np.full(int(own.sum()), _HELD, np.int8)]),
    )


def _kinds(
    found: Incidence, at: "np.ndarray[tuple[int], np.dtype[np.int64]]"
) -> list[Row]:
    rows = found.row[at].tolist()
    return [
        (FactKind.TIE, row) if row >= 0 else (FactKind.HOLDING, ~row) for row in rows
    ]


def _shared(cut: Cut, one: int, other: int) -> tuple[int, list[Row]]:
    """Return how many addresses and numbers both had, and the facts."""
    contacts = cut.relations.all_contacts(cut.begun(FactKind.CONTACT))
    mine = contacts.organization == one
    theirs = contacts.organization == other
    both = np.intersect1d(contacts.node[mine], contacts.node[theirs])
    there = np.isin(contacts.node, both) & (mine | theirs)
    return len(both), [(FactKind.CONTACT, row) for row in contacts.row[there].tolist()]


def _same_sector(cut: Cut, one: int, other: int) -> bool:
    sector = cut.described.sector
    return bool(sector[one] >= 0 and sector[one] == sector[other])
